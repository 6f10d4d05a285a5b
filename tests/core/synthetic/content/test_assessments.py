"""Behind each generated OASys stand answers to all that it asks, at the level of its fact, review by review."""

from datetime import date
from statistics import median

import pytest

from openmappa.core.caseload import CaseRecord
from openmappa.core.instruments.oasys.answering import problems
from openmappa.core.instruments.oasys.comparing import differences
from openmappa.core.instruments.oasys.harm import overall_harm_level, screening
from openmappa.core.instruments.oasys.missing import missing
from openmappa.core.instruments.oasys.scoring import scores
from openmappa.core.packs.oasys_rules import LEVELS
from openmappa.core.synthetic.content.case import CaseContent
from openmappa.core.synthetic.content.need_words import EVIDENCE
from openmappa.core.synthetic.content.profile import NEEDS
from tests.core.synthetic.content.making import OASYS, contents_of, made


def test_every_oasys_is_complete_in_what_it_may_say_and_at_its_level(contents: list[CaseContent]) -> None:
    made_ = [(content, each) for content in contents for each in content.assessments]
    assert len(made_) == sum(1 for content in contents for _ in content.known.of_kind("oasys_completed")) == 1716
    for content, each in made_[::4]:
        assert missing(OASYS, each.sections) == ()
        assert {slug: problems(OASYS.section(slug), found) for slug, found in each.sections.items()} == {
            slug: {} for slug in each.sections
        }
        assert overall_harm_level(OASYS, each.sections) == content.known.facts[each.fact].details["harm"]


def test_the_same_caseload_has_the_same_content(cases: list[CaseRecord], contents: list[CaseContent]) -> None:
    assert contents_of(cases[:40]) == contents[:40]
    assert contents_of(cases[:40], "another") != contents[:40]


def test_a_review_differs_from_the_oasys_before_in_a_few_answers(contents: list[CaseContent]) -> None:
    changes = [
        len(differences(OASYS, before.sections, after.sections))
        for content in contents[:90]
        for before, after in zip(content.assessments, content.assessments[1:], strict=False)
    ]
    assert len(changes) > 180
    assert 2 <= median(changes) <= 6
    assert sum(change == 0 for change in changes) / len(changes) < 0.25


def test_needs_are_few_for_some_and_many_for_others(contents: list[CaseContent]) -> None:
    firsts = [content.assessments[0] for content in contents if content.assessments]
    counts = [sum(score.is_need for score in scores(OASYS, each.sections)) for each in firsts]
    assert {min(counts), max(counts)} <= {0, 1, 6, 7}
    assert 2 <= median(counts) <= 4


def test_every_scored_item_has_words_of_its_own_for_some_and_for_a_serious_problem() -> None:
    scored = {
        item.name for section in OASYS.sections if section.slug in NEEDS for item in section.items if item.is_score
    }
    assert scored == set(EVIDENCE)


def test_whoever_was_in_prison_has_a_level_there_as_well() -> None:
    content = made(
        ("custody_started", "2003-01-06", {}),
        ("oasys_completed", "2003-02-03", {"stage": "start", "harm": "high"}),
        ("custody_ended", "2004-01-05", {}),
        ("oasys_completed", "2004-02-02", {"stage": "review", "harm": "high"}),
    )
    inside, outside = (each.sections[LEVELS] for each in content.assessments)
    assert (inside["in_custody"], outside["in_custody"]) == (True, False)
    assert ("children_custody" in inside, "children_custody" in outside) == (True, False)


def test_a_quarter_of_the_low_levels_decide_against_the_full_analysis(
    contents: list[CaseContent],
) -> None:
    low = [each for content in contents for each in content.assessments if each.harm == "low"]
    against = [each for each in low if screening(OASYS, each.sections).is_decided_against]
    assert 0.1 < len(against) / len(low) < 0.4
    others = [each for content in contents for each in content.assessments if each.harm != "low"]
    assert not any(screening(OASYS, each.sections).is_decided_against for each in others)


def test_an_oasys_without_a_level_has_no_answers_since_none_would_be_true() -> None:
    assert made(("oasys_completed", "2003-02-03", {"stage": "start"})).assessments == []


@pytest.mark.parametrize("born_on", [date(1984, 1, 1), date(1930, 1, 1)])
def test_nobody_was_sentenced_before_their_first_sanction(born_on: date) -> None:
    content = made(
        ("order_started", "2003-01-06", {"order": "community_order"}),
        ("oasys_completed", "2003-02-03", {"stage": "start", "harm": "medium"}),
        born_on=born_on,
    )
    likelihood = content.assessments[0].sections["likelihood"]
    assert likelihood["age_at_conviction"] == 2003 - born_on.year - (born_on.month > 1 or born_on.day > 6)
