"""OGRS3: published results, the formula written out again, every weight's effect, and what is refused."""

import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmappa.core.answers import AnswersRefused
from openmappa.core.bands import LikelihoodBand
from openmappa.core.instruments.ogrs3 import Ogrs3Items, Ogrs3Result, ogrs2_problem, ogrs3, reported_percent
from openmappa.core.packs.load import load_ogrs3

RULES = load_ogrs3("england-wales-2005")
MAN = Ogrs3Items("male", 20, 20, 20, 0, "violence")
WOMAN = Ogrs3Items("female", 37, 14, 43, 5, "criminal_damage")


@st.composite
def possible_items(draw: st.DrawFn) -> Ogrs3Items:
    first = draw(st.integers(10, 70))
    conviction = first + draw(st.integers(0, 30))
    return Ogrs3Items(
        sex=draw(st.sampled_from(["male", "female"])),
        age_at_conviction=conviction,
        age_at_first_sanction=first,
        age_at_risk_date=conviction + draw(st.integers(0, 20)),
        previous_sanctions=draw(st.integers(0, 80)),
        offence_group=draw(st.sampled_from(sorted(RULES.offences))),
    )


def score(items: Ogrs3Items = MAN, **answers: Any) -> Ogrs3Result:
    return ogrs3(replace(items, **answers), RULES)


@pytest.mark.parametrize(
    ("previous", "p1", "p2"),
    [
        (0, 0.12161553504714574, 0.22130521140511314),
        (1, 0.3158120100020924, 0.48651769565917),
        (2, 0.43393890261473633, 0.6114342480551298),
        (3, 0.5235145926731711, 0.6928061177628605),
        (4, 0.5922581047904114, 0.7488430658491833),
    ],
)
def test_the_published_results_of_a_man_of_20_hold_to_twelve_digits(previous: int, p1: float, p2: float) -> None:
    result = score(previous_sanctions=previous)
    assert (result.p1, result.p2) == (pytest.approx(p1, rel=1e-13), pytest.approx(p2, rel=1e-13))


@pytest.mark.parametrize(("previous", "p1", "p2"), [(5, 0.16982, 0.29572), (3, 0.10966, 0.20180)])
def test_the_published_results_of_a_woman_of_43_hold_to_five_decimals(previous: int, p1: float, p2: float) -> None:
    result = score(WOMAN, previous_sanctions=previous)
    assert (round(result.p1, 5), round(result.p2, 5)) == (p1, p2)


@given(possible_items())
def test_the_result_is_the_formula_written_out_again(items: Ogrs3Items) -> None:
    ages = [(11, 0), (13, 1), (15, 2), (17, 3), (20, 4), (24, 5), (29, 6), (34, 7), (39, 8), (49, 9), (999, 10)]
    band = next(place for highest, place in ages if items.age_at_risk_date <= highest)
    men = [0, 0.083922902, 0.075775765, -0.061594199, -0.625103618, -1.051515067, -1.166679288, -1.325976554,
           -1.368045933, -1.499690953, -2.025261458]  # fmt: skip
    women = [-0.785038489, -0.613852078, -0.669521331, -0.959179629, -0.897480934, -1.028488454, -1.052777806,
             -1.129127959, -1.42187494, -1.524652221, -2.44983716]  # fmt: skip
    n = items.previous_sanctions + 1
    z = (men if items.sex == "male" else women)[band]
    z += 0.126142106 if n == 1 else 0.463062792
    z += 1.251124464 * math.log(n / (10 + items.age_at_conviction - items.age_at_first_sanction))
    z += RULES.offences[items.offence_group].weight
    result = ogrs3(items, RULES)
    assert result.p1 == pytest.approx(1 / (1 + math.exp(-(z + 1.402562384))), rel=1e-12)
    assert result.p2 == pytest.approx(1 / (1 + math.exp(-(z + 2.121705678))), rel=1e-12)


@given(possible_items(), st.integers(1, 30))
def test_more_previous_sanctions_never_lower_it_and_a_longer_career_never_raises_it(
    items: Ogrs3Items, more: int
) -> None:
    result = ogrs3(items, RULES)
    assert ogrs3(replace(items, previous_sanctions=items.previous_sanctions + more), RULES).p1 > result.p1
    younger = max(10, items.age_at_first_sanction - more)
    assert ogrs3(replace(items, age_at_first_sanction=younger), RULES).p2 <= result.p2


@given(possible_items())
def test_two_years_are_likelier_than_one_and_both_are_reported_from_1_to_99(items: Ogrs3Items) -> None:
    result = ogrs3(items, RULES)
    assert 0 < result.p1 < result.p2 < 1
    assert 1 <= result.percent1 <= result.percent2 <= 99


@given(possible_items())
def test_the_weights_in_the_reasons_add_up_to_the_result(items: Ogrs3Items) -> None:
    result = ogrs3(items, RULES)
    weights = {line.item: line.weight for line in result.explanation}
    for year, p in ((1, result.p1), (2, result.p2)):
        z = sum(weights[item] for item in ("age", "history", "rate", "offence", f"intercept_{year}"))
        assert 1 / (1 + math.exp(-z)) == pytest.approx(p, rel=1e-12)
        assert weights[f"p{year}"] == p
    assert weights["band"] == result.percent2
    assert all(line.source.text for line in result.explanation)


@pytest.mark.parametrize("name", sorted(RULES.offences))
def test_each_offence_moves_the_sum_by_its_weight_against_violence(name: str) -> None:
    def z(result: Ogrs3Result) -> float:
        return math.log(result.p1 / (1 - result.p1))

    assert z(score(offence_group=name)) - z(score()) == pytest.approx(RULES.offences[name].weight, abs=1e-12)


@pytest.mark.parametrize("sex", ["male", "female"])
@pytest.mark.parametrize("age", range(10, 60))
def test_each_age_has_the_weight_of_its_row(sex: str, age: int) -> None:
    row = next(row for row in RULES.ages if row.lowest <= age and (row.highest is None or age <= row.highest))
    result = score(sex=sex, age_at_conviction=10, age_at_first_sanction=10, age_at_risk_date=age)
    assert next(line.weight for line in result.explanation if line.item == "age") == row.by_sex[sex]


@pytest.mark.parametrize(
    ("probability", "percent"),
    [
        (0.0004, 1), (0.0149949, 1), (0.014995, 2), (0.015, 2), (0.49499, 49), (0.494995, 50), (0.495, 50),
        (0.744994, 74), (0.745, 75), (0.9949, 99), (0.9999, 99),
    ],
)  # fmt: skip
def test_a_percentage_is_made_of_five_decimals_halves_up_from_1_to_99(probability: float, percent: int) -> None:
    assert reported_percent(probability, RULES.reporting) == percent


@pytest.mark.parametrize(
    ("percent", "band"),
    [(1, "low"), (49, "low"), (50, "medium"), (74, "medium"), (75, "high"), (89, "high"), (90, "very_high")],
)
def test_the_category_is_cut_at_50_75_and_90_percent(percent: int, band: str) -> None:
    assert RULES.reporting.band(percent) == band


def test_a_man_of_20_with_four_sanctions_before_is_high_by_his_75_percent() -> None:
    result = score(previous_sanctions=4)
    assert (result.percent1, result.percent2, result.band) == (59, 75, LikelihoodBand.HIGH)


def test_the_reasons_say_what_was_counted() -> None:
    assert [line.sentence for line in score(WOMAN).explanation] == [
        "Female, 43 when next at risk (40 to 49).",
        "At least one sanction before the current one.",
        "6 sanctions, the current one included, over 33 years (10 + 37 - 14): 1.251124464 × ln(6/33).",
        "Current offence: criminal damage.",
        "Starting value for one year.",
        "Starting value for two years.",
        "Within one year: 0.16982, reported as 17%.",
        "Within two years: 0.29572, reported as 30%.",
        "By the two-year figure the category is low.",
    ]
    first = score(age_at_risk_date=52).explanation
    assert first[0].sentence == "Male, 52 when next at risk (50 or more)."
    assert first[1].sentence == "No sanction before the current one."


def refusal(**answers: Any) -> dict[str, str]:
    with pytest.raises(AnswersRefused) as refused:
        score(**answers)
    return dict(refused.value.problems)


def test_an_age_at_conviction_below_that_at_the_first_sanction_is_refused() -> None:
    assert refusal(age_at_conviction=19) == {
        "age_at_conviction": "Age at the current conviction cannot be 19 when the first sanction was at 20. The first "
        "sanction is the current one or one before it."
    }


def test_everything_that_is_wrong_is_named_at_once() -> None:
    problems = refusal(
        sex="m", age_at_conviction=9, age_at_first_sanction=True, age_at_risk_date=121, previous_sanctions=-1,
        offence_group="robery",
    )  # fmt: skip
    assert list(problems) == [
        "sex", "offence_group", "age_at_conviction", "age_at_first_sanction", "age_at_risk_date", "previous_sanctions",
    ]  # fmt: skip
    assert problems["sex"] == "Sex must be one of male, female, not 'm'."
    assert "(did you mean robbery?), not 'robery'." in problems["offence_group"]
    assert problems["age_at_conviction"].startswith(
        "Age at the current conviction must be a whole number from 10 to 120, not 9. Nobody is held responsible"
    )
    assert problems["previous_sanctions"] == "Previous sanctions must be a whole number from 0 to 999, not -1."


def test_answers_that_hardly_go_together_are_scored_and_doubted() -> None:
    assert score().doubts == ()
    assert score(WOMAN, previous_sanctions=0, age_at_risk_date=36).doubts == (
        "The first sanction was at 14, before this one at 37, yet no previous sanction is counted. Check the count.",
        "The age when next at risk (36) is below the age at the current conviction (37). Check both.",
    )


@pytest.mark.parametrize(("score_entered", "ok"), [(0, True), (100, True), (-1, False), (101, False), ("50", False)])
def test_ogrs2_is_entered_as_a_whole_number_from_0_to_100(score_entered: object, ok: bool) -> None:
    assert (ogrs2_problem(score_entered, RULES.ogrs2) == "") is ok


def test_a_wrong_ogrs2_is_told_what_it_must_be() -> None:
    assert ogrs2_problem(120, RULES.ogrs2) == "OGRS2 score must be a whole number from 0 to 100, not 120."
