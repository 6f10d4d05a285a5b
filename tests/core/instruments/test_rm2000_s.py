"""RM2000/S: every row of every table, every item's effect, and the reasons given."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmappa.core.answers import AnswersRefused
from openmappa.core.bands import LikelihoodBand
from openmappa.core.instruments.rm2000.answers import Rm2000SItems
from openmappa.core.instruments.rm2000.scale_s import Rm2000SResult, scale_s
from openmappa.core.packs.load import load_rm2000
from openmappa.core.packs.rm2000.shapes import FACTORS

RULES = load_rm2000("england-wales-2005").s
LOW, MEDIUM, HIGH, VERY_HIGH = LikelihoodBand
BANDS = list(LikelihoodBand)

LOWEST = Rm2000SItems(
    age_at_risk=40,
    sexual_appearances=1,
    criminal_appearances=1,
    male_victim=False,
    stranger_victim=False,
    single=False,
    non_contact=False,
)


@st.composite
def possible_items(draw: st.DrawFn) -> Rm2000SItems:
    sexual = draw(st.integers(1, 12))
    return Rm2000SItems(
        age_at_risk=draw(st.integers(18, 99)),
        sexual_appearances=sexual,
        criminal_appearances=sexual + draw(st.integers(0, 12)),
        male_victim=draw(st.booleans()),
        stranger_victim=draw(st.booleans()),
        single=draw(st.booleans()),
        non_contact=draw(st.booleans()),
    )


def score(**answers: Any) -> Rm2000SResult:
    return scale_s(replace(LOWEST, **answers), RULES)


def with_factors(count: int, **answers: Any) -> Rm2000SResult:
    return score(**answers, **dict.fromkeys(FACTORS[:count], True))


@pytest.mark.parametrize(("age", "points"), [(18, 2), (24, 2), (25, 1), (34, 1), (35, 0), (36, 0), (71, 0), (120, 0)])
def test_age_at_risk_18_to_24_scores_2_and_25_to_34_scores_1_and_35_or_more_scores_0(age: int, points: int) -> None:
    assert score(age_at_risk=age).points == points


@pytest.mark.parametrize(("appearances", "points"), [(1, 0), (2, 1), (3, 2), (4, 2), (5, 3), (6, 3), (30, 3)])
def test_sexual_appearances_1_2_3_to_4_and_5_or_more_score_0_1_2_and_3(appearances: int, points: int) -> None:
    result = score(sexual_appearances=appearances, criminal_appearances=30)
    assert result.points == points + 1


@pytest.mark.parametrize(("appearances", "points"), [(1, 0), (2, 0), (4, 0), (5, 1), (6, 1), (200, 1)])
def test_criminal_appearances_score_1_from_the_fifth(appearances: int, points: int) -> None:
    assert score(criminal_appearances=appearances).points == points


@pytest.mark.parametrize(
    ("points", "answers", "band"),
    [
        (0, {}, LOW),
        (1, {"age_at_risk": 30}, MEDIUM),
        (2, {"age_at_risk": 20}, MEDIUM),
        (3, {"age_at_risk": 20, "criminal_appearances": 5}, HIGH),
        (4, {"age_at_risk": 20, "sexual_appearances": 3, "criminal_appearances": 3}, HIGH),
        (5, {"age_at_risk": 30, "sexual_appearances": 5, "criminal_appearances": 5}, VERY_HIGH),
        (6, {"age_at_risk": 20, "sexual_appearances": 5, "criminal_appearances": 5}, VERY_HIGH),
    ],
)
def test_the_first_category_is_cut_at_1_3_and_5_points(
    points: int, answers: dict[str, int], band: LikelihoodBand
) -> None:
    result = score(**answers)
    assert (result.points, result.first_band, result.band) == (points, band, band)


@pytest.mark.parametrize(("count", "band"), [(0, LOW), (1, LOW), (2, MEDIUM), (3, MEDIUM), (4, HIGH)])
def test_two_or_three_factors_raise_low_by_one_category_and_four_by_two(count: int, band: LikelihoodBand) -> None:
    result = with_factors(count)
    assert (result.factors, result.first_band, result.band) == (count, LOW, band)


@pytest.mark.parametrize(("count", "band"), [(0, HIGH), (1, HIGH), (2, VERY_HIGH), (3, VERY_HIGH), (4, VERY_HIGH)])
def test_no_count_of_factors_raises_high_above_very_high(count: int, band: LikelihoodBand) -> None:
    assert with_factors(count, age_at_risk=20, criminal_appearances=5).band == band


@pytest.mark.parametrize("factor", FACTORS)
def test_each_factor_counts_one_and_changes_nothing_else(factor: str) -> None:
    result = score(**{factor: True})
    assert (result.points, result.factors, result.band) == (0, 1, LOW)


@given(possible_items())
def test_points_lie_from_0_to_6_and_the_category_is_never_below_the_first(items: Rm2000SItems) -> None:
    result = scale_s(items, RULES)
    assert 0 <= result.points <= 6
    assert 0 <= result.factors <= 4
    assert BANDS.index(result.band) - BANDS.index(result.first_band) == result.raised_by <= 2


@given(possible_items(), st.integers(1, 60))
def test_being_older_at_risk_never_raises_the_score(items: Rm2000SItems, years: int) -> None:
    older = replace(items, age_at_risk=min(items.age_at_risk + years, 120))
    assert_not_above(scale_s(older, RULES), scale_s(items, RULES))


@given(possible_items(), st.integers(1, 12))
def test_more_sexual_appearances_never_lower_the_score(items: Rm2000SItems, more: int) -> None:
    heavier = replace(
        items,
        sexual_appearances=items.sexual_appearances + more,
        criminal_appearances=items.criminal_appearances + more,
    )
    assert_not_above(scale_s(items, RULES), scale_s(heavier, RULES))


@given(possible_items(), st.integers(1, 12))
def test_more_criminal_appearances_never_lower_the_score(items: Rm2000SItems, more: int) -> None:
    heavier = replace(items, criminal_appearances=items.criminal_appearances + more)
    assert_not_above(scale_s(items, RULES), scale_s(heavier, RULES))


@given(possible_items(), st.sampled_from(FACTORS))
def test_one_factor_more_never_lowers_the_category_and_never_moves_the_points(items: Rm2000SItems, factor: str) -> None:
    without, with_it = (scale_s(replace(items, **{factor: value}), RULES) for value in (False, True))
    assert without.points == with_it.points
    assert with_it.factors == without.factors + 1
    assert_not_above(without, with_it)


def assert_not_above(lower: Rm2000SResult, higher: Rm2000SResult) -> None:
    assert lower.points <= higher.points
    assert BANDS.index(lower.first_band) <= BANDS.index(higher.first_band)
    assert BANDS.index(lower.band) <= BANDS.index(higher.band)


@given(possible_items())
def test_the_reasons_add_up_to_the_score_and_each_has_a_source(items: Rm2000SItems) -> None:
    result = scale_s(items, RULES)
    lines = {line.item: line for line in result.explanation}
    assert len(lines) == len(result.explanation)
    assert sum(lines[item.name].points for item in RULES.items) == result.points == lines["first_band"].points
    assert sum(lines[factor].points for factor in FACTORS) == result.factors == lines["band"].points
    assert all(line.source.text for line in result.explanation)


def test_a_man_of_23_with_two_appearances_and_two_factors_is_explained_line_by_line() -> None:
    result = score(age_at_risk=23, sexual_appearances=2, criminal_appearances=6, stranger_victim=True, non_contact=True)
    assert [(line.step, line.sentence) for line in result.explanation] == [
        (1, "Age at commencement of risk: 23, which scores 2 points (18 to 24)."),
        (1, "Sexual appearances: 2, which scores 1 point."),
        (1, "Criminal appearances: 6, which scores 1 point (5 or more)."),
        (1, "The items add up to 4 points. The first category is high (3 to 4)."),
        (2, "A male victim of a sexual offence: no."),
        (2, "A stranger victim of a sexual offence: yes, an aggravating factor."),
        (2, "Single: never in a marital-type relationship: no."),
        (2, "A non-contact sexual offence: yes, an aggravating factor."),
        (2, "2 aggravating factors: up 1 category from high, so the category is very high."),
    ]


def test_a_raise_that_very_high_cuts_short_says_so() -> None:
    result = with_factors(4, age_at_risk=20, criminal_appearances=5)
    assert [line.sentence for line in result.explanation[-2:]] == [
        "4 aggravating factors: up 2 categories from high.",
        "No category is above very high, so that is the category.",
    ]
    assert (result.raised_by, result.band) == (1, VERY_HIGH)


def test_no_factor_and_one_factor_leave_the_category_where_it_is() -> None:
    assert score().explanation[-1].sentence == "No aggravating factor: the category stays low."
    assert score(single=True).explanation[-1].sentence == "1 aggravating factor: the category stays low."


def test_what_is_remembered_is_marked_in_the_reasons() -> None:
    result = score()
    assert result.rests_on_memory
    assert [line.item for line in result.explanation if line.source.is_remembered] == ["first_band", "band"]
    assert str(result.explanation[-1].source) == (
        "Scoring guide, section 13 (remembered, confidence high: check before relying on it)"
    )


def refusal(**answers: Any) -> dict[str, str]:
    with pytest.raises(AnswersRefused) as refused:
        scale_s(replace(LOWEST, **answers), RULES)
    return refused.value.problems


def test_a_boy_of_17_is_refused_with_the_rule_of_eligibility() -> None:
    assert refusal(age_at_risk=17) == {
        "age_at_risk": "Age at commencement of risk must be a whole number from 18 to 120, not 17. RM2000 is "
        "only for men aged 18 or over, convicted of a sexual offence (Scoring Guide 2000.9/SVC, section 1)."
    }


def test_no_sexual_appearance_is_refused_and_so_is_no_criminal_appearance() -> None:
    assert refusal(sexual_appearances=0) == {
        "sexual_appearances": "Sexual appearances must be a whole number from 1 to 200, not 0. The current "
        "sexual offence counts as one appearance, and RM2000 is only for men convicted of a sexual offence "
        "(Scoring Guide 2000.9/SVC, section 1)."
    }
    assert refusal(criminal_appearances=0) == {
        "criminal_appearances": "Criminal appearances must be a whole number from 1 to 200, not 0. The "
        "current "
        "appearance counts, so there is at least 1."
    }


def test_fewer_criminal_than_sexual_appearances_are_refused() -> None:
    assert refusal(sexual_appearances=3, criminal_appearances=2) == {
        "criminal_appearances": "Criminal appearances cannot be 2 when sexual appearances are 3. Every "
        "appearance for a sexual offence is a criminal appearance too."
    }


def test_everything_that_is_wrong_is_named_at_once() -> None:
    problems = refusal(age_at_risk=121, sexual_appearances="three", criminal_appearances=True, single=1)
    assert problems == {
        "age_at_risk": "Age at commencement of risk must be a whole number from 18 to 120, not 121.",
        "sexual_appearances": "Sexual appearances must be a whole number from 1 to 200, not 'three'.",
        "criminal_appearances": "Criminal appearances must be a whole number from 1 to 200, not True.",
        "single": "Single: never in a marital-type relationship: answer yes or no, not 1.",
    }
