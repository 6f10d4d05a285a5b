"""Audits of cases without a database: the form of the pack, and how answers are counted and kept."""

import tomllib
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

import openmappa.core.packs
from openmappa.core.board.audits import Answered, Results, change, counted, together
from openmappa.core.errors import PackError
from openmappa.core.inspection.proportions import Proportion
from openmappa.core.inspection.scores import Answer
from openmappa.core.packs.case_audits_rules import AskedOf, read_case_audits
from openmappa.core.packs.load import load_inspection_framework, packs_in_service
from openmappa.core.packs.load_board import load_case_audits
from openmappa.core.packs.reading import PackTable

FORM = load_case_audits("england-wales-2005")
FILE = Path(openmappa.core.packs.__file__).parent / "england_wales_2005" / "case_audits.toml"
GOOD: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))


def test_the_form_asks_14_criteria_of_a_case_with_meetings_and_5_of_one_without() -> None:
    assert (len(FORM.of_level("3")), len(FORM.of_level("2")), len(FORM.of_level("1")), len(FORM.of_level("none"))) == (
        14,
        14,
        5,
        5,
    )
    assert [each.label for each in AskedOf] == ["All cases", "Cases at Level 2 or 3"]


def test_each_criterion_points_at_a_criterion_of_the_framework_and_at_standards_that_there_are() -> None:
    framework = load_inspection_framework("england-wales-2005")
    codes = {criterion.code for chapter in framework.chapters for criterion in chapter.criteria}
    standards = {one.id for pack in packs_in_service() for one in pack.standards}
    assert {one.framework for one in FORM.criteria} <= codes
    assert {standard for one in FORM.criteria for standard in one.standards} <= standards


GIVEN = [
    Answered("Level 2", "level", Answer.EXCELLENT),
    Answered("Level 2", "level", Answer.POOR),
    Answered("Level 3", "level", Answer.SUFFICIENT),
    Answered("Level 1", "level", Answer.NOT_APPLICABLE),
    Answered("Level 3", "chaired", Answer.NOT_SUFFICIENT),
]


def test_answers_are_counted_by_level_and_criterion_and_not_applicable_is_never_a_no() -> None:
    stored = counted(GIVEN)
    assert stored == {
        "Level 1": {"level": {"not_applicable": 1}},
        "Level 2": {"level": {"excellent": 1, "poor": 1}},
        "Level 3": {"chaired": {"not_sufficient": 1}, "level": {"sufficient": 1}},
    }
    results = Results(stored)
    assert results.strata == ("Level 1", "Level 2", "Level 3")
    assert results.tally("level").above_the_line == Proportion(2, 3)
    assert results.tally("level", "Level 2").above_the_line == Proportion(1, 2)
    assert results.tally("nothing").above_the_line == Proportion(0, 0)


def test_audits_together_add_their_counts_and_a_change_has_an_interval() -> None:
    first, second = Results(counted(GIVEN)), Results(counted(GIVEN[:1] * 20))
    both = together([first, second])
    assert both.tally("level").above_the_line == Proportion(22, 23)
    assert both.tally("chaired").above_the_line == Proportion(0, 1)
    found = change(second, first, "level")
    assert found is not None
    assert (found.points, found.is_clear, round(found.interval.low, 3)) == (33, True, 0.017)
    assert change(second, first, "chaired") is None


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda table: table.update(cases=0), "`cases` must be 1 or more"),
        (lambda table: table["criteria"][0].update(id="plans"), "two criteria have the same id"),
        (lambda table: table["criteria"][0].update(standards="home-visit"), "`standards` is not a list"),
        (lambda table: table["criteria"][0].update(applies_to="some"), "`applies_to` is 'some'"),
    ],
)
def test_a_form_that_makes_no_sense_is_refused(edit: Callable[[dict[str, Any]], object], said: str) -> None:
    table = deepcopy(GOOD)
    edit(table)
    with pytest.raises(PackError) as refused:
        read_case_audits(PackTable(table, "case_audits.toml"))
    assert said in str(refused.value)
