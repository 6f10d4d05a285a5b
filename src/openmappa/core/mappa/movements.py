"""Planned releases and temporary moves: was there warning, who is chased now, what a stay means for registration."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from openmappa.core.dates import add_days, add_months, days_between
from openmappa.core.names import squeezed
from openmappa.core.packs.movements_rules import ChaseStage, MovementRules, StayRule
from openmappa.core.sources import Source
from openmappa.core.standards.words import in_full


class Warned(StrEnum):
    """How much warning there was before a release (9.8)."""

    IN_TIME = "in_time"
    SHORT = "short"
    NONE = "none"

    @property
    def label(self) -> str:
        """The same in words."""
        return WARNED[self]


WARNED = {
    Warned.IN_TIME: "Warned in time",
    Warned.SHORT: "Warned, at short notice",
    Warned.NONE: "Arrived unannounced",
}


@dataclass(frozen=True, slots=True)
class Warning:
    """The warning of one release: how it is judged, and how many days before it the notice was given."""

    warned: Warned
    days: int | None = None


def release_warning(
    released_on: date, given_on: Iterable[date], rules: MovementRules, *, in_custody_since: date | None = None
) -> Warning:
    """How much warning there was: the first notice counts that was given before the day of release.

    A notice from before ``in_custody_since`` was of an earlier release.
    """
    counted = [day for day in given_on if day < released_on and (in_custody_since is None or day >= in_custody_since)]
    if not counted:
        return Warning(Warned.NONE)
    days = days_between(min(counted), released_on)
    return Warning(Warned.IN_TIME if days >= rules.warning.days else Warned.SHORT, days)


def stages_reached(expected_on: date, today: date, rules: MovementRules) -> Sequence[ChaseStage]:
    """The stages of chasing that a release on ``expected_on`` has reached, while nobody acknowledges it."""
    left = days_between(today, expected_on)
    return [stage for stage in rules.chase if left <= stage.days_before]


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay away from home: both days count. ``abroad``: outside the United Kingdom."""

    from_on: date
    until_on: date
    place: str
    abroad: bool = False

    @property
    def days(self) -> int:
        """How many days it has, the first and the last included."""
        return days_between(self.from_on, self.until_on) + 1


@dataclass(frozen=True, slots=True)
class Point:
    """Something that a stay means for registration: one sentence, by when, and where that comes from."""

    sentence: str
    by: date
    source: Source


def registration_points(
    stay: Stay, earlier: Iterable[Stay], rules: MovementRules, *, registered: bool
) -> tuple[Point, ...]:
    """What the person must notify to the police because of this stay; nothing where they are not registered.

    ``earlier`` are other stays: at the same place, within the months of the rule, they add up with this one (s84).
    """
    if not registered:
        return ()
    return tuple(_points(stay, earlier, rules))


def _points(stay: Stay, earlier: Iterable[Stay], rules: MovementRules) -> Iterator[Point]:
    if stay.abroad:
        if stay.days >= rules.travel.days:
            by = add_days(stay.from_on, -rules.travel.notify_days_before)
            said = f"{stay.days} days abroad: the person tells the police of the travel by {in_full(by)}."
            yield Point(said, by, rules.travel.notice_source)
        return
    before = _days_before(stay, earlier, rules.stay)
    if stay.days + before < rules.stay.days:
        return
    reached = add_days(stay.from_on, max(rules.stay.days - before, 1) - 1)
    by = add_days(reached, rules.stay.notify_days)
    added = f" with {before} of earlier stays there" if before else ""
    said = (
        f"{stay.days} days at this place{added}: from {in_full(reached)} it is an address that the person notifies to "
        f"the police, by {in_full(by)}. Record the change of details, and the notification when it is made."
    )
    yield Point(said, by, rules.stay.source)


def _days_before(stay: Stay, earlier: Iterable[Stay], rule: StayRule) -> int:
    """The days of other stays at the same place that lie within the months before the last day of this one."""
    since = add_months(stay.until_on, -rule.within_months)
    same = [one for one in earlier if not one.abroad and squeezed(one.place) == squeezed(stay.place)]
    return sum(max(days_between(max(one.from_on, since), min(one.until_on, stay.from_on)) + 1, 0) for one in same)
