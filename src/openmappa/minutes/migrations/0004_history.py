from django.db import migrations

from openmappa.audit.protection import history

TABLES = ("running", "chairing", "entry", "minutes", "line", "copy", "handout", "filing", "telling")


class Migration(migrations.Migration):
    """What a meeting and its minutes said before each change is kept."""

    dependencies = [("minutes", "0003_issued_minutes_stay"), ("audit", "0003_history")]

    operations = [history(f"minutes_{table}", case="case_id") for table in TABLES]
