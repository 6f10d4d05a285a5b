from django.db import migrations

from openmappa.audit.protection import protect

# Readers are those of Permission.VIEW_FIGURES; tests/past/test_past_days.py compares.
ROLES = "('line_manager', 'mappa_coordinator', 'smb_member', 'inspector', 'auditor')"
THEIRS = (
    f"(SELECT access_role()) IN {ROLES} AND (area_id = (SELECT access_area()) "
    "OR ((SELECT access_area()) IS NULL AND (SELECT access_role()) IN ('inspector', 'auditor')))"
)


class Migration(migrations.Migration):
    """Past days are there for those who see figures of the area; their cases and duties for those who see the case."""

    dependencies = [("past", "0001_past_days"), ("cases", "0005_row_level_security"), ("audit", "0003_history")]

    operations = [
        protect("past_pastday", where=THEIRS),
        protect("past_pastcase", by_case="case_id"),
        protect("past_pastduty", by_case="case_id"),
        migrations.RunSQL(
            [
                "REVOKE INSERT, UPDATE, DELETE ON past_pastcase, past_pastduty FROM openmappa_app",
                "GRANT INSERT, UPDATE, DELETE ON past_pastcase, past_pastduty TO openmappa_jobs",
                "REVOKE DELETE ON past_pastday FROM openmappa_app",
                "GRANT DELETE ON past_pastday TO openmappa_jobs",
            ],
            [
                "REVOKE INSERT, UPDATE, DELETE ON past_pastcase, past_pastduty FROM openmappa_jobs",
                "GRANT INSERT, UPDATE, DELETE ON past_pastcase, past_pastduty TO openmappa_app",
                "REVOKE DELETE ON past_pastday FROM openmappa_jobs",
                "GRANT DELETE ON past_pastday TO openmappa_app",
            ],
        ),
    ]
