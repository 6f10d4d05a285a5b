"""Answering one question, remarking something apart, signing. Each answer is saved by itself."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.assessing.errors import NotAssessed, NotYours, SavedMeanwhile
from openmappa.assessing.models import AnswerWords, Assessment, ConfidentialRemark, GivenAnswer
from openmappa.audit.services import log
from openmappa.cases.models import Case
from openmappa.core.access import Permission
from openmappa.core.inspection.framework import Question
from openmappa.core.inspection.offered import Offer
from openmappa.core.inspection.scores import Answer

NOT_JUDGED = (Answer.NOT_APPLICABLE, Answer.NOT_ANSWERED)


@dataclass(frozen=True)
class Said:
    """An answer as somebody gives it: with the records it rests on, a passage, or that there was nothing."""

    answer: str
    records: Sequence[str] = ()
    passage: str = ""
    no_evidence: bool = False
    overruled_because: str = ""


@dataclass(frozen=True)
class Seen:
    """What the page that sends it had seen: the revision, the page's own token, how often it has sent."""

    revision: int = 0
    page: uuid.UUID | None = None
    turn: int = 0

    def is_behind(self, row: GivenAnswer) -> bool:
        """Whether another window saved since. A page whose earlier sending arrived, its answer lost, is not behind."""
        own = self.page is not None and row.page == self.page and row.turn < self.turn
        return row.revision != self.revision and not own


def give_answer(
    *, by: User, assessment: Assessment, case: Case, question: Question, said: Said, offer: Offer | None, seen: Seen
) -> GivenAnswer:
    """Save one answer, complete or not: signing says what is missing. Raises NotAllowed, NotYours, NotAssessed,
    SavedMeanwhile where another window saved it since.
    """
    if said.answer not in (*question.answers, *NOT_JUDGED):
        raise NotAssessed({"answer": "Select an answer"})
    if said.no_evidence and (said.records or said.passage.strip()):
        raise NotAssessed({"no_evidence": "You gave evidence, and say that there was none. Take one of them out"})
    with transaction.atomic():
        own = _own(by, assessment)
        row = GivenAnswer.objects.select_for_update(of=("self",)).filter(assessment=own, question=question.code).first()
        if row is not None and seen.is_behind(row):
            raise SavedMeanwhile(row.pk)
        row = row or GivenAnswer(assessment=own, question=question.code, revision=0)
        row.answer, row.no_evidence = said.answer, said.no_evidence
        row.offered = offer.answer if offer else ""
        row.revision, row.page, row.turn, row.saved_at = row.revision + 1, seen.page, seen.turn, timezone.now()
        row.save()
        because = said.overruled_because.strip() if row.overrules else ""
        AnswerWords.objects.update_or_create(
            answer=row,
            defaults={
                "case": case,
                "records": list(said.records),
                "passage": said.passage.strip(),
                "overruled_because": because,
            },
        )
        about = {"assessment": str(own.key), "question": question.code, "revision": row.revision}
        log(by=by, verb="answer inspection question", case_id=case.pk, about=about)
        return row


def remark_apart(*, by: User, assessment: Assessment, case: Case, words: str) -> ConfidentialRemark:
    """Keep a remark apart from the answers: read by its writer and, once signed, by whoever leads. Raises NotYours."""
    with transaction.atomic():
        own = _own(by, assessment)
        row, _ = ConfidentialRemark.objects.update_or_create(
            assessment=own, defaults={"case": case, "words": words.strip(), "saved_at": timezone.now()}
        )
        log(by=by, verb="remark on inspected case", case_id=case.pk, about={"assessment": str(own.key)})
        return row


def sign_assessment(*, by: User, assessment: Assessment, case: Case, questions: Sequence[Question]) -> Assessment:
    """Sign it: it never changes again. Raises NotYours; NotAssessed with what is missing, by question."""
    with transaction.atomic():
        own = _own(by, assessment)
        rows = GivenAnswer.objects.filter(assessment=own).select_related("words")
        given = {row.question: row for row in rows}
        if problems := missing(questions, given):
            raise NotAssessed(problems)
        own.signed_at = timezone.now()
        own.save(update_fields=["signed_at"])
        log(by=by, verb="sign inspection of case", case_id=case.pk, about={"assessment": str(own.key)})
        return own


def missing(questions: Sequence[Question], given: Mapping[str, GivenAnswer]) -> dict[str, str]:
    """What an assessment still lacks before it can be signed: a sentence for each question."""
    found = {}
    for question in questions:
        row = given.get(question.code)
        words = getattr(row, "words", None)
        if row is None or row.answer == Answer.NOT_ANSWERED:
            found[question.code] = "No answer yet"
        elif row.answer != Answer.NOT_APPLICABLE and not (
            row.no_evidence or (words and (words.records or words.passage))
        ):
            found[question.code] = "Name the evidence, or say that there was none"
        elif row.overrules and not (words and words.overruled_because):
            found[question.code] = "The record offered another answer: say why you overrule it"
    return found


def _own(by: User, assessment: Assessment) -> Assessment:
    """The assessment, locked, if it is theirs to write in."""
    require(by, Permission.READ_RECORD)
    row = Assessment.objects.select_related("exercise").select_for_update(of=("self",)).get(pk=assessment.pk)
    if row.inspector_id != by.pk or row.withdrawn_at is not None:
        raise NotYours("Whoever has this case answers its questions.")
    if row.is_signed:
        raise NotAssessed({"": "This assessment is signed. It does not change any more."})
    if not row.exercise.is_open:
        raise NotAssessed({"": "This has ended. Nothing of it can be changed any more."})
    return row
