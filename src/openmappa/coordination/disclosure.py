"""Figures of MAPPA taken out of the service as a file: small counts hidden, and the log of it."""

from collections.abc import Iterable, Sequence
from itertools import chain

from django.db import transaction

from openmappa.accounts.models import Area, User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.coordination.queries.figures import Figure, Period, figures
from openmappa.core.access import Permission
from openmappa.core.inspection.proportions import SMALLEST, Proportion, published, published_parts
from openmappa.core.packs.mappa_figures_rules import Group
from openmappa.ui.csv_files import Sharing, marked_csv
from openmappa.ui.formats import short_day

HEADER = ("Figure", "Count", "Of", "Per cent", "From (95%)", "To (95%)", "The report", "How it is counted", "Source")
HIDDEN = "hidden"


def export_figures(*, by: User, areas: Sequence[Area], period: Period, sharing: Sharing) -> str:
    """The figures of a period as a marked file, without any count that is too small to leave the service.

    Logged with whom it is for. It holds no case. Raises NotAllowed.
    """
    require(by, Permission.VIEW_FIGURES)
    with transaction.atomic():
        found = figures(areas, period)
        log(
            by=by,
            verb="export MAPPA figures",
            about={"areas": [area.code for area in areas], "months": period.months, "why": sharing.purpose},
            operation="disclosure",
            recipient=sharing.recipient,
            channel="export",
        )
    names = ", ".join(area.name for area in areas)
    title = f"Figures of MAPPA, {names}, {short_day(period.since)} to {short_day(period.until)}"
    rows: Iterable[Sequence[object]] = chain.from_iterable(_rows(group, some) for group, _, some in found)
    note = [[], [f"“{HIDDEN}”: a count under {SMALLEST}, or one from which such a count would follow"]]
    return marked_csv(title, sharing, HEADER, [*rows, *note])


def _rows(group: Group, some: Sequence[Figure]) -> list[list[object]]:
    if not group.parts_of_a_whole:
        return [_row(each, published(each.now)) for each in some]
    parts = published_parts({each.rule.id: each.now.k for each in some})
    return [_row(each, None if parts[each.rule.id] is None else published(each.now)) for each in some]


def _row(figure: Figure, shown: Proportion | None) -> list[object]:
    of: object = figure.now.n if figure.now.n >= SMALLEST else HIDDEN
    said = [figure.rule.report, figure.rule.counted, str(figure.rule.source)]
    if shown is None or shown.interval is None:
        return [figure.rule.title, HIDDEN, of, HIDDEN, HIDDEN, HIDDEN, *said]
    return [figure.rule.title, shown.k, of, shown.percentage, *shown.interval.per_cent, *said]
