"""Settling where two inspectors differ, one question at a time, with a reason."""

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.assessing.errors import NotAssessed, NotYours
from openmappa.assessing.models import Assessment, GivenAnswer, Resolution, ResolutionWords
from openmappa.audit.services import log
from openmappa.cases.models import Case
from openmappa.core.access import Permission
from openmappa.core.inspection.framework import Question
from openmappa.core.inspection.scores import Answer
from openmappa.samples.models import Exercise
from openmappa.samples.queries import leads


def resolve_difference(
    *, by: User, exercise: Exercise, case: Case, case_key: str, question: Question, answer: str, reason: str
) -> Resolution:
    """Say what the answer is, where two differ. By whoever leads it counts at once; by one of the two, once the other
    agrees. Said again before it counts, it takes the place of what was said. Raises NotAllowed, NotYours, NotAssessed.
    """
    problems = {}
    if answer not in (*question.answers, Answer.NOT_APPLICABLE):
        problems["answer"] = "Select the answer that counts"
    if not reason.strip():
        problems["reason"] = "Say why: both inspectors and the report rest on it"
    if problems:
        raise NotAssessed(problems)
    with transaction.atomic():
        lead = _may_settle(by, exercise, case_key)
        _refuse_where_both_agree(exercise, case_key, question)
        row = Resolution.objects.filter(exercise=exercise, case_key=case_key, question=question.code).first()
        if row is not None and row.counts:
            raise NotAssessed({"": "This difference is settled."})
        row = row or Resolution(exercise=exercise, case_key=case_key, question=question.code)
        row.answer, row.by_lead, row.resolved_by, row.resolved_at = answer, lead, by, timezone.now()
        row.save()
        ResolutionWords.objects.update_or_create(resolution=row, defaults={"case": case, "reason": reason.strip()})
        _log(by, exercise, case, row, "resolve difference of inspectors")
        return row


def agree_to_resolution(*, by: User, exercise: Exercise, case: Case, resolution: Resolution) -> Resolution:
    """Agree to what the other of the two has said: then it counts. Raises NotAllowed, NotYours, NotAssessed."""
    with transaction.atomic():
        row = Resolution.objects.select_for_update(of=("self",)).get(pk=resolution.pk)
        _may_settle(by, exercise, row.case_key)
        if row.counts or row.resolved_by_id == by.pk:
            raise NotAssessed({"": "The other of the two agrees to this, once."})
        row.agreed_by, row.agreed_at = by, timezone.now()
        row.save(update_fields=["agreed_by", "agreed_at"])
        _log(by, exercise, case, row, "agree to resolution of inspectors")
        return row


def _may_settle(by: User, exercise: Exercise, case_key: str) -> bool:
    """Whether they lead it. Raises NotYours for who neither leads nor is one of the two."""
    require(by, Permission.READ_RECORD)
    if not exercise.is_open:
        raise NotAssessed({"": "This has ended. Nothing of it can be changed any more."})
    if leads(by, exercise):
        return True
    theirs = Assessment.objects.standing().signed().filter(exercise=exercise, case_key=case_key, inspector=by)
    if not theirs.exists():
        raise NotYours("Whoever leads this inspection settles a difference, or the two who differ.")
    return False


def _refuse_where_both_agree(exercise: Exercise, case_key: str, question: Question) -> None:
    given = GivenAnswer.objects.filter(
        assessment__exercise=exercise,
        assessment__case_key=case_key,
        assessment__signed_at__isnull=False,
        assessment__withdrawn_at__isnull=True,
        question=question.code,
    ).values_list("answer", flat=True)
    if len(given) != 2 or len(set(given)) != 2:
        raise NotAssessed({"": "There is no difference to settle: both have to sign, and to answer differently."})


def _log(by: User, exercise: Exercise, case: Case, row: Resolution, verb: str) -> None:
    log(by=by, verb=verb, case_id=case.pk, about={"exercise": str(exercise.key), "question": row.question})
