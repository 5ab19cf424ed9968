from tortoise import migrations
from tortoise.migrations import operations as ops
from core.fields import SealedJSON, SealedText
from uuid import uuid4
from tortoise import fields

class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name='Citizen',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('name', SealedText(unique=False)),
                ('id_number', SealedText(unique=False)),
                ('id_index', fields.CharField(unique=True, max_length=64)),
                ('phone', SealedText(default='', unique=False)),
                ('level', fields.IntField(default=2)),
                ('elder', fields.BooleanField(default=False)),
                ('scale', fields.IntField(default=100)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('deleted_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'bot_citizen', 'app': 'bot', 'pk_attr': 'id', 'table_description': 'A natural person who has signed in. Personal data is sealed, and ``id_index`` finds it again.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Conversation',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('owner', fields.CharField(unique=True, max_length=80)),
                ('state', SealedJSON(null=True, unique=False)),
                ('seq', fields.IntField(default=0)),
                ('with_person', fields.BooleanField(default=False, db_index=True)),
                ('updated_at', fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'bot_conversation', 'app': 'bot', 'pk_attr': 'id', 'table_description': 'One talk: a signed-in citizen has one on all channels, a guest one a session.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Message',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('conversation_id', fields.UUIDField()),
                ('seq', fields.IntField()),
                ('role', fields.CharField(max_length=10)),
                ('client_id', fields.CharField(null=True, max_length=64)),
                ('answers', fields.IntField(null=True)),
                ('text', SealedText(default='', unique=False)),
                ('blocks', SealedJSON(null=True, unique=False)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'bot_message', 'app': 'bot', 'unique_together': (('conversation_id', 'seq'), ('conversation_id', 'client_id')), 'pk_attr': 'id', 'table_description': 'One message of a conversation, in the order of ``seq``.'},
            bases=['Model'],
        ),
        ops.CreateModel(
            name='Session',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('token_hash', fields.CharField(unique=True, max_length=64)),
                ('citizen_id', fields.UUIDField(null=True, db_index=True)),
                ('elder', fields.BooleanField(default=False)),
                ('scale', fields.IntField(default=100)),
                ('created', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('seen', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('expires', fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
            ],
            options={'table': 'bot_session', 'app': 'bot', 'pk_attr': 'id', 'table_description': 'A browser or client that talks to us: a guest until someone signs in.'},
            bases=['Model'],
        ),
    ]
