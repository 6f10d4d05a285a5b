"""Standards that can touch each other in the days ahead: the strands of a pack.

In a forecast nothing happens but what is assumed: facts that meet duties, and ends that are known. Two standards that
no such fact can join go their own ways, so the days ahead can be gone through strand by strand.
"""

from collections.abc import Sequence

from openmappa.core.packs.model import Match, Pack, Standard
from openmappa.core.standards.clocks import PLACE, Clock, plan_for
from openmappa.core.standards.state import EFFECTS
from openmappa.core.workload.assumed import places_kept, value_assumed


def strands(packs: Sequence[Pack]) -> tuple[frozenset[str], ...]:
    """The standards of these packs in sets; no fact that is assumed for one set concerns another."""
    touches: dict[str, _Touch] = {}
    for pack in packs:
        for clock in plan_for(pack).clocks:
            touches.setdefault(clock.standard.id, _Touch()).include(clock)
    found: list[frozenset[str]] = []
    left = dict.fromkeys(touches)
    while left:
        strand, edge = set[str](), [next(iter(left))]
        while edge:
            name = edge.pop()
            if name in left:
                del left[name]
                strand.add(name)
                edge += [other for other in left if touches[name].meets(touches[other])]
        found.append(frozenset(strand))
    return tuple(found)


def places_said(standard: Standard) -> tuple[int, ...]:
    """The fields of the state that the fact assumed for this standard says again, as they stand."""
    return places_kept(standard.met_by[0].kind)


def places_changed(standard: Standard) -> frozenset[int]:
    """The fields that a fact assumed for this standard may change: those that it does not say again as they stand."""
    match = standard.met_by[0]
    wanted = {name for name, _ in match.details}
    return frozenset(
        PLACE[effect.field]
        for effect in EFFECTS.get(match.kind, ())
        if effect.field in PLACE and (not effect.detail or effect.detail in wanted)
    )


class _Touch:
    """What a standard listens to, and what the facts that are assumed for it bring about."""

    def __init__(self) -> None:
        self._listens: list[Match] = []
        self._assumes: list[Match] = []
        self._places: set[int] = set()
        self._changes: set[int] = set()

    def include(self, clock: Clock) -> None:
        """Another pack's version of the standard."""
        standard = clock.standard
        self._listens += (*standard.met_by, *((standard.starts_on,) if standard.starts_on else ()))
        self._assumes.append(standard.met_by[0])
        self._places |= clock.places | set(places_said(standard))
        self._changes |= places_changed(standard)

    def meets(self, other: "_Touch") -> bool:
        """Whether a fact that is assumed for either concerns the other."""
        return self._reaches(other) or other._reaches(self)

    def _reaches(self, other: "_Touch") -> bool:
        return bool(self._changes & other._places) or any(
            _may_fit(assumed, match) for assumed in self._assumes for match in other._listens
        )


def _may_fit(assumed: Match, match: Match) -> bool:
    """Whether a fact assumed for the one may be what the other means: of the same kind, and no detail against it."""
    wanted = dict(assumed.details)
    return assumed.kind == match.kind and all(
        name not in wanted or value_assumed(match.kind, name, wanted[name]) in values for name, values in match.details
    )
