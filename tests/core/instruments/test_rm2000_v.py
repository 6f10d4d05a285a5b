"""RM2000/V: every row of every table, every item's effect, and the reasons given."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmappa.core.answers import AnswersRefused
from openmappa.core.bands import LikelihoodBand
from openmappa.core.instruments.rm2000.answers import Rm2000VItems
from openmappa.core.instruments.rm2000.scale_v import Rm2000VResult, scale_v, v_lines_so_far
from openmappa.core.packs.load import load_rm2000

RULES = load_rm2000("england-wales-2005").v
LOW, MEDIUM, HIGH, VERY_HIGH = LikelihoodBand
LOWEST = Rm2000VItems(age_at_risk=50, violent_appearances=0, burglary=False)

possible_items = st.builds(Rm2000VItems, st.integers(18, 99), st.integers(0, 12), st.booleans())


def score(**answers: Any) -> Rm2000VResult:
    return scale_v(replace(LOWEST, **answers), RULES)


@pytest.mark.parametrize(
    ("age", "points"), [(18, 3), (24, 3), (25, 2), (34, 2), (35, 1), (44, 1), (45, 0), (46, 0), (120, 0)]
)
def test_age_18_to_24_scores_3_25_to_34_2_35_to_44_1_and_45_or_more_0(age: int, points: int) -> None:
    assert score(age_at_risk=age).points == points


@pytest.mark.parametrize(("appearances", "points"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (200, 3)])
def test_violent_appearances_0_1_2_to_3_and_4_or_more_score_0_1_2_and_3(appearances: int, points: int) -> None:
    assert score(violent_appearances=appearances).points == points


def test_burglary_scores_2() -> None:
    assert score(burglary=True).points == 2


@pytest.mark.parametrize(
    ("points", "answers", "band"),
    [
        (0, {}, LOW),
        (1, {"age_at_risk": 40}, LOW),
        (2, {"burglary": True}, MEDIUM),
        (3, {"age_at_risk": 20}, MEDIUM),
        (4, {"age_at_risk": 30, "burglary": True}, HIGH),
        (5, {"age_at_risk": 20, "burglary": True}, HIGH),
        (6, {"age_at_risk": 20, "violent_appearances": 4}, VERY_HIGH),
        (8, {"age_at_risk": 20, "violent_appearances": 4, "burglary": True}, VERY_HIGH),
    ],
)
def test_the_category_is_cut_at_2_4_and_6_points(points: int, answers: dict[str, int], band: LikelihoodBand) -> None:
    result = score(**answers)
    assert (result.points, result.band) == (points, band)


@given(possible_items)
def test_points_lie_from_0_to_8_and_the_reasons_add_up_to_them(items: Rm2000VItems) -> None:
    result = scale_v(items, RULES)
    lines = {line.item: line for line in result.explanation}
    assert sum(line.points for name, line in lines.items() if name != "band") == result.points == lines["band"].points
    assert 0 <= result.points <= 8
    assert all(line.source.text for line in result.explanation)


@given(possible_items, st.integers(1, 60), st.integers(1, 9))
def test_being_older_never_raises_the_score_and_more_violence_or_burglary_never_lowers_it(
    items: Rm2000VItems, years: int, more: int
) -> None:
    points = scale_v(items, RULES).points
    assert scale_v(replace(items, age_at_risk=min(items.age_at_risk + years, 120)), RULES).points <= points
    assert scale_v(replace(items, violent_appearances=items.violent_appearances + more), RULES).points >= points
    assert scale_v(replace(items, burglary=True), RULES).points >= points


def test_a_man_of_23_with_3_violent_appearances_and_burglary_is_explained_line_by_line() -> None:
    result = score(age_at_risk=23, violent_appearances=3, burglary=True)
    assert [line.sentence for line in result.explanation] == [
        "Age at commencement of risk: 23, which scores 3 points (18 to 24).",
        "Violent appearances: 3, which scores 2 points (2 to 3).",
        "A conviction of burglary: yes, which scores 2 points.",
        "The items add up to 7 points. The category is very high (6 to 8).",
    ]
    assert result.rests_on_memory


def test_every_answer_that_cannot_be_is_named_at_once() -> None:
    answers: Any = Rm2000VItems(17, -1, "yes")  # type: ignore[arg-type]
    with pytest.raises(AnswersRefused) as refused:
        scale_v(answers, RULES)
    assert list(refused.value.problems) == ["age_at_risk", "violent_appearances", "burglary"]
    assert refused.value.problems["burglary"] == "A conviction of burglary: answer yes or no, not 'yes'."


def test_points_as_you_go_leave_out_what_is_missing_or_cannot_be() -> None:
    lines = v_lines_so_far({"age_at_risk": 17, "violent_appearances": 1, "burglary": False}, RULES)
    assert [(line.item, line.points) for line in lines] == [("violent_appearances", 1), ("burglary", 0)]
    assert [line.item for line in v_lines_so_far({"age_at_risk": 30, "burglary": 1}, RULES)] == ["age_at_risk"]
