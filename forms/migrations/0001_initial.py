from tortoise import migrations
from tortoise.migrations import operations as ops
from core.fields import SealedJSON, SealedText
from tortoise.fields.base import OnDelete
from uuid import uuid4
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name='DraftRow',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('citizen_id', fields.CharField(max_length=36)),
                ('one_thing', fields.CharField(max_length=64)),
                ('version', fields.CharField(max_length=64)),
                ('region', fields.CharField(max_length=6)),
                ('state', fields.CharField(default='open', max_length=12)),
                ('data', SealedJSON(null=True, unique=False)),
                ('revision', fields.IntField(default=1)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('updated_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'forms_draft', 'app': 'forms', 'indexes': [Index(fields=['citizen_id', 'state']), Index(fields=['state', 'updated_at'])], 'pk_attr': 'id', 'table_description': 'A stored draft. ``revision`` counts its saves, so that two tabs cannot overwrite one another unseen.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Upload',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('draft', fields.ForeignKeyField('forms.DraftRow', source_field='draft_id', db_constraint=True, to_field='id', related_name='uploads', on_delete=OnDelete.CASCADE)),
                ('slot', fields.CharField(max_length=160)),
                ('name', SealedText(unique=False)),
                ('mime', fields.CharField(max_length=80)),
                ('size', fields.IntField()),
                ('sha256', fields.CharField(max_length=64)),
                ('path', fields.CharField(max_length=120)),
                ('scan', fields.CharField(max_length=40)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'forms_upload', 'app': 'forms', 'unique_together': (('draft', 'slot', 'sha256'),), 'pk_attr': 'id', 'table_description': 'A file given for a material slot. Its bytes lie encrypted under ``data_dir/uploads``.'},
            bases=['Model'],
        ),
    ]
