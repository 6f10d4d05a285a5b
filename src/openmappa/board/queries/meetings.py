"""Meetings of the board, and who came over a year, by agency."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from openmappa.accounts.models import Area
from openmappa.board.models.meetings import Attendance, BoardMeeting, Decision
from openmappa.board.models.plan import BusinessNote
from openmappa.board.models.seats import Member
from openmappa.board.queries.rules import rules
from openmappa.board.queries.seats import seated_on
from openmappa.core.board.seats import Came
from openmappa.core.board.years import BoardYear
from openmappa.core.dates import add_months
from openmappa.core.inspection.proportions import Proportion


@dataclass(frozen=True)
class SeatAt:
    """A seat at a meeting, and how it went; None where nobody has said yet."""

    member: Member
    noted: Attendance | None


@dataclass(frozen=True)
class MeetingShown:
    """A meeting with everything that its page shows, the figures apart."""

    meeting: BoardMeeting
    seats: Sequence[SeatAt]
    decisions: Sequence[Decision]
    reviewed: Sequence[BusinessNote]
    before: BoardMeeting | None

    @property
    def unaccounted(self) -> list[str]:
        """Those of whom nobody has said yet whether they came."""
        return [each.member.who for each in self.seats if each.noted is None]

    @property
    def there(self) -> int:
        """How many seats were filled."""
        return sum(each.noted is not None and Came(each.noted.came).is_there for each in self.seats)


@dataclass(frozen=True)
class CameOf:
    """How often one agency's seats were filled at the meetings of a year, of the times that it was written down."""

    name: str
    noted: int
    attended: int
    deputy: int
    apologies: int
    absent: int

    @property
    def there(self) -> Proportion:
        """In person or by a deputy, of the times noted."""
        return Proportion(self.attended + self.deputy, self.noted)


def meetings_of(area: Area) -> QuerySet[BoardMeeting]:
    """The meetings of a board, the latest first, with how many seats were filled and how much was decided."""
    filled = Count("attendance", filter=Q(attendance__came__in=["attended", "deputy"]), distinct=True)
    seats = Count("attendance", distinct=True)
    decided = Count("decisions", distinct=True)
    rows = BoardMeeting.objects.filter(area=area).annotate(filled=filled, seats=seats, decided=decided)
    return rows.order_by("-on", "-id")  # the order of the model is left out where rows are grouped to be counted


def held_meetings(area: Area, today: date) -> list[BoardMeeting]:
    """The meetings whose day has come and that were not called off, the latest first. One query."""
    return list(BoardMeeting.objects.filter(area=area, cancelled_at__isnull=True, on__lte=today))


def next_meeting(area: Area, today: date) -> BoardMeeting | None:
    """The next that is called; today's counts until it is closed. One query."""
    coming = BoardMeeting.objects.filter(area=area, cancelled_at__isnull=True, closed_at__isnull=True, on__gte=today)
    return coming.order_by("on").first()


def is_overdue(area: Area, today: date) -> bool:
    """Whether the board has not met for longer than the pack allows, and no meeting is called. Two queries."""
    if next_meeting(area, today) is not None:
        return False
    last = BoardMeeting.objects.filter(area=area, cancelled_at__isnull=True, on__lte=today).order_by("-on").first()
    return last is None or add_months(last.on, rules().meetings.months) < today


def meeting_of(areas: Sequence[Area], key: uuid.UUID) -> BoardMeeting:
    """One meeting of a board of these areas. Raises Http404. One query."""
    people = ("area", "called_by", "closed_by", "cancelled_by")
    row = BoardMeeting.objects.filter(area__in=areas, key=key).select_related(*people).first()
    if row is None:
        raise Http404("No such meeting of this board")
    return row


def meeting_shown(meeting: BoardMeeting) -> MeetingShown:
    """A meeting with its seats, decisions, what was said of the plan, and the meeting before it. Five queries."""
    noted = {one.member_id: one for one in Attendance.objects.filter(meeting=meeting)}
    seats = [SeatAt(member, noted.get(member.pk)) for member in seated_on(meeting.area, meeting.on)]
    notes = BusinessNote.objects.filter(meeting=meeting).select_related("action__aim", "action__owner__person")
    earlier = BoardMeeting.objects.filter(area=meeting.area, cancelled_at__isnull=True, on__lt=meeting.on)
    return MeetingShown(
        meeting,
        seats,
        list(Decision.objects.filter(meeting=meeting).select_related("agency")),
        list(notes.order_by("action__aim__number", "action__number", "id")),
        earlier.order_by("-on").first(),
    )


def years_of(area: Area, today: date, this: BoardYear) -> list[BoardYear]:
    """The years in which the board met, and the present one, the latest first. One query."""
    first = BoardMeeting.objects.filter(area=area).order_by("on").values_list("on", flat=True).first()
    start = min(this.start, this.start if first is None else first.year - 1)
    return [BoardYear(each) for each in range(this.start, start - 1, -1)]


def attendance_by_agency(area: Area, year: BoardYear) -> list[CameOf]:
    """How often each agency's seats were filled at the meetings of a year, by name; lay advisers last. One query."""
    rows = Attendance.objects.filter(
        meeting__area=area, meeting__on__range=(year.since, year.until), meeting__cancelled_at__isnull=True
    ).select_related("member__agency")
    counts: dict[tuple[bool, str], dict[str, int]] = {}
    for row in rows:
        name = (row.member.agency is None, row.member.whose)
        counts.setdefault(name, dict.fromkeys(Came, 0))[row.came] += 1
    return [
        CameOf(name, sum(each.values()), *(each[came] for came in Came))
        for (_, name), each in sorted(counts.items(), key=lambda item: item[0])
    ]


def attendance_by_meeting(area: Area, year: BoardYear) -> tuple[list[BoardMeeting], list[tuple[Member, list[str]]]]:
    """The meetings of a year in order, and for each member how it went at each ("" where nobody said). Two queries."""
    held = BoardMeeting.objects.filter(area=area, on__range=(year.since, year.until), cancelled_at__isnull=True)
    meetings = list(held.order_by("on"))
    rows = Attendance.objects.filter(meeting__in=meetings).select_related("member__agency", "member__person")
    members: dict[int, Member] = {}
    noted: dict[tuple[int, int], str] = {}
    for row in rows:
        members[row.member_id] = row.member
        noted[row.member_id, row.meeting_id] = row.came_label + (f": {row.deputy}" if row.deputy else "")
    ordered = sorted(members.values(), key=lambda one: (one.whose, one.who))
    return meetings, [(one, [noted.get((one.pk, meeting.pk), "") for meeting in meetings]) for one in ordered]
