"""A framework goes into a file and comes back the same; two versions are told apart question by question."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from openmappa.core.inspection.framework import AppliesTo, AskedOf, Choice, Framework, Question
from openmappa.core.inspection.framework_changes import Change, changed_questions, comparable_questions
from openmappa.core.inspection.framework_toml import framework_toml
from openmappa.core.packs.inspection_framework_rules import read_framework_text
from openmappa.core.packs.load import load_inspection_framework
from openmappa.core.sources import Certainty, Confidence, Source

FRAMEWORK = load_inspection_framework("england-wales-2005")


def with_question(changed: Question | None, code: str) -> Framework:
    """The framework with another question, or without it, where that code stands."""

    def questions(given: tuple[Question, ...]) -> tuple[Question, ...]:
        return tuple(new for each in given if (new := changed if each.code == code else each) is not None)

    chapters = tuple(
        replace(
            chapter, criteria=tuple(replace(each, questions=questions(each.questions)) for each in chapter.criteria)
        )
        for chapter in FRAMEWORK.chapters
    )
    return replace(FRAMEWORK, version="2", chapters=chapters)


SMART = FRAMEWORK.question("smart_objectives")


def test_the_framework_that_ships_is_the_same_after_a_file() -> None:
    assert read_framework_text(framework_toml(FRAMEWORK), "copy.toml") == FRAMEWORK


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_any_words_are_the_same_after_a_file(words: str) -> None:
    source = Source(words, Certainty.REMEMBERED, Confidence.LOW)
    question = replace(SMART, text=words, guidance=words, source=source)
    criterion = replace(FRAMEWORK.criteria[0], statement=words, questions=(question,))
    chapter = replace(FRAMEWORK.chapters[0], title=words, criteria=(criterion,))
    framework = replace(FRAMEWORK, version=words, chapters=(chapter,))
    assert read_framework_text(framework_toml(framework), "copy.toml") == framework


def test_the_same_framework_twice_has_no_changes_and_every_question_is_comparable() -> None:
    moved = with_question(replace(SMART, table=9, source=Source("elsewhere", Certainty.OURS)), SMART.code)
    assert changed_questions(FRAMEWORK, moved) == ()
    assert comparable_questions(FRAMEWORK, moved) == tuple(question.code for question in FRAMEWORK.questions)


def test_each_way_in_which_a_question_differs_is_named() -> None:
    other = replace(
        SMART,
        text="Are they SMART?",
        guidance="Look.",
        applies_to=AppliesTo.LICENCE,
        choices=(Choice("yes", "Yes"), Choice("no", "No")),
    )
    (changed,) = changed_questions(FRAMEWORK, with_question(other, SMART.code))
    assert changed.changes == (Change.WORDS, Change.GUIDANCE, Change.CASES, Change.ANSWERS)
    assert (changed.code, changed.before, changed.after) == ("smart_objectives", SMART, other)
    assert "smart_objectives" not in comparable_questions(FRAMEWORK, with_question(other, SMART.code))


def test_a_question_that_came_and_one_that_went() -> None:
    renamed = with_question(replace(SMART, code="clear_objectives"), SMART.code)
    came, went = changed_questions(FRAMEWORK, renamed)
    assert (came.code, came.before, came.changes) == ("clear_objectives", None, (Change.ADDED,))
    assert (went.code, went.after, went.changes) == ("smart_objectives", None, (Change.REMOVED,))
    assert [change.label for change in (*came.changes, *went.changes)] == ["New question", "Taken out"]
    assert len(comparable_questions(FRAMEWORK, renamed)) == 82


def test_a_question_that_is_asked_of_the_area_instead_of_each_case_is_another() -> None:
    chapters = tuple(
        replace(chapter, criteria=tuple(replace(each, asked_of=AskedOf.CASE) for each in chapter.criteria))
        for chapter in FRAMEWORK.chapters
    )
    changed = changed_questions(FRAMEWORK, replace(FRAMEWORK, chapters=chapters))
    assert {each.changes for each in changed} == {(Change.CASES,)}
    assert len(changed) == 26
