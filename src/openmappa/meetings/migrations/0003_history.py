from django.db import migrations

from openmappa.audit.protection import history


class Migration(migrations.Migration):
    """What a sitting, its meetings, their invitees and the directory said before each change is kept."""

    dependencies = [("meetings", "0002_row_level_security"), ("audit", "0003_history")]

    operations = [
        *[history(f"meetings_{table}", case="case_id") for table in ("meeting", "invitee")],
        *[history(f"meetings_{table}") for table in ("sitting", "directoryentry")],
    ]
