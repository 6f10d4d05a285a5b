from django.db import migrations

from openmappa.audit.protection import case_is_seen, history, protect

STAFF = "(SELECT access_role()) IN ('police_officer', 'case_manager', 'line_manager', 'mappa_coordinator', 'inspector')"
REVIEWS = "(SELECT access_role()) IN ('line_manager', 'mappa_coordinator')"
WORKS = "(SELECT access_role()) IN ('police_officer', 'case_manager', 'line_manager', 'mappa_coordinator')"
SEEN = case_is_seen("case_id", "further_offences_contribution")
# Until the review is over an agency's words are read by whoever was asked, their own agency, and those who review.
CONTRIBUTION = (
    f"person_id = access_person() OR ({SEEN} AND ({REVIEWS} "
    f"OR (agency_id = access_agency() AND {WORKS}) OR (closed_at IS NOT NULL AND {STAFF})))"
)
READS_LESSON = f"({WORKS} AND area_id = access_area()) OR (shared_at IS NOT NULL AND access_role() IS NOT NULL)"
WRITES_LESSON = f"{REVIEWS} AND area_id = access_area()"


class Migration(migrations.Migration):
    """A review is there for the staff who see its case; a contribution for its own agency and those who review.

    A lesson holds nothing of a case: its area reads it, and everybody once it is shared.
    """

    dependencies = [
        ("further_offences", "0001_record"),
        ("cases", "0005_row_level_security"),
        ("audit", "0003_history"),
    ]

    operations = [
        protect(
            "further_offences_furtheroffencereview",
            where=f"{STAFF} AND {case_is_seen('case_id', 'further_offences_furtheroffencereview')}",
        ),
        protect("further_offences_contribution", where=CONTRIBUTION),
        protect("further_offences_lesson", where=READS_LESSON, check=WRITES_LESSON),
        *[history(f"further_offences_{name}", case="case_id") for name in ("furtheroffencereview", "contribution")],
        history("further_offences_lesson"),
    ]
