"""An answer taken out of the service as a file: no name, small counts hidden, and the log of it."""

from collections.abc import Iterator, Mapping, Sequence

from django.db import transaction

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.core.access import Permission
from openmappa.core.inspection.proportions import SMALLEST, is_small, published_parts
from openmappa.core.workload.answer import MINUTES, By
from openmappa.core.workload.digest import Json
from openmappa.core.workload.forecast import ASSUMPTIONS
from openmappa.ui.csv_files import Sharing, marked_csv
from openmappa.ui.formats import short_day
from openmappa.workload.models import Question
from openmappa.workload.queries.answers import group_name
from openmappa.workload.queries.drafts import NAMES

HEADER = ("Table", "Standards", "Row", "Month from", "Duties", "Hours", "Late", "People over capacity")
HIDDEN = "hidden"
NOW = "Now"


def export_answer(*, by: User, question: Question, areas: Mapping[str, str], sharing: Sharing) -> str:
    """The answer as a marked file. Logged with whom it is for. It holds no case and no name. Raises NotAllowed."""
    require(by, Permission.VIEW_FIGURES)
    with transaction.atomic():
        log(
            by=by,
            verb="export what if",
            about={"question": str(question.key), "why": sharing.purpose},
            operation="disclosure",
            recipient=sharing.recipient,
            channel="export",
        )
    answer: Json = question.answer or {"plans": []}
    where = question.area.name if question.area else "every area"
    title = f"What if: {question.title}, {where}, as known on {short_day(question.on)}"
    rows: list[Sequence[object]] = []
    for name, plan in zip((NOW, *NAMES), answer["plans"], strict=False):
        rows += [*_activities(name, plan, answer), *_months(name, plan, answer)]
        rows += [*_groups(name, plan, answer, areas), *_past(name, plan, answer)]
    note: list[Sequence[object]] = [[], *([NOW if name == NOW else name, title] for name, title in _titles(answer)), []]
    note += [[sentence] for sentence in ASSUMPTIONS]
    note.append([f"“{HIDDEN}”: a count under {SMALLEST}, or one from which such a count would follow"])
    return marked_csv(title, sharing, HEADER, [*rows, *note])


def _titles(answer: Json) -> Iterator[tuple[str, str]]:
    for name, plan in zip((NOW, *NAMES), answer["plans"], strict=False):
        yield name, "; ".join([plan["title"], *plan["changes"]])


def _activities(name: str, plan: Json, answer: Json) -> Iterator[list[object]]:
    titles = dict(answer["standards"])
    found = {standard: plan["activities"].get(standard, (0, 0, 0)) for standard, _ in answer["standards"]}
    published = published_parts({standard: one[0] for standard, one in found.items()})
    for standard, (_, _, minutes) in found.items():
        number = published[standard]
        shown = [HIDDEN, HIDDEN] if number is None else [number, _hours(minutes)]
        yield ["Work ahead by activity", name, titles[standard], "", *shown, "", ""]


def _months(name: str, plan: Json, answer: Json) -> Iterator[list[object]]:
    for first, (_, minutes, people) in zip(answer["starts"], plan["months"], strict=False):
        yield ["Work ahead by month", name, "All", first, "", _hours(minutes), "", people]


def _groups(name: str, plan: Json, answer: Json, areas: Mapping[str, str]) -> Iterator[list[object]]:
    for area, role, person, _, _, minutes, _ in plan["loads"][By.UNIT.value]:
        row = group_name((area, role, person), {}, areas)
        for first, spent in zip(answer["starts"], minutes, strict=False):
            yield ["Work ahead by service", name, row, first, "", _hours(spent), "", ""]


def _past(name: str, plan: Json, answer: Json) -> Iterator[list[object]]:
    first, titles = answer["past_starts"][0], dict(answer["standards"])
    for standard in sorted({one for other in answer["plans"] for one in other["changed"]}):
        number, late = plan["past"].get(standard, (0, 0))
        small = is_small(late) or is_small(number - late)
        shown = [HIDDEN, "", HIDDEN] if small else [number, "", late]
        yield ["What was due in the past year", name, titles[standard], first, *shown, ""]


def _hours(minutes: int) -> str:
    return f"{minutes / MINUTES:.1f}"
