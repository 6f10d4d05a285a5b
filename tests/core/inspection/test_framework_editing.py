"""A framework with one thing changed is another framework, and the first stays as it is; problems have their lines."""

from dataclasses import replace

import pytest

from openmappa.core.errors import PackError
from openmappa.core.inspection import framework_editing as editing
from openmappa.core.inspection.framework import Framework
from openmappa.core.inspection.framework_changes import Change, changed_questions
from openmappa.core.inspection.framework_lines import with_lines
from openmappa.core.inspection.framework_toml import framework_toml
from openmappa.core.packs.inspection_framework_rules import read_framework_text
from openmappa.core.packs.load import IN_SERVICE, load_inspection_framework

FRAMEWORK = load_inspection_framework(IN_SERVICE[0])
CRITERION = FRAMEWORK.criteria[1]
QUESTION = CRITERION.questions[0]


def kinds(changed: Framework) -> list[tuple[str, tuple[Change, ...]]]:
    return [(each.code, each.changes) for each in changed_questions(FRAMEWORK, changed)]


def test_a_question_is_put_in_the_place_of_another_added_and_taken_out() -> None:
    other = replace(QUESTION, guidance="Look again.")
    instead = editing.with_question(FRAMEWORK, CRITERION.code, other, instead_of=QUESTION.code)
    assert kinds(instead) == [(QUESTION.code, (Change.GUIDANCE,))]
    assert editing.criterion_named(instead, CRITERION.code).questions[0] == other
    added = editing.with_question(FRAMEWORK, CRITERION.code, replace(QUESTION, code="one_more"))
    assert kinds(added) == [("one_more", (Change.ADDED,))]
    assert editing.criterion_of(added, "one_more").questions[-1].code == "one_more"
    assert editing.without_question(added, "one_more") == FRAMEWORK
    assert read_framework_text(framework_toml(added), "it") == added


def test_a_criterion_is_changed_added_and_taken_out_with_its_questions() -> None:
    chapter = editing.chapter_of(FRAMEWORK, CRITERION.code)
    changed = editing.with_criterion(
        FRAMEWORK, chapter.code, replace(CRITERION, title="Another"), instead_of=CRITERION.code
    )
    assert editing.criterion_named(changed, CRITERION.code).title == "Another"
    assert kinds(changed) == []
    without = editing.without_criterion(FRAMEWORK, CRITERION.code)
    assert [code for code, _ in kinds(without)] == [each.code for each in CRITERION.questions]
    again = editing.with_criterion(without, chapter.code, CRITERION)
    assert editing.chapter_of(again, CRITERION.code).criteria[-1] == CRITERION


def test_a_framework_takes_another_name_and_number() -> None:
    named = editing.with_version(editing.with_name(FRAMEWORK, "ours", "Ours"), 3)
    assert (named.code, named.title, named.version) == ("ours", "Ours", "3")


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda: editing.without_question(FRAMEWORK, "nothing"), "question 'nothing'"),
        (lambda: editing.without_criterion(FRAMEWORK, "nothing"), "criterion 'nothing'"),
        (lambda: editing.with_criterion(FRAMEWORK, "nothing", CRITERION), "chapter 'nothing'"),
        (lambda: editing.with_question(FRAMEWORK, CRITERION.code, QUESTION, "nothing"), "part 'nothing'"),
    ],
)
def test_what_is_not_there_is_not_changed(change: object, what: str) -> None:
    with pytest.raises(KeyError, match=what):
        change()  # type: ignore[operator]


def test_a_problem_is_led_by_the_line_of_what_it_names() -> None:
    text = framework_toml(FRAMEWORK)
    broken = text.replace(f'text = "{QUESTION.text}"', "text = 7")
    with pytest.raises(PackError) as refused:
        read_framework_text(broken, "it")
    [problem] = with_lines(broken, refused.value.problems)
    line = broken.splitlines().index(f'code = "{QUESTION.code}"') + 1
    assert problem.startswith(f"Line {line}: it, question {QUESTION.code}: `text` is 7")


def test_a_code_given_twice_has_the_line_of_the_second_and_a_problem_without_a_place_stays_as_it_is() -> None:
    second = FRAMEWORK.questions[1].code
    text = framework_toml(FRAMEWORK).replace(f'code = "{second}"', f'code = "{FRAMEWORK.questions[0].code}"')
    with pytest.raises(PackError) as refused:
        read_framework_text(text, "it")
    [problem] = with_lines(text, refused.value.problems)
    lines = [number for number, line in enumerate(text.splitlines(), 1) if FRAMEWORK.questions[0].code in line]
    assert problem.startswith(f"Line {lines[1]}: it: two of the questions")
    assert with_lines("", ["it: `title` is missing.", "it, question gone: `text` is 7"]) == [
        "it: `title` is missing.",
        "it, question gone: `text` is 7",
    ]
