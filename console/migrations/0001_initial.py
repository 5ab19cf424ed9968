from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from uuid import uuid4
from tortoise import fields

class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name='Account',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('login', fields.CharField(unique=True, max_length=40)),
                ('name', fields.CharField(max_length=60)),
                ('password_hash', fields.CharField(max_length=200)),
                ('role', fields.CharField(max_length=12)),
                ('department', fields.CharField(default='', max_length=80)),
                ('region', fields.CharField(default='', max_length=12)),
                ('active', fields.BooleanField(default=True)),
                ('must_change', fields.BooleanField(default=False)),
                ('failed', fields.IntField(default=0)),
                ('locked_until', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('signed_in_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'console_account', 'app': 'console', 'pk_attr': 'id', 'table_description': 'A member of staff who may sign in.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='StaffSession',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('token_hash', fields.CharField(unique=True, max_length=64)),
                ('account', fields.ForeignKeyField('console.Account', source_field='account_id', db_constraint=True, to_field='id', related_name='sessions', on_delete=OnDelete.CASCADE)),
                ('csrf', fields.CharField(max_length=64)),
                ('opened_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('seen_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('expires_at', fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'console_session', 'app': 'console', 'pk_attr': 'id', 'table_description': 'Somebody signed in. Only a digest of the token is kept.'},
            bases=['Model'],
        ),
    ]
