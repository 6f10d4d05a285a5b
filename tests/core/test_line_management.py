"""What a management review must say, how starts were kept in numbers, and packs that are refused."""

import tomllib
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import openmappa.core.packs
from openmappa.core.errors import PackError
from openmappa.core.line_management import ReviewAnswers, StartCounts, labels, last_day_for_next, problems_of
from openmappa.core.packs.line_management_rules import read_line_management
from openmappa.core.packs.load import load_line_management, load_pack
from openmappa.core.packs.reading import PackTable

RULES = load_line_management("england-wales-2005")
FILE = Path(openmappa.core.packs.__file__).parent / "england_wales_2005" / "line_management.toml"
GOOD = tomllib.loads(FILE.read_text())
TODAY = date(2005, 5, 3)
SIXTEEN_WEEKS_ON = date(2005, 8, 23)


def answers(**changed: Any) -> ReviewAnswers:
    plain = {
        "reviewed_on": TODAY,
        "looked_at": ("oasys", "contact"),
        "outcomes": ("change_plan", "more_contact"),
        "reasons": "He has moved near a school.",
        "next_on": date(2005, 6, 1),
    }
    return ReviewAnswers(**(plain | changed))


def problems(harm: str = "high", **changed: Any) -> dict[str, str]:
    return problems_of(answers(**changed), RULES, harm=harm, today=TODAY)


def test_a_review_that_says_everything_is_kept() -> None:
    assert problems() == {}
    assert problems(outcomes=("as_it_is",)) == {}


@pytest.mark.parametrize("level", ["high", "very_high"])
def test_at_high_and_very_high_the_next_review_is_within_16_weeks(level: str) -> None:
    assert last_day_for_next(level, RULES.review, TODAY) == SIXTEEN_WEEKS_ON
    assert problems(level, next_on=SIXTEEN_WEEKS_ON) == {}
    late = problems(level, next_on=date(2005, 8, 24))
    assert late == {
        "next_on": "At this level of risk of harm the next review is within 16 weeks: by 23 August 2005 at the latest"
    }


@pytest.mark.parametrize("level", ["", "low", "medium"])
def test_at_other_levels_it_is_when_the_manager_says(level: str) -> None:
    assert last_day_for_next(level, RULES.review, TODAY) is None
    assert problems(level, next_on=date(2007, 1, 1)) == {}


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"looked_at": ()}, "looked_at", "Select what you looked at"),
        ({"looked_at": ("tea_leaves",)}, "looked_at", "Select what you looked at"),
        ({"outcomes": ()}, "outcomes", "Select what your review came to"),
        ({"outcomes": ("promotion",)}, "outcomes", "Select what your review came to"),
        (
            {"outcomes": ("as_it_is", "enforce")},
            "outcomes",
            "“Agreed as it is” stands alone: take it away, or the others",
        ),
        ({"reasons": "  "}, "reasons", "Say why"),
        ({"reviewed_on": date(2005, 5, 4)}, "reviewed_on", "The day of the review must be today or in the past"),
        ({"next_on": TODAY}, "next_on", "The next review must be after this one"),
    ],
)
def test_a_review_that_lacks_something_is_told_what(changed: dict[str, Any], field: str, sentence: str) -> None:
    assert problems(**changed) == {field: sentence}


def test_choices_are_named_in_the_packs_order_and_what_it_no_longer_has_by_its_id() -> None:
    assert labels(["enforce", "gone", "change_level"], RULES.outcomes) == ["Assess the level again", "Enforce", "gone"]


def test_the_starts_are_standards_of_the_pack_in_service_and_16_weeks_are_marked_as_an_assumption() -> None:
    known = {standard.id for standard in load_pack("england-wales-2005").standards}
    assert {*RULES.starts.standards, *RULES.watched.standards} <= known
    assert (RULES.starts.months, RULES.review.weeks, RULES.review.assumption) == (12, 16, True)
    assert RULES.review.harm == {"high", "very_high"}


def test_12_of_20_on_time_are_60_per_cent_and_no_starts_have_none() -> None:
    counts = StartCounts(on_time=12, late=5, missing=2, never=1, explained=3)
    assert (counts.judged, counts.not_on_time, counts.percentage) == (20, 8, 60)
    assert counts.plus(counts) == StartCounts(24, 10, 4, 2, 6)
    assert StartCounts().percentage is None


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda pack: pack["starts"].update(months=0), "line_management.toml, starts: `months` must be 1 or more."),
        (
            lambda pack: pack["management_review"].update(harm=["hihg"]),
            "line_management.toml, management_review: `harm` names 'hihg', which is not a level; did you mean 'high'?.",
        ),
        (
            lambda pack: pack["late_reasons"][1].update(id="absence"),
            "line_management.toml: two of `late_reasons` have the same id; give each its own.",
        ),
        (
            lambda pack: pack["looked_at"][1].update(id="oasys"),
            "line_management.toml: two of `looked_at` have the same id; give each its own.",
        ),
    ],
)
def test_a_pack_that_does_not_make_sense_is_refused(change: Callable[[Any], object], sentence: str) -> None:
    content = deepcopy(GOOD)
    change(content)
    with pytest.raises(PackError) as refused:
        read_line_management(PackTable(content, "line_management.toml"))
    assert list(refused.value.problems) == [sentence]
