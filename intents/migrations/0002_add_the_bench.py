from tortoise import migrations
from tortoise.migrations import operations as ops
from core.fields import SealedJSON
from orjson import loads
from tortoise.fields.data import JSON_DUMPS
from uuid import uuid4
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('intents', '0001_initial')]

    initial = False

    operations = [
        ops.CreateModel(
            name='EvaluationRow',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version_id', fields.IntField(db_index=True)),
                ('against_id', fields.IntField(null=True)),
                ('golden', fields.CharField(default='', max_length=64)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('summary', fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
                ('data', SealedJSON(unique=False)),
            ],
            options={'table': 'intents_evaluation', 'app': 'intents', 'pk_attr': 'id', 'table_description': 'What was found out about a version: `intents.training.gate.Evaluation`. The latest counts.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='GoldenSentence',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('key', fields.CharField(unique=True, max_length=64)),
                ('text', fields.TextField(unique=False)),
                ('intent', fields.CharField(db_index=True, max_length=60)),
                ('note', fields.CharField(default='', max_length=200)),
                ('by', fields.CharField(max_length=80)),
                ('by_name', fields.CharField(max_length=60)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'intents_golden', 'app': 'intents', 'pk_attr': 'id', 'table_description': 'A sentence whose meaning operators vouch for: it measures recognisers and never trains one.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ModelPart',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('digest', fields.CharField(max_length=64)),
                ('number', fields.IntField()),
                ('of', fields.IntField()),
                ('data', fields.BinaryField()),
            ],
            options={'table': 'intents_model_part', 'app': 'intents', 'unique_together': (('digest', 'number'),), 'pk_attr': 'id', 'table_description': 'A piece of a file that every process can fetch, named by the digest of the whole and packed with gzip.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='ModelVersion',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('digest', fields.CharField(db_index=True, max_length=64)),
                ('engine', fields.CharField(max_length=20)),
                ('recipe', fields.CharField(max_length=64)),
                ('examples', fields.CharField(max_length=64)),
                ('file', fields.CharField(max_length=64)),
                ('server_model', fields.CharField(default='', max_length=200)),
                ('sentences', fields.IntField()),
                ('labels', fields.IntField(default=0)),
                ('intents', fields.IntField()),
                ('left_out', fields.IntField(default=0)),
                ('parent_id', fields.IntField(null=True)),
                ('state', fields.CharField(default='trained', db_index=True, max_length=10)),
                ('by', fields.CharField(max_length=80)),
                ('by_name', fields.CharField(max_length=60)),
                ('at', fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ('seconds', fields.FloatField(default=0.0)),
                ('note', fields.CharField(default='', max_length=200)),
            ],
            options={'table': 'intents_model_version', 'app': 'intents', 'pk_attr': 'id', 'table_description': 'One trained recogniser. Nothing but its state changes once it is there.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Publication',
            fields=[
                ('id', fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('version_id', fields.IntField()),
                ('before_id', fields.IntField(null=True)),
                ('kind', fields.CharField(max_length=10)),
                ('by', fields.CharField(max_length=80)),
                ('by_name', fields.CharField(max_length=60)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('reason', fields.CharField(default='', max_length=400)),
                ('overridden', fields.JSONField(default=list, encoder=JSON_DUMPS, decoder=loads)),
            ],
            options={'table': 'intents_publication', 'app': 'intents', 'pk_attr': 'id', 'table_description': 'A version came into force. The last row says which one is.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='TrainingRun',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('kind', fields.CharField(max_length=10)),
                ('state', fields.CharField(default='waiting', db_index=True, max_length=10)),
                ('stage', fields.CharField(default='waiting', max_length=12)),
                ('percent', fields.SmallIntField(default=0)),
                ('version_id', fields.IntField(null=True)),
                ('against_id', fields.IntField(null=True)),
                ('folds', fields.SmallIntField(default=0)),
                ('note', fields.CharField(default='', max_length=200)),
                ('by', fields.CharField(max_length=80)),
                ('by_name', fields.CharField(max_length=60)),
                ('asked_at', fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ('seen_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('ended_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('cancel', fields.BooleanField(default=False)),
                ('reason', fields.CharField(default='', max_length=20)),
                ('said', fields.CharField(default='', max_length=300)),
            ],
            options={'table': 'intents_training_run', 'app': 'intents', 'pk_attr': 'id', 'table_description': 'Work on the bench: a training or an evaluation, from the wish to its end.'},
            bases=['Model'],
        ),
    ]
