"""The answer to a what-if question as text: what changes, the work to come, who has too much, what was late."""

import io
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from textwrap import fill

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from openmappa.cli.what_if_rows import NAMES
from openmappa.core.standards.reasons import whose
from openmappa.core.workload.answer import MINUTES, Answer, By, Group, Load
from openmappa.core.workload.changes import changes
from openmappa.core.workload.forecast import ASSUMPTIONS
from openmappa.core.workload.sums import NOTHING, Sum, total

WIDTH = 130
MOST_ROWS = 40
"""Characters in a line where there is no terminal to ask; people in the table of those with too much."""

NOUNS = {By.OFFICER: ("person", "people"), By.UNIT: ("unit", "units"), By.AREA: ("area", "areas")}


def as_text(answer: Answer, by: By) -> str:
    """The whole answer."""
    text = io.StringIO()
    width = None if sys.stdout.isatty() else WIDTH
    console = Console(file=text, width=width, markup=False, highlight=False, color_system=None, soft_wrap=False)
    for line in _head(answer):
        console.print(line)
    for table in (_by_activity(answer), _by_month(answer)):
        console.print(table)
        console.print("")
    _over_capacity(answer, by, console)
    console.print(_past(answer))
    console.print("")
    console.print("What this rests on")
    for sentence in (*ASSUMPTIONS, *_assumed(answer)):
        console.print(fill(sentence, console.width, initial_indent="- ", subsequent_indent="  "))
    return "\n".join(line.rstrip() for line in text.getvalue().splitlines()) + "\n"


def _head(answer: Answer) -> Iterator[str]:
    question = answer.question
    yield f"What if: {answer.cases:,} case{'' if answer.cases == 1 else 's'}, as known on {_day(question.on)}"
    yield ""
    yield f"The pack: {question.pack.title} ({question.pack.name})"
    for name, draft in zip(_names(answer)[1:], question.drafts, strict=True):
        yield f"{name}: {draft.title} ({draft.name}), for clocks that start from {_day(question.takes_over(draft))}"
        found = changes(question.pack, draft)
        yield from (f"  - {change.sentence}" for change in found)
        if not found:
            yield "  - It changes nothing that is due."
    yield ""


def _by_activity(answer: Answer) -> Table:
    question = answer.question
    last = question.months
    title = f"Work ahead: {last} month{'' if last == 1 else 's'} from {_day(question.starts[0])}"
    table = _table(title, "Work", "minutes\neach")
    for place, name in enumerate(_names(answer)):
        _columns(table, f"{name}\ntimes", "hours", *(["change"] if place else []))
    sums = [answer.by_standard(counted.ahead) for counted in answer.counted]
    titles = _titles(answer)
    for standard in (one for one in titles if any(one in found for found in sums)):
        cells = _work([found.get(standard, NOTHING) for found in sums])
        table.add_row(titles[standard], str(answer.minutes[standard]), *cells)
    table.add_section()
    table.add_row("All", "", *_work([total(found.values()) for found in sums]))
    return table


def _by_month(answer: Answer) -> Table:
    table = _table("Work ahead by month", "Month from")
    for place, name in enumerate(_names(answer)):
        _columns(table, f"{name}\nhours", *(["change"] if place else []), "people over\ncapacity")
    sums = [answer.by_month(counted.ahead) for counted in answer.counted]
    loads = [answer.loads(counted.ahead, By.OFFICER).values() for counted in answer.counted]
    for month, first in enumerate(answer.question.starts[:-1]):
        cells: list[str] = []
        for found, people in zip(sums, loads, strict=True):
            minutes, before = found.get(month, NOTHING).minutes, sums[0].get(month, NOTHING).minutes
            over = sum(load.capacity is not None and load.held[month] > load.capacity for load in people)
            cells += [_hours(minutes), *([_more(minutes - before)] if found is not sums[0] else []), f"{over:,}"]
        table.add_row(f"{first.day} {first:%b %Y}", *cells)
    overdue = answer.overdue_minutes(answer.counted[0].ahead)
    if overdue:
        table.caption = (
            f"The first month has {_hours(overdue)} hours of work that was overdue already. They are held against "
            "nobody's capacity."
        )
    return table


def _over_capacity(answer: Answer, by: By, console: Console) -> None:
    names = _names(answer)
    loads = [answer.loads(counted.ahead, by) for counted in answer.counted]
    groups = dict.fromkeys(group for found in loads for group in found)
    known = [group for group in groups if any(group in found and found[group].capacity for found in loads)]
    over = [sum(load.months_over > 0 for load in found.values()) for found in loads]
    one, noun = NOUNS[by]
    by_what = ["the pack", *map(_lower, names[1:])]
    told = ", ".join(f"{count:,} by {name}" for name, count in zip(by_what, over, strict=True))
    of = f"{len(known):,} {one if len(known) == 1 else noun}"
    console.print(f"Over capacity in at least one month, of {of} named in the file: {told}.")
    shown = [group for group in known if any(group in found and found[group].months_over for found in loads)]
    if not shown:
        console.print("")
        return
    shown.sort(key=lambda group: [-_of(found, group, "fullest") for found in reversed(loads)])
    table = _table(f"{noun.capitalize()} over capacity", "Who", "hours\na month", "overdue\nalready")
    for name in names:
        _columns(table, f"{name}\nmonths over", "fullest\nmonth")
    for group in shown[:MOST_ROWS]:
        cells = [f"{_of(found, group, 'months_over')}|{_hours(_of(found, group, 'fullest'))}" for found in loads]
        capacity = next(found[group].capacity for found in loads if group in found) or 0
        overdue = max(_of(found, group, "overdue") for found in loads)
        table.add_row(
            _who(group), _hours(capacity), _hours(overdue), *(part for cell in cells for part in cell.split("|"))
        )
    if len(shown) > MOST_ROWS:
        table.caption = f"The {MOST_ROWS} with the fullest months are shown. Use --format csv for all."
    console.print(table)
    console.print("")


def _of(found: dict[Group, Load], group: Group, what: str) -> int:
    return int(getattr(found[group], what)) if group in found else 0


def _past(answer: Answer) -> Table:
    starts = answer.question.past_starts
    table = _table(
        f"What was due from {_day(starts[0])} to {_day(answer.question.on)}, by what was done then", "Standard"
    )
    for place, name in enumerate(_names(answer)):
        _columns(table, f"{name}\ndue", "late", *(["change"] if place else []), "on time")
    sums = [answer.by_standard(counted.past) for counted in answer.counted]
    titles = _titles(answer)
    changed = {one.standard for draft in answer.question.drafts for one in changes(answer.question.pack, draft)}
    for standard in (one for one in titles if one in changed):
        table.add_row(titles[standard], *_lateness([found.get(standard, NOTHING) for found in sums]))
    table.add_section()
    table.add_row("All standards", *_lateness([total(found.values()) for found in sums]))
    table.caption = "Standards that no draft changes are in the last line only."
    return table


def _assumed(answer: Answer) -> Iterator[str]:
    workload = answer.question.workload
    yield (
        "The past year is judged as if the draft had been in force all along: nobody worked to it then, so this says "
        "what it would have asked, not who was at fault."
    )
    yield f"Times are assumptions, not measurements: {workload.title}. Give your own with --workload."
    for one in workload.capacities.values():
        yield f"{whose(one.role)}: {one.hours} hours a month for this work. {one.source.text}."
    yield "Roles without such hours, and work of nobody named in the file, are held against no capacity."
    yield "Nothing was recorded."


def _titles(answer: Answer) -> dict[str, str]:
    packs = (answer.question.pack, *answer.question.drafts)
    return {standard.id: standard.title for pack in reversed(packs) for standard in pack.standards}


def _names(answer: Answer) -> list[str]:
    return [name[:1].upper() + name[1:] for name in NAMES[: len(answer.counted)]]


def _work(sums: Sequence[Sum]) -> Iterator[str]:
    for place, found in enumerate(sums):
        yield f"{found.number:,}"
        yield _hours(found.minutes)
        if place:
            yield _more(found.minutes - sums[0].minutes)


def _lateness(sums: Sequence[Sum]) -> Iterator[str]:
    for place, found in enumerate(sums):
        yield f"{found.number:,}"
        yield f"{found.late:,}"
        if place:
            change = found.late - sums[0].late
            yield f"{change:+,}" if change else "="
        yield f"{(found.number - found.late) / found.number:.0%}" if found.number else "–"


def _who(group: Group) -> str:
    if group.name:
        return f"{group.name}, {_lower(whose(group.role))}"
    return " ".join(part for part in (group.area, _lower(whose(group.role)) if group.role else "") if part)


def _hours(minutes: int) -> str:
    return f"{minutes / MINUTES:,.1f}"


def _more(minutes: int) -> str:
    return f"{minutes / MINUTES:+,.1f}" if minutes else "="


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _lower(words: str) -> str:
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def _table(title: str, *heads: str) -> Table:
    table = Table(
        title=title, title_justify="left", title_style="", caption_justify="left", box=SIMPLE_HEAD, pad_edge=False
    )
    table.add_column(heads[0], vertical="bottom")
    _columns(table, *heads[1:])
    return table


def _columns(table: Table, *heads: str) -> None:
    for head in heads:
        table.add_column(head, justify="right", vertical="bottom")
