"""Reading a pack's tables of months, with everything that does not make sense said in sentences."""

from collections.abc import Mapping, Sequence
from itertools import product

from openmappa.core.packs.model import Table
from openmappa.core.packs.reading import PackTable, is_one_of, one_of
from openmappa.core.standards.facts import BANDS, Value

FORCE = "force"
TABLE_KEYS: Mapping[str, tuple[Value, ...]] = {
    "band": BANDS,
    "harm": BANDS,
    "mappa_level": (1, 2, 3),
    "mappa_category": (1, 2, 3),
}
"""The fields of the state that a table may be looked up by, besides the force, with the values they can have."""

FIRST = ("visit_months",)
OPTIONAL_ROWS = frozenset({"mappa_level", "mappa_category"})
"""Keys whose rows a table may leave out: the standard's own conditions say which it needs."""

Key = tuple[Value, ...]


def read_table(row: PackTable) -> Table:
    """One table of months by fields of the state."""
    name = row.text("name")
    row.where = row.where.rpartition(",")[0] + f", table {name or '?'}"
    by = tuple(row.words("by"))
    known = _known(row, by)
    first = row.text("first") if row.has("first") else ""
    if first and first not in FIRST:
        row.problem(f"`first` is {first!r}; write {one_of(FIRST, first)}, or leave it out.")
    rows: dict[Key, int | None] = {}
    notes: dict[Key, str] = {}
    for line in row.tables("rows"):
        key, months = _key(line, by), line.months()
        note = line.text("note") if line.has("note") else ""
        if key is None:
            continue
        if key in rows:
            line.problem(f"there are two rows for {_words(key)}; keep one.")
        rows[key] = months
        if note:
            notes[key] = note
    if known:
        _check_complete(row, by, rows)
    return Table(name, row.text("title"), by, rows, first, row.text("source"), notes)


def _known(row: PackTable, by: Sequence[str]) -> bool:
    """Whether the table is looked up by what there is, and by each only once."""
    allowed = (FORCE, *TABLE_KEYS)
    unknown = [part for part in by if part not in allowed]
    for part in unknown:
        row.problem(f"`by` names {part!r}; write {one_of(allowed, part)}.")
    if len(set(by)) < len(by):
        row.problem("`by` names the same twice; name each once.")
    return not unknown


def _key(line: PackTable, by: Sequence[str]) -> Key | None:
    """What the row is for, or None where that makes no sense."""
    key: list[Value] = []
    for part in by:
        value = line.text(part) if part == FORCE else line.value(part)
        if part in TABLE_KEYS and not is_one_of(value, TABLE_KEYS[part]):
            found = "missing" if value is None else repr(value)
            line.problem(f"`{part}` is {found}; write {one_of(TABLE_KEYS[part], value)}.")
        elif value and isinstance(value, str | int):
            key.append(value)
    return tuple(key) if len(key) == len(by) else None


def _check_complete(row: PackTable, by: Sequence[str], rows: Mapping[Key, int | None]) -> None:
    """Every force needs a row for every band; what a level or category needs, the standard says."""
    there = [{key[place] for key in rows} for place in range(len(by))]
    values = [
        sorted(found, key=str) if part == FORCE or part in OPTIONAL_ROWS else TABLE_KEYS[part]
        for part, found in zip(by, there, strict=True)
    ]
    for key in product(*values):
        if key not in rows:
            row.problem(
                f'there is no row for {_words(key)}; add one, with months or with "none" where no interval is set.'
            )


def _words(key: Sequence[Value]) -> str:
    return " and ".join(str(part) for part in key)
