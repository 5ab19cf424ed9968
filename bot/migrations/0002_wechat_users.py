from tortoise import migrations
from tortoise.migrations import operations as ops
from core.fields import SealedText
from uuid import uuid4
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('bot', '0001_initial')]

    initial = False

    operations = [
        ops.CreateModel(
            name='WechatUser',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('app_id', fields.CharField(max_length=40)),
                ('openid', SealedText(unique=False)),
                ('openid_index', fields.CharField(max_length=64)),
                ('union_index', fields.CharField(null=True, db_index=True, max_length=64)),
                ('citizen_id', fields.UUIDField(null=True, db_index=True)),
                ('follows', fields.BooleanField(default=False)),
                ('told_in', fields.UUIDField(null=True)),
                ('told_seq', fields.IntField(default=0)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('seen_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'bot_wechat_user', 'app': 'bot', 'unique_together': (('app_id', 'openid_index'),), 'pk_attr': 'id', 'table_description': 'Somebody as one WeChat account knows them. A guest until they sign in. Two accounts know one person twice.'},
            bases=['Model'],
        ),
        ops.AddField(
            model_name='Session',
            name='wechat_user_id',
            field=fields.UUIDField(null=True),
        ),
    ]
