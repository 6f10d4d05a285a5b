from django.db import migrations

from openmappa.audit.protection import case_is_seen, history, protect

# Readers of audits are those of Permission.VIEW_FIGURES, who begin them those of KEEP_BOARD, who answer those of
# AUDIT_CASES; tests/case_audits/test_access.py compares.
OWN_AREA = (
    "(area_id = (SELECT access_area()) OR ((SELECT access_area()) IS NULL "
    "AND (SELECT access_role()) IN ('inspector', 'auditor')))"
)
READS = (
    "(SELECT access_role()) IN ('line_manager', 'mappa_coordinator', 'smb_member', 'inspector', 'auditor') "
    f"AND {OWN_AREA}"
)
WORKS = "(SELECT access_role()) IN ('line_manager', 'mappa_coordinator', 'smb_member') AND area_id = access_area()"
AUDITS = (
    "(SELECT access_role()) IN ('line_manager', 'mappa_coordinator', 'smb_member') AND EXISTS (SELECT 1 "
    "FROM case_audits_caseaudit a WHERE a.id = {table}.audit_id AND samples_works_on(a.exercise_id))"
)
COORDINATES = "(SELECT access_role()) = 'mappa_coordinator'"
FEEDBACK, AUDITED, ANSWER = "case_audits_feedback", "case_audits_auditedcase", "case_audits_auditanswer"
SENT = f"EXISTS (SELECT 1 FROM {FEEDBACK} f WHERE f.audited_id = {AUDITED}.id AND f.to_id = access_person())"  # noqa: S608 - our own names  # nosec B608
ON_A_FORM = f"EXISTS (SELECT 1 FROM {AUDITED} form WHERE form.id = {ANSWER}.audited_id)"  # noqa: S608 - our own names  # nosec B608


class Migration(migrations.Migration):
    """An audit is there for those who see figures of its area; what was answered on a case for those who audit it.

    When it is closed, the coordinator of the area still reads it, and whoever was sent feedback reads that case's.
    """

    dependencies = [("case_audits", "0001_record"), ("samples", "0002_protection"), ("audit", "0003_history")]

    operations = [
        protect("case_audits_caseaudit", where=READS, check=WORKS),
        protect(
            FEEDBACK,
            where=f"to_id = access_person() OR ({case_is_seen('case_id', FEEDBACK)} "
            f"AND ({COORDINATES} OR ({AUDITS.format(table=FEEDBACK)})))",
        ),
        protect(
            AUDITED,
            where=f"{case_is_seen('case_id', AUDITED)} AND ({COORDINATES} OR {SENT} "
            f"OR ({AUDITS.format(table=AUDITED)}))",
        ),
        protect(ANSWER, where=ON_A_FORM),
        history("case_audits_caseaudit"),
        *[history(name, case="case_id") for name in (FEEDBACK, AUDITED, ANSWER)],
    ]
