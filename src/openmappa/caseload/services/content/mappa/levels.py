"""The decisions behind the levels of generated cases, and the referrals that the latest of them followed from."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from openmappa.accounts.models import User
from openmappa.caseload.services.content.filed import Filed
from openmappa.caseload.services.content.mappa.people import Desk
from openmappa.caseload.services.content.mappa.sittings import Held
from openmappa.caseload.services.content.moments import signed_at, started_at
from openmappa.cases.models import Case
from openmappa.core.dates import add_working_days
from openmappa.core.synthetic.content.mappa.held import LevelText, MappaContent, ReferralText
from openmappa.core.synthetic.content.mappa.posts import CASE_MANAGER, OFFICER
from openmappa.referrals.models.levels import LevelDecision
from openmappa.referrals.models.referral import Referral
from openmappa.referrals.models.screening import Screener
from openmappa.referrals.words import Basis

AT_ONCE = 1000
SEATS = {"senior": "probation", "inspector": "police"}
"""The seats of those who screen with the coordinator, by their post in the words."""
OUTCOMES = {1: "level_1", 2: "level_2", 3: "level_3"}


def write_levels(told: Iterable[tuple[Filed, Desk, MappaContent]]) -> int:
    """Write every decision, with its referral and what three people thought; returns how many decisions."""
    decisions: list[LevelDecision] = []
    referrals: list[Referral] = []
    screeners: list[Screener] = []
    for filed, desk, content in told:
        before: LevelText | None = None
        for level in content.levels:
            referral = _referral(filed, desk, level, level.referral) if level.referral else None
            decisions.append(_decision(filed, desk, level, before, referral))
            if referral is not None and level.referral is not None:
                referrals.append(referral)
                screeners += _screeners(desk, level, referral, level.referral)
            before = level
    Referral.objects.bulk_create(referrals, AT_ONCE)
    Screener.objects.bulk_create(screeners, AT_ONCE)
    LevelDecision.objects.bulk_create(decisions, AT_ONCE)
    return len(decisions)


def write_kept_levels(held: Iterable[Held]) -> None:
    """Write that each meeting looked at the level and kept it."""
    LevelDecision.objects.bulk_create(
        (
            LevelDecision(
                case=each.filed.case,
                level=each.text.level,
                category=each.text.category,
                level_before=each.text.level,
                category_before=each.text.category,
                decided_on=each.text.on,
                basis=Basis.MEETING,
                meeting=each.meeting.key,
                reasons=each.text.level_reasons,
                decided_by=each.sitting.chair,
                recorded_at=each.ended_at,
            )
            for each in held
        ),
        AT_ONCE,
    )


def _decision(
    filed: Filed, desk: Desk, level: LevelText, before: LevelText | None, referral: Referral | None
) -> LevelDecision:
    fact = filed.known.facts[level.fact]
    return LevelDecision(
        case=filed.case,
        fact_id=filed.ids[level.fact],
        level=level.level,
        category=level.category,
        level_before=before.level if before else None,
        category_before=before.category if before else None,
        decided_on=fact.on,
        basis=Basis.SCREENING if referral else Basis.COORDINATOR,
        referral=referral,
        reasons=level.reasons,
        decided_by=desk.coordinator,
        recorded_at=signed_at(fact.recorded_on),
    )


def _referral(filed: Filed, desk: Desk, level: LevelText, text: ReferralText) -> Referral:
    row = referral_row(filed.case, desk, text.post, text.reasons, text.on, level.level)
    row.urgent, row.urgent_words = False, ""
    row.outcome = OUTCOMES[level.level]
    row.reasons = dict(text.views)["coordinator"]
    row.outcome_words = f"Thank you. It was decided on: Level {level.level}, so agencies will meet."
    row.decided_by, row.decided_at = desk.coordinator, signed_at(level.on)
    return row


def referral_row(case: Case, desk: Desk, post: str, why: str, on: date, level: int) -> Referral:
    """A referral that was sent on a day, from whoever holds a post, matched to its case by the coordinator."""
    by = referrer(case, desk, post)
    return Referral(
        key=uuid.uuid4(),
        area=desk.area,
        case=case,
        matched_by=desk.coordinator,
        matched_at=_morning(on, 1),
        referred_by=by,
        agency=by.agency,
        started_at=started_at(on),
        saved_at=_morning(on),
        sent_at=_morning(on),
        why=why,
        adds=_adds(desk, post),
        children=False,
        victims=False,
        urgent=False,
        proposed_level=level,
        due_on=add_working_days(on, 10),
    )


ADDS = "What is known here is above. Telephone before you write to anybody about it."
ON_PAPER = "Came on paper from {agency}, and was entered for them. "


def _adds(desk: Desk, post: str) -> str:
    holder = desk.attendees.get(post)
    on_paper = holder is not None and holder.person is None
    return (ON_PAPER.format(agency=holder.agency.name) if holder and on_paper else "") + ADDS


def referrer(case: Case, desk: Desk, post: str) -> User:
    """Who refers for a post: whoever holds it and can sign in; else the case manager, or the manager, for them."""
    if post == OFFICER:
        return case.police_officer or desk.police
    holder = desk.attendees.get(post)
    if holder is not None and holder.person is not None:
        return holder.person
    return (case.case_manager if post == CASE_MANAGER else None) or desk.probation


def _screeners(desk: Desk, level: LevelText, referral: Referral, text: ReferralText) -> Iterable[Screener]:
    people = {"senior": desk.probation, "inspector": desk.police}
    for post, seat in SEATS.items():
        yield Screener(
            referral=referral,
            case=referral.case,
            seat=seat,
            person=people[post],
            rank=people[post].rank,
            asked_by=desk.coordinator,
            asked_at=_morning(text.on, 1),
            view=OUTCOMES[level.level],
            reasons=dict(text.views)[post],
            given_at=_morning(text.on, 2),
        )


def _morning(day: date, later: int = 0) -> datetime:
    return started_at(day + timedelta(days=2 + later))
