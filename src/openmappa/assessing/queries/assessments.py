"""Exercises that are assessed, who has which case, and one assessment with its answers.

What the database lets nobody read is not there for these queries either: answers of a blind assessment until both are
signed, words of a case that the reader cannot open.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.http import Http404

from openmappa.accounts.models import User
from openmappa.assessing.models import Assessment, Dealing, GivenAnswer
from openmappa.cases.models import Case
from openmappa.core.inspection.framework import AskedOf, CaseKind, Criterion, Framework, Question
from openmappa.core.inspection.twice import asked_of, twice_now
from openmappa.inspections.models import Inspection
from openmappa.inspections.queries.frameworks import framework_of
from openmappa.samples.models import Exercise, SampledCase
from openmappa.samples.queries import drawn_of, kinds_in, sample_of, works_on


def framework_for(exercise: Exercise) -> Framework:
    """What this inspection asks of its cases: the version of a framework that it was opened with. One query."""
    return framework_of(Inspection.objects.select_related("framework").get(exercise=exercise))


def exercise_for(user: User, key: uuid.UUID) -> Exercise:
    """The exercise of an inspection that this person works on, or did when it ended. Raises Http404. Two queries."""
    row = Exercise.objects.filter(key=key, inspection__isnull=False).first()
    if row is None or not works_on(user, row):
        raise Http404("No such exercise")
    return row


@dataclass(frozen=True)
class Sampled:
    """The cases of a sample by key: what kind each is, which ones two assess, which ones the reader opens."""

    kinds: Mapping[str, CaseKind]
    keys: tuple[str, ...]
    strata: Mapping[str, str]
    joint: frozenset[str]
    twice: frozenset[str]
    cases: Mapping[str, Case]


def sampled(exercise: Exercise) -> Sampled | None:
    """The sample as far as assessing needs it; None while nothing is drawn. Eight queries, whatever its size."""
    drawn = drawn_of(exercise)
    if drawn is None:
        return None
    sample, dealing = sample_of(drawn), dealing_of(exercise)
    replaced = [(each.out, each.into) for each in sample.replacements]
    rows = SampledCase.objects.filter(sample=drawn, left_at__isnull=True).select_related("case__person", "case__area")
    return Sampled(
        kinds_in(drawn),
        tuple(sorted(sample.members())),
        {key: group.stratum for key, group in sample.members().items()},
        sample.joint,
        twice_now(dealing.twice if dealing else (), replaced),
        {row.key: row.case for row in rows.defer("case__person__name_keys")},
    )


def dealing_of(exercise: Exercise) -> Dealing | None:
    """How its cases were dealt out; None where they were not yet. One query."""
    return Dealing.objects.filter(exercise=exercise).select_related("dealt_by").first()


def assessments_of(exercise: Exercise) -> list[Assessment]:
    """Every assessment that stands, by case, with its inspector. One query."""
    return list(Assessment.objects.standing().filter(exercise=exercise).select_related("inspector"))


def answered(exercise: Exercise) -> dict[int, int]:
    """How many questions each assessment has answered, by its number. One query, and no answer is shown by it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT assessment, answered FROM assessing_progress(%s)", [exercise.pk])
        return dict(cursor.fetchall())


def assessment_for(exercise: Exercise, key: uuid.UUID) -> Assessment:
    """One assessment of an exercise. Raises Http404. One query."""
    rows = Assessment.objects.standing().filter(exercise=exercise, key=key)
    row = rows.select_related("inspector", "exercise").first()
    if row is None:
        raise Http404("No such assessment")
    return row


def case_of(user: User, exercise: Exercise, case_key: str) -> Case:
    """The case behind a key of the sample, for who may open it. Raises Http404. Two queries."""
    rows = SampledCase.objects.filter(sample__exercise=exercise, key=case_key, left_at__isnull=True)
    case = Case.objects.visible_to(user).filter(pk__in=rows.values("case"))
    found = case.select_related("person", "area", "case_manager", "police_officer").first()
    if found is None:
        raise Http404("No such case")
    return found


def kind_of_case(exercise: Exercise, case_key: str) -> CaseKind:
    """What decides which questions a case is asked. Four queries."""
    drawn = drawn_of(exercise)
    kinds = kinds_in(drawn) if drawn else {}
    if case_key not in kinds:
        raise Http404("No such case")
    return kinds[case_key]


def answers_in(assessment: Assessment) -> dict[str, GivenAnswer]:
    """The answers of an assessment that the reader may read, by question, with their words where those are open.

    One query.
    """
    rows = GivenAnswer.objects.filter(assessment=assessment).select_related("words")
    return {row.question: row for row in rows}


def criteria_for(framework: Framework, kind: CaseKind) -> list[tuple[Criterion, Sequence[Question]]]:
    """The criteria that a case of this kind is judged by, each with those of its questions that it is asked."""
    found = [(each, asked_of(each.questions, kind)) for each in framework.criteria if each.asked_of is AskedOf.CASE]
    return [(criterion, questions) for criterion, questions in found if questions]
