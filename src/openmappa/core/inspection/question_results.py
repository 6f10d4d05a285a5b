"""The answers of a sample, question by question: the estimate, joint work apart, all drawn cases, and area by area.

Only questions that are asked of cases and answered on the four-point scale are counted here. What may leave the service
of a question is decided once (``leaving``), so that a file by area and a published report never give each other's
hidden counts away.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from openmappa.core.inspection.estimates import Estimate, estimate, estimates
from openmappa.core.inspection.framework import AskedOf, Framework, Question
from openmappa.core.inspection.results import Reading, joint_work, scored, scored_by_stratum
from openmappa.core.inspection.sample import Sample
from openmappa.core.inspection.scores import Answer, Tally
from openmappa.core.inspection.withheld import withheld

Answers = Mapping[str, Mapping[str, Answer]]
"""By question, then by the key of the case."""
WORDS = {
    Reading.WITHOUT_JOINT_WORK: "The estimate: without the cases that areas named as joint work, because an area names "
    "its better ones (3.5). Weighted, so that each area counts as much as it has cases.",
    Reading.JOINT_WORK: "Joint work: the cases that areas chose to show, counted only. They stand for no other case.",
    Reading.ALL: "All drawn cases, joint work among them: the only reading that speaks of every case of the day.",
}
"""What each reading is, in words for a page."""


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question in three readings: ``apart`` is the estimate, ``joint`` the joint work, ``everyone`` all cases."""

    question: Question
    apart: Estimate
    joint: Tally
    everyone: Estimate

    @property
    def judged(self) -> int:
        """How many cases were judged, joint work among them."""
        return self.everyone.tally.judged


@dataclass(frozen=True, slots=True)
class Leaving:
    """What of a question's estimate may leave the service: the areas whose figure may, and whether the whole may."""

    areas: frozenset[str]
    whole: bool


def questions_counted(framework: Framework) -> tuple[Question, ...]:
    """The questions whose answers are counted: of each case, on the scale, in the order they are asked."""
    return tuple(question for question in framework.asked_of(AskedOf.CASE) if question.is_scored)


def question_results(sample: Sample, questions: Iterable[Question], answers: Answers) -> tuple[QuestionResult, ...]:
    """The readings of each question. A case without an answer is not answered, which is told, never counted as no."""
    return tuple(_result(sample, question, answers.get(question.code, {})) for question in questions)


def by_area(sample: Sample, given: Mapping[str, Answer]) -> dict[str, Estimate]:
    """The estimate of one question in each area, each with its warning."""
    return estimates(scored_by_stratum(sample, given))


def leaving(sample: Sample, given: Mapping[str, Answer]) -> Leaving:
    """What may leave of one question: nothing small, above the line or below it, nor what would give it away.

    The line of areas with its total is read as a table of one row, which is its own total as well.
    """
    areas = by_area(sample, given)
    cells = {(0, place): each.tally.above_the_line for place, each in enumerate(areas.values())}
    hidden = withheld(cells, 1, len(areas))
    shown = frozenset(name for place, name in enumerate(areas) if not {(0, place), (1, place)} & hidden)
    return Leaving(shown, not {(0, len(areas)), (1, len(areas))} & hidden)


def _result(sample: Sample, question: Question, given: Mapping[str, Answer]) -> QuestionResult:
    return QuestionResult(
        question,
        estimate(scored(sample, given)),
        joint_work(sample, given),
        estimate(scored(sample, given, Reading.ALL)),
    )
