from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('bot', '0004_keep_sign_ins')]

    initial = False

    operations = [
        ops.CreateModel(
            name='WechatGrant',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('user_id', fields.UUIDField()),
                ('template', fields.CharField(max_length=100)),
                ('allowed', fields.BooleanField()),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'bot_wechat_grant', 'app': 'bot', 'unique_together': (('user_id', 'template'),), 'pk_attr': 'id', 'table_description': 'What a WeChat user chose when asked whether messages by a template may come.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='WechatUser',
            name='blocked_at',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
    ]
