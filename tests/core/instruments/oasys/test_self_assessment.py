"""What the offender says of themselves: 27 topics in plain words, and where the assessor sees it differently."""

import tomllib
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import openmappa.core.packs
from openmappa.core.errors import PackError
from openmappa.core.instruments.oasys.self_assessment import (
    differing_views,
    not_answered,
    self_problems,
    self_standing,
)
from openmappa.core.packs.load import load_self_assessment
from openmappa.core.packs.oasys_rules import Answer
from openmappa.core.packs.oasys_self_rules import QuestionKind, read_self_assessment
from openmappa.core.packs.reading import PackTable
from tests.core.instruments.oasys.answers import RULES, Whole

QUESTIONS = load_self_assessment("england-wales-2005")
FILE = Path(openmappa.core.packs.__file__).parent / "england_wales_2005" / "oasys_self_assessment.toml"
GOOD = tomllib.loads(FILE.read_text())
HOME: Whole = {"accommodation": {"item_3_3": 0, "item_3_4": 0, "item_3_5": 0, "item_3_6": 0}}


def test_27_topics_then_whether_they_will_offend_again_why_and_anything_else() -> None:
    kinds = [question.kind for question in QUESTIONS.questions]
    assert kinds == [QuestionKind.PROBLEM] * 27 + [QuestionKind.CHOICE, QuestionKind.TEXT, QuestionKind.TEXT]


def test_the_words_are_short_and_plain() -> None:
    words = " ".join(f"{question.ask} {question.hint}" for question in QUESTIONS.questions).split()
    assert sum(len(word) for word in words) / len(words) < 4.6
    assert max(len(question.ask.split()) for question in QUESTIONS.questions) <= 14
    jargon = ("risk", "offend", "assess", "reconvict", "behaviour", "supervis", "criminogenic")
    assert [word for word in words if any(part in word.lower() for part in jargon)] == []


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"home": "perhaps"}, "Choose one of the answers."),
        ({"home": True}, "Choose one of the answers."),
        ({"home_linked": "some"}, "Choose one of the answers."),
        ({"again": "some"}, "Choose one of the answers."),
        ({"why": "x" * 4001}, "That is too long to keep. Make it shorter."),
        ({"why": 4}, "Write some words."),
        ({"why_linked": "no"}, "There is no question called 'why_linked'."),
        ({"name": "no"}, "There is no question called 'name'."),
    ],
)
def test_an_answer_that_cannot_be_kept_is_refused_in_plain_words(answers: dict[str, Answer], sentence: str) -> None:
    assert list(self_problems(QUESTIONS, answers).values()) == [sentence]


def test_nothing_has_to_be_answered() -> None:
    empty: dict[str, Answer] = {"home": None, "home_linked": None, "why": None}
    assert self_problems(QUESTIONS, empty) == {}
    assert self_problems(QUESTIONS, {"home": "some", "home_linked": "unsure", "again": "unsure", "why": "No."}) == {}


def test_a_link_counts_only_for_what_is_a_problem() -> None:
    said: dict[str, Answer] = {"home": "no", "home_linked": "yes", "drink": "some", "drink_linked": "yes"}
    assert self_standing(QUESTIONS, said) == {"home": "no", "drink": "some", "drink_linked": "yes"}


def test_what_is_left_to_answer_never_names_free_text() -> None:
    assert len(not_answered(QUESTIONS, {})) == 28
    said: dict[str, Answer] = {question.name: "no" for question in QUESTIONS.questions[:28]}
    assert not_answered(QUESTIONS, said) == ()
    del said["temper"]
    assert [question.name for question in not_answered(QUESTIONS, said)] == ["temper"]


def test_a_problem_that_the_assessor_does_not_see() -> None:
    [found] = differing_views(QUESTIONS, {"home": "some"}, RULES, HOME)
    assert found.sentence == (
        "“Is it hard to find a good place to live?” They say it is a problem. You scored 0 points (3.3, 3.4, 3.5, 3.6)."
    )
    assert (found.question, found.section, found.says_problem) == ("home", "accommodation", True)


def test_a_problem_that_they_do_not_see() -> None:
    scored: Whole = {"thinking-and-behaviour": {"item_11_4": 2}}
    [found] = differing_views(QUESTIONS, {"temper": "no"}, RULES, scored)
    assert found.sentence == "“Do you lose your temper?” They say it is no problem. You scored 2 points (11.4)."
    assert found.says_problem is False


def test_who_agrees_does_not_differ_and_neither_does_what_is_not_scored_yet() -> None:
    assert differing_views(QUESTIONS, {"home": "no"}, RULES, HOME) == ()
    assert differing_views(QUESTIONS, {"home": "yes"}, RULES, {"accommodation": {"item_3_3": 0}}) == ()
    assert differing_views(QUESTIONS, {"home": "yes"}, RULES, {}) == ()
    assert differing_views(QUESTIONS, {"children": "yes"}, RULES, HOME) == ()


@given(st.sampled_from([q for q in QUESTIONS.questions if q.section]), st.sampled_from(["no", "some", "yes"]))
def test_every_question_that_is_held_against_scores_can_differ(question: Any, said: str) -> None:
    section = RULES.section(question.section)
    points = 0 if said != "no" else 2
    scores: dict[str, Answer] = {item.name: points for item in section.items if item.is_score}
    if section.slug == "drug-misuse":
        scores["item_8_1"] = True
    found = differing_views(QUESTIONS, {question.name: said}, RULES, {section.slug: scores})
    assert [line.question for line in found] == [question.name]


def problems(change: Callable[[Any], object]) -> list[str]:
    content = deepcopy(GOOD)
    change(content)
    with pytest.raises(PackError) as refused:
        read_self_assessment(PackTable(content, "self.toml"), RULES)
    return list(refused.value.problems)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda c: c["questions"][1].update(name="home"),
            "self.toml, question home: there is another question with this name; give one of them another.",
        ),
        (
            lambda c: c["questions"][0].update(name="my home"),
            "self.toml, question my home: `name` is 'my home'; write letters, digits and _ only.",
        ),
        (
            lambda c: c["questions"][0].update(section="house"),
            "self.toml, question home: `section` is 'house'; name a section of OASys.",
        ),
        (
            lambda c: c["questions"][1].update(items=["item_11_98"]),
            "self.toml, question others_feelings: `items` names 'item_11_98'; "
            "name scored items of thinking-and-behaviour.",
        ),
        (
            lambda c: c["questions"][0].update(kind="stars"),
            "self.toml, question home: `kind` is 'stars'; write one of problem, choice, text.",
        ),
    ],
)
def test_what_is_wrong_with_the_pack_is_said(change: Callable[[Any], object], sentence: str) -> None:
    assert problems(change) == [sentence]


def test_a_question_is_found_by_its_name() -> None:
    assert QUESTIONS.question("drink").linked_name == "drink_linked"
    with pytest.raises(KeyError):
        QUESTIONS.question("drinks")
