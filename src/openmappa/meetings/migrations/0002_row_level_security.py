from django.db import migrations

from openmappa.audit.protection import protect


class Migration(migrations.Migration):
    """A meeting and who is invited to it are there for those who see the case; a sitting holds nothing of a case."""

    dependencies = [("meetings", "0001_record"), ("cases", "0005_row_level_security")]

    operations = [protect(f"meetings_{table}", by_case="case_id") for table in ("meeting", "invitee")]
