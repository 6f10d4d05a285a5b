"""What pages of assessing begin with: the exercise, who asks, an assessment with its case and record."""

import uuid
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest

from openmappa.accounts.asking import whoever_asks
from openmappa.accounts.models import User
from openmappa.assessing.errors import NotYours
from openmappa.assessing.models import Assessment, GivenAnswer
from openmappa.assessing.queries.assessments import (
    answers_in,
    assessment_for,
    case_of,
    criteria_for,
    exercise_for,
    framework_for,
    kind_of_case,
)
from openmappa.assessing.queries.record import CaseRecord, offered_on, record_of
from openmappa.audit.looks import shows
from openmappa.cases.models import Case
from openmappa.core.access import Permission
from openmappa.core.inspection.framework import Criterion, Framework, Question
from openmappa.core.inspection.offered import Offer
from openmappa.samples.models import Exercise
from openmappa.samples.queries import leads


@dataclass(frozen=True)
class OnExercise:
    """An exercise, and who works on it."""

    user: User
    exercise: Exercise
    leads: bool

    @cached_property
    def framework(self) -> Framework:
        """What is asked."""
        return framework_for(self.exercise)

    @property
    def shown(self) -> dict[str, Any]:
        """What every page of it is given."""
        return {"exercise": self.exercise, "on": self}


@dataclass(frozen=True)
class OnAssessment(OnExercise):
    """An assessment, with its case."""

    assessment: Assessment
    case: Case

    @property
    def writes(self) -> bool:
        """Whether whoever asks answers its questions now."""
        own = self.assessment.inspector_id == self.user.pk
        return own and not self.assessment.is_signed and self.exercise.is_open

    @cached_property
    def criteria(self) -> list[tuple[Criterion, tuple[Question, ...]]]:
        """What the case is judged by."""
        kind = kind_of_case(self.exercise, self.assessment.case_key)
        return [(criterion, tuple(asked)) for criterion, asked in criteria_for(self.framework, kind)]

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question that the case is asked, in order."""
        return tuple(question for _, asked in self.criteria for question in asked)

    @cached_property
    def record(self) -> CaseRecord:
        """Its record, as known on the day."""
        return record_of(self.user, self.case, self.exercise.on)

    @cached_property
    def answers(self) -> dict[str, GivenAnswer]:
        """Its answers, as far as they may be read."""
        return answers_in(self.assessment)

    @cached_property
    def offers(self) -> dict[str, Offer]:
        """What the record offers."""
        return offered_on(self.record, self.case, self.questions)

    @property
    def shown(self) -> dict[str, Any]:
        """What every page of it is given."""
        return {**super().shown, "assessment": self.assessment, "case": self.case}


def to_exercise(request: HttpRequest, key: uuid.UUID) -> OnExercise:
    """An exercise, for somebody who works on it. Raises NotAllowed, Http404."""
    user = whoever_asks(request, Permission.READ_RECORD)
    row = exercise_for(user, key)
    return OnExercise(user, row, row.is_open and leads(user, row))


def to_lead(request: HttpRequest, key: uuid.UUID) -> OnExercise:
    """An exercise, for somebody who leads it while it is open. Raises NotAllowed, Http404, NotYours."""
    on = to_exercise(request, key)
    if not on.leads:
        raise NotYours("Whoever leads this inspection does that, while it is open.")
    return on


def to_assessment(request: HttpRequest, key: uuid.UUID, assessment: uuid.UUID) -> OnAssessment:
    """An assessment with its case, for its inspector; for others who work on it, as far as they may read it.

    Raises NotAllowed, Http404 where the case is not open to them.
    """
    on = to_exercise(request, key)
    row = assessment_for(on.exercise, assessment)
    case = case_of(on.user, on.exercise, row.case_key)
    shows(request, [case.pk])
    return OnAssessment(on.user, on.exercise, on.leads, row, case)


def to_own(request: HttpRequest, key: uuid.UUID, assessment: uuid.UUID) -> OnAssessment:
    """An assessment that whoever asks writes in now. Raises NotYours besides."""
    on = to_assessment(request, key, assessment)
    if on.assessment.inspector_id != on.user.pk:
        raise NotYours("Whoever has this case answers its questions.")
    return on


def question_in(on: OnAssessment, code: str) -> Question:
    """A question that its case is asked. Raises Http404."""
    found = next((question for question in on.questions if question.code == code), None)
    if found is None:
        raise Http404("This case is not asked that")
    return found
