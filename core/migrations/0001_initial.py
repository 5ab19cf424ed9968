from tortoise import migrations
from tortoise.migrations import operations as ops
from core.fields import SealedJSON
from tortoise import fields

class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name='AuditEvent',
            fields=[
                ('id', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('at', fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ('actor', fields.CharField(max_length=80)),
                ('action', fields.CharField(db_index=True, max_length=60)),
                ('subject', fields.CharField(db_index=True, max_length=80)),
                ('outcome', fields.CharField(default='done', max_length=30)),
                ('details', SealedJSON(null=True, unique=False)),
                ('position', fields.BigIntField(null=True, unique=True)),
                ('chain', fields.CharField(null=True, max_length=64)),
            ],
            options={'table': 'core_audit_event', 'app': 'core', 'pk_attr': 'id', 'table_description': 'One line of the append-only audit log.'},
            bases=['Model'],
        ),
    ]
