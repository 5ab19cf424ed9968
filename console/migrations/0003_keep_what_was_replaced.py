from tortoise import fields, migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [('console', '0002_add_proposals')]

    initial = False

    operations = [
        ops.AddField(model_name='Proposal', name='before', field=fields.TextField(null=True, unique=False)),
    ]
