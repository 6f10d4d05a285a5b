"""Write docs/reference/standards.md from the pack, so that the page cannot differ from what judges the record.

python tools/standards_page.py            write the page
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from openmappa.core.packs.load import load_pack
from openmappa.core.packs.model import Match, Pack, Standard, Unit
from openmappa.core.standards.explain import conditions_in_words
from openmappa.core.standards.words import kind_label
from openmappa.ui.formats import lower_first

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "standards.md"
PACK = "england-wales-2005"

INTRODUCTION = """# The standards

<!-- Written by tools/standards_page.py from the pack. Change the pack, not this page. -->

A *standard* says what must be done on a case, by whom and by when. This page shows the pack `{name}` ({title};
source: {source}). The software holds it as data, each number with its source: a paragraph or table of the
inspection report. **(A)** marks an assumption: the report leaves it open, and this pack had to choose.

## How the engine decides

A case is a list of *facts*: what happened, and on which day. From them, day by day, follow the duties:

1. What happened on a day first meets the duties that were open before it, against their due dates as they stood.
2. Then the state at the end of the day is worked out: supervised, in custody, registered, likelihood, risk of harm,
   MAPPA level.
3. Open duties whose conditions no longer hold are closed.
4. A running cycle whose interval has changed gets a new due date. Loosened, it counts from the day the cycle began;
   tightened, it counts from today, and is never later than it was.
5. New duties open, on facts of the day, on conditions that became true, or on a level that changed.
6. What opened today is met today where a matching fact of today exists.

A clock runs **once** for each start, or **every** so often: then one cycle is open at a time, and the next begins
on the day the last was met. To meet a cycle takes a later day than the one it began on, so two visits in a day
count once. A working day is a Monday to Friday that is no bank holiday in England and Wales; counting starts the
day after. *n* months later is the same day of the month, or its last day.

On any day a duty is **met** or **met late**; **due** or **overdue** while it is open; or, where it closed unmet,
**lapsed** (before its due date had passed) or **missed** (after). *On time* is met ÷ (met + met late + missed +
overdue), and is never shown without its count. With *known on*, facts written down later do not exist: what could
be known then, as against what is known now.

A clock is judged by the pack in force on the day it started. When a case is closed, every duty of it closes.

!!! note "Three days to notify"
    The Sexual Offences Act 2003 counts the three days of a notification from the relevant day itself. This pack
    counts three days after it, one more, as its contract says. Check the Act before a court depends on it.

## The standards
"""


def page(pack: Pack) -> str:
    """The whole page."""
    head = INTRODUCTION.format(name=pack.name, title=pack.title, source=pack.source)
    return "\n".join([head, *_standards(pack), "", "## The tables", "", *_tables(pack)]).rstrip() + "\n"


def _standards(pack: Pack) -> Iterator[str]:
    yield "| standard | of | runs | starts | while | allowed | met by | source |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for one in pack.standards:
        of = one.of.name or f"the {one.of.detail} that the action names"
        cells = (
            f"**{one.title}**<br>`{one.id}`",
            _word(of),
            one.clock.value,
            _starts(one),
            conditions_in_words(one.while_) if one.while_ and not one.when else "–",
            _allowed(one, pack),
            "; or ".join(_match(match) for match in one.met_by) + (f", same {one.key}" if one.key else ""),
            one.source,
        )
        yield _row(cells)


def _starts(one: Standard) -> str:
    if one.starts_on is not None:
        return _match(one.starts_on)
    if one.on_change:
        return {"harm": "risk of harm", "band": "likelihood"}.get(one.on_change, one.on_change) + " changes"
    if one.when:
        return f"becomes true: {conditions_in_words(one.while_)}"
    return "with its conditions"


def _match(match: Match) -> str:
    said = [
        f"{name} {' or '.join(_word(value) for value in sorted(values, key=str))}" for name, values in match.details
    ]
    return ", ".join([lower_first(kind_label(match.kind)), *said])


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).replace("_", " ").replace("mappa", "MAPPA")


def _allowed(one: Standard, pack: Pack) -> str:
    allowed = one.allowed
    if allowed.unit is Unit.TABLE:
        table = pack.tables[allowed.name]
        return f"[{lower_first(table.title)}](#{table.title.lower().replace(' ', '-')})"
    if allowed.unit is Unit.FACT:
        return "the day agreed"
    unit = allowed.unit.value.replace("_", " ")
    return f"{allowed.amount} {unit}"


def _tables(pack: Pack) -> Iterator[str]:
    for table in pack.tables.values():
        yield f"### {table.title}"
        yield ""
        if table.first:
            yield "Months set for the case itself stand before this table.\n"
        yield f"Source: {table.source}."
        yield ""
        yield _row([*("likelihood" if name == "band" else _word(name) for name in table.by), "months", "note"])
        yield _row([*("---" for _ in table.by), "---:", "---"])
        for key, months in table.rows.items():
            yield _row([*map(_word, key), "none" if months is None else str(months), table.notes.get(key, "")])
        yield ""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def main(arguments: Sequence[str] = ()) -> int:
    """Write the page."""
    PAGE.write_text(page(load_pack(PACK)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
