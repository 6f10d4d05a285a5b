from django.db import migrations

from openmappa.audit.protection import JOB, case_is_seen, history, protect

NOTICE, ACKNOWLEDGEMENT = "timeline_changenotice", "timeline_acknowledgement"
OF_A_NOTICE_READ = f"EXISTS (SELECT 1 FROM {NOTICE} n WHERE n.id = {ACKNOWLEDGEMENT}.notice_id)"  # noqa: S608 - our own names  # nosec B608
CHANGEABLE = {
    NOTICE: "withdrawn_at, withdrawn_by_id",
    ACKNOWLEDGEMENT: "acknowledged_at, comment, lapsed_at, escalated_at, escalated_to",
}


def only(table: str, columns: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        [
            f"REVOKE UPDATE, DELETE ON {table} FROM openmappa_app",
            f"GRANT UPDATE ({columns}) ON {table} TO openmappa_app",
        ],
        f"GRANT UPDATE, DELETE ON {table} TO openmappa_app",
    )


class Migration(migrations.Migration):
    """A notice of change is there for those who read its compartment on the case, and so is who has acknowledged it.

    Nobody acknowledges for somebody else, and what was said to have changed stays as it was written.
    """

    dependencies = [
        ("timeline", "0005_changes_told"),
        ("cases", "0005_row_level_security"),
        ("audit", "0003_history"),
    ]

    operations = [
        protect(NOTICE, where=f"{case_is_seen('case_id', NOTICE)} AND access_opens(compartment, case_id)"),
        protect(ACKNOWLEDGEMENT, where=OF_A_NOTICE_READ),
        migrations.RunSQL(
            f"CREATE POLICY for_oneself ON {ACKNOWLEDGEMENT} AS RESTRICTIVE FOR UPDATE TO openmappa_app "
            f"USING (person_id = access_person() OR {JOB})",
            f"DROP POLICY for_oneself ON {ACKNOWLEDGEMENT}",
        ),
        *[only(table, columns) for table, columns in CHANGEABLE.items()],
        *[history(table, case="case_id") for table in CHANGEABLE],
    ]
