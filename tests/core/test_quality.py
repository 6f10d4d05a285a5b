"""Marks of quality: the criteria of Tables 3, 4 and 5, what a marking must have, and counts above the line."""

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
from openmappa.core.packs.load import load_quality
from openmappa.core.packs.quality_rules import Mark, read_quality
from openmappa.core.packs.reading import PackTable
from openmappa.core.quality import Marked, Tally, missing_in, tallies

RULES = load_quality("england-wales-2005")
FILE = Path(openmappa.core.packs.__file__).parent / "england_wales_2005" / "quality.toml"
GOOD = tomllib.loads(FILE.read_text())


@pytest.mark.parametrize(
    ("kind", "stage", "asked"),
    [
        ("oasys_completed", "start", ["harm_at_start", "harm_content", "harm_management", "harm_interventions"]),
        ("oasys_completed", "review", ["harm_every_16_weeks", "harm_content", "harm_management", "harm_interventions"]),
        ("oasys_completed", "incident", ["harm_after_incident", "harm_content", "harm_management"]),
        ("oasys_completed", "end", ["harm_content", "harm_management", "harm_interventions", "likelihood_evidence"]),
        ("isp_completed", None, ["plan_standard", "plan_content", "plan_objectives"]),
        ("plan_reviewed", None, ["review_progress", "review_content"]),
        ("rmp_completed", None, ["rmp_on_time", "rmp_together", "rmp_carried_out"]),
        ("rmp_reviewed", None, ["rmp_together", "rmp_carried_out", "rmp_reviewed"]),
        ("home_visit", None, []),
    ],
)
def test_each_kind_of_work_is_marked_by_its_own_criteria_in_order(
    kind: str, stage: str | None, asked: list[str]
) -> None:
    details = {"stage": stage} if stage else {}
    assert [one.id for one in RULES.criteria_for(kind, details)][: len(asked) or None] == asked


def test_every_criterion_of_tables_3_and_4_is_there_with_its_source() -> None:
    sources = [str(one.source) for one in RULES.criteria]
    assert (sources.count("Table 3"), sources.count("Table 4")) == (3, 6)
    assert {kind.title for kind in RULES.kinds} == {"OASys", "Supervision plan", "Risk management plan"}
    assert RULES.fact_kinds == {"oasys_completed", "isp_completed", "plan_reviewed", "rmp_completed", "rmp_reviewed"}
    assert RULES.kind_of("rmp_reviewed") == RULES.kinds[2]
    assert RULES.kind_of("home_visit") is None


def test_the_scale_has_four_steps_of_which_two_are_above_the_line_and_one_mark_that_does_not_count() -> None:
    assert [step.mark.label for step in RULES.scale] == ["Poor", "Not sufficient", "Sufficient", "Excellent"]
    assert [mark.value for mark in Mark if mark.is_above_the_line] == ["sufficient", "excellent"]
    assert [mark.value for mark in Mark if not mark.counts] == ["not_applicable"]


ISP = RULES.criteria_for("isp_completed", {})


def marked(**changed: Marked | None) -> dict[str, Marked]:
    plain = {one.id: Marked(Mark.SUFFICIENT) for one in ISP}
    return {name: mark for name, mark in (plain | changed).items() if mark is not None}


def test_a_marking_has_a_mark_for_each_criterion_and_a_comment_below_the_line() -> None:
    assert missing_in(marked(), ISP) == {}
    assert missing_in(marked(plan_content=None), ISP) == {"plan_content": "Select a mark for “What the plan says”"}
    poor = missing_in(marked(plan_content=Marked(Mark.POOR, " ")), ISP)
    assert poor == {"plan_content": "Say why “What the plan says” is poor"}
    assert missing_in(marked(plan_content=Marked(Mark.NOT_SUFFICIENT, "No victim issues.")), ISP) == {}
    assert missing_in(marked(plan_content=Marked(Mark.NOT_APPLICABLE)), ISP) == {}
    assert missing_in(marked(rmp_on_time=Marked(Mark.POOR, "x")), ISP) == {
        "rmp_on_time": "This is not marked of this kind of work"
    }


def test_23_of_100_plans_above_the_line_are_23_per_cent_of_100_not_counting_those_that_do_not_apply() -> None:
    given_marks = [
        ("plan_standard", "excellent", 3),
        ("plan_standard", "sufficient", 20),
        ("plan_standard", "poor", 77),
        ("plan_standard", "not_applicable", 9),
        ("of_an_older_pack", "poor", 5),
    ]
    kinds = tallies(RULES.criteria, given_marks)
    assert [kind.title for kind, _ in kinds] == ["OASys", "Supervision plan", "Risk management plan"]
    first, second = kinds[1][1][:2]
    assert (first.above, first.judged, first.percentage, first.count("not_applicable")) == (23, 100, 23, 9)
    assert (second.above, second.judged, second.percentage, second.count("poor")) == (0, 0, None, 0)


@given(st.dictionaries(st.sampled_from(list(Mark)), st.integers(0, 1000)))
def test_above_the_line_is_never_more_than_what_was_judged(counts: dict[Mark, int]) -> None:
    tally = Tally(RULES.criteria[0], counts)
    assert 0 <= tally.above <= tally.judged <= sum(counts.values())
    assert tally.percentage is None or 0 <= tally.percentage <= 100


def problems(change: Callable[[Any], object]) -> list[str]:
    content = deepcopy(GOOD)
    change(content)
    with pytest.raises(PackError) as refused:
        read_quality(PackTable(content, "quality.toml"))
    return list(refused.value.problems)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda pack: pack["scale"].pop(),
            "quality.toml: `scale` must have poor, not_sufficient, sufficient, excellent, once each and in this order.",
        ),
        (
            lambda pack: pack["kinds"][0].update(facts=["oasys_complete"]),
            "quality.toml, kinds 1: `facts` names 'oasys_complete', which is not a kind of fact; "
            "did you mean 'oasys_completed'?.",
        ),
        (
            lambda pack: pack["criteria"][3].update(kind="oasis"),
            "quality.toml, criteria 4: `kind` is 'oasis', and there is no such kind of work; did you mean 'oasys'?.",
        ),
        (
            lambda pack: pack["criteria"][0].update(only=[{"fact": "isp_completed"}]),
            "quality.toml, criteria 1: `only` names 'isp_completed', which is not one of the facts of oasys.",
        ),
        (
            lambda pack: pack["criteria"][1].update(id="harm_at_start"),
            "quality.toml: two criteria have the same id; give each its own.",
        ),
    ],
)
def test_a_pack_that_does_not_make_sense_is_refused(change: Callable[[Any], object], sentence: str) -> None:
    assert problems(change)[0] == sentence


def test_the_page_of_the_criteria_says_what_the_pack_says() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "quality-criteria.md").read_text()
    assert [one.id for one in RULES.criteria if f"| {one.title} | {one.question} |" not in page] == []
    assert [step.mark for step in RULES.scale if f"| {step.mark.label} | {step.meaning} |" not in page] == []
    assert page.count("\n| ") == len(RULES.criteria) + len(RULES.scale) + 4 + 4
