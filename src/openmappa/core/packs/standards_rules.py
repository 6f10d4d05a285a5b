"""Reading a pack's standards: frozen values, with everything that does not make sense said in sentences."""

from collections.abc import Mapping

from openmappa.core.packs.model import Allowance, ClockKind, Condition, Match, Of, Standard, Table, Unit
from openmappa.core.packs.reading import PackTable, hint, is_one_of, one_of
from openmappa.core.packs.table_rules import OPTIONAL_ROWS
from openmappa.core.standards.facts import BANDS, KINDS, Detail, Value

CONDITIONS: Mapping[str, tuple[Value, ...]] = {
    "supervised": (True, False),
    "in_custody": (True, False),
    "registered": (True, False),
    "band": BANDS,
    "harm": BANDS,
    "mappa_level": (1, 2, 3),
    "mappa_category": (1, 2, 3),
}
"""The fields of the state that a condition may name, with the values they can have."""

LONGEST: Mapping[Unit, int] = {
    Unit.DAYS: 36_500,
    Unit.WEEKS: 5_200,
    Unit.MONTHS: 1_200,
    Unit.WORKING_DAYS: 25_000,
}
"""What an allowance may be at most."""

CHANGES = ("band", "harm", "mappa_level", "mappa_category")


def read_standard(row: PackTable, tables: Mapping[str, Table]) -> Standard:
    """One standard, checked against the kinds of facts, the fields of the state, and the pack's tables."""
    name = row.text("id")
    row.where = row.where.rpartition(",")[0] + f", standard {name or '?'}"
    clock = row.choice("clock", ClockKind)
    starts_on = read_match(row.table("starts_on")) if row.has("starts_on") else None
    standard = Standard(
        id=name,
        title=row.text("title"),
        of=_of(row, starts_on),
        clock=clock,
        allowed=_allowance(row, starts_on, tables),
        met_by=tuple(read_match(match) for match in row.tables("met_by")),
        source=row.text("source"),
        while_=_conditions(row),
        starts_on=starts_on,
        when=row.yes("when"),
        on_change=_on_change(row),
        key=row.text("key") if row.has("key") else "",
        assumption=row.yes("assumption"),
    )
    _check_start(row, standard)
    _check_key(row, standard)
    _check_rows(row, standard, tables)
    if standard.assumption != ("(A" in standard.source):
        row.problem("`assumption = true` and an (A) in `source` go together; write both, or neither.")
    return standard


def _check_start(row: PackTable, standard: Standard) -> None:
    starts = [name for name in ("starts_on", "when", "on_change") if row.has(name)]
    if standard.clock is ClockKind.EVERY and starts:
        row.problem(f"an `every` clock starts while its conditions hold; take {' and '.join(starts)} out.")
    if standard.clock is ClockKind.EVERY and not standard.while_:
        row.problem("an `every` clock needs conditions to run on; write `while`.")
    if standard.clock is ClockKind.ONCE and len(starts) != 1:
        found = " and ".join(starts) or "none"
        row.problem(
            f"a `once` clock has exactly one start, and this has {found}; keep one of starts_on, when, on_change."
        )
    if standard.when and not standard.while_:
        row.problem("`when` starts as conditions become true, and there are none; write `while`.")


def _check_key(row: PackTable, standard: Standard) -> None:
    if not standard.key:
        return
    kinds = [match.kind for match in standard.met_by]
    kinds += [standard.starts_on.kind] if standard.starts_on else []
    for kind in kinds:
        if kind in KINDS and standard.key not in {detail.name for detail in KINDS[kind].details}:
            row.problem(f"`key` is {standard.key!r}, which {kind} does not have; use a detail that both facts have.")
    if standard.starts_on is None:
        row.problem("`key` compares with the starting fact; it needs `starts_on`.")


def _check_rows(row: PackTable, standard: Standard, tables: Mapping[str, Table]) -> None:
    """Where a table need not have every row, it has those that the standard's own conditions can ask for."""
    table = tables.get(standard.allowed.name) if standard.allowed.unit is Unit.TABLE else None
    asked = {one.field: one.allowed for one in standard.while_}
    for place, part in enumerate(table.by if table else ()):
        if table is None or part not in OPTIONAL_ROWS:
            continue
        if asked.get(part) is None:
            row.problem(f"table {table.name} is looked up by {part}; name the values of {part} in `while`.")
            continue
        there = {key[place] for key in table.rows}
        for value in sorted(asked[part] or (), key=str):
            if value not in there:
                row.problem(f"`while` allows {part} {value}, and table {table.name} has no row for it; add one.")


def _of(row: PackTable, starts_on: Match | None) -> Of:
    value = row.value("of")
    if isinstance(value, str) and value:
        return Of(name=value)
    of = row.table("of")
    detail = of.text("detail")
    has = {known.name for known in KINDS[starts_on.kind].details} if starts_on and starts_on.kind in KINDS else set()
    if detail and detail not in has:
        of.problem(f"`detail` is {detail!r}, which the starting fact does not have; name one of its details.")
    return Of(detail=detail)


def _on_change(row: PackTable) -> str:
    if not row.has("on_change"):
        return ""
    name = row.text("on_change")
    if name not in CHANGES:
        row.problem(f"`on_change` is {name!r}; write {one_of(CHANGES, name)}.")
        return ""
    return name


def _conditions(row: PackTable) -> tuple[Condition, ...]:
    if not row.has("while"):
        return ()
    table = row.table("while")
    found = []
    for name in table.keys():  # noqa: SIM118 (no dict: asking makes the keys known)
        value = table.value(name)
        if name not in CONDITIONS:
            table.problem(f"`{name}` is not a field that a condition can name; write {one_of(list(CONDITIONS), name)}.")
            continue
        if value == "known":
            found.append(Condition(name, None))
            continue
        values = value if isinstance(value, list) else [value]
        if not values:
            table.problem(f"`{name}` is an empty list, which nothing is one of; write its values, or leave it out.")
        for one in values:
            if not is_one_of(one, CONDITIONS[name]):
                table.problem(f"`{name}` is {one!r}; write {one_of(CONDITIONS[name], one)}, a list of them, or known.")
        found.append(Condition(name, frozenset(one for one in values if isinstance(one, str | int))))
    return tuple(found)


def _allowance(row: PackTable, starts_on: Match | None, tables: Mapping[str, Table]) -> Allowance:
    table = row.table("allowed")
    units = [unit for unit in Unit if table.has(unit.value)]
    if len(units) != 1:
        table.problem(f"write exactly one of {', '.join(Unit)}.")
        return Allowance(Unit.DAYS)
    unit = units[0]
    if unit is Unit.TABLE:
        name = table.text("table")
        if name and name not in tables:
            table.problem(f"`table` is {name!r}, and the pack has no such table; {hint(name, list(tables))}.")
            return Allowance(Unit.DAYS)
        return Allowance(unit, name=name)
    if unit is Unit.FACT:
        name = table.text("fact")
        details = KINDS[starts_on.kind].details if starts_on and starts_on.kind in KINDS else ()
        if name and name not in {detail.name for detail in details if detail.type == "date"}:
            table.problem(f"`fact` is {name!r}, which is no day that the starting fact has; name one that it has.")
        return Allowance(unit, name=name)
    amount = table.whole(unit.value)
    if not 1 <= amount <= LONGEST[unit]:
        table.problem(f"`{unit}` must be at least 1, and at most {LONGEST[unit]:,}, which is a hundred years.")
    return Allowance(unit, amount)


def read_match(table: PackTable) -> Match:
    """Facts of one kind: `{ fact = "home_visit", outcome = ["seen"] }`, checked against the kinds of facts."""
    kind = table.text("fact")
    if kind not in KINDS:
        if kind:
            table.problem(f"{kind!r} is not a kind of fact; {hint(kind, list(KINDS))}.")
        table.keys()
        return Match(kind)
    details = {detail.name: detail for detail in KINDS[kind].details}
    found = []
    for name in table.keys():  # noqa: SIM118 (no dict: asking makes the keys known)
        if name == "fact":
            continue
        if name not in details:
            has = ", ".join(details) or "no details"
            table.problem(f"{kind} has no detail {name!r}; it has {has}.")
            continue
        value = table.value(name)
        values = value if isinstance(value, list) else [value]
        if not values:
            table.problem(f"`{name}` is an empty list, which nothing is one of; write its values, or leave it out.")
        for one in values:
            if not is_one_of(one, _possible(details[name])):
                table.problem(f"`{name}` of {kind} is {one!r}; write {one_of(_possible(details[name]), one)}.")
        found.append((name, frozenset(one for one in values if isinstance(one, str | int))))
    return Match(kind, tuple(found))


def _possible(detail: Detail) -> tuple[Value, ...]:
    return (True, False) if detail.type == "boolean" else detail.choices
