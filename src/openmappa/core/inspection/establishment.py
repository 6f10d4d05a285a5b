"""Posts, who is in them, and what stands empty: the arithmetic behind *what explains a fall* (6.4, 8.2).

A unit's *posts* are its establishment of a role, in whole-time posts to one decimal, from a day on. Who is in post
counts as one whole post: the record knows no part-time hours. What is *vacant* is what the posts are more than the
people, never less than nought; what the people are more is *over establishment*, and fills no other unit's vacancy.

A vacancy of a whole period is counted in post-days: one post over one day. Everything changes on days, so it is exact.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from openmappa.core.access import Role
from openmappa.core.posts import ROLES_OF_AGENCY

NOUGHT = Decimal(0)
ONE_DAY = timedelta(days=1)
MOST_POSTS = Decimal(999)
YEARS_AHEAD_DAYS = 366
"""How far ahead posts may be entered: what is decided for the next year."""

_HELD_BY_ROLES = frozenset(
    {
        Role.POLICE_OFFICER,
        Role.CASE_MANAGER,
        Role.LINE_MANAGER,
        Role.MAPPA_COORDINATOR,
        Role.VICTIM_CONTACT_OFFICER,
        Role.PARTNER_MEMBER,
    }
)


def roles_with_posts(kind: str) -> tuple[Role, ...]:
    """The roles that units of this kind of agency have posts of: those that work on cases or are invited to them."""
    return tuple(role for role in ROLES_OF_AGENCY.get(kind, ()) if role in _HELD_BY_ROLES)


@dataclass(frozen=True, slots=True)
class PostsFrom:
    """How many posts there are from a day on; ``posts`` None says that from that day there are none any more."""

    from_on: date
    posts: Decimal | None


@dataclass(frozen=True, slots=True)
class InPost:
    """So many people, from a day until another, both included; None where it is not known to begin or to end."""

    from_on: date | None
    until_on: date | None
    people: int

    def holds_on(self, day: date) -> bool:
        """Whether they are in post on a day."""
        return (self.from_on is None or self.from_on <= day) and (self.until_on is None or day <= self.until_on)


def posts_on(rows: Iterable[PostsFrom], day: date) -> Decimal | None:
    """The posts that hold on a day: those of the last row to begin; None where none are recorded, or they ended."""
    begun = [row for row in rows if row.from_on <= day]
    return max(begun, key=lambda row: row.from_on).posts if begun else None


def in_post_on(stays: Iterable[InPost], day: date) -> int:
    """How many people are in post on a day."""
    return sum(stay.people for stay in stays if stay.holds_on(day))


def vacant(posts: Decimal, people: int) -> Decimal:
    """Posts that stand empty; never less than nought."""
    return max(posts - people, NOUGHT)


def over(posts: Decimal, people: int) -> Decimal:
    """People beyond the posts; never less than nought."""
    return max(people - posts, NOUGHT)


@dataclass(frozen=True, slots=True)
class Filled:
    """Posts over a period: on its last day, and in post-days over all days on which posts are recorded.

    ``posts`` is None where none are recorded for the last day. ``days`` are those with posts, of each unit;
    ``days_possible`` as many as there could be of those units.
    """

    posts: Decimal | None
    vacant: Decimal = NOUGHT
    over: Decimal = NOUGHT
    post_days: Decimal = NOUGHT
    vacant_days: Decimal = NOUGHT
    days: int = 0
    days_possible: int = 0

    @property
    def share(self) -> float | None:
        """Of the post-days, the percentage vacant; None where no posts are recorded on any day."""
        return float(100 * self.vacant_days / self.post_days) if self.post_days else None

    @property
    def is_whole(self) -> bool:
        """Whether posts are recorded on every day, of every unit that has any."""
        return 0 < self.days == self.days_possible


def filled(rows: Sequence[PostsFrom], stays: Sequence[InPost], since: date, until: date) -> Filled:
    """One unit's posts from a day until another. ValueError where the days are the wrong way round."""
    if until < since:
        raise ValueError(f"{until} is before {since}: nothing lies between.")
    post_days = vacant_days = NOUGHT
    days = people = 0
    last = None
    steps = _steps(stays, since, until)
    edges = {since, until + ONE_DAY, *steps, *(row.from_on for row in rows if since < row.from_on <= until)}
    for begins, ends in pairwise(sorted(edges)):
        people += steps.get(begins, 0)
        last = posts_on(rows, begins)
        if last is not None:
            length = (ends - begins).days
            days += length
            post_days += last * length
            vacant_days += vacant(last, people) * length
    return Filled(
        posts=last,
        vacant=NOUGHT if last is None else vacant(last, people),
        over=NOUGHT if last is None else over(last, people),
        post_days=post_days,
        vacant_days=vacant_days,
        days=days,
        days_possible=(until - since).days + 1 if days else 0,
    )


def together(units: Sequence[Filled]) -> Filled:
    """Several units over the same period. A unit that is over establishment fills no other's vacancy."""
    recorded = [unit.posts for unit in units if unit.posts is not None]
    return Filled(
        posts=sum(recorded, NOUGHT) if recorded else None,
        vacant=sum((unit.vacant for unit in units), NOUGHT),
        over=sum((unit.over for unit in units), NOUGHT),
        post_days=sum((unit.post_days for unit in units), NOUGHT),
        vacant_days=sum((unit.vacant_days for unit in units), NOUGHT),
        days=sum(unit.days for unit in units),
        days_possible=sum(unit.days_possible for unit in units),
    )


def _steps(stays: Sequence[InPost], since: date, until: date) -> dict[date, int]:
    """On which days how many people come or go, less those who go; on the first day all who are there already."""
    steps = {since: in_post_on(stays, since)}
    for stay in stays:
        if stay.from_on is not None and stay.until_on is not None and stay.until_on < stay.from_on:
            continue
        if stay.from_on is not None and since < stay.from_on <= until:
            steps[stay.from_on] = steps.get(stay.from_on, 0) + stay.people
        if stay.until_on is not None and since <= stay.until_on < until:
            after = stay.until_on + ONE_DAY
            steps[after] = steps.get(after, 0) - stay.people
    return steps


class Beside(StrEnum):
    """What is set beside a standard that fell."""

    VACANT = "vacant"
    AWAY = "away"
    EACH = "each"

    def shown(self, value: float) -> str:
        """The figure as a page says it: whole per cent, or cases to one decimal."""
        return f"{value:.1f}" if self is Beside.EACH else f"{value:.0f}%"


@dataclass(frozen=True, slots=True)
class Moved:
    """One figure in two periods: what it was, and what it is; ``now`` None where the two cannot be compared."""

    what: Beside
    before: float | None
    now: float | None

    @property
    def is_compared(self) -> bool:
        """Whether there are two figures to hold against each other."""
        return self.before is not None and self.now is not None

    @property
    def went_up(self) -> bool:
        """Whether it is more, as far as the page shows it: 4.2% and 4.4% are both shown as 4%."""
        if self.before is None or self.now is None:
            return False
        return self.now > self.before and self.what.shown(self.now) != self.what.shown(self.before)
