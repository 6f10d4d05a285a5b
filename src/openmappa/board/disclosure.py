"""A live table taken out of the service as a file: small counts hidden, and the log of it."""

from collections.abc import Iterator

from django.db import transaction

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.board.queries.on_time import Asked, LiveTable, live_table
from openmappa.board.queries.rows import EVERYTHING
from openmappa.core.access import Permission
from openmappa.core.inspection.proportions import SMALLEST, Proportion
from openmappa.ui.csv_files import Sharing, marked_csv
from openmappa.ui.formats import instant, short_day

HEADER = ("Row", "Period", "First day", "Last day", "On time", "Of", "Per cent", "From (95%)", "To (95%)")
HIDDEN = "hidden"
WHOLE = "All periods"


def export_table(*, by: User, asked: Asked, sharing: Sharing) -> str:
    """The table as a marked file, without any cell that is too small to leave the service or would give one away.

    Logged with whom it is for. It holds no case. Raises NotAllowed.
    """
    require(by, Permission.VIEW_FIGURES)
    with transaction.atomic():
        found = live_table(asked)
        log(
            by=by,
            verb="export live table",
            about={
                "areas": [area.code for area in asked.areas],
                "standard": asked.standard or "all",
                "rows": asked.by.value,
                "from": asked.since.isoformat(),
                "to": asked.until.isoformat(),
                "on": asked.on.isoformat(),
                "reading": "live" if asked.live else "known then" if asked.known else "known now",
                "why": sharing.purpose,
            },
            operation="disclosure",
            recipient=sharing.recipient,
            channel="export",
        )
    names = ", ".join(area.name for area in asked.areas)
    title = f"On time: {asked.title}, {names}, {short_day(asked.since)} to {short_day(asked.until)}"
    note = [
        [],
        ["Duties met on time of all that were met, met late, missed or overdue", _reading(asked)],
        [f"“{HIDDEN}”: a count under {SMALLEST}, or one from which such a count would follow"],
    ]
    return marked_csv(title, sharing, HEADER, [*_rows(found), *note])


def _reading(asked: Asked) -> str:
    """As of which day, by whose knowledge, worked out when: a past day is worked out once, and the record goes on."""
    if asked.past is None or asked.past.began_at is None:
        return f"as of {short_day(asked.on)}"
    words = "as it was known on" if asked.known else "as it stood, by what was known later, on"
    return f"{words} {short_day(asked.on)}; worked out from the record of {instant(asked.past.began_at)}"


def _rows(found: LiveTable) -> Iterator[list[object]]:
    periods = [(span.name, span.since, span.until) for span in found.table.spans]
    periods.append((WHOLE, found.asked.since, found.asked.until))
    last = len(found.table.rows)
    for place, name in enumerate([*found.names.values(), EVERYTHING]):
        for at, (period, since, until) in enumerate(periods):
            proportion = _proportion(found, place, at)
            shown = (place, at) not in found.withheld and proportion.interval is not None
            counts = _counts(proportion) if shown else [HIDDEN] * 5
            if place < last or last > 1:
                yield [name, period, short_day(since), short_day(until), *counts]


def _proportion(found: LiveTable, place: int, at: int) -> Proportion:
    table = found.table
    if place == len(table.rows):
        return (table.whole if at == len(table.spans) else table.of_span(at)).on_time
    row = table.rows[place]
    return (table.of_row(row) if at == len(table.spans) else table.cell(row, at)).on_time


def _counts(shown: Proportion) -> list[object]:
    assert shown.interval is not None
    return [shown.k, shown.n, shown.percentage, *shown.interval.per_cent]
