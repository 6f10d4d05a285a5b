"""The interview schedule as it ships: Appendix I, role by role; and what a file is refused for."""

import tomllib
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from openmappa.core.errors import PackError
from openmappa.core.inspection.interviews import coverage
from openmappa.core.packs.inspection_interviews_rules import read_interviews, read_interviews_text
from openmappa.core.packs.load import (
    SHIPPED,
    load_inspection_framework,
    load_inspection_interviews,
    load_inspection_path,
)
from openmappa.core.packs.reading import PackTable

FILE = SHIPPED / "england_wales_2005" / "inspection_interviews.toml"
GOOD = tomllib.loads(FILE.read_text())
SCHEDULE = load_inspection_interviews("england-wales-2005")


def test_it_has_the_95_questions_of_the_appendix_in_six_parts() -> None:
    assert [len(part.questions) for part in SCHEDULE.parts] == [24, 15, 16, 16, 9, 15]
    assert [each.number for part in SCHEDULE.parts for each in part.questions] == [
        f"{part.number}.{number}" for part in SCHEDULE.parts for number in range(1, len(part.questions) + 1)
    ]


def test_each_part_serves_a_chapter_of_the_framework() -> None:
    chapters = [chapter.code for chapter in load_inspection_framework("england-wales-2005").chapters]
    assert [part.chapter for part in SCHEDULE.parts] == chapters


def test_each_role_is_asked_as_many_questions_as_the_appendix_puts_to_it() -> None:
    assert {role.code: len(SCHEDULE.asked_of(role.code)) for role in SCHEDULE.roles} == {
        "lead_senior_officer": 25,
        "head_of_cid": 48,
        "line_manager": 59,
        "police_officer": 42,
        "assistant_chief_officer": 45,
        "case_manager": 41,
        "mappa_coordinator": 17,
        "strategic_management_board": 17,
    }


def test_the_matrix_has_a_row_for_each_question_and_a_place_for_each_role() -> None:
    rows = {question.number: asked for question, asked in SCHEDULE.matrix}
    assert rows["1.6"] == (False, False, False, False, False, False, False, True)
    assert rows["1.19"] == (False, False, False, True, False, True, True, False)
    assert rows["6.15"] == (True,) * 8
    assert len(rows) == 95


def test_a_question_may_be_put_to_one_role_in_other_words() -> None:
    visor = next(each for each in SCHEDULE.questions if each.number == "1.20")
    assert visor.for_role("police_officer") == "How far have you come with ViSOR, and what has been difficult?"
    assert visor.for_role("case_manager") == "What do you know of ViSOR, and what does it mean for your work?"


def _with(*path: Any) -> Callable[[dict[str, Any]], None]:
    def change(content: dict[str, Any]) -> None:
        place: Any = content
        for step in path[:-2]:
            place = place[step]
        place[path[-2]] = path[-1]

    return change


FIRST = ("part", 0, "question", 0)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            _with(*FIRST, "asked_of", ["police_oficer"]),
            r"question 1.1: .* no such role; did you mean 'police_officer'\?",
        ),
        (_with(*FIRST, "asked_of", ["head_of_cid"] * 2), r"two of the roles in `asked_of` are called 'head_of_cid'"),
        (_with(*FIRST, "adapted", {"case_manager": "?"}), r"words for 'case_manager', who is not asked this"),
        (_with(*FIRST, "number", "2.99"), r"part 1: question '2.99' is in part 1; number it 1.something"),
        (_with(*FIRST, "number", "1.2"), r"two of the questions are called '1.2'"),
        (_with(*FIRST, "theme", "x"), r"question 1.1: `theme` is not a key that is known here"),
        (_with(*FIRST, "text", ""), r"question 1.1: `text` is ''; write some text in quotes"),
        (_with("part", 1, "number", 1), r"two of the parts are called '1'"),
        (_with("role", 0, "code", "all"), r"role all: 'all' stands for every role; give this one another code"),
        (_with("role", 1, "code", "line_manager"), r"two of the roles are called 'line_manager'"),
    ],
)
def test_a_schedule_that_makes_no_sense_is_refused(change: Callable[[dict[str, Any]], None], said: str) -> None:
    content = deepcopy(GOOD)
    change(content)
    with pytest.raises(PackError, match=said):
        read_interviews(PackTable(content, "mine.toml"))


def test_a_role_that_nobody_asks_anything_is_refused() -> None:
    content = {**GOOD, "role": [*GOOD["role"], {**GOOD["role"][0], "code": "minister"}]}
    for part in content["part"]:
        part["question"] = [
            {
                **each,
                "asked_of": [role["code"] for role in GOOD["role"]]
                if each["asked_of"] == ["all"]
                else each["asked_of"],
            }
            for each in part["question"]
        ]
    with pytest.raises(PackError, match=r"mine.toml: nobody asks role 'minister' anything; give it a question"):
        read_interviews(PackTable(content, "mine.toml"))


def test_a_schedule_is_read_from_text_and_what_is_no_toml_is_told_by_its_line() -> None:
    assert read_interviews_text(FILE.read_text(), "mine.toml") == SCHEDULE
    with pytest.raises(PackError, match=r"mine.toml: this is not TOML: .*; nothing else was checked"):
        read_interviews_text("role = ", "mine.toml")


def test_a_file_with_roles_is_a_schedule_and_one_without_is_a_framework() -> None:
    assert load_inspection_path(FILE) == SCHEDULE
    framework = FILE.with_name("inspection_framework.toml")
    assert load_inspection_path(framework) == load_inspection_framework("england-wales-2005")


def test_what_was_noted_fills_the_matrix_and_what_nobody_was_asked_is_a_gap() -> None:
    empty = coverage(SCHEDULE, {})
    assert empty.gaps == SCHEDULE.questions
    assert empty.gaps_of == {role.code: SCHEDULE.asked_of(role.code) for role in SCHEDULE.roles}
    found = coverage(SCHEDULE, {("head_of_cid", "1.2"): 2, ("police_officer", "1.1"): 3, ("nobody", "1.4"): 1})
    lines = {line.question.number: line for _, lines in found.parts for line in lines}
    assert [part for part, _ in found.parts] == list(SCHEDULE.parts)
    assert lines["1.2"].noted == (None, 2, 0, None, None, None, None, None)
    assert (lines["1.2"].interviews, lines["1.2"].is_gap) == (2, False)
    assert (lines["1.1"].interviews, lines["1.1"].is_gap) == (0, True)
    assert len(found.gaps) == len(SCHEDULE.questions) - 1
    assert "1.2" not in {each.number for each in found.gaps_of["head_of_cid"]}
    assert "1.2" in {each.number for each in found.gaps_of["line_manager"]}
