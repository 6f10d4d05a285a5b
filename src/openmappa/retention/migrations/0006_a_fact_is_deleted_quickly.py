from django.db import migrations


class Migration(migrations.Migration):
    """Deleting a fact asks whether a duty points at it: without this index, once through all duties for each fact.

    The timeline does without, since nothing else looks that way.
    """

    dependencies = [("retention", "0005_history"), ("timeline", "0001_record")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX duty_because_fact ON timeline_duty (because_fact_id) WHERE because_fact_id IS NOT NULL",
            "DROP INDEX duty_because_fact",
        )
    ]
