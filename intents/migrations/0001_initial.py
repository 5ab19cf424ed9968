from tortoise import migrations
from tortoise.migrations import operations as ops
from orjson import loads
from tortoise.fields.data import JSON_DUMPS
from uuid import uuid4
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name='Heard',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('day', fields.DateField(db_index=True)),
                ('channel', fields.CharField(max_length=20)),
                ('text', fields.TextField(unique=False)),
                ('key', fields.CharField(db_index=True, max_length=64)),
                ('band', fields.CharField(max_length=14)),
                ('out_kind', fields.CharField(default='', max_length=20)),
                ('top', fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                ('best', fields.CharField(default='', db_index=True, max_length=60)),
                ('score', fields.FloatField(default=0.0)),
                ('margin', fields.FloatField(default=0.0)),
                ('near', fields.FloatField(default=0.0)),
                ('one_thing', fields.CharField(default='', max_length=60)),
                ('asked', fields.CharField(default='anything', max_length=20)),
                ('engine', fields.CharField(default='', max_length=80)),
                ('outcome', fields.CharField(default='open', max_length=20)),
                ('chosen', fields.CharField(default='', max_length=60)),
                ('value', fields.SmallIntField(default=0)),
                ('state', fields.CharField(default='new', max_length=10)),
            ],
            options={'table': 'intents_heard', 'app': 'intents', 'indexes': [Index(fields=['state', 'value'])], 'pk_attr': 'id', 'table_description': 'One utterance of a citizen, masked, with what was understood and what came of it.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Label',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('text', fields.TextField(unique=False)),
                ('key', fields.CharField(db_index=True, max_length=64)),
                ('intent', fields.CharField(db_index=True, max_length=60)),
                ('wish', fields.CharField(default='', max_length=40)),
                ('by', fields.CharField(max_length=80)),
                ('by_name', fields.CharField(max_length=60)),
                ('at', fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ('batch', fields.UUIDField(db_index=True)),
                ('heard', fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
                ('state', fields.CharField(default='accepted', db_index=True, max_length=10)),
                ('undone_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('undone_by', fields.CharField(default='', max_length=80)),
                ('exported_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'intents_label', 'app': 'intents', 'pk_attr': 'id', 'table_description': 'What a member of staff says a sentence means. It carries no personal data, and the export checks it again.'},
            bases=['Model'],
        ),
    ]
