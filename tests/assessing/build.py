"""Exercises with a sample that is dealt out, and answers to its questions, for the tests of assessing."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.assessing.models import (
    AnswerWords,
    Assessment,
    ConfidentialRemark,
    Dealing,
    GivenAnswer,
    Resolution,
    ResolutionWords,
)
from openmappa.assessing.queries.assessments import case_of, framework_for, kind_of_case
from openmappa.assessing.services.answering import Said, Seen, give_answer, sign_assessment
from openmappa.assessing.services.dealing import deal_cases
from openmappa.cases.models import Case
from openmappa.core.inspection.framework import AskedOf, Question
from openmappa.core.inspection.scores import Answer
from openmappa.core.inspection.twice import asked_of
from openmappa.samples.models import Exercise
from openmappa.samples.services.exercises import let_work
from tests.inspections.build import opened
from tests.samples.build import drawn, exercise_row, inspector, managed_cases

LINK = "/inspections/"
GOOD = Said(Answer.SUFFICIENT, passage="The plan of May says so.")


class Scene(NamedTuple):
    """An exercise whose sample is dealt out between its lead and another inspector."""

    exercise: Exercise
    lead: User
    other: User
    cases: list[Case]

    def of(self, person: User) -> list[Assessment]:
        """The assessments this person has, by case."""
        rows = Assessment.objects.standing().filter(exercise=self.exercise, inspector=person)
        return list(rows.select_related("exercise", "inspector"))


def dealt_out(size: int = 2, percent: int = 100, listed: int = 4) -> Scene:
    """A sample that is dealt out; of every case or of a share two assess."""
    cases, lead, other = managed_cases(listed), inspector(), inspector()
    exercise = opened(lead).exercise
    with as_person(lead):
        let_work(by=lead, exercise=exercise, person=other)
    drawn(lead, exercise, size=size)
    with as_person(lead):
        deal_cases(by=lead, exercise=exercise, seed="rain", percent=percent, people=[lead, other], link=LINK)
    return Scene(exercise, lead, other, cases)


def questions_of(assessment: Assessment) -> tuple[Question, ...]:
    """What its case is asked; as whoever is stated."""
    framework = framework_for(assessment.exercise)
    return asked_of(framework.asked_of(AskedOf.CASE), kind_of_case(assessment.exercise, assessment.case_key))


def answered(by: User, assessment: Assessment, said: dict[str, Said] | None = None, *, sign: bool = True) -> Assessment:
    """Every question answered the same, but for those that ``said`` answers otherwise; and signed."""
    with as_person(by):
        case = case_of(by, assessment.exercise, assessment.case_key)
        questions = questions_of(assessment)
        for question in questions:
            plain = GOOD if question.is_scored else Said(question.answers[0], no_evidence=True)
            one = (said or {}).get(question.code, plain)
            give_answer(by=by, assessment=assessment, case=case, question=question, said=one, offer=None, seen=Seen())
        if sign:
            sign_assessment(by=by, assessment=assessment, case=case, questions=questions)
    return Assessment.objects.get(pk=assessment.pk)


# ---- rows by themselves, as the constraints are broken with


def dealing_row(by: User, **changed: object) -> Dealing:
    plain = {"seed": "rain", "percent": 20, "keys": [], "twice": [], "people": [], "dealt_by": by}
    more = {"exercise": exercise_row(by), "dealt_at": timezone.now()}
    return Dealing.objects.create(**(more | plain | changed))


def assessment_row(by: User, exercise: Exercise | None = None, **changed: object) -> Assessment:
    plain = {"case_key": "a", "inspector": by, "given_by": by, "given_at": timezone.now()}
    return Assessment.objects.create(exercise=exercise or exercise_row(by), **(plain | changed))


def answer_row(by: User, assessment: Assessment | None = None, **changed: object) -> GivenAnswer:
    plain = {"question": "smart_objectives", "answer": "poor", "saved_at": timezone.now()}
    return GivenAnswer.objects.create(assessment=assessment or assessment_row(by), **(plain | changed))


def resolution_row(by: User, exercise: Exercise | None = None, **changed: object) -> Resolution:
    plain = {"case_key": "a", "question": "smart_objectives", "answer": "poor", "resolved_by": by}
    more = {"resolved_at": timezone.now(), "exercise": exercise or exercise_row(by)}
    return Resolution.objects.create(**(more | plain | changed))


def everything_of_an_assessment(case: Case, by: User, secret: str) -> Iterable[object]:
    """A case that was assessed, remarked on and settled, in words that are about it."""
    assessment = assessment_row(by)
    now = timezone.now()
    answer = answer_row(by, assessment)
    resolution = resolution_row(by, assessment.exercise)
    return [
        AnswerWords.objects.create(answer=answer, case=case, passage=secret, overruled_because=secret),
        ConfidentialRemark.objects.create(assessment=assessment, case=case, words=secret, saved_at=now),
        ResolutionWords.objects.create(resolution=resolution, case=case, reason=secret),
    ]
