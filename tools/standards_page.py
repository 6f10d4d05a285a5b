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

Three things decide what is due: the *facts* of a case, a pack of standards, and a day. The same three always give the
same answer: on the command line, on a page and in a report.

### Facts, and the state they leave behind

A fact is something that happened on a case on one day: a registration, a home visit, an OASys. The kinds, with what
each says, are in [the caseload format](caseload-format.md#a-fact). Facts count in the order of their days and, on
one day, in the order they were entered. The facts up to the end of a day leave a state behind:

| field | what leaves it |
| --- | --- |
| under supervision | from an order or licence starting to it ending |
| in custody | from being taken into custody to release |
| registered | from registration to its end |
| likelihood of reconviction | the last RM2000 |
| risk of harm | the last OASys that gives one, or the last time it was set by itself |
| MAPPA level and category | the last time they were set |
| the case's own visit interval | the last time it was set; it can be taken away again |

Only the end of the day counts: someone who goes into custody and comes out on the same day was not in custody.
When a case is closed, nothing more opens on it and everything that is open closes.

### Two kinds of clock

**Once.** A fact starts it, or conditions that become true, or a level that changes from one known value to another.
Each start is a duty of its own. The first level that a case is given is no change.

**Every.** One cycle is open at a time. It opens as its conditions come to hold, and again on the day the last one was
met. To meet a cycle takes a later day than the one it began on, so two visits in a day count once.

What stands under *while* must hold at the end of the day for a duty to open and to stay open.

- **days, weeks**: calendar days after the day it started; a week is seven.
- **months**: the same day of a later month, or its last day where it has no such day.
- **working days**: Mondays to Fridays that are no bank holiday in England and Wales, counted from the day after.
- **the day agreed**: the one that the starting fact names.
- **a table of months**: looked up by the state of the case.

### One day, in order

1. What happened on the day meets the duties that were open before it, against their due dates as they stood. One
   fact meets every duty that it matches; where a standard says *same action*, only those with that action.
2. The state at the end of the day is worked out.
3. Open duties whose conditions no longer hold are closed.
4. A running cycle whose interval has changed gets a new due date. Where the new interval, counted from the day the
   cycle began, does not lead to before the old due date, that is it. Otherwise it is the earlier of the old due
   date and the new interval counted from today, so that nobody is late by a rule that came today. Where there is no
   interval any more, the cycle closes.
5. New duties open.
6. A *once* duty that opened today is met today where a matching fact of today exists.

### What becomes of a duty

| outcome | on the day that is asked about |
| --- | --- |
| met | done on or before its due date |
| met late | done after it |
| due | open, and its due date has not passed |
| overdue | open, and it has |
| lapsed | closed without being done, before its due date had passed |
| missed | closed without being done, after it |

*On time* is met ÷ (met + met late + missed + overdue), and is never shown without its count. *As of* a day, what
happened later does not exist. *Known on* a day, what was written down later does not exist either: what could be
known then, as against what is known now.

A clock is judged by the pack in force on the day it started ([decision
0007](../decisions/0007-a-duty-keeps-its-pack.md)). This pack has no first day: it judges every clock that started
before another pack takes over.

!!! note "Three days to notify"
    The Sexual Offences Act 2003 (sections 83 and 84) counts its three days *beginning with* the first: registered
    on the 1st, by the end of the 3rd. This pack counts them like every other number of days, after the first: by
    the end of the 4th. What is late here is late by either count; what is on time here may not be. Check the Act
    before a court depends on it.

## The standards
"""

OTHER_PACKS = """## A pack of your own

A pack is a text file: names, numbers and their sources, without any expression. One standard looks like this:

```toml
[[standard]]
id = "oasys-start"
title = "OASys at the start of an order or licence"
of = "case_manager"
clock = "once"                                                # or every
starts_on = { fact = "order_started" }                        # or when = true, or on_change = "harm"
while = { supervised = true }                                 # a value, a list of values, or "known"
allowed = { working_days = 15 }                               # or days, weeks, months, table, fact
met_by = [{ fact = "oasys_completed", stage = ["start"] }]    # any of these meets it
source = "1.15"                                               # where the rule and its number stand
```

`openmappa check-pack PATH` says whether a pack makes sense: it names the file, the standard, what is wrong and how
to mend it, everything in one run. `openmappa evaluate FILE --pack PATH --as-of DATE` judges a caseload by it.

A pack may also say only what it changes of this one (`extends`): see
[what another standard would cost](../how-to/what-if.md#write-a-draft)."""


def page(pack: Pack) -> str:
    """The whole page."""
    head = INTRODUCTION.format(name=pack.name, title=pack.title, source=pack.source)
    return "\n".join([head, *_standards(pack), "", "## The tables", "", *_tables(pack), OTHER_PACKS, ""])


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
