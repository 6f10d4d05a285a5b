"""What a draft changes, in sentences."""

from collections.abc import Iterator
from typing import NamedTuple

from openmappa.core.packs.model import Allowance, Pack, Standard, Table, Unit

UNITS = {Unit.DAYS: "day", Unit.WEEKS: "week", Unit.MONTHS: "month", Unit.WORKING_DAYS: "working day"}

PARTS = (
    ("of", "whose duty it is"),
    ("clock", "how its clock runs"),
    ("starts_on", "what starts it"),
    ("when", "what starts it"),
    ("on_change", "what starts it"),
    ("while_", "the conditions it holds under"),
    ("met_by", "what meets it"),
    ("key", "what meets it"),
)


class Change(NamedTuple):
    """One thing that a draft changes: the standard, and a sentence without its full stop."""

    standard: str
    sentence: str


def changes(base: Pack, draft: Pack) -> tuple[Change, ...]:
    """Everything that the draft changes in what is due, in the order of the standards."""
    before = {one.id: one for one in base.standards}
    after = {one.id: one for one in draft.standards}
    found: list[Change] = []
    for name, old in before.items():
        new = after.get(name)
        if new is None:
            found.append(Change(name, f"{old.title}: no longer asked for"))
        else:
            found += [Change(name, f"{old.title}: {what}") for what in _between(old, new, base, draft)]
    found += [
        Change(name, f"{new.title}: new, {_allowed(new.allowed)}") for name, new in after.items() if name not in before
    ]
    return tuple(found)


def _between(old: Standard, new: Standard, base: Pack, draft: Pack) -> Iterator[str]:
    told = {words for name, words in PARTS if getattr(old, name) != getattr(new, name)}
    if told:
        yield f"other {' and '.join(sorted(told))}"
    before, after = _table(old, base), _table(new, draft)
    if before is not None and after is not None:
        yield from _rows(before, after)
    elif old.allowed != new.allowed:
        yield f"{_allowed(old.allowed)} → {_allowed(new.allowed)}"


def _table(standard: Standard, pack: Pack) -> Table | None:
    return pack.tables[standard.allowed.name] if standard.allowed.unit is Unit.TABLE else None


def _rows(before: Table, after: Table) -> Iterator[str]:
    if (before.by, before.first) != (after.by, after.first):
        yield f"looked up by {' and '.join(after.by)}, in another table"
        return
    for key in dict.fromkeys((*before.rows, *after.rows)):
        old, new = (_months(table, key) for table in (before, after))
        if old != new:
            named = ", ".join(f"{_said(name)} {_said(value)}" for name, value in zip(before.by, key, strict=True))
            yield f"{named}: {old} → {new}"


def _months(table: Table, key: tuple[object, ...]) -> str:
    months = table.rows.get(key)  # type: ignore[arg-type]  # keys of either table
    return "no interval" if months is None else _counted(months, "month")


def _allowed(allowed: Allowance) -> str:
    if allowed.unit is Unit.TABLE:
        return "months by a table"
    if allowed.unit is Unit.FACT:
        return "by the day agreed"
    return _counted(allowed.amount, UNITS[allowed.unit])


def _counted(amount: int, noun: str) -> str:
    return f"{amount} {noun}{'' if amount == 1 else 's'}"


def _said(value: object) -> str:
    return str(value).replace("_", " ").replace("mappa", "MAPPA")
