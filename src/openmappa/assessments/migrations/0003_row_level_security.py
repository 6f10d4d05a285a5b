from django.db import migrations

from openmappa.audit.protection import protect


class Migration(migrations.Migration):
    """Rows of a case are there for those who see the case."""

    dependencies = [("assessments", "0002_record"), ("cases", "0005_row_level_security")]

    operations = [
        protect("assessments_rm2000score", by_case="case_id"),
        protect("assessments_countersignature", by_case="case_id"),
    ]
