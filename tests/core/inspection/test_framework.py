"""The framework of the joint inspection as it ships, and what a framework file is refused for, sentence by sentence."""

import csv
import tomllib
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from openmappa.core.errors import PackError
from openmappa.core.inspection.framework import AppliesTo, AskedOf, CaseKind
from openmappa.core.inspection.scores import SCALE
from openmappa.core.packs.inspection_framework_rules import read_framework, read_framework_text
from openmappa.core.packs.load import SHIPPED, load_inspection_framework
from openmappa.core.packs.reading import PackTable

FILE = SHIPPED / "england_wales_2005" / "inspection_framework.toml"
GOOD = tomllib.loads(FILE.read_text())
FRAMEWORK = load_inspection_framework("england-wales-2005")
ABOVE_THE_LINE = Path(__file__).parents[2] / "spec" / "report" / "tables3_4_5_8_above_the_line.csv"


def test_its_six_chapters_are_those_of_the_report() -> None:
    assert [chapter.title for chapter in FRAMEWORK.chapters] == [
        "Strategy and approach",
        "Implementation and planning",
        "People",
        "Processes and procedures",
        "Performance management",
        "Partnerships",
    ]


def test_tables_3_4_5_and_8_are_there_line_by_line_and_of_the_same_cases() -> None:
    with ABOVE_THE_LINE.open(newline="") as file:
        wanted = {
            table: [(row["item"], row["applies_to"]) for row in rows]
            for table, rows in _by_table(csv.DictReader(file)).items()
        }
    assert list(wanted) == [3, 4, 5, 8]
    for table, lines in wanted.items():
        assert [(each.code, str(each.applies_to)) for each in FRAMEWORK.in_table(table)] == lines


def test_57_questions_are_about_a_case_and_26_about_the_area_and_each_has_guidance_and_a_source() -> None:
    assert len(FRAMEWORK.asked_of(AskedOf.CASE)) == 57
    assert len(FRAMEWORK.asked_of(AskedOf.AREA)) == 26
    assert all(each.guidance and each.source.text for each in FRAMEWORK.questions)
    assert all(each.applies_to is AppliesTo.ALL for each in FRAMEWORK.asked_of(AskedOf.AREA))


def test_only_the_four_questions_of_table_6_are_not_answered_on_the_scale() -> None:
    assert [each for each in FRAMEWORK.questions if not each.is_scored] == list(FRAMEWORK.in_table(6))
    assert FRAMEWORK.question("smart_objectives").answers == SCALE
    assert FRAMEWORK.question("mappa_frequency_sufficient").answers == ("yes", "should_be_more", "should_be_less")


def test_the_scale_goes_from_excellent_to_poor() -> None:
    assert [point.answer.label for point in FRAMEWORK.scale] == ["Excellent", "Sufficient", "Not sufficient", "Poor"]


def test_a_question_is_found_by_its_code() -> None:
    assert FRAMEWORK.question("pre_release_work").of_whom == "Licence cases"
    assert FRAMEWORK.question("breach_or_recall_in_time").of_whom == "Cases with breach or recall"
    with pytest.raises(KeyError, match=r"version 2005.1, has no question 'plan_on_mars'"):
        FRAMEWORK.question("plan_on_mars")


def test_which_cases_a_question_is_for_follows_from_the_record_unless_somebody_has_to_read_the_case() -> None:
    case = CaseKind(on_licence=False, high_harm=True, high_harm_at_start=False, child_protection=True)
    assert {kind: kind.fits(case) for kind in AppliesTo} == {
        AppliesTo.ALL: True,
        AppliesTo.LICENCE: False,
        AppliesTo.HIGH_HARM: True,
        AppliesTo.HIGH_HARM_AT_START: False,
        AppliesTo.CHILD_PROTECTION: True,
        AppliesTo.RELEVANT: None,
    }


def _without(*path: Any) -> Callable[[dict[str, Any]], None]:
    def change(content: dict[str, Any]) -> None:
        place: Any = content
        for step in path[:-1]:
            place = place[step]
        del place[path[-1]]

    return change


def _with(*path: Any) -> Callable[[dict[str, Any]], None]:
    def change(content: dict[str, Any]) -> None:
        place: Any = content
        for step in path[:-2]:
            place = place[step]
        place[path[-2]] = path[-1]

    return change


FIRST = ("chapter", 0, "criterion", 0, "question", 0)
MEETINGS = ("chapter", 3, "criterion", 4, "question", 0)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_without(*FIRST, "guidance"), r"question joint_strategy: `guidance` is nothing; write some text in quotes"),
        (
            _with(*FIRST, "guidence", "x"),
            r"question joint_strategy: `guidence` is not a key .* did you mean `guidance`",
        ),
        (_with(*FIRST, "applies_to", "some"), r"question joint_strategy: `applies_to` is 'some'; write one of all,"),
        (_with(*FIRST, "code", "Joint strategy"), r"question 1: `code` is 'Joint strategy'; use small letters"),
        (_with(*FIRST, "code", "board_plans_ahead"), r"two of the questions have the code 'board_plans_ahead'"),
        (_with(*FIRST, "relevant", "Some"), r"`relevant` is only for questions with applies_to = \"relevant\""),
        (_with(*FIRST, "applies_to", "relevant"), r"question joint_strategy: `relevant` is nothing"),
        (_with(*MEETINGS, "choices", [{"code": "yes", "title": "Yes"}]), r"`choices` has fewer than two answers"),
        (_with(*MEETINGS, "choices", [{"code": "a", "title": "A"}] * 2), r"two of the choices have the code 'a'"),
        (_without(*FIRST, "code"), r"question 1: `code` is nothing"),
        (_with("chapter", 1, "code", "strategy"), r"two of the chapters have the code 'strategy'"),
        (_with("chapter", 0, "criterion", 1, "code", "joint_direction"), r"two of the criteria have the code"),
        (_with("chapter", 0, "criterion", 1, "asked_of", "all"), r"criterion shared_ground: `asked_of` is 'all'"),
        (_without("scale", 0), r"`scale` must have excellent, sufficient, not_sufficient, poor, once each"),
        (_without("version"), r"mine.toml: `version` is nothing"),
    ],
)
def test_a_framework_that_makes_no_sense_is_refused(change: Callable[[dict[str, Any]], None], said: str) -> None:
    content = deepcopy(GOOD)
    change(content)
    with pytest.raises(PackError, match=said):
        read_framework(PackTable(content, "mine.toml"))


def test_a_framework_is_read_from_text_and_what_is_no_toml_is_told_by_its_line() -> None:
    assert read_framework_text(FILE.read_text(), "mine.toml") == FRAMEWORK
    with pytest.raises(PackError, match=r"mine.toml: this is not TOML: .*line 2.*; nothing else was checked"):
        read_framework_text('code = "a"\nversion = \n', "mine.toml")


def _by_table(rows: "csv.DictReader[str]") -> dict[int, list[dict[str, Any]]]:
    tables: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        tables.setdefault(int(row["table"]), []).append(row)
    return tables
