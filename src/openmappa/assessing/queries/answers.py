"""The answers that count, question by question, as ``core.inspection.results`` takes them; and where two differ.

For the app above: ``answers_by_question`` is the whole of what it needs. An answer counts once its assessment is
signed; of two blind ones, once both are, and where they differ once that is resolved. Until then the case is *not
answered*, which figures tell apart from *not applicable*. Cases that were replaced are left out by
``results.scored``, and may be here.

Read as somebody who works on the exercise: to anybody else the database gives no answer.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from openmappa.assessing.models import Assessment, Dealing, GivenAnswer, Resolution
from openmappa.core.inspection.agreement import Agreement, Level, Weights, alpha, kappa
from openmappa.core.inspection.framework import AskedOf, Framework, Question
from openmappa.core.inspection.scores import SCALE, Answer
from openmappa.core.inspection.twice import Counting, Outcome, counting
from openmappa.samples.models import Exercise
from openmappa.samples.queries import drawn_of, kinds_in, sample_of

Given = Mapping[tuple[str, str], Sequence[str]]


def answers_by_question(exercise: Exercise, framework: Framework) -> dict[str, dict[str, Answer]]:
    """For each question on the four-point scale that is asked of cases: the answer that counts, by case key.

    Every case of the sample is there for every such question: *not applicable* where it is not for it, *not answered*
    where nothing counts yet. Ten queries, whatever the size.
    """
    found = counted(exercise, framework)
    scored = [question for question in framework.asked_of(AskedOf.CASE) if question.is_scored]
    return {
        question.code: {key: Answer(each.answer) for key, each in found[question.code].items()} for question in scored
    }


def choices_by_question(exercise: Exercise, framework: Framework) -> dict[str, dict[str, str]]:
    """The same for questions that have choices of their own (Table 6): the code of the choice, or one of
    ``not_applicable`` and ``not_answered``.
    """
    found = counted(exercise, framework)
    chosen = [question for question in framework.asked_of(AskedOf.CASE) if not question.is_scored]
    return {question.code: {key: each.answer for key, each in found[question.code].items()} for question in chosen}


def counted(exercise: Exercise, framework: Framework) -> dict[str, dict[str, Counting]]:
    """For each question asked of cases: what counts for each case of the sample, and why."""
    drawn = drawn_of(exercise)
    questions = framework.asked_of(AskedOf.CASE)
    if drawn is None:
        return {question.code: {} for question in questions}
    kinds, keys = kinds_in(drawn), sorted(sample_of(drawn).members())
    blind = set(Assessment.objects.standing().filter(exercise=exercise, blind=True).values_list("case_key", flat=True))
    given, resolved = signed_answers(exercise), resolved_answers(exercise)
    return {
        question.code: {
            key: counting(
                question,
                kinds[key],
                given.get((key, question.code), ()),
                blind=key in blind,
                resolved=resolved.get((key, question.code)),
            )
            for key in keys
        }
        for question in questions
    }


def signed_answers(exercise: Exercise) -> dict[tuple[str, str], list[str]]:
    """Answers of signed assessments that the reader may read, by case and question, in order of place. One query."""
    rows = GivenAnswer.objects.filter(
        assessment__exercise=exercise, assessment__signed_at__isnull=False, assessment__withdrawn_at__isnull=True
    ).order_by("assessment__place", "assessment_id")
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, question, answer in rows.values_list("assessment__case_key", "question", "answer"):
        found[key, question].append(answer)
    return dict(found)


def resolved_answers(exercise: Exercise) -> dict[tuple[str, str], str]:
    """What differences were resolved to, where that counts. One query."""
    rows = Resolution.objects.filter(exercise=exercise)
    return {(row.case_key, row.question): row.answer for row in rows if row.counts}


@dataclass(frozen=True)
class Difference:
    """A question to which two inspectors gave different answers, and what became of it."""

    case_key: str
    question: Question
    given: tuple[str, str]
    resolution: Resolution | None

    @property
    def is_settled(self) -> bool:
        """Whether one answer counts now."""
        return self.resolution is not None and self.resolution.counts


def differences(exercise: Exercise, framework: Framework) -> list[Difference]:
    """Every difference of a case that two have assessed and signed, by case and question. Two queries."""
    given = signed_answers(exercise)
    rows = Resolution.objects.filter(exercise=exercise).select_related("resolved_by", "agreed_by", "words")
    resolved = {(row.case_key, row.question): row for row in rows}
    place = {question.code: at for at, question in enumerate(framework.questions)}
    return [
        Difference(key, framework.question(code), (both[0], both[1]), resolved.get((key, code)))
        for (key, code), both in sorted(given.items(), key=lambda each: (each[0][0], place.get(each[0][1], 0)))
        if len(both) == 2 and both[0] != both[1] and code in place
    ]


@dataclass(frozen=True)
class Agreements:
    """How far inspectors agreed: on each question, and on all questions of the scale together."""

    by_question: tuple[tuple[Question, Agreement], ...]
    overall: Agreement
    cases: int


def agreements(exercise: Exercise, framework: Framework) -> Agreements:
    """Agreement of those who assessed the same cases blind, before anything was resolved. Two queries.

    By question weighted kappa with linear weights (with equal ones where the answers have no order). Over all questions
    of the scale together alpha, ordinal, whose interval comes from the seed by which the cases were dealt: cases are
    drawn again with all their answers, since those hang together.
    """
    given = {pair: both for pair, both in signed_answers(exercise).items() if len(both) == 2}
    seed = Dealing.objects.filter(exercise=exercise).values_list("seed", flat=True).first() or "agreement"
    asked = framework.asked_of(AskedOf.CASE)
    by_question = tuple((question, _of_question(question, given)) for question in asked)
    scored = {question.code for question in asked if question.is_scored}
    pooled = [(key, both) for (key, code), both in sorted(given.items()) if code in scored]
    overall = alpha(
        [both for _, both in pooled],
        [answer.value for answer in SCALE],
        Level.ORDINAL,
        seed=seed,
        belongs_to=[key for key, _ in pooled],
        counted="answers to questions",
    )
    return Agreements(by_question, overall, len({key for key, _ in given}))


def _of_question(question: Question, given: Given) -> Agreement:
    pairs: Iterable[tuple[str, str]] = [
        (both[0], both[1]) for (_, code), both in sorted(given.items()) if code == question.code
    ]
    weights = Weights.LINEAR if question.is_scored else Weights.EQUAL
    return kappa(pairs, [str(answer) for answer in question.answers], weights)


@dataclass(frozen=True)
class Overruled:
    """How often what the record offered was overruled, for one question."""

    question: Question
    offered: int
    overruled: int


def overruled(exercise: Exercise, framework: Framework) -> list[Overruled]:
    """For each question to which the record offered something in a signed assessment. One query."""
    rows = GivenAnswer.objects.filter(assessment__exercise=exercise, assessment__signed_at__isnull=False)
    offered: Counter[str] = Counter()
    against: Counter[str] = Counter()
    for question, answer, offer in rows.exclude(offered="").values_list("question", "answer", "offered"):
        offered[question] += 1
        against[question] += answer != offer
    asked = framework.asked_of(AskedOf.CASE)
    return [Overruled(each, offered[each.code], against[each.code]) for each in asked if offered[each.code]]


def outcomes(found: Mapping[str, Mapping[str, Counting]]) -> Counter[Outcome]:
    """How many answers of a sample there are of each outcome."""
    return Counter(each.outcome for by_case in found.values() for each in by_case.values())
