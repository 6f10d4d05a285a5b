"""Who is asked what, taken out of the service as a file: the schedule as a matrix, and the log of it."""

from django.db import transaction

from openmappa.accounts.models import User
from openmappa.audit.services import log
from openmappa.inspections.models import Inspection
from openmappa.interviews.queries import matrix_of
from openmappa.interviews.services import require_working
from openmappa.ui.csv_files import Sharing, marked_csv

ASKED, YET = "asked", "nobody yet"


def export_matrix(*, by: User, inspection: Inspection, sharing: Sharing) -> str:
    """The matrix as a marked file: for each question which roles are asked it, and whether anybody was yet.

    It holds no name, no note, and not how many were asked: of few people that would tell who. Logged with whom it is
    for. Raises NotAllowed, Http404.
    """
    require_working(by, inspection.exercise)
    with transaction.atomic():
        found = matrix_of(inspection.exercise)
        log(
            by=by,
            verb="export interview matrix",
            about={"inspection": str(inspection.key), "why": sharing.purpose},
            operation="disclosure",
            recipient=sharing.recipient,
            channel="export",
        )
    roles = [one.role.title for one in found.roles]
    rows: list[list[object]] = []
    for part, lines in found.coverage.parts:
        for line in lines:
            asked = [ASKED if noted is not None else "" for noted in line.noted]
            rows.append([part.title, line.question.number, line.question.text, *asked, YET if line.is_gap else ASKED])
    count = ["", "", "Questions", *(one.asked for one in found.roles), ""]
    title = f"Who is asked what: {inspection.title}"
    return marked_csv(title, sharing, ["Part", "Number", "Question", *roles, "Asked so far"], [*rows, count])
