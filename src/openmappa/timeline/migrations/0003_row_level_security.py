from django.db import migrations

from openmappa.audit.protection import protect


class Migration(migrations.Migration):
    """Rows of a case are there for those who see the case."""

    dependencies = [("timeline", "0002_facts_are_not_edited"), ("cases", "0005_row_level_security")]

    operations = [
        protect("timeline_fact", by_case="case_id"),
        protect("timeline_duty", by_case="case_id"),
        protect("timeline_standing", by_case="case_id"),
    ]
