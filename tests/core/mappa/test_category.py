"""The MAPPA category: which holds, which fact makes it so, and nobody left out silently (7.1)."""

from datetime import date

import pytest

from openmappa.core.mappa.category import Answers, Finding, work_out
from openmappa.core.packs.load import load_mappa_referrals
from openmappa.core.standards.facts import Fact, Value

RULES = load_mappa_referrals("england-wales-2005")
TODAY = date(2005, 6, 1)
NOTHING_SAID = Answers()
SEXUAL_18 = Answers("sexual", 18, False)


def made(kind: str, on: date, **details: Value) -> Fact:
    return Fact(kind, on, details, on)


REGISTERED = made("registered", date(2004, 3, 1))
LICENCE = made("order_started", date(2005, 1, 10), order="licence")
COMMUNITY = made("order_started", date(2005, 1, 10), order="community_order")


def found(*facts: Fact, answers: Answers = NOTHING_SAID) -> Finding:
    return work_out(facts, answers, RULES, TODAY)


def verdicts(finding: Finding) -> list[bool | None]:
    return [one.holds for one in finding.looked]


def test_somebody_registered_is_in_category_1_since_the_day_of_registration() -> None:
    finding = found(REGISTERED, LICENCE, answers=SEXUAL_18)
    assert (finding.category, finding.asks, finding.for_a_person) == (1, (), False)
    assert finding.looked[0].because == "Registered as a sex offender since 1 March 2004."
    assert finding.looked[0].fact == REGISTERED
    assert verdicts(finding) == [True, False, False]


@pytest.mark.parametrize(("months", "category"), [(0, 3), (11, 3), (12, 2), (18, 2)])
def test_custody_of_12_months_for_a_sexual_offence_is_category_2_while_on_licence(months: int, category: int) -> None:
    finding = found(LICENCE, answers=Answers("sexual", months, False))
    assert finding.category == category
    assert finding.looked[1].fact == LICENCE


def test_category_2_says_the_order_its_day_and_the_sentence() -> None:
    said = found(LICENCE, answers=Answers("violent", 18)).looked[1].because
    assert said == "On licence since 10 January 2005, after a sentence of 18 months for a violent offence."


def test_in_custody_with_such_a_sentence_is_category_2() -> None:
    taken = made("custody_started", date(2005, 5, 2))
    said = found(taken, answers=SEXUAL_18).looked[1].because
    assert said == "In custody since 2 May 2005, after a sentence of 18 months for a sexual offence."


def test_a_hospital_order_is_category_2_whatever_the_length() -> None:
    finding = found(COMMUNITY, answers=Answers("violent", None, True))
    assert (finding.category, finding.looked[1].because) == (2, "A hospital order was made for a violent offence.")


def test_what_the_record_does_not_hold_is_asked_and_nothing_is_worked_out() -> None:
    finding = found(LICENCE)
    assert (finding.category, finding.asks, verdicts(finding)) == (
        None,
        ("offence", "sentence_months"),
        [False, None, None],
    )
    assert found(LICENCE, answers=Answers("sexual")).asks == ("sentence_months",)
    assert found(LICENCE, answers=Answers("", 18)).asks == ("offence",)
    assert "cannot be told yet" in finding.in_words


def test_another_offence_is_not_category_2() -> None:
    finding = found(LICENCE, answers=Answers("other", 60))
    assert (finding.category, finding.looked[1].because) == (3, "The offence is neither a sexual nor a violent one.")


def test_when_registration_and_order_have_ended_category_3_is_for_a_person_to_find() -> None:
    ended = (made("registration_ended", date(2005, 4, 1)), made("order_ended", date(2005, 5, 1)))
    finding = found(REGISTERED, LICENCE, *ended, answers=SEXUAL_18)
    assert (finding.category, finding.for_a_person) == (3, True)
    assert [one.because for one in finding.looked[:2]] == [
        "Registration ended on 1 April 2005.",
        "Supervision ended on 1 May 2005.",
    ]
    assert "category 3 is for Level 2 or Level 3" in finding.looked[2].because
    assert finding.looked[2].fact == ended[1]


def test_a_community_order_is_no_custody_and_that_is_said() -> None:
    finding = found(COMMUNITY, answers=SEXUAL_18)
    said = "Community order: no custody or licence now, so the sentence does not count."
    assert (finding.category, finding.looked[1].because) == (3, said)


def test_with_nothing_on_the_record_no_category_holds_and_each_says_why() -> None:
    finding = found()
    assert (finding.category, finding.asks) == (None, ())
    assert [one.because for one in finding.looked] == [
        "No registration is on the record.",
        "Neither custody nor licence is on the record.",
        "Nothing is on the record: no registration, no order, no custody.",
    ]
    assert finding.in_words.startswith("Category 1: no. No registration is on the record.")


def test_what_is_doubtful_is_said() -> None:
    registered = made("registered", date(2004, 3, 1), ends=date(2005, 3, 1))
    suspended = made("order_started", date(2004, 1, 10), order="suspended_sentence", ends=date(2005, 1, 9))
    level = made("mappa_level_set", date(2004, 4, 1), level=2, category=2)
    closed = made("case_closed", date(2005, 5, 1))
    doubts = found(registered, suspended, level, closed).doubts
    assert [doubt.split(".")[0] for doubt in doubts] == [
        "The last day of registration, 1 March 2005, has passed, and no end is recorded",
        "The order or licence was to end on 9 January 2005, and no end is recorded",
        "Whether a suspended sentence counts as custody for category 2 is not said in 7",
        "The record says category 2",
        "The case is closed",
    ]
