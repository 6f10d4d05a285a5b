"""The cases of a demonstration's inspection dealt out, assessed and signed, and most differences settled.

Written in a few statements for all cases together: answer by answer through ``assessing`` it would take minutes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.assessing.models import (
    AnswerWords,
    Assessment,
    Dealing,
    GivenAnswer,
    Resolution,
    ResolutionWords,
)
from openmappa.assessing.queries.answers import differences
from openmappa.assessing.queries.assessments import criteria_for, framework_for, sampled
from openmappa.assessing.services.dealing import deal_cases
from openmappa.caseload.services.content.mappa.deeds import a_deed
from openmappa.cases.models import Case
from openmappa.core.inspection.framework import Question
from openmappa.core.inspection.offered import Offer, offers
from openmappa.core.packs.load import IN_SERVICE, load_inspection_report, packs_in_service
from openmappa.core.standards.duties import duties
from openmappa.core.synthetic.content.inspected.judged import Judged, judged, printed_lines
from openmappa.core.synthetic.content.inspected.words import SETTLED
from openmappa.samples.models import Exercise, SampledCase
from openmappa.samples.queries import drawn_of, kinds_in
from openmappa.timeline.queries.known import facts_known_on

SEED = "12 17 22 29 33 45"
TWICE = 20
"""Of a hundred cases, how many two assess."""
LEFT_OPEN, LEFT_UNSETTLED = 2, 2
"""So many assessments of the second inspector are half done, so many differences wait."""
BATCH = 2000


@dataclass(frozen=True)
class Shown:
    """What a case shows: its records as known on the day, and what they offer."""

    case: Case
    references: Sequence[str]
    questions: Sequence[Question]
    offered: Mapping[str, Offer]


def assess_nearly_all(*, lead: User, exercise: Exercise, people: Sequence[User]) -> None:
    """Deal out every case of a sample, some to two; answer and sign. Must be called as a job.

    Two assessments of the last inspector are left half done, and two differences unsettled.
    """
    link = reverse("assessing:progress", kwargs={"inspection": exercise.key})
    with a_deed(), as_person(lead):
        deal_cases(by=lead, exercise=exercise, seed=SEED, percent=TWICE, people=people, link=link)
    with a_deed():
        now = timezone.now()
        rows = list(Assessment.objects.filter(exercise=exercise).order_by("case_key", "place"))
        last = [row for row in rows if row.inspector_id == people[-1].pk and not row.blind]
        undone = {row.pk for row in last[-LEFT_OPEN:]}
        _write_answers(exercise, rows, undone, 0, now)
    for person in people:
        with a_deed(), as_person(person):
            own = Assessment.objects.filter(exercise=exercise, inspector=person).exclude(pk__in=undone)
            own.update(signed_at=now)
    with a_deed():
        _settle(lead, exercise, now)


def assess_all_long_ago(*, lead: User, exercise: Exercise, better: int, at: datetime) -> None:
    """Every case of a sample assessed by whoever leads, and signed then. Must be called as a job.

    ``better``: how many points of a hundred the work was better than printed.
    """
    with a_deed():
        there = sampled(exercise)
        assert there is not None
        lot = {"seed": SEED, "percent": 0, "keys": list(there.keys), "twice": [], "people": [lead.pk]}
        Dealing.objects.create(exercise=exercise, dealt_by=lead, dealt_at=at, **lot)
        rows = Assessment.objects.bulk_create(
            Assessment(exercise=exercise, case_key=key, inspector=lead, given_by=lead, given_at=at, signed_at=at)
            for key in there.keys
        )
        _write_answers(exercise, rows, set(), better, at)


def _write_answers(
    exercise: Exercise, rows: Sequence[Assessment], undone: set[int], better: int, now: datetime
) -> None:
    shown, lines = _shown(exercise), printed_lines(load_inspection_report(IN_SERVICE[0]))
    given: list[tuple[GivenAnswer, Judged, Shown]] = []
    for row in rows:
        of = shown.get(row.case_key)
        questions = of.questions if of else ()
        for question in questions[: len(questions) // 2] if row.pk in undone else questions:
            assert of is not None
            offer = of.offered.get(question.code)
            offered = offer.answer if offer else ""
            one = judged(
                question,
                row.case_key,
                second=row.place == 2,
                lines=lines,
                offered=offered,
                records=len(of.references),
                better=better,
            )
            answer = GivenAnswer(
                assessment=row,
                question=question.code,
                answer=one.answer,
                no_evidence=one.no_evidence,
                offered=offered,
                saved_at=now,
            )
            given.append((answer, one, of))
    GivenAnswer.objects.bulk_create([answer for answer, _, _ in given], BATCH)
    AnswerWords.objects.bulk_create(
        [
            AnswerWords(
                answer=answer,
                case=of.case,
                records=[of.references[place] for place in one.records],
                passage=one.passage,
                overruled_because=one.because,
            )
            for answer, one, of in given
        ],
        BATCH,
    )


def _shown(exercise: Exercise) -> dict[str, Shown]:
    """What each case of the sample shows, by key. One query a case, for its facts."""
    drawn = drawn_of(exercise)
    assert drawn is not None
    kinds, framework, packs = kinds_in(drawn), framework_for(exercise), packs_in_service()
    found = {}
    for row in SampledCase.objects.filter(sample=drawn, left_at__isnull=True).select_related("case__area"):
        known = facts_known_on(row.case, exercise.on)
        due = duties(known.facts, packs, force=row.case.force, as_of=exercise.on, known_on=exercise.on)
        questions = [question for _, asked in criteria_for(framework, kinds[row.key]) for question in asked]
        offered = offers(questions, known.facts, due, exercise.on)
        found[row.key] = Shown(row.case, [f"fact:{fact.pk}" for fact in known.rows], questions, offered)
    return found


def _settle(lead: User, exercise: Exercise, now: datetime) -> None:
    """Settle all differences but the last two, as whoever leads."""
    cases = dict(SampledCase.objects.filter(sample__exercise=exercise).values_list("key", "case"))
    open_ones = differences(exercise, framework_for(exercise))[:-LEFT_UNSETTLED]
    rows = Resolution.objects.bulk_create(
        Resolution(
            exercise=exercise,
            case_key=each.case_key,
            question=each.question.code,
            answer=each.given[at % 2],
            resolved_by=lead,
            resolved_at=now,
            by_lead=True,
        )
        for at, each in enumerate(open_ones)
    )
    ResolutionWords.objects.bulk_create(
        ResolutionWords(resolution=row, case_id=cases[row.case_key], reason=SETTLED[at % len(SETTLED)])
        for at, row in enumerate(rows)
    )
