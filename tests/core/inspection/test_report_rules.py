"""What a printed report is refused for, sentence by sentence."""

import tomllib
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from openmappa.core.errors import PackError
from openmappa.core.packs.inspection_report_rules import read_inspection_report
from openmappa.core.packs.load import (
    SHIPPED,
    load_inspection_framework,
    load_inspection_report,
    load_inspection_report_path,
)
from openmappa.core.packs.reading import PackTable

FILE = SHIPPED / "england_wales_2005" / "inspection_report.toml"
GOOD = tomllib.loads(FILE.read_text())
FRAMEWORK = load_inspection_framework("england-wales-2005")
REPORT = load_inspection_report("england-wales-2005")


def measure(code: str, /, **changes: Any) -> Callable[[dict[str, Any]], None]:
    def change(content: dict[str, Any]) -> None:
        next(row for row in content["measure"] if row["code"] == code).update(changes)

    return change


def group(code: str, /, **changes: Any) -> Callable[[dict[str, Any]], None]:
    def change(content: dict[str, Any]) -> None:
        next(row for row in content["group"] if row["code"] == code).update(changes)

    return change


def top(**changes: Any) -> Callable[[dict[str, Any]], None]:
    def change(content: dict[str, Any]) -> None:
        for key, value in changes.items():
            content[key] = {**content[key], **value} if isinstance(value, dict) else value

    return change


def printed(**keys: Any) -> list[dict[str, Any]]:
    return [{"answer": "above", "percent": 50} | keys]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (group("licence", measure="mappa_level"), r"group licence: a group has either `cases` or `measure`"),
        (group("licence", within="licences"), r"group licence names the group 'licences'.*did you mean 'licence'\?"),
        (group("met", outside="nobody"), r"group met names the group 'nobody', which is not there"),
        (group("level_2_or_3", measure="level"), r"group level_2_or_3 names the measure 'level'; "),
        (group("met", code="licence"), r"two of the groups are called 'licence'"),
        (measure("joint_visits", code="index_offence"), r"two of the measures are called 'index_offence'"),
        (measure("smart_objectives", group="everybody"), r"measure smart_objectives names the group 'everybody'"),
        (measure("smart_objectives", code="smart"), r"measure smart: the framework has no question 'smart'"),
        (measure("smart_objectives", kind="choice"), r"no question 'smart_objectives' that is answered so"),
        (measure("smart_objectives", printed=printed(answer="good")), r"the answer 'good', which nobody can give"),
        (
            measure("smart_objectives", printed=printed(answer="excellent")),
            r"one figure for \"above\" or for \"below\"",
        ),
        (measure("smart_objectives", printed=printed() * 2), r"two of the printed answers are called 'above'"),
        (measure("smart_objectives", printed=printed(count=3)), r"printed 1: write either `percent` or `count`"),
        (measure("smart_objectives", printed=printed(percent=101)), r"`percent` and `count` are 100 or less"),
        (
            measure("case_manager_attends", printed=printed(answer="maybe")),
            r"the answer 'maybe', which nobody can give",
        ),
        (measure("review_frequency", printed=printed(answer="daily")), r"the answer 'daily', which nobody can give"),
        (measure("home_visits_made", printed=printed(answer="never")), r"the answer 'never', which nobody can give"),
        (measure("home_visits_made", printed=printed(answer="3", percent=0)), r"the answers of a whole are 0% each"),
        (measure("mappa_level", printed=[{"answer": "1", "count": 1}]), r"`whole` is for percentages"),
        (measure("review_frequency", whole=False), r"measure review_frequency: `whole` is False; write true"),
        (measure("joint_visits", colour="red"), r"measure joint_visits: `colour` is not a key that is known here"),
        (top(scale={"poor": 101}), r"scale: `excellent` and `poor` are of a hundred"),
        (top(cases_an_area=0), r"`cases_an_area` must be 1 or more"),
        (group("licence", cases=0), r"group licence: `cases` must be 1 or more"),
        (measure("joint_visits", table=9), r"measure joint_visits is of table 9, which has no title under `table`"),
        (top(title=""), r"report.toml: `title` is ''"),
    ],
)
def test_a_report_that_makes_no_sense_is_refused(change: Callable[[dict[str, Any]], None], said: str) -> None:
    content = deepcopy(GOOD)
    change(content)
    with pytest.raises(PackError, match=said):
        read_inspection_report(PackTable(content, "report.toml"), FRAMEWORK)


def test_answers_of_a_question_with_choices_are_all_there_are() -> None:
    content = deepcopy(GOOD)
    del next(row for row in content["measure"] if row["code"] == "case_manager_attends")["whole"]
    with pytest.raises(PackError, match=r"answers of the kind choice are all there are; write `whole = true`"):
        read_inspection_report(PackTable(content, "report.toml"), FRAMEWORK)


def test_numbers_of_cases_that_the_report_gives_are_told_from_our_choices() -> None:
    said = {group.code: group.source.certainty.value for group in REPORT.groups if group.cases}
    assert {code for code, certainty in said.items() if certainty == "read"} == {
        "no_programme_yet",
        "harm_change_probation",
        "harm_change_police",
        "breach_or_recall",
    }
    assert REPORT.title_of("all") == "All cases"
    with pytest.raises(KeyError):
        REPORT.group("nobody")


def test_a_report_of_ones_own_is_read_from_its_file() -> None:
    assert load_inspection_report_path(FILE, FRAMEWORK) == REPORT
