"""Scores of sections, criminogenic needs at their published cut-offs, and the bands of the total."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openmappa.core.instruments.oasys.scoring import score_section, scores, total_band
from openmappa.core.packs.oasys_rules import Answer, OasysSection
from tests.core.instruments.oasys.answers import RULES, sections_answered, whole

SCORED = [section for section in RULES.sections if section.highest_score]
WITH_A_NEED = [section for section in RULES.sections if section.need]
HOME = RULES.section("accommodation")


def test_maxima_are_those_of_the_form() -> None:
    found = {section.code: section.highest_score for section in SCORED}
    assert found == {"3": 8, "4": 18, "5": 10, "6": 12, "7": 10, "8": 12, "9": 10, "10": 12, "11": 20, "12": 12}


def test_cut_offs_are_those_published() -> None:
    found = {section.code: (section.need.cut_off, section.need.highest) for section in RULES.sections if section.need}
    assert found == {
        "3": (2, 8), "4": (3, 8), "6": (2, 6), "7": (2, 6), "8": (2, 10), "9": (4, 8), "11": (4, 8), "12": (2, 8),
    }  # fmt: skip
    assert {"5", "10", "13"}.isdisjoint(found)


def test_a_home_that_will_not_last_and_is_in_the_wrong_place_is_a_need() -> None:
    score = score_section(HOME, {"item_3_3": 0, "item_3_4": 0, "item_3_5": 1, "item_3_6": 1})
    assert (score.points, score.highest, score.is_need) == (2, 8, True)
    assert score.need is not None
    assert score.need.is_complete is True
    assert score.need.sentence == (
        "Accommodation is a criminogenic need: items 3.3, 3.4, 3.5, 3.6 come to 2 points of 8, and a need begins at 2."
    )


def test_one_point_is_no_need_and_may_still_become_one() -> None:
    score = score_section(HOME, {"item_3_4": 1})
    assert score.need is not None
    assert (score.is_need, score.need.is_complete) == (False, False)
    assert score.need.sentence == (
        "Accommodation is no criminogenic need: items 3.3, 3.4, 3.5, 3.6 come to 1 point of 8, and a need begins at 2."
    )


def test_somebody_who_never_misused_drugs_has_a_complete_score_of_0() -> None:
    score = score_section(RULES.section("drug-misuse"), {"item_8_1": False, "item_8_4": 2})
    assert score.need is not None
    assert (score.points, score.need.points, score.need.is_complete) == (0, 0, True)


def test_items_that_do_not_count_to_the_need_count_to_the_score() -> None:
    score = score_section(RULES.section("attitudes"), {"item_12_3": 2, "item_12_6": 2})
    assert score.need is not None
    assert (score.points, score.need.points) == (4, 0)
    assert [line.code for line in score.lines if line.counts_to_need] == ["12.1", "12.4", "12.5", "12.8"]


def test_finances_health_and_well_being_have_no_need() -> None:
    assert score_section(RULES.section("finances"), {"item_5_2": 2}).is_need is False
    assert [score.slug for score in scores(RULES, whole()) if score.need is None] == [
        "finances",
        "emotional-well-being",
    ]


@pytest.mark.parametrize("section", SCORED, ids=lambda section: section.slug)
@settings(max_examples=20)
@given(data=st.data())
def test_a_score_stays_within_its_bounds(section: OasysSection, data: st.DataObject) -> None:
    score = score_section(section, data.draw(sections_answered(section)))
    assert 0 <= score.points <= score.highest
    if score.need:
        assert 0 <= score.need.points <= score.need.highest
        assert score.need.is_need == (score.need.points >= score.need.cut_off)


@pytest.mark.parametrize("section", SCORED, ids=lambda section: section.slug)
@settings(max_examples=20)
@given(data=st.data())
def test_a_higher_answer_never_lowers_a_score_nor_takes_a_need_away(section: OasysSection, data: st.DataObject) -> None:
    answers = data.draw(sections_answered(section))
    item = data.draw(st.sampled_from([item for item in section.items if item.is_score]))
    low, high = (
        {**answers, item.name: value} for value in sorted(data.draw(st.tuples(*[st.sampled_from([0, 2])] * 2)))
    )
    before, after = score_section(section, low), score_section(section, high)
    assert before.points <= after.points
    assert before.is_need <= after.is_need


@pytest.mark.parametrize("section", SCORED, ids=lambda section: section.slug)
def test_every_scored_item_moves_the_score(section: OasysSection) -> None:
    asked: dict[str, Answer] = {"item_8_1": True} if section.slug == "drug-misuse" else {}
    for item in section.items:
        if item.is_score:
            assert score_section(section, {**asked, item.name: 2}).points == 2
            assert score_section(section, {**asked, item.name: 0}).points == 0


@pytest.mark.parametrize("section", WITH_A_NEED, ids=lambda section: section.slug)
def test_every_item_of_a_need_moves_it(section: OasysSection) -> None:
    asked: dict[str, Answer] = {"item_8_1": True} if section.slug == "drug-misuse" else {}
    assert section.need is not None
    for name in section.need.items:
        need = score_section(section, {**asked, name: 2}).need
        assert need is not None
        assert need.points == 2


@pytest.mark.parametrize(
    ("total", "band"), [(0, "low"), (40, "low"), (41, "medium"), (99, "medium"), (100, "high"), (168, "high")]
)
def test_bands_of_the_total(total: int, band: str) -> None:
    found = total_band(RULES, total)
    assert found is not None
    assert (found.total, found.band.value, found.source.is_remembered) == (total, band, True)


@pytest.mark.parametrize("total", [-1, 169])
def test_a_total_that_cannot_be_has_no_band(total: int) -> None:
    assert total_band(RULES, total) is None
