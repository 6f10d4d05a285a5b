from django.db import migrations

from openmappa.audit.protection import history


class Migration(migrations.Migration):
    """What an action said before each change is kept, and which steps were added."""

    dependencies = [("actions", "0002_row_level_security"), ("audit", "0003_history")]

    operations = [
        history("actions_action", case="case_id"),
        history("actions_actionstep", case="case_id"),
    ]
