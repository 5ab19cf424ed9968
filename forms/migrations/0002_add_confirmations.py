from tortoise import migrations
from tortoise.migrations import operations as ops
from core.fields import SealedText
from tortoise.fields.base import OnDelete
from uuid import uuid4
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('forms', '0001_initial')]

    initial = False

    operations = [
        ops.CreateModel(
            name='ConfirmationRow',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('draft', fields.ForeignKeyField('forms.DraftRow', source_field='draft_id', db_constraint=True, to_field='id', related_name='confirmations', on_delete=OnDelete.CASCADE)),
                ('key', fields.CharField(max_length=160)),
                ('state', fields.CharField(max_length=12)),
                ('open_for', fields.CharField(null=True, unique=True, max_length=200)),
                ('token_hash', fields.CharField(unique=True, max_length=64)),
                ('who', fields.CharField(max_length=64)),
                ('name', SealedText(unique=False)),
                ('title', fields.CharField(max_length=80)),
                ('one_thing', fields.CharField(max_length=64)),
                ('text', fields.TextField(unique=False)),
                ('version', fields.CharField(max_length=16)),
                ('wrong', fields.IntField(default=0)),
                ('level', fields.IntField(null=True)),
                ('decided_by', fields.CharField(default='', db_index=True, max_length=36)),
                ('decided_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('reason', SealedText(null=True, unique=False)),
                ('tell_at', fields.DatetimeField(null=True, db_index=True, auto_now=False, auto_now_add=False)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('expires_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'forms_confirmation', 'app': 'forms', 'indexes': [Index(fields=['state', 'expires_at'])], 'pk_attr': 'id', 'table_description': 'Somebody asked to confirm for themselves: the link that was given out, and what they decided.'},
            bases=['Model'],
        ),
    ]
