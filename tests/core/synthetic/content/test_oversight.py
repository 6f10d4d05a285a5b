"""What line managers made of the generated work: marks that agree with it, and the shares of Tables 3 to 5."""

from collections import Counter
from datetime import date

from openmappa.core.packs.load import load_line_management, load_quality
from openmappa.core.packs.quality_rules import Mark
from openmappa.core.synthetic.content.case import CaseContent
from openmappa.core.synthetic.content.oversight import LOOKED_AT, OUTCOMES, WHY, Overseer
from tests.core.synthetic.content.making import made
from tests.core.synthetic.samples import SHAPE

RULES = load_quality("england-wales-2005")
TODAY = date(2005, 3, 31)
REPORTED = {
    **{"harm_at_start": 30, "harm_every_16_weeks": 15, "harm_content": 44, "harm_management": 32},
    **{"harm_interventions": 67, "likelihood_evidence": 59, "plan_standard": 23, "plan_content": 31},
    **{"plan_objectives": 26, "review_progress": 15, "review_content": 33, "rmp_on_time": 21},
    **{"rmp_together": 50, "rmp_carried_out": 42, "rmp_reviewed": 40},
}


def overseer() -> Overseer:
    return Overseer("made", SHAPE.content, RULES)


def test_marks_are_above_the_line_as_often_as_in_the_tables(contents: list[CaseContent]) -> None:
    manager = overseer()
    marks = [mark for content in contents for each in manager.markings(content) for mark in each.marks.items()]
    above = Counter(name for name, (mark, _) in marks if mark.is_above_the_line)
    every = Counter(name for name, _ in marks)
    off = {name: abs(above[name] / every[name] * 100 - share) for name, share in REPORTED.items()}
    assert {name: round(points, 1) for name, points in off.items() if points > 6} == {}
    assert {mark for _, (mark, _) in marks} == set(Mark) - {Mark.NOT_APPLICABLE}


def test_below_the_line_says_why_and_above_it_says_nothing(contents: list[CaseContent]) -> None:
    manager = overseer()
    marks = [mark for content in contents[:60] for each in manager.markings(content) for mark in each.marks.values()]
    assert all(bool(comment) != mark.is_above_the_line for mark, comment in marks)
    assert set(WHY) == {criterion.id for criterion in RULES.criteria}


def test_a_manager_has_looked_at_46_in_100_of_the_high_and_very_high(contents: list[CaseContent]) -> None:
    manager = overseer()
    reviews = [manager.review(content, TODAY) for content in contents]
    high = [
        content
        for content in contents
        if content.assessments
        and content.assessments[-1].harm in ("high", "very_high")
        and not list(content.known.of_kind("order_ended", "case_closed"))
    ]
    found = [review for review in reviews if review]
    assert abs(len(found) / len(high) - 0.46) < 0.025
    assert all(review.on <= TODAY < review.next_on for review in found)


def test_choices_are_those_of_the_pack() -> None:
    rules = load_line_management("england-wales-2005")
    assert set(LOOKED_AT) <= {choice.id for choice in rules.looked_at}
    assert {outcome for outcome, _ in OUTCOMES} <= {choice.id for choice in rules.outcomes}
    reasons = {answer for answer, _ in SHAPE.content["late_reason"].shares}
    assert reasons == {one.id for one in rules.late_reasons} - {"other"}


def test_half_of_what_started_late_has_a_reason() -> None:
    manager = overseer()
    reasons = Counter(manager.reason() for _ in range(200))
    assert abs(reasons[None] - 100) <= 10
    assert reasons.most_common(2)[1][0] == "workload"


def test_a_plan_that_no_oasys_gave_anything_to_answer_is_marked_by_the_figure() -> None:
    content = made(("isp_completed", "2003-02-03", {}))
    (marking,) = overseer().markings(content)
    assert set(marking.marks) == {"plan_standard", "plan_content", "plan_objectives"}
