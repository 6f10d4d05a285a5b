"""Writing a draft from the answers of a form: the same text that somebody would write by hand for the command.

So what a form asks and what a file asks are one thing: the text is read, checked and refused like any other draft.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from openmappa.core.packs.model import Pack, Unit
from openmappa.core.standards.facts import Value

SMALLEST_ALLOWED = (Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.WORKING_DAYS)
"""The units in which a form can give a standard another allowance; other standards take theirs from a table or fact."""

Row = tuple[tuple[Value, ...], int | None]
"""A row of a table: what it is looked up by, and its months (None: no interval)."""


@dataclass(frozen=True)
class Wanted:
    """What a form wants changed: rows of tables by the table's name, and amounts of standards by their id."""

    title: str
    rows: Mapping[str, Sequence[Row]]
    amounts: Mapping[str, int]

    @property
    def changes_anything(self) -> bool:
        """Whether there is any change in it."""
        return bool(self.amounts) or any(self.rows.values())


def amounts_of(pack: Pack) -> dict[str, tuple[Unit, int]]:
    """The standards whose allowance is a plain number, with its unit, in the pack's order."""
    return {
        one.id: (one.allowed.unit, one.allowed.amount) for one in pack.standards if one.allowed.unit in SMALLEST_ALLOWED
    }


def draft_text(wanted: Wanted, pack: Pack) -> str:
    """The draft as the text of a file (TOML) that extends the pack and says only what differs from it."""
    lines = [f"extends = {_quoted(pack.name)}", f"title = {_quoted(wanted.title)}", 'source = "A question (A)"']
    for name, rows in wanted.rows.items():
        table = pack.tables[name]
        differing = [(key, months) for key, months in rows if table.rows.get(key) != months]
        if differing:
            lines += ["", "[[table]]", f"name = {_quoted(name)}", "rows = ["]
            lines += [f"    {{ {_row(table.by, key, months)} }}," for key, months in differing]
            lines.append("]")
    units = amounts_of(pack)
    for standard, amount in wanted.amounts.items():
        unit, before = units[standard]
        if amount != before:
            lines += ["", "[[standard]]", f"id = {_quoted(standard)}", f"allowed = {{ {unit.value} = {amount} }}"]
    return "\n".join(lines) + "\n"


def _row(by: Iterable[str], key: Sequence[object], months: int | None) -> str:
    looked_up = [f"{name} = {value if isinstance(value, int) else _quoted(str(value))}" for name, value in zip(by, key)]  # noqa: B905 (of a table's own rows)
    return ", ".join([*looked_up, f"months = {_quoted('none') if months is None else months}"])


def _quoted(text: str) -> str:
    """A basic string of TOML: JSON's escapes are among its own; it also wants the delete character escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
