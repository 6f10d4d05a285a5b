"""The results of an inspection taken out of the service as a file: small counts hidden, and the log of it."""

from collections.abc import Iterator

from django.db import transaction

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.core.access import Permission
from openmappa.core.inspection.estimates import Estimate
from openmappa.core.inspection.proportions import SMALLEST
from openmappa.findings.queries.inspected import title_of
from openmappa.findings.queries.reading import refuse_unless_working
from openmappa.findings.queries.results import Results, results_of
from openmappa.samples.models import Exercise
from openmappa.ui.csv_files import Sharing, marked_csv

HEADER = ("Question", "Code", "Cases it is asked of", "Area", "Above the line", "Judged", "Per cent (weighted)")
INTERVAL = ("From (95%)", "To (95%)")
HIDDEN = "hidden"
WHOLE = "All areas"


def export_results(*, by: User, exercise: Exercise, sharing: Sharing) -> str:
    """The estimates, as a whole and by area, without any that is too small to leave or would give one away.

    Joint work, and all cases with it, stay in the service: beside the estimate they would give small counts away.
    Logged with whom it is for. It holds no case. Raises NotAllowed, NotTheirs.
    """
    require(by, Permission.READ_INSPECTION_REPORTS)
    refuse_unless_working(by, exercise)
    with transaction.atomic():
        found = results_of(exercise)
        log(
            by=by,
            verb="export inspection results",
            about={"inspection": str(exercise.key), "why": sharing.purpose},
            operation="disclosure",
            recipient=sharing.recipient,
            channel="export",
        )
    note = [
        [],
        ["Above the line: excellent or sufficient, of those judged, without joint work. Not applicable is never no"],
        [f"“{HIDDEN}”: a count under {SMALLEST}, or one from which such a count would follow"],
    ]
    rows = list(_rows(found)) if found else []
    return marked_csv(title_of(exercise), sharing, HEADER + INTERVAL, [*rows, *note])


def _rows(found: Results) -> Iterator[list[object]]:
    for line in found.lines:
        code = line.question.code
        leaves = found.leaving(code)
        head = [line.question.text, code, line.question.of_whom]
        yield [*head, WHOLE, *_counts(line.apart, leaves.whole)]
        for name, each in found.areas(code).items():
            yield [*head, name, *_counts(each, name in leaves.areas)]


def _counts(found: Estimate, leaves: bool) -> list[object]:
    if not leaves or found.interval is None:
        return [HIDDEN] * 5
    return [found.tally.above, found.tally.judged, found.percentage, *found.interval.per_cent]
