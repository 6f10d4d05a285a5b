from django.db import migrations

from openmappa.audit.protection import protect

# Whoever may review, hold, approve or check disposals sees the certificates of their own area; the auditor sees all.
SEES_CERTIFICATES = """
(SELECT access_role()) = 'auditor'
OR area_id = ANY ((SELECT access_ids('areas'))::bigint[])
OR ((SELECT access_role()) = 'line_manager' AND area_id = (SELECT access_area()))
"""
CHANGEABLE = {
    "retention_review": "",
    "retention_hold": "lifted_by_id, lifted_at, lift_reason",
    "retention_disposal": "outcome, judged_by_id, judged_at, judged_words",
}


def only(table: str, columns: str) -> migrations.RunSQL:
    """The application adds rows, and changes no more than these columns of them."""
    granted = [f"GRANT UPDATE ({columns}) ON {table} TO openmappa_app"] if columns else []
    return migrations.RunSQL(
        [f"REVOKE UPDATE, DELETE ON {table} FROM openmappa_app", *granted],
        f"GRANT UPDATE, DELETE ON {table} TO openmappa_app",
    )


class Migration(migrations.Migration):
    """Reviews, holds and disposals are there for those who see the case, and stay as they were written."""

    dependencies = [("retention", "0001_record"), ("cases", "0005_row_level_security")]

    operations = [
        *[protect(table, by_case="case_id") for table in CHANGEABLE],
        *[only(table, columns) for table, columns in CHANGEABLE.items()],
        protect("retention_certificate", where=SEES_CERTIFICATES),
        migrations.RunSQL(
            [
                "REVOKE INSERT, UPDATE, DELETE ON retention_certificate FROM openmappa_app",
                "CREATE SEQUENCE retention_certificate_number",
                "REVOKE ALL ON SEQUENCE retention_certificate_number FROM PUBLIC, openmappa_app",
            ],
            [
                "DROP SEQUENCE retention_certificate_number",
                "GRANT INSERT, UPDATE, DELETE ON retention_certificate TO openmappa_app",
            ],
        ),
    ]
