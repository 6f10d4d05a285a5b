"""Any standards at all, for Hypothesis: changed, dropped, added, met by anything, and such as change the state."""

from dataclasses import replace

from hypothesis import strategies as st

from openmappa.core.packs.model import Allowance, ClockKind, Condition, Match, Of, Pack, Standard, Table, Unit
from openmappa.core.packs.standards_rules import CHANGES, CONDITIONS
from openmappa.core.standards.facts import BANDS, KINDS, Detail, Value
from openmappa.core.standards.state import FIELDS
from tests.core.workload.made import PACK

AMOUNTS: st.SearchStrategy[Allowance] = st.one_of(
    st.tuples(st.sampled_from((Unit.DAYS, Unit.WORKING_DAYS)), st.integers(1, 90), st.just("")),
    st.tuples(st.just(Unit.WEEKS), st.integers(1, 30), st.just("")),
    st.tuples(st.just(Unit.MONTHS), st.integers(1, 14), st.just("")),
    st.tuples(st.just(Unit.TABLE), st.just(0), st.sampled_from(("by-band-and-level", *sorted(PACK.tables)))),
).map(lambda parts: Allowance(*parts))
OFTEN = (
    "order_started",
    "order_ended",
    "registered",
    "rm2000_completed",
    "oasys_completed",
    "home_visit",
    "action_agreed",
    "action_completed",
    "details_changed",
    "details_notified",
    "mappa_meeting_held",
    "minutes_filed",
    "plan_reviewed",
)


@st.composite
def matches(draw: st.DrawFn) -> Match:
    """Facts of a kind, with or without conditions on their details."""
    kind = KINDS[draw(st.sampled_from((*KINDS, *OFTEN)))]
    asked = [one for one in kind.details if _possible(one) and draw(st.booleans())]
    return Match(kind.name, tuple((one.name, draw(_some(_possible(one)))) for one in asked))


def _possible(detail: Detail) -> tuple[Value, ...]:
    return (True, False) if detail.type == "boolean" else detail.choices


def _some(values: tuple[Value, ...]) -> st.SearchStrategy[frozenset[Value]]:
    return st.frozensets(st.sampled_from(values), min_size=1)


@st.composite
def conditions(draw: st.DrawFn, least: int = 0) -> tuple[Condition, ...]:
    """Conditions on different fields."""
    names = draw(st.lists(st.sampled_from(sorted(CONDITIONS)), unique=True, min_size=least, max_size=2))
    return tuple(Condition(name, draw(st.one_of(st.none(), _some(CONDITIONS[name])))) for name in names)


@st.composite
def standards(draw: st.DrawFn, name: str) -> Standard:
    """A standard of that name which a pack may have."""
    start = draw(st.sampled_from(("every", "fact", "when", "change")))
    starts_on = draw(matches()) if start == "fact" else None
    met_by = tuple(draw(st.lists(matches(), min_size=1, max_size=2)))
    while_ = draw(conditions(least=1 if start in ("every", "when") else 0))
    if start == "every" and all(_holds_of_nothing(one) for one in while_):
        while_ = (Condition(draw(st.sampled_from(("supervised", "registered"))), frozenset({True})),)
    return Standard(
        id=name,
        title=name,
        of=_of(starts_on) if draw(st.booleans()) else Of(draw(st.sampled_from(("case_manager", "police_officer")))),
        clock=ClockKind.EVERY if start == "every" else ClockKind.ONCE,
        allowed=draw(AMOUNTS),
        met_by=met_by,
        source="made up",
        while_=while_,
        starts_on=starts_on,
        when=start == "when",
        on_change=draw(st.sampled_from(CHANGES)) if start == "change" else "",
        key=draw(st.sampled_from(("", *_keys(starts_on, met_by)))),
    )


def _holds_of_nothing(condition: Condition) -> bool:
    """Whether it holds of a case without facts.

    Such a cycle begins with the first change, or with a draft that takes over: there a whole draft and what it changes
    differ. No pack asks for work on a case of which nothing is known.
    """
    before = FIELDS[condition.field]
    return before is not None if condition.allowed is None else before in condition.allowed


def _of(starts_on: Match | None) -> Of:
    told = starts_on is not None and any(one.name == "service" for one in KINDS[starts_on.kind].details)
    return Of(detail="service") if told else Of("mappa_coordinator")


def _keys(starts_on: Match | None, met_by: tuple[Match, ...]) -> list[str]:
    if starts_on is None:
        return []
    has = [{one.name for one in KINDS[kind].details} for kind in (starts_on.kind, *(one.kind for one in met_by))]
    return sorted(set.intersection(*has))


@st.composite
def tables(draw: st.DrawFn) -> dict[str, Table]:
    """The pack's tables with some other months."""
    months = st.one_of(st.none(), st.integers(1, 8))
    found = dict(PACK.tables)
    for name, table in PACK.tables.items():
        keys = draw(st.frozensets(st.sampled_from(sorted(table.rows, key=str)), max_size=4))
        rows = {**table.rows, **{key: draw(months) for key in sorted(keys, key=str)}}
        found[name] = Table(name, table.title, table.by, rows, table.first, table.source, {})
    bands = {(band, level): draw(months) for band in BANDS for level in (1, 2, 3)}
    found["by-band-and-level"] = Table("by-band-and-level", "", ("band", "mappa_level"), bands, "visit_months", "", {})
    return found


@st.composite
def drafts(draw: st.DrawFn, pack: Pack = PACK) -> Pack:
    """The pack with anything about it changed: numbers, whole standards, some gone, some new."""
    own = draw(tables())
    by_name = {one.id: one for one in pack.standards}
    for name in draw(st.lists(st.sampled_from(sorted(by_name)), unique=True, max_size=4)):
        how = draw(st.sampled_from(("amount", "other", "gone")))
        if how == "gone":
            del by_name[name]
        elif how == "other":
            by_name[name] = draw(standards(name))
        else:
            by_name[name] = replace(by_name[name], allowed=draw(AMOUNTS))
    for name in draw(st.lists(st.sampled_from(("new-1", "new-2")), unique=True)):
        by_name[name] = draw(standards(name))
    return replace(pack, standards=tuple(by_name.values()), tables=own, title="A draft")
