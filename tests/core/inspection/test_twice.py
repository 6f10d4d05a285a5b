"""Who assesses what by lot, and which answer counts where two have answered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmappa.core.inspection.framework import AskedOf, CaseKind
from openmappa.core.inspection.scores import Answer
from openmappa.core.inspection.twice import Outcome, asked_of, counting, dealt, drawn_twice, twice_now
from openmappa.core.packs.load import load_inspection_framework

FRAMEWORK = load_inspection_framework("england_wales_2005")
PLAIN, LICENCE = CaseKind(False, False, False, False), CaseKind(True, True, True, True)
GOOD, BAD = Answer.SUFFICIENT, Answer.POOR
KEYS = [f"{at:012x}" for at in range(100)]


def test_a_fifth_of_a_hundred_cases_is_twenty_the_same_twenty_for_everybody() -> None:
    drawn = drawn_twice(KEYS, seed="rain", percent=20)
    assert (len(drawn), drawn_twice(reversed(KEYS), seed="rain", percent=20)) == (20, drawn)
    assert drawn_twice(KEYS, seed="sun", percent=20) != drawn
    assert (drawn_twice(KEYS, seed="rain", percent=0), len(drawn_twice(KEYS[:3], seed="rain", percent=20))) == ((), 1)
    with pytest.raises(ValueError, match="from 0 to 100"):
        drawn_twice(KEYS, seed="rain", percent=101)


@given(st.integers(0, 40), st.integers(2, 7), st.integers(0, 100))
def test_cases_are_dealt_evenly_and_two_different_people_assess_those_drawn_twice(
    size: int, people: int, percent: int
) -> None:
    twice = drawn_twice(KEYS[:size], seed="rain", percent=percent)
    given = dealt(KEYS[:size], range(people), seed="rain", twice=twice)
    assert {key: len(set(who)) for key, who in given.items()} == {key: 1 + (key in twice) for key in KEYS[:size]}
    loads = [sum(person in who for who in given.values()) for person in range(people)]
    assert max(loads) - min(loads) <= 1


def test_nobody_and_one_person_for_two_are_refused() -> None:
    for people, twice in (([], []), ([7], KEYS[:1])):
        with pytest.raises(ValueError, match="need two people, and others need one"):
            dealt(KEYS, people, seed="rain", twice=twice)


def test_who_comes_in_for_a_case_that_two_assess_is_assessed_by_two() -> None:
    assert twice_now(["a", "b"], [("a", "x"), ("x", "y"), ("c", "z")]) == {"b", "y"}


def test_of_two_blind_answers_nothing_counts_until_both_are_there_and_agree_or_are_settled() -> None:
    question = next(each for each in FRAMEWORK.asked_of(AskedOf.CASE) if each.applies_to == "licence")
    told = [
        counting(question, LICENCE, signed, blind=blind, resolved=resolved)
        for signed, blind, resolved in (
            ([], False, None),
            ([GOOD], False, None),
            ([GOOD], True, None),
            ([GOOD, GOOD], True, None),
            ([GOOD, BAD], True, None),
            ([GOOD, BAD], True, BAD),
            ([GOOD, None], True, BAD),
        )
    ]
    assert [(each.answer, each.outcome) for each in told] == [
        (Answer.NOT_ANSWERED, Outcome.OPEN),
        (GOOD, Outcome.ONE),
        (Answer.NOT_ANSWERED, Outcome.OPEN),
        (GOOD, Outcome.AGREED),
        (Answer.NOT_ANSWERED, Outcome.DIFFERENT),
        (BAD, Outcome.RESOLVED),
        (Answer.NOT_ANSWERED, Outcome.OPEN),
    ]
    not_for_it = counting(question, PLAIN, [GOOD], blind=False)
    assert (not_for_it.answer, not_for_it.outcome) == (Answer.NOT_APPLICABLE, Outcome.NOT_FOR_IT)
    questions = FRAMEWORK.asked_of(AskedOf.CASE)
    assert len(questions) == len(asked_of(questions, LICENCE)) > len(asked_of(questions, PLAIN))
    assert question not in asked_of(questions, PLAIN)
