"""Facts that a forecast assumes: what would be written down when a duty is met, and nothing else would change."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from openmappa.core.packs.model import Standard
from openmappa.core.standards.clocks import PLACE
from openmappa.core.standards.facts import KINDS, Detail, Fact, Value
from openmappa.core.standards.following import Followed
from openmappa.core.standards.state import EFFECTS

STATE_OF = {"mappa_meeting_held": {"level": "mappa_level"}} | {
    kind: {effect.detail: effect.field for effect in effects if effect.detail and effect.field in PLACE}
    for kind, effects in EFFECTS.items()
}
"""Details that say where the case stands, with the field of the state that holds it: an assumed fact leaves it so."""


def fact_that_meets(duty: Followed, on: date, state: Sequence[Value]) -> Fact:
    """The fact that meets this duty on this day and leaves the state of the case as it is.

    Where several would do, the one that the standard names first; where a detail may have several values, the first of
    them in the order in which the kind of fact lists them.
    """
    standard = duty.clock.standard
    kind = standard.met_by[0].kind
    details = _details(standard, tuple([state[place] for place in places_kept(kind)]))
    if standard.key and duty.start is not None:
        details = {**details, standard.key: duty.start.details.get(standard.key)}
    if kind in _DATED:
        details = {**details, **dict.fromkeys(_DATED[kind], on)}
    return Fact(kind, on, details, on)


@lru_cache(maxsize=10_000)
def _details(standard: Standard, state: tuple[Value, ...]) -> Mapping[str, Value]:
    """The details of the fact that meets a standard; ``state`` holds what stands now of those that would change it."""
    match = standard.met_by[0]
    wanted, kept = dict(match.details), dict(zip(STATE_OF.get(match.kind, ()), state, strict=True))
    details: dict[str, Value] = {}
    for detail in KINDS[match.kind].details:
        if detail.name in wanted:
            details[detail.name] = _first(detail, wanted[detail.name])
        elif detail.name in kept:
            details[detail.name] = kept[detail.name]
        elif not detail.optional:
            details[detail.name] = next(iter(_possible(detail)), "")
    return details


_PLACES = {kind: tuple(PLACE[field] for field in fields.values()) for kind, fields in STATE_OF.items()}


def value_assumed(kind: str, name: str, wanted: frozenset[Value]) -> Value:
    """What an assumed fact says in a detail that may have any of these values: the first, as the kind lists them."""
    return _first(next(detail for detail in KINDS[kind].details if detail.name == name), wanted)


def _first(detail: Detail, wanted: frozenset[Value]) -> Value:
    return next(value for value in _possible(detail) if value in wanted)


def _possible(detail: Detail) -> tuple[Value, ...]:
    return (True, False) if detail.type == "boolean" else detail.choices


def places_kept(kind: str) -> tuple[int, ...]:
    """The fields of the state that an assumed fact of this kind says again, as they stand."""
    return _PLACES.get(kind, ())


_DATED = {
    kind.name: names
    for kind in KINDS.values()
    if (names := [detail.name for detail in kind.details if detail.type == "date" and not detail.optional])
}
"""Kinds of fact that name a day of their own: an assumed one names the day itself."""
