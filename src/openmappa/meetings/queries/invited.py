"""Reading who is invited to a meeting, who was there, and whether they were senior enough."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Rank, Service
from openmappa.core.mappa.attendance import Present, RankCheck, rank_checks
from openmappa.meetings.models.invitee import Invitee
from openmappa.meetings.models.sitting import Meeting
from openmappa.meetings.queries.rules import rules
from openmappa.meetings.words import Attendance

SERVICES = {service.value: service for service in Service}


def invitees_of(meeting: Meeting) -> QuerySet[Invitee]:
    """Everybody who was invited to a meeting, withdrawn ones too, by agency. One query."""
    rows = Invitee.objects.filter(meeting=meeting).select_related("agency", "person", "entry", "withdrawn_by")
    return rows.order_by("agency__name", "name", "id")


def invitations_of(user: User, now: datetime) -> QuerySet[Invitee]:
    """What somebody is invited to that is not over, on cases that they can open, the next first. One query."""
    rows = Invitee.objects.filter(
        person=user,
        withdrawn_at__isnull=True,
        meeting__taken_off_at__isnull=True,
        meeting__closed_at__isnull=True,
        meeting__sitting__ends_at__gte=now,
        case__in=Case.objects.visible_to(user),
    )
    wanted = ("meeting__sitting__area", "meeting__sitting__chair__agency", "meeting__case__person")
    return rows.select_related(*wanted).order_by("meeting__starts_at", "id")


def answers_in(meetings: Iterable[Meeting]) -> dict[int, Counter[str]]:
    """How many are invited to each of these meetings, by what they answered; ``invited`` counts them all. One query."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    rows = Invitee.objects.filter(meeting__in=list(meetings), withdrawn_at__isnull=True)
    for meeting, reply in rows.values_list("meeting_id", "reply"):
        found[meeting][reply or "none"] += 1
        found[meeting]["invited"] += 1
    return found


def ranks_of(meeting: Meeting) -> tuple[RankCheck, ...]:
    """How a meeting stands against the rule on the lowest rank of each service. One query."""
    rows = Invitee.objects.filter(meeting=meeting, attendance__in=[Attendance.ATTENDED, Attendance.DEPUTY])
    present = [
        Present(SERVICES[row.agency.kind], Rank(row.attended_rank or Rank.NONE))
        for row in rows.select_related("agency")
        if row.agency.kind in SERVICES
    ]
    return rank_checks(meeting.sitting.level, present, rules())
