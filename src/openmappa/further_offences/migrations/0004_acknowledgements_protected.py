from django.db import migrations

from openmappa.audit.protection import history, protect

TABLE = "further_offences_lessonacknowledgement"
# Those of Permission.VIEW_FIGURES read who of their area has read a lesson; tests/further_offences/test_lessons.py compares.
READS = "(SELECT access_role()) IN ('line_manager', 'mappa_coordinator', 'smb_member', 'inspector', 'auditor')"
OWN_AREA = (
    "(u.area_id = (SELECT access_area()) OR ((SELECT access_area()) IS NULL "
    "AND (SELECT access_role()) IN ('inspector', 'auditor')))"
)
THEIRS = f"EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = {TABLE}.person_id AND {OWN_AREA})"  # noqa: S608 - our own names  # nosec B608


class Migration(migrations.Migration):
    """That somebody read a lesson is read by them and by those who see figures of their area, and never changed."""

    dependencies = [("further_offences", "0003_acknowledgements"), ("audit", "0003_history")]

    operations = [
        protect(
            TABLE, where=f"person_id = access_person() OR ({READS} AND {THEIRS})", check="person_id = access_person()"
        ),
        migrations.RunSQL(
            f"REVOKE UPDATE, DELETE ON {TABLE} FROM openmappa_app", f"GRANT UPDATE, DELETE ON {TABLE} TO openmappa_app"
        ),
        history(TABLE),
    ]
