"""The coordinator's desk: what waits, what comes, what is late, for one area; a few lines of each and how many in all.

Every part is one count and one short list over an index, whatever the area holds. Counts stop at ``MOST``: past that,
nobody needs the number to know that there is too much. Who may see each row is the database's to say.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone

from openmappa.accounts.models import Area, User
from openmappa.actions.models import Action, ActionQuerySet
from openmappa.cases.models import Case, reach_of
from openmappa.coordination.queries.figures import rules
from openmappa.coordination.queries.tracking import POLICE_FILE, PROBATION_FILE, REVIEW
from openmappa.meetings.models.sitting import Sitting
from openmappa.meetings.queries.sittings import sittings_between
from openmappa.timeline.models import Duty, DutyQuerySet
from openmappa.ui.paging import A_PAGE, Page, number_within

MOST = 1_000
FILES: Mapping[str, str] = {POLICE_FILE: "police file", PROBATION_FILE: "probation file"}


@dataclass(frozen=True)
class Place:
    """The sittings at one place, and how many cases they have on their lists."""

    name: str
    sittings: Sequence[Sitting]
    cases: int


def counted(rows: QuerySet[Any]) -> int:
    """How many rows there are, up to MOST and one more. One query."""
    return rows.order_by()[: MOST + 1].count()


def in_words(count: int) -> str:
    """A count as the desk says it: "1,000 or more" past the most."""
    return f"{MOST:,} or more" if count > MOST else f"{count:,}"


def reviews(user: User, area: Area, *, first: date | None = None, last: date) -> DutyQuerySet:
    """The open reviews of an area due from one day (None: however long ago) to another, the longest first."""
    rows = _open(user, area).filter(standard=REVIEW, due_on__lte=last)
    return (rows if first is None else rows.filter(due_on__gte=first)).order_by("due_on", "case_id")


def minutes_not_filed(user: User, area: Area, today: date) -> DutyQuerySet:
    """The minutes of an area that should be on a file by now and are not, the longest first."""
    return _open(user, area).filter(standard__in=sorted(FILES), due_on__lt=today).order_by("due_on", "case_id")


def _open(user: User, area: Area) -> DutyQuerySet:
    """An area's open duties without those of cases walled off from this person: one index, whatever else they see."""
    walled = Case.objects.filter(restricted=True).exclude(pk__in=reach_of(user).named)
    return Duty.objects.open().filter(area=area).exclude(case__in=walled)


def duties_page(rows: DutyQuerySet, standards: Iterable[str], number: int = 1, size: int = A_PAGE) -> Page[Duty]:
    """One page of duties of these standards. A query, and one for each standard.

    Each standard is asked for alone: its duties lie in order in their index, those of two would have to be sorted.
    """
    total = counted(rows)
    number = number_within(number, total, size)
    first = [each for standard in standards for each in rows.filter(standard=standard)[: number * size]]
    found = sorted(first, key=lambda each: (each.due_on, each.case_id))[(number - 1) * size : number * size]
    return Page(found, total, number, size)


def rows_page(rows: QuerySet[Any], number: int = 1, size: int = A_PAGE) -> Page[Any]:
    """One page of any rows. Two queries."""
    total = counted(rows)
    number = number_within(number, total, size)
    return Page(list(rows[(number - 1) * size : number * size]), total, number, size)


def coming_sittings(area: Area, today: date) -> list[Sitting]:
    """The sittings of the weeks ahead that take place, each with ``on_list``, the cases on its list. One query."""
    until = today + timedelta(weeks=rules().desk.weeks_ahead, days=1)
    rows = sittings_between(area.pk, _start_of(today), _start_of(until))
    return list(rows.filter(cancelled_at__isnull=True))


def by_place(sittings: Sequence[Sitting]) -> list[Place]:
    """Sittings put together by where they are, the place of the first one first; without a place by their link."""
    found: dict[str, list[Sitting]] = {}
    for each in sittings:
        found.setdefault(each.place or "By link", []).append(each)
    return [Place(name, some, sum(_on_list(each) for each in some)) for name, some in found.items()]


def _on_list(sitting: Sitting) -> int:
    return int(getattr(sitting, "on_list"))  # noqa: B009 - annotated by sittings_between


def late_actions(area: Area, today: date) -> ActionQuerySet:
    """The open actions of an area whose day has passed, the longest first."""
    rows = Action.objects.open().filter(area=area, due_on__lt=today)
    return rows.select_related("agency", "owner", "case").order_by("due_on", "id")


def left_behind(area: Area) -> ActionQuerySet:
    """The open actions of an area whose owner has left, soonest due first."""
    rows = Action.objects.open().filter(area=area, owner_left=True)
    return rows.select_related("agency", "owner", "case").order_by("due_on", "id")


def late_by_agency(area: Area, today: date) -> list[tuple[str, int]]:
    """How many actions of each agency are late in an area, the most first. One query over one index."""
    rows = late_actions(area, today).order_by().values_list("agency__name").annotate(count=Count("pk"))
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone())
