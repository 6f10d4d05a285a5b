"""Referrals as pages show them: the reader's own, those they screen, and one of them whole."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.core.access import Permission
from openmappa.core.mappa.screening import Clock, clock, dissent, is_late, missing, sits
from openmappa.core.packs.mappa_referral_rules import ReferralTest, Seat
from openmappa.referrals.models.referral import MoreAsked, Referral, VictimPart
from openmappa.referrals.models.screening import Screener
from openmappa.referrals.queries.rules import referral_rules
from openmappa.referrals.queries.waiting import pauses_of
from openmappa.referrals.words import Outcome


@dataclass(frozen=True)
class SeatTaken:
    """One seat, and who was asked to sit in it (None: nobody yet)."""

    seat: Seat
    screener: Screener | None
    dissents: bool


@dataclass(frozen=True)
class Screening:
    """One referral as whoever screens it sees it. ``mine`` is the reader's own seat; ``victims`` None: not theirs."""

    referral: Referral
    tests: tuple[ReferralTest, ...]
    clock: Clock
    late: bool
    seats: tuple[SeatTaken, ...]
    replaced: tuple[Screener, ...]
    asked: tuple[MoreAsked, ...]
    missing: tuple[str, ...]
    mine: Screener | None
    victims: str
    coordinates: bool

    @property
    def outcome(self) -> Outcome | None:
        """What it came to."""
        return self.referral.outcome_in_words

    @property
    def waits_for_answer(self) -> MoreAsked | None:
        """What the referrer has not answered yet."""
        return next((one for one in self.asked if one.answered_at is None), None)


@dataclass(frozen=True)
class OwnReferral:
    """One referral as its referrer sees it: nothing of it depends on whether the person is in the record."""

    referral: Referral
    tests: tuple[ReferralTest, ...]
    victims: str
    asked: tuple[MoreAsked, ...]
    state: str
    outcome_words: str

    @property
    def waits_for_me(self) -> MoreAsked | None:
        """What the referrer has to answer."""
        return next((one for one in self.asked if one.answered_at is None), None)


def own_referrals(user: User) -> QuerySet[Referral]:
    """What this person referred or began to, newest first; ``waits``: the coordinator asked something."""
    asked = MoreAsked.objects.filter(referral=OuterRef("pk"), answered_at__isnull=True)
    rows = Referral.objects.filter(referred_by=user).select_related("case__person").annotate(waits=Exists(asked))
    return rows.order_by("-started_at", "-pk")


def to_screen(user: User) -> QuerySet[Referral]:
    """What waits for this person: in a coordinator's area, or for the view of somebody asked to screen.

    ``waits``: more was asked of the referrer. The one due first comes first.
    """
    asked = MoreAsked.objects.filter(referral=OuterRef("pk"), answered_at__isnull=True)
    rows = Referral.objects.for_screening(user).waiting()
    if not user.may(Permission.COORDINATE):
        rows = rows.filter(Exists(Screener.objects.sitting().filter(referral=OuterRef("pk"), person=user)))
    mine = Screener.objects.sitting().filter(referral=OuterRef("pk"), person=user, given_at__isnull=True)
    return (
        rows.select_related("case__person", "referred_by", "agency")
        .annotate(waits=Exists(asked), wants_me=Exists(mine))
        .order_by("due_on", "pk")
    )


def lately_decided(user: User, since: date) -> QuerySet[Referral]:
    """What was decided since a day, of what this person may screen, newest first."""
    rows = Referral.objects.for_screening(user).filter(decided_at__date__gte=since)
    if not user.may(Permission.COORDINATE):
        rows = rows.filter(Exists(Screener.objects.filter(referral=OuterRef("pk"), person=user)))
    return rows.select_related("case__person", "referred_by", "agency", "decided_by").order_by("-decided_at", "-pk")


def own_referral(user: User, key: uuid.UUID) -> OwnReferral | None:
    """One of this person's own referrals, None where there is no such. Three queries."""
    found = own_referrals(user).select_related("area").filter(key=key).first()
    if found is None:
        return None
    asked = tuple(found.asked.all())
    words = referral_rules().outcomes[found.outcome] if found.outcome else ""
    return OwnReferral(found, tests_of(found), victims_of(found), asked, _state(found, asked), words)


def screening(user: User, key: uuid.UUID) -> Screening | None:
    """One referral for whoever screens it or sees its case; None where there is no such to this person."""
    people = ("case__person", "case__area", "area", "referred_by__agency", "agency", "decided_by", "matched_by")
    found = Referral.objects.for_screening(user).select_related(*people).filter(key=key).first()
    if found is None:
        return None
    rules, today = referral_rules(), timezone.localdate()
    rows = list(found.screeners.select_related("person__agency", "asked_by", "replaced_by"))
    sitting = {row.seat: row for row in rows if row.replaced_at is None}
    views: Mapping[str, str] = {seat: row.view for seat, row in sitting.items()}
    others = dissent(found.outcome, views) if found.outcome else ()
    decided_on = timezone.localdate(found.decided_at) if found.decided_at else None
    mine = next((row for row in sitting.values() if row.person_id == user.pk), None)
    assert found.sent_at is not None
    assert found.due_on is not None
    urgent = found.urgent is True
    ticking = clock(timezone.localdate(found.sent_at), pauses_of(found), rules.time, urgent=urgent, today=today)
    return Screening(
        referral=found,
        tests=tests_of(found),
        clock=ticking,
        late=is_late(ticking.due_on, decided_on, today) and not (ticking.stands and decided_on is None),
        seats=tuple(SeatTaken(seat, sitting.get(seat.id), seat.id in others) for seat in rules.seats),
        replaced=tuple(row for row in rows if row.replaced_at is not None),
        asked=tuple(found.asked.select_related("asked_by")),
        missing=missing(views, rules) if found.case_id else (),
        mine=mine,
        victims=victims_of(found),
        coordinates=user.may(Permission.COORDINATE),
    )


def tests_of(referral: Referral) -> tuple[ReferralTest, ...]:
    """The tests that the referrer says are met."""
    return tuple(test for test in referral_rules().tests if test.id in referral.tests)


def victims_of(referral: Referral) -> str:
    """What was said of victims, as far as row-level security lets this reader have it. One query."""
    part = VictimPart.objects.filter(referral=referral).first()
    return part.text if part is not None else ""


def people_for(referral: Referral, seat: Seat, by: User) -> list[User]:
    """Who could sit in a seat: of its service and rank, in the area, and neither the referrer nor who decides."""
    people = User.objects.filter(
        Q(area=referral.area) | Q(unit__area=referral.area), agency__kind=seat.service.value, is_active=True
    ).exclude(pk__in=[referral.referred_by_id, by.pk])
    may = [each for each in people.select_related("unit") if each.may(Permission.SCREEN_REFERRAL)]
    return [each for each in may if sits(seat, each.service, each.rank)]


def way_to_call(referral: Referral) -> str:
    """The page on which a meeting is called for a Level 2 or 3 outcome, about its case; "" where there is none."""
    outcome = Outcome(referral.outcome) if referral.outcome else Outcome.NOT_MAPPA
    if outcome not in (Outcome.LEVEL_2, Outcome.LEVEL_3) or referral.case is None:
        return ""
    known = {"referral": referral.key, "cases": referral.case.reference, "level": outcome.level}
    try:
        return f"{reverse('meetings:call')}?{urlencode(known)}"
    except NoReverseMatch:
        return ""


def _state(referral: Referral, asked: tuple[MoreAsked, ...]) -> str:
    if referral.is_draft:
        return "Draft"
    if referral.is_decided:
        return "Decided"
    return "Waits for your answer" if any(one.answered_at is None for one in asked) else "Being screened"
