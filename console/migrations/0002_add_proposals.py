from tortoise import migrations
from tortoise.migrations import operations as ops
from uuid import uuid4
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('console', '0001_initial')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Proposal',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('file', fields.CharField(db_index=True, max_length=120)),
                ('text', fields.TextField(unique=False)),
                ('base', fields.CharField(max_length=64)),
                ('state', fields.CharField(default='open', max_length=12)),
                ('author_id', fields.CharField(max_length=40)),
                ('author_name', fields.CharField(max_length=60)),
                ('created_at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('closed_at', fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ('closed_by', fields.CharField(default='', max_length=60)),
            ],
            options={'table': 'console_proposal', 'app': 'console', 'pk_attr': 'id', 'table_description': 'A change of one content file that somebody wrote and somebody else may publish.'},
            bases=['Model'],
        ),
    ]
