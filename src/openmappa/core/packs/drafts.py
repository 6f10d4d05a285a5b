"""A draft: a pack that extends a shipped one and says only what it changes.

The draft is laid over the lines of the pack that it extends, and the whole is then read and checked like any other
pack: so a draft is refused with the same sentences. A number that a draft changes no longer has its old source: it
gets the draft's own, as an assumption "(A)", unless the draft names another.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from openmappa.core.packs.reading import hint

EXTENDS, WITHOUT = "extends", "without"
STARTS = ("clock", "starts_on", "when", "on_change", "key")
"""Lines that say together how a clock starts: a draft that gives one of them gives all."""

Lines = Mapping[str, Any]
Say = Callable[[str], object]


def over(base: Lines, draft: Lines, say: Say) -> dict[str, object]:
    """The whole pack's lines: the base's, with the draft's over them. ``say`` hears what makes no sense."""
    source = str(draft.get("source", ""))
    whole: dict[str, object] = {name: value for name, value in draft.items() if name not in (EXTENDS, WITHOUT)}
    standards = _laid_over(base["standard"], draft.get("standard", []), "standard", "id", say)
    if standards is not None:
        dropped = _dropped(draft, list(standards), say)
        whole["standard"] = [
            _standard(known, row, source) for name, (known, row) in standards.items() if name not in dropped
        ]
    tables = _laid_over(base["table"], draft.get("table", []), "table", "name", say)
    if tables is not None:
        whole["table"] = [_table(known, row, source) for known, row in tables.values()]
    return whole


def _laid_over(
    known: Sequence[Lines], given: object, noun: str, name: str, say: Say
) -> dict[str, tuple[Lines, Lines]] | None:
    """What the base has and what the draft says, by name; None where the draft's own is no list of tables."""
    if not isinstance(given, list) or not all(isinstance(row, Mapping) for row in given):
        return None
    found: dict[str, tuple[Lines, Lines]] = {str(row[name]): (row, {}) for row in known}
    names = list(found)
    for row in given:
        own = str(row.get(name, ""))
        if found.get(own, ({}, {}))[1]:
            say(f"{noun} {own}: the draft says this twice; keep one.")
        if own not in names and not {"clock", "by"} & set(row):
            say(
                f"{noun} {own or '?'}: the pack that this extends has none of this {name} ({hint(own, names)}). "
                f"A {noun} of the draft's own needs all its lines."
            )
            continue
        found[own] = (found[own][0] if own in names else {}, row)
    return found


def _dropped(draft: Lines, names: Sequence[str], say: Say) -> frozenset[str]:
    dropped = draft.get(WITHOUT, [])
    if not isinstance(dropped, list):
        say(f'`{WITHOUT}` is {dropped!r}; write a list of standards, such as ["isp-start"].')
        return frozenset()
    for name in dropped:
        if name not in names:
            say(f"`{WITHOUT}` names {name!r}, and the pack that this extends has none ({hint(str(name), names)}).")
    return frozenset(map(str, dropped))


def _standard(known: Lines, row: Lines, source: str) -> Lines:
    if not known or not row:
        return row or known
    lost = {"source", "assumption"} | (set(STARTS) if set(STARTS) & set(row) else set())
    whole = {name: value for name, value in known.items() if name not in lost} | dict(row)
    if "source" not in row:
        whole |= {"source": _assumed(source), "assumption": True}
    return whole


def _table(known: Lines, row: Lines, source: str) -> Lines:
    if not known or not row or "by" in row:
        return row or known
    rows = row.get("rows")
    if not isinstance(rows, list) or not all(isinstance(line, Mapping) for line in rows):
        return {**known, **row}
    lines = {_key(line, known): line for line in known["rows"]} | {_key(line, known): line for line in rows}
    told = row.get("source", f"{known['source']}; changed rows: {_assumed(source)}")
    return {**known, **row, "rows": list(lines.values()), "source": told}


def _key(line: Lines, table: Lines) -> tuple[str, ...]:
    return tuple(str(line.get(part)) for part in table["by"])


def _assumed(source: str) -> str:
    return source if "(A" in source else f"{source} (A)"
