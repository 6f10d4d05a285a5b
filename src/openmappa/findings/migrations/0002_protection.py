from django.db import migrations

from openmappa.audit.protection import history, protect

# What queries.reading says in Python, a test compares the two: who works on an exercise reads its drafts; the people
# who answer for an area read the agreed findings on it once feedback is sent; a published report is for four roles.
FED_BACK = """
CREATE FUNCTION findings_fed_back(of_exercise bigint, of_area bigint) RETURNS boolean LANGUAGE sql STABLE
RETURN coalesce(of_area = access_area() AND access_role() IN ('mappa_coordinator', 'line_manager') AND EXISTS (
    SELECT 1 FROM findings_feedback f WHERE f.exercise_id = of_exercise AND f.area_id = of_area
), false)
"""
PUBLISHED = """
CREATE FUNCTION findings_published(of_exercise bigint) RETURNS boolean LANGUAGE sql STABLE
RETURN access_role() IN ('mappa_coordinator', 'line_manager', 'smb_member', 'inspector') AND EXISTS (
    SELECT 1 FROM findings_reportversion r WHERE r.exercise_id = of_exercise
)
"""
FINDING = "samples_works_on(exercise_id) OR (agreed_at IS NOT NULL AND findings_fed_back(exercise_id, area_id))"
OF_FINDING = "EXISTS (SELECT 1 FROM findings_finding f WHERE f.id = findings_remark.finding_id)"
OF_RECOMMENDATION = "EXISTS (SELECT 1 FROM findings_recommendation r WHERE r.id = findings_followup.recommendation_id)"
FEEDBACK = (
    "samples_works_on(exercise_id) "
    "OR (area_id = access_area() AND access_role() IN ('mappa_coordinator', 'line_manager'))"
)
REPORT = "access_role() IN ('mappa_coordinator', 'line_manager', 'smb_member', 'inspector')"
WORKS = "samples_works_on(exercise_id)"
KEPT = "REVOKE UPDATE, DELETE ON findings_reportversion, findings_followup, findings_feedback FROM openmappa_app"
NEVER_DELETED = "REVOKE DELETE ON findings_recommendation, findings_remark FROM openmappa_app"
LET = (
    "GRANT UPDATE, DELETE ON findings_reportversion, findings_followup, findings_feedback, findings_recommendation, "
    "findings_remark TO openmappa_app"
)


class Migration(migrations.Migration):
    """Drafts are there for those who work on them, findings for their area once it is told, reports for four roles.

    What was published, sent or said of a recommendation is never changed.
    """

    dependencies = [("findings", "0001_record"), ("samples", "0002_protection"), ("audit", "0003_history")]

    operations = [
        migrations.RunSQL(FED_BACK, "DROP FUNCTION findings_fed_back(bigint, bigint)"),
        migrations.RunSQL(PUBLISHED, "DROP FUNCTION findings_published(bigint)"),
        protect("findings_feedback", where=FEEDBACK, check=WORKS),
        protect("findings_finding", where=FINDING, check=WORKS),
        protect("findings_remark", where=OF_FINDING),
        protect("findings_recommendation", where=f"{WORKS} OR findings_published(exercise_id)", check=WORKS),
        protect("findings_followup", where=OF_RECOMMENDATION),
        protect("findings_reportversion", where=REPORT, check=WORKS),
        migrations.RunSQL([KEPT, NEVER_DELETED], LET),
        *(
            history(f"findings_{name}")
            for name in ("finding", "feedback", "remark", "recommendation", "followup", "reportversion")
        ),
    ]
