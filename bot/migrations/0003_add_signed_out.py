from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('bot', '0002_wechat_users')]

    initial = False

    operations = [
        ops.AddField(
            model_name='WechatUser',
            name='signed_out_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
    ]
