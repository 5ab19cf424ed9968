from tortoise import migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [('cases', '0003_add_told_with')]

    initial = False

    operations = [
        # A column that is added brings no index with it on SQLite.
        ops.RunSQL(
            "CREATE INDEX IF NOT EXISTS idx_cases_event_told_wi ON cases_event (told_with)",
            "DROP INDEX IF EXISTS idx_cases_event_told_wi",
        ),
    ]
