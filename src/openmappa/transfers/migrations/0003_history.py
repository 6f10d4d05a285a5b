from django.db import migrations

from openmappa.audit.protection import history


class Migration(migrations.Migration):
    """What a transfer said before each change is kept."""

    dependencies = [("transfers", "0002_row_level_security"), ("audit", "0003_history")]

    operations = [
        history("transfers_transfer", case="case_id"),
        history("transfers_approval", case="case_id"),
        history("transfers_contactdetails", key="person_id"),
    ]
