"""Meetings outside MAPPA: those of a case, and how many an area held, by kind."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, QuerySet

from openmappa.accounts.models import Area
from openmappa.cases.models import Case
from openmappa.referrals.models.other_meetings import MeetingQuestion, OtherMeeting
from openmappa.referrals.queries.rules import referral_rules


@dataclass(frozen=True)
class KindCount:
    """How many meetings of one kind an area held."""

    kind: str
    label: str
    count: int


def other_meetings_of(case: Case) -> QuerySet[OtherMeeting]:
    """The meetings outside MAPPA on a case, newest first, each with its questions. Two queries."""
    asked = MeetingQuestion.objects.select_related("asked_by", "answered_by")
    rows = OtherMeeting.objects.filter(case=case).select_related("recorded_by__agency")
    return rows.prefetch_related(Prefetch("questions", asked))


def other_meetings_between(area: Area, first: date, last: date) -> QuerySet[OtherMeeting]:
    """The meetings outside MAPPA that were held in an area from one day to another, on cases that the reader sees."""
    rows = OtherMeeting.objects.filter(case__area=area, held_on__gte=first, held_on__lte=last)
    return rows.select_related("case__person", "recorded_by").order_by("-held_on", "-pk")


def other_meetings_counted(area: Area, first: date, last: date) -> list[KindCount]:
    """How many of each kind the reader sees in an area from one day to another, in the pack's order. One query."""
    rows = other_meetings_between(area, first, last).order_by().values_list("kind").annotate(count=Count("pk"))
    counts = dict(rows)
    return [KindCount(kind.id, kind.label, counts.get(kind.id, 0)) for kind in referral_rules().other_meetings]


def kind_label(kind: str) -> str:
    """What a kind of meeting is called."""
    return next((each.label for each in referral_rules().other_meetings if each.id == kind), kind)
