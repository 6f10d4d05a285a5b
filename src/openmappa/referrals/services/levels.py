"""Deciding on the MAPPA level of a case: the one way in which a level comes about, but for imports."""

import uuid
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.cases.models import Case, Involvement
from openmappa.cases.services import lock_case
from openmappa.core.access import Permission, Role
from openmappa.core.involvement import InvolvementKind
from openmappa.core.mappa.levels import Standing, Step, in_words, objections, starts_meetings, step
from openmappa.core.standards.facts import Fact
from openmappa.core.standards.state import state
from openmappa.notices.services import tell
from openmappa.referrals.errors import NotDecided
from openmappa.referrals.models.levels import LevelDecision
from openmappa.referrals.models.referral import Referral
from openmappa.referrals.words import Basis
from openmappa.timeline.queries.facts import core_facts
from openmappa.timeline.queries.who import people_who_must_know
from openmappa.timeline.services import record_fact, refuse_if_changed

KIND = "mappa_level"
"""The kind of the notices that tell people of a level."""
SENT_BEFORE = "This form was sent before with other answers. Open it again from the case: nothing was saved now."


def decide_level(
    *,
    by: User,
    case: Case,
    level: int,
    category: int,
    on: date,
    reasons: str,
    meeting: uuid.UUID | None,
    referral: Referral | None = None,
    version: int | None = None,
    submission: uuid.UUID | None = None,
) -> LevelDecision:
    """Record who decided on the level of a case, on what basis and why; and the level itself where it changes.

    It rests on a meeting (its key), on the screening of a referral, or on the coordinator's own decision. A level and
    category that are kept are a decision too, without a fact. Those involved hear of a change as of any other; of a
    first Level 2 or 3 by a plain notice. The same form sent again returns the first decision.

    Raises NotAllowed, NotDecided (who decides, category 3 at Level 1, no reasons), ChangedMeanwhile, Impossible.
    """
    require(by, Permission.SET_MAPPA_LEVEL)
    against = objections(
        level, category, reasons, by_meeting=meeting is not None, by_coordinator=by.role == Role.MAPPA_COORDINATOR
    )
    if against:
        raise NotDecided(" ".join(against))
    with transaction.atomic():
        locked = lock_case(case)
        earlier = LevelDecision.objects.filter(submission=submission).first() if submission else None
        if earlier is not None:
            return _same(earlier, locked, level, category)
        refuse_if_changed(locked, version)
        stood = state(core_facts(locked).facts, on)
        before = Standing(stood.mappa_level, stood.mappa_category)
        recording = None
        if step(before, level, category) is not Step.KEPT:
            fact = Fact("mappa_level_set", on, {"level": level, "category": category}, timezone.localdate())
            recording = record_fact(by=by, case=locked, fact=fact, submission=submission)
        decision = LevelDecision.objects.create(
            case=locked,
            fact=recording.fact if recording else None,
            level=level,
            category=category,
            level_before=before.level,
            category_before=before.category,
            decided_on=on,
            basis=Basis.SCREENING if referral else Basis.MEETING if meeting else Basis.COORDINATOR,
            meeting=meeting,
            referral=referral,
            reasons=reasons.strip(),
            decided_by=by,
            recorded_at=timezone.now(),
            submission=submission,
        )
        told = _told(by, locked, before, decision)
        log(
            by=by,
            verb="decide level",
            case_id=locked.pk,
            about={"decision": decision.pk, "level": in_words(level, category), "basis": decision.basis, "told": told},
        )
        return decision


def _same(earlier: LevelDecision, case: Case, level: int, category: int) -> LevelDecision:
    if (earlier.case_id, earlier.level, earlier.category) != (case.pk, level, category):
        raise NotDecided(SENT_BEFORE)
    return earlier


def _told(by: User, case: Case, before: Standing, decision: LevelDecision) -> list[int]:
    """Tell those whom no notice of change reaches: everybody of a first Level 2 or 3, partners of each change."""
    if decision.keeps:
        return []
    link = reverse("timeline:front_sheet", kwargs={"key": case.key})
    people: list[User] = []
    if starts_meetings(before, decision.level):
        people = list(people_who_must_know(case, but=[by]))
        words = f"Case {case.reference} is now managed by agencies together, under MAPPA. Look at its front sheet."
        tell(people=people, kind=KIND, words=words, case_id=case.pk, link=link)
    partners = partners_invited(case)
    words = f"The MAPPA level of case {case.reference}, which you are invited to, was decided."
    tell(people=partners, kind=KIND, words=words, case_id=case.pk, link=link)
    return sorted(person.pk for person in [*people, *partners])


def partners_invited(case: Case) -> list[User]:
    """The people of partner agencies who are invited to a case by name now. One query."""
    rows = Involvement.objects.in_force_at(timezone.now()).filter(case=case, kind=InvolvementKind.INVITED)
    partners = User.objects.filter(role=Role.PARTNER_MEMBER, is_active=True, pk__in=rows.values("person"))
    return list(partners)
