from django.db import migrations

from openmappa.audit.protection import history, protect

# Readers are those of Permission.VIEW_FIGURES, writers those of Permission.SET_TARGET; tests/board/test_targets.py compares.
READS = (
    "(SELECT access_role()) IN ('line_manager', 'mappa_coordinator', 'smb_member', 'inspector', 'auditor') "
    "AND (area_id = (SELECT access_area()) OR ((SELECT access_area()) IS NULL "
    "AND (SELECT access_role()) IN ('inspector', 'auditor')))"
)
WRITES = "(SELECT access_role()) IN ('line_manager', 'mappa_coordinator') AND area_id = (SELECT access_area())"


class Migration(migrations.Migration):
    """Targets are there for those who see figures of the area; nothing that was set is changed or deleted."""

    dependencies = [("board", "0002_targets"), ("audit", "0006_history_of_the_record")]

    operations = [
        protect("board_target", where=READS, check=WRITES),
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE ON board_target FROM openmappa_app",
            "GRANT UPDATE, DELETE ON board_target TO openmappa_app",
        ),
        history("board_target"),
    ]
