from django.db import migrations

from openmappa.audit.protection import protect


class Migration(migrations.Migration):
    """Rows of a case are there for those who see the case."""

    dependencies = [("visits", "0001_record"), ("cases", "0005_row_level_security")]

    operations = [
        protect("visits_homevisit", by_case="case_id"),
    ]
