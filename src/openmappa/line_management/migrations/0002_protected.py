from django.db import migrations

from openmappa.audit.protection import case_is_seen, history, protect

# What the application may change of a row once it is written; nothing is ever deleted but with its case.
CHANGEABLE = {
    "latenessreason": "reason, words, given_by_id, given_at",
    "managementreview": "",
    "managementaction": "done_on, done_by_id, evidence",
    "qualitymarking": "marked_on, feedback, pack",
    "qualitymark": "mark, comment",
}
# A marking is read by who marked, who wrote the work, and the line managers of the author's unit; by no colleague.
READS_MARKING = f"""
{case_is_seen("case_id", "line_management_qualitymarking")} AND (
    marked_by_id = access_person()
    OR author_id = access_person()
    OR (access_role() = 'line_manager' AND unit_id = ANY ((SELECT access_ids('units'))::bigint[]))
)
"""
WRITES_MARKING = f"""
{case_is_seen("case_id", "line_management_qualitymarking")}
AND marked_by_id = access_person() AND access_role() = 'line_manager' AND author_id IS DISTINCT FROM marked_by_id
"""
MARKING = (
    "EXISTS (SELECT 1 FROM line_management_qualitymarking m WHERE m.id = line_management_qualitymark.marking_id{})"
)
CONFIDENTIAL = (
    f"{case_is_seen('case_id', 'line_management_managementaction')} AND access_opens('confidential', case_id)"
)


def only(table: str, columns: str) -> migrations.RunSQL:
    """The application adds rows, and changes no more than these columns of them."""
    granted = [f"GRANT UPDATE ({columns}) ON {table} TO openmappa_app"] if columns else []
    return migrations.RunSQL(
        [f"REVOKE UPDATE, DELETE ON {table} FROM openmappa_app", *granted],
        f"GRANT UPDATE, DELETE ON {table} TO openmappa_app",
    )


class Migration(migrations.Migration):
    """Who reads and writes what line managers leave behind, and its history."""

    dependencies = [
        ("line_management", "0001_record"),
        ("cases", "0005_row_level_security"),
        ("audit", "0003_history"),
    ]

    operations = [
        protect("line_management_latenessreason", by_case="case_id"),
        protect("line_management_managementreview", by_case="case_id"),
        protect("line_management_managementaction", where=CONFIDENTIAL),
        protect("line_management_qualitymarking", where=READS_MARKING, check=WRITES_MARKING),
        protect(
            "line_management_qualitymark",
            where=MARKING.format(""),
            check=MARKING.format(" AND m.marked_by_id = access_person()"),
        ),
        *[only(f"line_management_{table}", columns) for table, columns in CHANGEABLE.items()],
        *[history(f"line_management_{table}", case="case_id") for table in CHANGEABLE],
    ]
