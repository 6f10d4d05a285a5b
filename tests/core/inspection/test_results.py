"""From a sample and its answers to what may be estimated, joint work apart."""

from datetime import date

import pytest

from openmappa.core.inspection.estimates import estimate, estimates
from openmappa.core.inspection.frame import Frame, FrameCase
from openmappa.core.inspection.proportions import Proportion
from openmappa.core.inspection.results import Reading, joint_work, scored, scored_by_stratum
from openmappa.core.inspection.sample import Rules, Sample, draw, name_joint_work, replace_case
from openmappa.core.inspection.scores import Answer

FRAME = Frame(
    date(2004, 9, 1),
    tuple(FrameCase(f"{area}{at:02}", area) for area, size in (("Gwent", 40), ("Norfolk", 80)) for at in range(size)),
)
YES, NO = Answer.SUFFICIENT, Answer.POOR


@pytest.fixture
def sample() -> Sample:
    drawn = Sample(draw(FRAME, seed="rain on Tuesday", rules=Rules(size=40, at_least=20)))
    best = [key for key in drawn.draw.keys if key.startswith("Gwent")][:6]
    return name_joint_work(drawn, stratum="Gwent", keys=best)


@pytest.fixture
def answers(sample: Sample) -> dict[str, Answer]:
    """The six that Gwent named are good, and so is one of its others and five of Norfolk's."""
    gwent = [key for key in sample.drawn if key.startswith("Gwent") and key not in sample.joint]
    norfolk = [key for key in sample.drawn if key.startswith("Norfolk")]
    good = {*sample.joint, gwent[0], *norfolk[:5]}
    return {key: YES if key in good else NO for key in sample.drawn}


def test_six_good_cases_that_gwent_named_do_not_lift_its_figure_from_7_to_35_per_cent(
    sample: Sample, answers: dict[str, Answer]
) -> None:
    apart = estimates(scored_by_stratum(sample, answers))
    whole = estimates(scored_by_stratum(sample, answers, Reading.ALL))
    assert [(name, each.tally.words, each.percentage) for name, each in apart.items()] == [
        ("Gwent", "1 of 14 judged", 7),
        ("Norfolk", "5 of 20 judged", 25),
    ]
    assert [each.percentage for each in whole.values()] == [35, 25]
    assert joint_work(sample, answers).above_the_line == Proportion(6, 6)


def test_areas_are_weighted_by_the_cases_they_stand_for(sample: Sample, answers: dict[str, Answer]) -> None:
    """7 of 20 stand for 14 of 40, 5 of 20 for 20 of 80: 34 of 120 is 28 per cent, and not 12 of 40."""
    assert estimate(scored(sample, answers, Reading.ALL)).percentage == 28


def test_a_case_without_an_answer_is_not_answered_and_one_that_was_replaced_takes_no_part(
    sample: Sample, answers: dict[str, Answer]
) -> None:
    out = next(key for key in sample.drawn if key.startswith("Norfolk"))
    later = replace_case(FRAME, sample, out=out, reason="the file is at court")
    assert estimate(scored(later, answers)).tally.words == "5 of 33 judged; 1 not answered"
    assert estimate(scored(sample, answers)).tally.words == "6 of 34 judged"


def test_of_an_area_that_was_drawn_whole_the_interval_shrinks_only_once_every_case_is_answered() -> None:
    """8 of 10 answered stand for 10, weight 1.25: as sure as 8 ÷ (1 - 8/10) = 40 by chance; all 10 are certain."""
    frame = Frame(date(2004, 9, 1), tuple(FrameCase(f"case {at}", "Gwent") for at in range(10)))
    drawn = Sample(draw(frame, seed="rain", rules=Rules(size=10, at_least=10)))
    every = dict.fromkeys(sorted(drawn.drawn), YES) | {"case 0": NO}
    eight = {key: answer for key, answer in every.items() if key not in ("case 8", "case 9")}
    found = estimate(scored(drawn, eight))
    assert (found.tally.words, round(found.effective, 6)) == ("7 of 8 judged; 2 not answered", 40.0)
    assert found.interval is not None
    assert found.interval.low < 7 / 8 < found.interval.high
    done = estimate(scored(drawn, every)).interval
    assert done is not None
    assert (done.low, done.high) == (0.9, 0.9)
    assert not any(each.weight > 1 for each in scored(drawn, {})), "where nobody is answered there is nobody to stand"


def test_those_of_one_group_do_not_stand_for_those_of_another(sample: Sample, answers: dict[str, Answer]) -> None:
    gone = next(key for key in answers if key.startswith("Norfolk"))
    left = {key: answer for key, answer in answers.items() if key != gone}
    weights = {each.weight for each in scored(sample, left, Reading.ALL) if each.answer is not Answer.NOT_ANSWERED}
    assert weights == {2.0, 4 * 20 / 19}
