from tortoise import migrations
from tortoise.migrations import operations as ops
from core.fields import SealedText
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('bot', '0003_add_signed_out')]

    initial = False

    operations = [
        ops.AddField(
            model_name='Session',
            name='confirmed',
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name='Session',
            name='sign_in',
            field=SealedText(null=True, unique=False),
        ),
    ]
