"""What cannot have happened: each objection to a fact that somebody is about to record, and what leans on a fact."""

from datetime import date

import pytest

from openmappa.core.standards.checks import leaning_on, objections
from openmappa.core.standards.facts import Fact, Value

BORN = date(1961, 4, 2)
TODAY = date(2005, 3, 31)
REGISTERED = Fact("registered", date(2004, 3, 1), {}, date(2004, 3, 1))
ORDER = Fact("order_started", date(2004, 2, 2), {"order": "licence"}, date(2004, 2, 2))


def fact(kind: str, on: str, **details: Value) -> Fact:
    day = date.fromisoformat(on)
    return Fact(kind, day, details, day)


def visit(on: str, service: str = "police", outcome: str = "seen") -> Fact:
    return fact("home_visit", on, service=service, outcome=outcome, announced=False, joint=False)


def against(new: Fact, *earlier: Fact) -> list[tuple[str, str]]:
    return [tuple(one) for one in objections(new, earlier, born_on=BORN, today=TODAY)]


def fields(new: Fact, *earlier: Fact) -> list[str]:
    return [field for field, _ in against(new, *earlier)]


def test_tomorrow_has_not_come_yet() -> None:
    assert against(fact("significant_incident", "2005-04-01"), REGISTERED) == [
        ("on", "The date must be today or in the past. 1 April 2005 has not come yet.")
    ]


def test_today_is_fine() -> None:
    assert against(fact("significant_incident", "2005-03-31"), REGISTERED) == []


def test_nothing_happened_before_the_person_was_born() -> None:
    assert against(fact("registered", "1961-04-01")) == [
        ("on", "The date must be after the person was born, 2 April 1961.")
    ]


def test_nothing_is_recorded_after_a_case_was_closed() -> None:
    closed = fact("case_closed", "2004-06-01")
    assert fields(fact("significant_incident", "2004-06-02"), REGISTERED, closed) == ["on"]
    assert fields(fact("significant_incident", "2004-05-31"), REGISTERED, closed) == []


@pytest.mark.parametrize(
    "kind",
    [
        "registration_ended",
        "initial_notification_made",
        "annual_notification_made",
        "details_changed",
        "details_notified",
    ],
)
def test_a_notification_needs_a_registration(kind: str) -> None:
    details: dict[str, Value] = {"what": "address"} if kind.startswith("details") else {}
    assert against(fact(kind, "2004-03-01", **details)) == [
        ("on", "This person is not registered. Record the registration first.")
    ]
    assert against(fact(kind, "2004-02-29", **details), REGISTERED) == [
        ("on", "The date must be on or after the day of registration, 1 March 2004.")
    ]
    assert against(fact(kind, "2004-03-01", **details), REGISTERED) == []


def test_a_notification_after_the_registration_ended_is_refused() -> None:
    ended = fact("registration_ended", "2004-12-01")
    assert against(fact("annual_notification_made", "2005-01-10"), REGISTERED, ended) == [
        ("on", "The registration had ended by this day.")
    ]


def test_there_is_nothing_to_countersign_before_a_score() -> None:
    sign = fact("rm2000_countersigned", "2004-03-10")
    assert fields(sign, REGISTERED) == ["on"]
    assert fields(sign, REGISTERED, fact("rm2000_completed", "2004-03-10", band="low", rank="constable")) == []


@pytest.mark.parametrize("kind", ["order_ended", "isp_completed", "plan_reviewed"])
def test_a_plan_needs_an_order(kind: str) -> None:
    assert fields(fact(kind, "2004-02-01"), ORDER) == ["on"]
    assert fields(fact(kind, "2004-02-02"), ORDER) == []


def test_nobody_is_released_who_was_not_in_custody() -> None:
    assert fields(fact("custody_ended", "2004-05-01"), REGISTERED) == ["on"]
    assert fields(fact("custody_ended", "2004-05-01"), REGISTERED, fact("custody_started", "2004-04-01")) == []


def test_nobody_is_taken_into_custody_twice() -> None:
    assert fields(fact("custody_started", "2004-05-01"), fact("custody_started", "2004-04-01")) == ["on"]


@pytest.mark.parametrize(
    ("service", "on", "sentence"),
    [
        ("police", "2004-02-29", "A visit cannot be before the registration began, 1 March 2004."),
        ("probation", "2004-02-01", "A visit cannot be before the registration or order began, 2 February 2004."),
    ],
)
def test_a_visit_is_never_before_the_reason_for_it(service: str, on: str, sentence: str) -> None:
    assert against(visit(on, service), REGISTERED, ORDER) == [("on", sentence)]


def test_a_visit_to_somebody_who_is_neither_registered_nor_on_an_order_is_refused() -> None:
    assert against(visit("2004-03-01", "probation")) == [
        ("on", "This person is not registered or on an order yet. Record that first.")
    ]


def test_somebody_in_custody_is_not_seen_at_home_but_an_attempt_stands() -> None:
    custody = fact("custody_started", "2004-05-01")
    assert fields(visit("2004-05-02"), REGISTERED, custody) == ["outcome"]
    assert fields(visit("2004-05-02", outcome="not_seen"), REGISTERED, custody) == []


def test_somebody_may_be_seen_at_home_on_the_day_of_the_arrest() -> None:
    assert fields(visit("2004-05-01"), REGISTERED, fact("custody_started", "2004-05-01")) == []


AGREED = fact("action_agreed", "2004-03-10", action="A1", due_on=date(2004, 3, 31), service="police")


def test_two_actions_with_one_number_are_refused() -> None:
    again = fact("action_agreed", "2004-03-11", action="A1", due_on=date(2004, 4, 30), service="police")
    assert fields(again, AGREED) == ["action"]


def test_only_an_action_that_was_agreed_is_completed_and_not_before() -> None:
    assert fields(fact("action_completed", "2004-03-20", action="A2"), AGREED) == ["action"]
    assert against(fact("action_completed", "2004-03-09", action="A1"), AGREED) == [
        ("on", "The action was only agreed on 10 March 2004.")
    ]
    assert fields(fact("action_completed", "2004-03-10", action="A1"), AGREED) == []


def test_an_end_before_the_beginning_is_refused_at_the_end() -> None:
    assert against(fact("order_started", "2004-02-02", order="licence", ends=date(2004, 2, 1))) == [
        ("ends", "This must be on or after 2 February 2004.")
    ]
    assert fields(fact("order_started", "2004-02-02", order="licence", ends=date(2004, 2, 2))) == []
    late = fact("action_agreed", "2004-03-10", action="A9", due_on=date(2004, 3, 9), service="police")
    assert fields(late) == ["due_on"]


SCORE = fact("rm2000_completed", "2004-03-05", band="high", rank="constable")
SIGNED = fact("rm2000_countersigned", "2004-03-10")


def test_a_countersignature_leans_on_the_score_before_it() -> None:
    assert leaning_on(SCORE, [REGISTERED, SIGNED]) == SIGNED


def test_a_countersignature_after_the_next_score_leans_on_that_one() -> None:
    later = fact("rm2000_completed", "2004-03-08", band="low", rank="constable")
    assert leaning_on(SCORE, [later, SIGNED]) is None
    assert leaning_on(later, [SCORE, SIGNED]) == SIGNED


def test_a_completion_leans_on_its_own_action() -> None:
    done = fact("action_completed", "2004-03-20", action="A1")
    assert leaning_on(AGREED, [fact("action_completed", "2004-03-20", action="A2"), done]) == done
    assert leaning_on(AGREED, [fact("action_completed", "2004-03-20", action="A2")]) is None


def test_nothing_leans_on_a_visit() -> None:
    assert leaning_on(visit("2004-04-01"), [SIGNED]) is None
