from django.db import migrations

from openmappa.audit.protection import JOB, protect

# Readers are those of Permission.VIEW_FIGURES; tests/workload/test_questions.py compares.
ROLES = "('line_manager', 'mappa_coordinator', 'smb_member', 'inspector', 'auditor')"
THEIRS = (
    f"(SELECT access_role()) IN {ROLES} AND (area_id = (SELECT access_area()) "
    "OR ((SELECT access_area()) IS NULL AND (SELECT access_role()) IN ('inspector', 'auditor')))"
)
OWN = "asked_by_id = (SELECT access_person())"


class Migration(migrations.Migration):
    """Questions are there for those who see figures of the area; who asked deletes them; a job alone answers."""

    dependencies = [("workload", "0001_questions"), ("audit", "0006_history_of_the_record")]

    operations = [
        protect("workload_question", where=THEIRS, check=f"{THEIRS} AND {OWN}"),
        migrations.RunSQL(
            [
                "REVOKE UPDATE ON workload_question FROM openmappa_app",
                "GRANT UPDATE ON workload_question TO openmappa_jobs",
                f"CREATE POLICY by_asker ON workload_question AS RESTRICTIVE FOR DELETE TO openmappa_app "
                f"USING ({OWN} OR {JOB})",
            ],
            [
                "DROP POLICY by_asker ON workload_question",
                "REVOKE UPDATE ON workload_question FROM openmappa_jobs",
                "GRANT UPDATE ON workload_question TO openmappa_app",
            ],
        ),
    ]
