"""Every generated RM2000 has answers that give its band, for a man of his age, by the instrument's own scoring."""

from dataclasses import astuple
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmappa.core.caseload import CaseRecord
from openmappa.core.instruments.rm2000.scale_s import scale_s
from openmappa.core.instruments.rm2000.whole import rm2000_of_one_person
from openmappa.core.packs.load import load_rm2000
from openmappa.core.standards.facts import Fact
from openmappa.core.synthetic.content.case import CaseContent
from openmappa.core.synthetic.content.known import Known
from openmappa.core.synthetic.content.scores import RmPatterns, Score, items_for, scores_of, weighted
from openmappa.core.synthetic.dealing import Dice
from openmappa.core.synthetic.generate import generate
from tests.core.synthetic.samples import sample

RULES = load_rm2000("england-wales-2005").s
PATTERNS = RmPatterns(RULES)
BANDS = ("low", "medium", "high", "very_high")


def known(case: CaseRecord) -> Known:
    assert case.person is not None
    return Known(case.reference, case.person.born_on, case.person.sex, case.facts)


def scored(*bands: str, born_on: date = date(1960, 5, 1), sex: str = "male") -> list[Score]:
    day = date(2004, 5, 1)
    facts = [Fact("rm2000_completed", day, {"band": band, "rank": "constable"}, day) for band in bands]
    return scores_of(Known("X-1", born_on, sex, tuple(facts)), PATTERNS, "seed")


def test_the_answers_of_616_scores_give_the_band_of_each(cases: list[CaseRecord]) -> None:
    wanted, given_ = [], []
    for case in cases:
        view = known(case)
        scores = {score.fact: score.items for score in scores_of(view, PATTERNS, "seed")}
        for place, fact in view.of_kind("rm2000_completed"):
            wanted.append(fact.details["band"])
            given_.append(scale_s(scores[place], RULES).band.value)
    assert given_ == wanted
    assert len(wanted) == 616


def test_scale_v_is_answered_for_everybody_and_never_with_more_violent_than_criminal_appearances(
    cases: list[CaseRecord],
) -> None:
    bands = dict.fromkeys(BANDS, 0)
    for case in cases:
        for score in scores_of(known(case), PATTERNS, "seed"):
            result = rm2000_of_one_person(score.items, score.v_items, load_rm2000("england-wales-2005"))
            assert result.v is not None
            bands[result.v.band.value] += 1
    assert sum(bands.values()) == 616
    assert min(bands.values()) > 0
    assert bands["low"] > bands["very_high"]


def test_every_sample_has_bands_that_answers_can_give() -> None:
    for seed in range(8):
        for case in generate(sample(areas=1, cases=30, seed=seed)):
            view = known(case)
            assert len(scores_of(view, PATTERNS, "s")) == sum(1 for _ in view.of_kind("rm2000_completed")), seed


@given(age=st.integers(18, 90), band=st.sampled_from(BANDS), again=st.sampled_from(BANDS), seed=st.integers())
def test_any_age_and_band_have_answers_but_low_below_35(age: int, band: str, again: str, seed: int) -> None:
    dice = Dice(seed)
    items = items_for(band, age, None, PATTERNS, dice)
    if items is None:
        assert (band, age < 35) == ("low", True)
        return
    assert (scale_s(items, RULES).band.value, items.age_at_risk) == (band, age)
    later = items_for(again, age, items, PATTERNS, dice)
    if later is not None:
        assert scale_s(later, RULES).band.value == again


def test_scored_again_with_the_same_band_keeps_every_answer_and_another_band_changes_few() -> None:
    changed = []
    for seed in range(200):
        items = items_for("medium", 40, None, PATTERNS, Dice(seed))
        assert items is not None
        assert items_for("medium", 40, items, PATTERNS, Dice(seed, "again")) == items
        later = items_for("high", 40, items, PATTERNS, Dice(seed, "later"))
        assert later is not None
        changed.append(sum(now != then for now, then in zip(astuple(items), astuple(later), strict=True)))
    assert sum(changed) / len(changed) < 2


def test_nobody_under_18_no_woman_and_no_low_band_at_24_gets_answers() -> None:
    assert scored("high", born_on=date(1988, 1, 1)) == []
    assert scored("high", sex="female") == []
    assert scored("low", born_on=date(1980, 1, 1)) == []
    assert [score.fact for score in scored("low", "medium")] == [0, 1]


def test_the_age_at_risk_is_that_on_the_day_of_release_or_of_the_order() -> None:
    born, scored_on, released = date(1970, 5, 2), date(2003, 5, 1), date(2004, 5, 1)
    facts = (Fact("rm2000_completed", scored_on, {}, scored_on), Fact("order_started", released, {}, released))
    assert Known("X-1", born, "male", facts).age_at_risk == 33
    assert Known("X-1", born, "male", facts[:1]).age_at_risk == 32


@pytest.mark.parametrize(("weights", "chosen"), [((1.0, 0.0), "a"), ((0.0, 1.0), "b"), ((0.0, 0.0), "b")])
def test_a_thing_is_drawn_by_its_weight(weights: tuple[float, float], chosen: str) -> None:
    assert weighted(list(zip("ab", weights, strict=True)), Dice("w")) == chosen


def test_scale_v_agrees_with_scale_s_and_stays_the_same_when_scored_again(contents: list[CaseContent]) -> None:
    rules = load_rm2000("england-wales-2005")
    scores = [content.scores for content in contents if content.scores]
    bands = {
        rm2000_of_one_person(score.items, score.v_items, rules).v.band  # type: ignore[union-attr]
        for of_case in scores
        for score in of_case
    }
    assert len(bands) == 4
    again = [of_case for of_case in scores if len(of_case) > 1]
    assert sum(one.v_items == other.v_items for one, other, *_ in again) / len(again) > 0.7
