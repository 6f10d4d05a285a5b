"""The state of a case at the end of a day: what all facts up to that day leave behind (standards, section 2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from openmappa.core.standards.facts import Fact, Value


class Effect(NamedTuple):
    """What a fact does to one field: sets it to the detail named, or to a fixed value."""

    field: str
    detail: str = ""
    value: Value = None


def _sets(name: str, value: Value) -> Effect:
    return Effect(name, value=value)


def _takes(name: str, detail: str) -> Effect:
    return Effect(name, detail=detail)


EFFECTS: Mapping[str, tuple[Effect, ...]] = {
    "order_started": (_sets("supervised", True), _takes("order", "order"), _takes("order_ends", "ends")),
    "order_ended": (_sets("supervised", False), _sets("order", None), _sets("order_ends", None)),
    "custody_started": (_sets("in_custody", True),),
    "custody_ended": (_sets("in_custody", False),),
    "registered": (_sets("registered", True), _takes("registration_ends", "ends")),
    "registration_ended": (_sets("registered", False), _sets("registration_ends", None)),
    "rm2000_completed": (_takes("band", "band"),),
    "oasys_completed": (_takes("harm", "harm"),),
    "harm_level_set": (_takes("harm", "level"),),
    "visit_interval_set": (_takes("visit_months", "months"),),
    "mappa_level_set": (_takes("mappa_level", "level"), _takes("mappa_category", "category")),
    "case_closed": (_sets("closed", True),),
}
"""What facts of each kind leave behind; a kind that is not here leaves nothing."""

KEPT_WHEN_NOT_SAID = frozenset({"harm"})
"""Fields that an optional detail leaves as they were when the fact does not give it."""

FIELDS: Mapping[str, Value] = {
    "supervised": False,
    "in_custody": False,
    "registered": False,
    "closed": False,
    "band": None,
    "harm": None,
    "mappa_level": None,
    "mappa_category": None,
    "visit_months": None,
    "order": None,
    "order_ends": None,
    "registration_ends": None,
}
"""Every field of the state, with its value before the first fact."""


@dataclass(frozen=True, slots=True)
class State:
    """The fields of the state, and for each the fact that left it as it is (absent: no fact has said anything)."""

    supervised: bool = False
    in_custody: bool = False
    registered: bool = False
    closed: bool = False
    band: str | None = None
    harm: str | None = None
    mappa_level: int | None = None
    mappa_category: int | None = None
    visit_months: int | None = None
    order: str | None = None
    order_ends: date | None = None
    registration_ends: date | None = None
    since: Mapping[str, Fact] = field(default_factory=dict)


def effects_of(fact: Fact) -> dict[str, Value]:
    """The fields that a fact sets, with the values it gives them."""
    found: dict[str, Value] = {}
    for effect in EFFECTS.get(fact.kind, ()):
        if not effect.detail:
            found[effect.field] = effect.value
        elif effect.detail in fact.details or effect.field not in KEPT_WHEN_NOT_SAID:
            found[effect.field] = fact.details.get(effect.detail)
    return found


def state(facts: Sequence[Fact], as_of: date, known_on: date | None = None) -> State:
    """The state at the end of ``as_of``; with ``known_on``, as it could be known on that day."""
    values: dict[str, Value] = dict(FIELDS)
    since: dict[str, Fact] = {}
    for fact in in_order(facts, as_of, known_on):
        for name, value in effects_of(fact).items():
            values[name] = value
            since[name] = fact
    return State(**values, since=since)  # type: ignore[arg-type]


def in_order(facts: Sequence[Fact], as_of: date, known_on: date | None = None) -> list[Fact]:
    """The facts that exist on ``as_of`` (and were written down by ``known_on``), by day and then by position."""
    existing = [fact for fact in facts if fact.on <= as_of and (known_on is None or fact.recorded_on <= known_on)]
    return sorted(existing, key=lambda fact: fact.on)
