from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('cases', '0002_add_waits_of_talks')]

    initial = False

    operations = [
        ops.AddField(
            model_name='CaseEvent',
            name='told_with',
            field=fields.BigIntField(null=True, db_index=True),
        ),
    ]
