"""For each constraint on referrals, screening, levels and other meetings: a row that breaks it."""

from collections.abc import Callable

from django.utils import timezone
from tests.referrals import build

from openmappa.cases.models import Case
from openmappa.referrals.models.referral import Referral

NOW = timezone.now


def referral(case: Case | None = None, **changed: object) -> Referral:
    return build.a_referral(build.a_coordinator(), case, **changed)


def decided(case: Case | None, outcome: str, **changed: object) -> None:
    by = build.a_coordinator()
    plain = {"outcome": outcome, "reasons": "x", "decided_by": by, "decided_at": NOW()}
    build.a_referral(by, case, **(plain | changed))


def screened(case: Case, **changed: object) -> None:
    build.a_screener(referral(case), build.a_sergeant(), **changed)


def two_in_a_seat(case: Case) -> None:
    row = referral(case)
    build.a_screener(row, build.a_sergeant())
    build.a_screener(row, build.a_sergeant())


def two_seats_for_one(case: Case) -> None:
    row, one = referral(case), build.a_sergeant()
    build.a_screener(row, one)
    build.a_screener(row, one, "probation")


def asked(**changed: object) -> None:
    build.asked(referral(), build.a_coordinator(), **changed)


def asked_twice(case: Case) -> None:
    row, by = referral(), build.a_coordinator()
    build.asked(row, by)
    build.asked(row, by)


def decision(case: Case, **changed: object) -> None:
    build.a_decision(case, build.a_coordinator(), **changed)


def confirmed(case: Case, **changed: object) -> None:
    build.a_confirmation(case, build.a_coordinator(), **changed)


def question(case: Case, **changed: object) -> None:
    by = build.a_coordinator()
    build.a_question(build.another_meeting(case, by), by, **changed)


def questioned_twice(case: Case) -> None:
    by = build.a_coordinator()
    meeting = build.another_meeting(case, by)
    build.a_question(meeting, by)
    build.a_question(meeting, by)


BREAKS: dict[str, Callable[[Case], object]] = {
    "referral_outcome_is_known": lambda case: decided(case, "prison"),
    "referral_proposes_level_1_to_3": lambda case: referral(proposed_level=4),
    "referral_matched_by_somebody": lambda case: referral(case, matched_by=None),
    "referral_sent_has_a_day_it_is_due": lambda case: referral(due_on=None),
    "referral_sent_is_whole": lambda case: referral(why=""),
    "referral_decided_by_somebody_with_reasons": lambda case: decided(case, "level_2", reasons=""),
    "referral_gives_a_level_to_a_case": lambda case: decided(None, "level_2"),
    "victim_part_says_something": lambda case: build.a_victim_part(referral(), ""),
    "more_asked_says_what": lambda case: asked(words=""),
    "more_asked_answered_at_an_instant": lambda case: asked(answer="x"),
    "more_asked_one_at_a_time": asked_twice,
    "screener_one_in_each_seat": two_in_a_seat,
    "screener_in_one_seat_only": two_seats_for_one,
    "screener_view_is_known": lambda case: screened(case, view="prison", reasons="x", given_at=NOW()),
    "screener_view_has_reasons": lambda case: screened(case, view="level_2", given_at=NOW()),
    "screener_replaced_before_a_view": lambda case: screened(case, replaced_at=NOW()),
    "level_decision_level_is_1_to_3": lambda case: decision(case, level=4),
    "level_decision_category_is_1_to_3": lambda case: decision(case, category=4),
    "level_decision_category_3_is_not_level_1": lambda case: decision(case, level=1, category=3),
    "level_decision_has_reasons": lambda case: decision(case, reasons=""),
    "level_decision_rests_on_its_basis": lambda case: decision(case, basis="meeting"),
    "category_is_1_to_3_or_none": lambda case: confirmed(case, worked_out=4, confirmed=4),
    "category_other_than_worked_out_has_a_reason": lambda case: confirmed(case, confirmed=2),
    "other_meeting_says_what_who_and_why": lambda case: build.another_meeting(case, build.a_coordinator(), who=""),
    "meeting_question_says_something": lambda case: question(case, words=""),
    "meeting_question_answered_by_somebody": lambda case: question(case, answer="x", answered_at=NOW()),
    "meeting_question_one_at_a_time": questioned_twice,
}
