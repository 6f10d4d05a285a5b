from django.db import migrations

from openmappa.audit.protection import history, protect

# Readers are those of Permission.VIEW_FIGURES, writers those of Permission.KEEP_BOARD; tests/annual_report/test_access.py
# compares. What is being written is there for those who keep the board; what is published for whoever sees its figures.
READERS = "('line_manager', 'mappa_coordinator', 'smb_member', 'inspector', 'auditor')"
OWN_AREA = (
    "(area_id = (SELECT access_area()) OR ((SELECT access_area()) IS NULL "
    "AND (SELECT access_role()) IN ('inspector', 'auditor')))"
)
READS = f"(SELECT access_role()) IN {READERS} AND {OWN_AREA}"
KEEPS = "(SELECT access_role()) IN ('mappa_coordinator', 'smb_member')"
WRITES = f"{KEEPS} AND area_id = (SELECT access_area())"
REPORT = "EXISTS (SELECT 1 FROM annual_report_annualreport r WHERE r.id = report_id{})"
OWN = f"{KEEPS} AND {REPORT.format(' AND r.area_id = (SELECT access_area())')}"
# The coordinator, or the member who has the chair today.
PUBLISHES = (
    f"{OWN} AND ((SELECT access_role()) = 'mappa_coordinator' OR EXISTS ("  # noqa: S608 - our own names  # nosec B608
    "SELECT 1 FROM board_member m WHERE m.person_id = (SELECT access_person()) AND m.chairs "
    "AND m.area_id = (SELECT access_area()) AND m.from_on <= (now() AT TIME ZONE 'Europe/London')::date "
    "AND (m.until_on IS NULL OR m.until_on >= (now() AT TIME ZONE 'Europe/London')::date)))"
)
NAMES = ("annualreport", "commentary", "publishedreport")
KEPT = "REVOKE UPDATE, DELETE ON annual_report_publishedreport FROM openmappa_app"
NEVER_DELETED = "REVOKE DELETE ON annual_report_annualreport, annual_report_commentary FROM openmappa_app"
CHANGED = [
    "REVOKE UPDATE ON annual_report_annualreport FROM openmappa_app",
    "GRANT UPDATE (standards, version) ON annual_report_annualreport TO openmappa_app",
]
LET = [
    "REVOKE UPDATE (standards, version) ON annual_report_annualreport FROM openmappa_app",
    "GRANT UPDATE ON annual_report_annualreport TO openmappa_app",
    "GRANT UPDATE, DELETE ON annual_report_publishedreport TO openmappa_app",
    "GRANT DELETE ON annual_report_annualreport, annual_report_commentary TO openmappa_app",
]


class Migration(migrations.Migration):
    """Drafts are there for those who keep the board, published reports for those who see its figures; these stay."""

    dependencies = [
        ("annual_report", "0001_record"),
        ("board", "0005_the_board_protected"),
        ("audit", "0003_history"),
    ]

    operations = [
        protect("annual_report_annualreport", where=READS, check=WRITES),
        protect("annual_report_commentary", where=OWN),
        protect("annual_report_publishedreport", where=REPORT.format(""), check=PUBLISHES),
        migrations.RunSQL([KEPT, NEVER_DELETED, *CHANGED], LET),
        *[history(f"annual_report_{name}") for name in NAMES],
    ]
