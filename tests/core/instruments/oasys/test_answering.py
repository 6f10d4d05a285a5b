"""What an answer may be, when an item is asked, and when words must stand behind it."""

import pytest
from hypothesis import given

from openmappa.core.instruments.oasys.answering import is_answered, is_asked, is_same, problems, standing
from openmappa.core.packs.oasys_rules import Answer
from tests.core.instruments.oasys.answers import RULES, sections_answered

DRUGS, HOME, LEVELS = RULES.section("drug-misuse"), RULES.section("accommodation"), RULES.section("harm-levels")


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"item_3_3": 1}, "3.3 No fixed address, or one that changes from week to week: choose one of Yes, No."),
        ({"item_3_4": True}, "3.4 Whether the home is fit to live in: choose one of No problem, Some problem, A serious problem."),  # noqa: E501
        ({"item_3_4": 3}, "3.4 Whether the home is fit to live in: choose one of No problem, Some problem, A serious problem."),  # noqa: E501
        ({"item_3_98": 1}, "3.98 Is any of this linked to the risk of serious harm?: choose one of Yes, No."),
        ({"item_3_4_evidence": 7}, "3.4 Evidence: write text."),
        ({"item_3_4_evidence": "x" * 4001}, "3.4 Evidence: 4001 characters are 1 too many. Shorten it to 4000."),
        ({"item_3_7": 1}, "Accommodation has no question called 'item_3_7'."),
        ({"item_3_99_evidence": "no"}, "Accommodation has no question called 'item_3_99_evidence'."),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_kept_is_refused_with_a_sentence(answers: dict[str, Answer], sentence: str) -> None:
    assert problems(HOME, answers) == {next(iter(answers)): sentence}


@pytest.mark.parametrize("answer", ["7", True, -1, 1000])
def test_a_number_is_a_whole_number_within_its_bounds(answer: Answer) -> None:
    section = RULES.section("offending-information")
    sentence = "1.3 Offences sentenced on this occasion: enter a whole number from 1 to 999."
    assert problems(section, {"item_1_3": answer}) == {"item_1_3": sentence}
    assert problems(section, {"item_1_3": 999}) == {}


def test_text_is_text_of_at_most_4000_characters() -> None:
    section = RULES.section("harm-summary")
    assert problems(section, {"who": "x" * 4000}) == {}
    assert list(problems(section, {"who": "x" * 4001, "when": 3, "raises": None})) == ["who", "when"]


def test_nothing_is_an_answer_that_may_be_saved() -> None:
    assert problems(HOME, {"item_3_3": None, "item_3_4_evidence": None}) == {}


def test_a_choice_is_one_of_its_words() -> None:
    section = RULES.section("relationships")
    assert problems(section, {"item_6_7": "both"}) == {}
    assert list(problems(section, {"item_6_7": "Both"})) == ["item_6_7"]


@given(sections_answered(DRUGS))
def test_what_a_section_takes_has_no_problems(answers: dict[str, Answer]) -> None:
    assert problems(DRUGS, answers) == {}


def test_drug_items_are_asked_only_of_somebody_who_ever_misused_drugs() -> None:
    item = DRUGS.item("item_8_5")
    assert is_asked(DRUGS, item, {"item_8_1": True}) is True
    assert is_asked(DRUGS, item, {"item_8_1": False}) is False
    assert is_asked(DRUGS, item, {}) is False


def test_an_answer_to_what_is_no_longer_asked_does_not_count() -> None:
    answers: dict[str, Answer] = {"item_8_1": False, "item_8_5": 2, "item_8_5_evidence": "Every day."}
    assert standing(DRUGS, answers) == {"item_8_1": False}


def test_words_behind_an_answer_that_needs_none_are_kept_with_it() -> None:
    answers: dict[str, Answer] = {"item_3_4": 0, "item_3_4_evidence": "A clean flat.", "item_3_99_evidence": "stray"}
    assert standing(HOME, answers) == {"item_3_4": 0, "item_3_4_evidence": "A clean flat."}


def test_true_is_not_1_and_blank_is_nothing() -> None:
    assert (is_same(True, 1), is_same(0, False), is_same("", None), is_same("a", None)) == (False, False, True, False)
    assert (is_answered(0), is_answered(False), is_answered("  "), is_answered(None)) == (True, True, False, False)


def test_an_answer_is_shown_by_its_label() -> None:
    assert HOME.item("item_3_4").label_of(2) == "A serious problem"
    assert HOME.item("item_3_4").label_of(None) == ""
    assert RULES.section("likelihood").item("total").label_of(41) == "41"
