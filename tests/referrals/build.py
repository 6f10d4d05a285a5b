"""Made-up referrals, screenings, decisions and meetings outside MAPPA, past the services."""

import uuid
from datetime import datetime, timedelta

from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Rank, Role
from openmappa.core.compartments import Compartment
from openmappa.core.grading import Basis, Concern
from openmappa.notes.models import Note
from openmappa.referrals.models.levels import CategoryConfirmation, LevelDecision
from openmappa.referrals.models.other_meetings import MeetingQuestion, OtherMeeting
from openmappa.referrals.models.referral import MoreAsked, Referral, VictimPart
from openmappa.referrals.models.screening import Screener
from tests.timeline.build import ago, make_area, make_person, today, write

WHOLE = {
    "why": "He was seen near a school.",
    "adds": "Housing and the police have to plan together.",
    "children": True,
    "children_words": "Children who walk to school",
    "victims": False,
    "urgent": False,
    "proposed_level": 2,
}


def a_coordinator(**more: object) -> User:
    return make_person(Role.MAPPA_COORDINATOR, **more)  # type: ignore[arg-type]


def an_spo(**more: object) -> User:
    plain = {"rank": Rank.SENIOR_PROBATION_OFFICER, "kind": "probation"}
    return make_person(Role.LINE_MANAGER, **(plain | more))  # type: ignore[arg-type]


def a_sergeant(**more: object) -> User:
    plain = {"rank": Rank.DETECTIVE_SERGEANT, "kind": "police"}
    return make_person(Role.LINE_MANAGER, **(plain | more))  # type: ignore[arg-type]


def a_partner(**more: object) -> User:
    return make_person(Role.PARTNER_MEMBER, **({"kind": "partner"} | more))  # type: ignore[arg-type]


def an_hour_ago() -> datetime:
    return timezone.now() - timedelta(hours=1)


def a_draft(by: User, case: Case | None = None, **changed: object) -> Referral:
    now = timezone.now()
    matched = {"case": case, "matched_by": by, "matched_at": now} if case else {"name": "Sample Testcase"}
    plain = {"area": by.area or make_area(), "agency": by.agency, "started_at": now, "saved_at": now}
    return Referral.objects.create(referred_by=by, **(plain | WHOLE | matched | changed))


def a_referral(by: User, case: Case | None = None, **changed: object) -> Referral:
    return a_draft(by, case, **({"sent_at": an_hour_ago(), "due_on": ago(-14)} | changed))


def a_screener(referral: Referral, person: User, seat: str = "police", **changed: object) -> Screener:
    plain = {"rank": person.rank, "asked_by": referral.referred_by, "asked_at": timezone.now()}
    return Screener.objects.create(
        referral=referral, case_id=referral.case_id, person=person, seat=seat, **(plain | changed)
    )


def asked(referral: Referral, by: User, **changed: object) -> MoreAsked:
    plain = {"words": "When was he seen?", "asked_by": by, "asked_at": an_hour_ago()}
    return MoreAsked.objects.create(referral=referral, case_id=referral.case_id, **(plain | changed))


def a_victim_part(referral: Referral, text: str = "x") -> VictimPart:
    return VictimPart.objects.create(referral=referral, case_id=referral.case_id, text=text)


def a_decision(case: Case, by: User, **changed: object) -> LevelDecision:
    plain = {"level": 2, "category": 1, "decided_on": today(), "basis": "coordinator", "reasons": "x"}
    return LevelDecision.objects.create(case=case, decided_by=by, recorded_at=timezone.now(), **(plain | changed))


def a_confirmation(case: Case, by: User, **changed: object) -> CategoryConfirmation:
    plain = {"worked_out": 1, "confirmed": 1, "because": "Registered.", "confirmed_at": timezone.now()}
    return CategoryConfirmation.objects.create(case=case, confirmed_by=by, **(plain | changed))


def another_meeting(case: Case, by: User, **changed: object) -> OtherMeeting:
    plain = {"kind": "professionals", "held_on": ago(3), "who": "x", "purpose": "x", "why_not_mappa": "x"}
    note = Note.objects.create(
        case=case,
        text="A meeting outside MAPPA.",
        compartment=Compartment.CONFIDENTIAL,
        basis=Basis.FACT,
        concerns=Concern.OFFENDER,
        on=ago(3),
        agency=by.agency,
        written_by=by,
    )
    made = {"note": note, "recorded_by": by, "recorded_at": timezone.now()}
    return OtherMeeting.objects.create(case=case, **(plain | made | changed))


def a_question(meeting: OtherMeeting, by: User, **changed: object) -> MeetingQuestion:
    plain = {"words": "Why no referral?", "asked_by": by, "asked_at": an_hour_ago()}
    return MeetingQuestion.objects.create(meeting=meeting, case_id=meeting.case_id, **(plain | changed))


def everything(case: Case, by: User, text: str) -> None:
    """A row of each of our tables, with this text in them."""
    now = timezone.now()
    told = {"why": text, "adds": text, "children_words": text, "urgent_words": text, "name": text, "address": text}
    decided = {"outcome": "level_2", "reasons": text, "decided_by": by, "decided_at": now, "outcome_words": text}
    referral = a_referral(by, None, **told)
    Referral.objects.filter(pk=referral.pk).update(case=case, matched_by=by, matched_at=now)
    Referral.objects.filter(pk=referral.pk).update(**decided)
    referral.refresh_from_db()
    a_victim_part(referral, text)
    asked(referral, by, words=text, answer=text, answered_at=now)
    a_screener(referral, by, view="level_2", reasons=text, given_at=now)
    fact = write(case, "mappa_level_set", ago(1), level=2, category=1)
    a_decision(case, by, fact=fact, basis="screening", referral=referral, reasons=text)
    a_confirmation(case, by, because=text, reason=text)
    meeting = another_meeting(case, by, who=text, purpose=text, why_not_mappa=text, agreed=text)
    a_question(meeting, by, words=text, answer=text, answered_by=by, answered_at=now)


def token() -> uuid.UUID:
    return uuid.uuid4()
