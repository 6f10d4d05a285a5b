"""Write the tables of docs/reference/standards.md from the pack, between the page's marks. The prose is the page's own.

`python tools/standards_reference.py` writes the page again; a test says when that was forgotten.
"""

import re
import sys
from collections.abc import Iterable, Sequence

from openmappa.core.packs.load import load_pack
from openmappa.core.packs.model import ClockKind, Match, Pack, Standard, Table, Unit
from openmappa.core.standards.explain import conditions_in_words
from openmappa.core.standards.facts import Value
from openmappa.core.standards.reasons import whose
from openmappa.core.standards.words import kind_label, level_label
from steps import ROOT

PAGE = ROOT / "docs" / "reference" / "standards.md"
PACK = "england-wales-2005"
CHANGES = {"harm": "the risk of harm", "band": "the likelihood of reconviction"}


def page(text: str, pack: Pack) -> str:
    """The page with each part between `<!-- pack: NAME -->` and `<!-- end -->` written again from the pack."""
    parts = {"standards": standards(pack), "counts": counts(pack)}
    parts |= {name: months(table) for name, table in pack.tables.items()}
    marked = set(re.findall(r"<!-- pack: (\S+) -->", text))
    if marked != set(parts):
        raise SystemExit(f"{PAGE.name} has marks for {sorted(marked)}, and there is {sorted(parts)} to put there.")
    for name, part in parts.items():
        block = rf"(<!-- pack: {re.escape(name)} -->\n).*?(<!-- end -->)"
        text = re.sub(block, lambda found, part=part: f"{found[1]}{part}\n{found[2]}", text, flags=re.DOTALL)  # type: ignore[misc]
    return text


def counts(pack: Pack) -> str:
    """How many standards there are, and how many of them are assumed."""
    assumed = sum(standard.assumption for standard in pack.standards)
    return f"`{pack.name}`: {len(pack.standards)} standards, {assumed} of them with an assumption, marked (A)."


def standards(pack: Pack) -> str:
    """Every standard, a row each."""
    columns = ("standard", "whose", "the clock starts", "runs while", "allowed", "met by", "source")
    return _rows(columns, (_standard(standard, pack) for standard in pack.standards))


def _standard(standard: Standard, pack: Pack) -> tuple[str, ...]:
    return (
        f"{standard.title}<br>`{standard.id}`",
        whose(standard.of.name) if standard.of.name else f"the `{standard.of.detail}` that the fact names",
        _starts(standard),
        conditions_in_words(standard.while_),
        _allowed(standard, pack),
        ", or ".join(map(_match, standard.met_by)) + (f", with the same `{standard.key}`" if standard.key else ""),
        standard.source,
    )


def _starts(standard: Standard) -> str:
    if standard.starts_on is not None:
        return _match(standard.starts_on)
    if standard.on_change:
        return f"{CHANGES[standard.on_change]} changes"
    if standard.clock is ClockKind.EVERY:
        return "as the conditions come to hold, and on the day the one before was met"
    return "as the conditions come to hold"


def _allowed(standard: Standard, pack: Pack) -> str:
    unit, amount, name = standard.allowed
    each = "every " if standard.clock is ClockKind.EVERY else ""
    if unit is Unit.TABLE:
        return f"{each}[so many months](#{_anchor(pack.tables[name].title)})"
    if unit is Unit.FACT:
        return f"until the `{name}` that the fact names"
    counted = unit.value.replace("_", " ")
    return f"{each}{amount} {counted if amount != 1 else counted.removesuffix('s')}"


def _match(match: Match) -> str:
    said = [f"{name} {_either(values)}" for name, values in match.details]
    return kind_label(match.kind) + (f" ({', '.join(said)})" if said else "")


def _either(values: Iterable[Value]) -> str:
    words = {True: "yes", False: "no"}
    return " or ".join(sorted(words[one] if isinstance(one, bool) else str(one).replace("_", " ") for one in values))


def months(table: Table) -> str:
    """A table's months: as a grid where it is looked up by two fields, as a list where by one; then its notes."""
    if len(table.by) == 2:
        first, second = (tuple(dict.fromkeys(row[place] for row in table.rows)) for place in (0, 1))
        across = (table.by[0], *(level_label(one).lower() for one in second))
        down: list[Sequence[str]] = [
            (str(one), *(_months(table.rows[one, other]) for other in second)) for one in first
        ]
    else:
        across = (*(name.replace("mappa", "MAPPA").replace("_", " ") for name in table.by), "months")
        down = [(*map(str, row), _months(months)) for row, months in table.rows.items()]
    first_goes = f"A case's own `{table.first}`, once set, goes before the table. " if table.first else ""
    lines = [_rows(across, down), "", f"{first_goes}Source: {table.source}.", ""]
    notes = [f"- {' '.join(map(_word, row))}: {table.notes[row]}." for row in table.rows if row in table.notes]
    return "\n".join([*lines, *notes]).strip()


def _months(value: int | None) -> str:
    return "none" if value is None else str(value)


def _word(value: Value) -> str:
    return str(value).replace("_", " ")


def _anchor(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


def _rows(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = ["| " + " | ".join(columns) + " |", "|" + " --- |" * len(columns)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def main() -> int:
    """Write the page again."""
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), load_pack(PACK)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
