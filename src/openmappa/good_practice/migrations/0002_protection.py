from django.db import migrations

from openmappa.audit.protection import history, protect

TABLE = "good_practice_practice"
# Readers are those of Permission.READ_LESSONS; tests/good_practice/test_library.py compares. A board writes for its own
# area; a report is published by an inspector, or on a self-inspection by somebody of the area.
READS = (
    "(SELECT access_role()) IN ('police_officer', 'case_manager', 'line_manager', 'mappa_coordinator', "
    "'victim_contact_officer', 'partner_member', 'smb_member', 'inspector')"
)
WRITES = (
    "(SELECT access_role()) = 'inspector' OR (area_id = (SELECT access_area()) "
    "AND (SELECT access_role()) IN ('line_manager', 'mappa_coordinator', 'smb_member'))"
)
CHANGED = "title, text, criterion, criterion_title, source, inspection, report_number, withdrawn_by_id, withdrawn_at, why_withdrawn"


class Migration(migrations.Migration):
    """Entries are there for everybody who reads lessons. Nobody deletes one, or moves it to another area."""

    dependencies = [("good_practice", "0001_record"), ("audit", "0003_history")]

    operations = [
        protect(TABLE, where=READS, check=WRITES),
        migrations.RunSQL(
            [
                f"REVOKE UPDATE, DELETE ON {TABLE} FROM openmappa_app",
                f"GRANT UPDATE ({CHANGED}) ON {TABLE} TO openmappa_app",
            ],
            [
                f"REVOKE UPDATE ({CHANGED}) ON {TABLE} FROM openmappa_app",
                f"GRANT UPDATE, DELETE ON {TABLE} TO openmappa_app",
            ],
        ),
        history(TABLE),
    ]
