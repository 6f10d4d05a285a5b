"""Feedback to an area, what it says is wrong in it, and the answer."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.models import Area, User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.core.access import Permission
from openmappa.findings.errors import NotTheirs, NotWritten
from openmappa.findings.models import Feedback, Finding, Remark
from openmappa.findings.queries.reading import feedback_to, people_of, refuse_unless_leading, speaks_for_area
from openmappa.notices.services import tell
from openmappa.samples.models import Exercise
from openmappa.samples.queries import areas_of, members_of
from openmappa.ui.formats import day

KIND = "inspection"
NOT_SPEAKING = "The MAPPA coordinator of the area, or a chief officer there, remarks on what was found."


def send_feedback(*, by: User, exercise: Exercise, area: Area, due_on: date, words: str = "") -> Feedback:
    """Send an area what was found there; it may remark until ``due_on``. Its coordinators and line managers are told.

    Raises NotAllowed, NotTheirs, NotWritten.
    """
    require(by, Permission.READ_INSPECTION_REPORTS)
    refuse_unless_leading(by, exercise)
    problems = {}
    if area not in areas_of(exercise):
        problems["area"] = "Select an area of this inspection"
    elif Feedback.objects.filter(exercise=exercise, area=area).exists():
        problems["area"] = f"{area.name} has its feedback already. What you agree from now on reaches it as well"
    elif not Finding.objects.filter(exercise=exercise, area=area, agreed_at__isnull=False).exists():
        problems["area"] = f"No finding on {area.name} is agreed yet. Agree one first"
    if due_on <= timezone.localdate():
        problems["due_on"] = "Give the area a day in the future to answer by"
    if problems:
        raise NotWritten(problems)
    with transaction.atomic():
        row = Feedback.objects.create(
            exercise=exercise, area=area, due_on=due_on, words=words.strip(), sent_by=by, sent_at=timezone.now()
        )
        about = {"inspection": str(exercise.key), "area": area.code, "due_on": due_on.isoformat()}
        log(by=by, verb="send inspection feedback", about=about, operation="disclosure", recipient=area.name)
        said = f"An inspection has sent your area what it found. Say by {day(due_on)} what is wrong in it."
        link = reverse("findings:received", kwargs={"inspection": exercise.key})
        tell(people=people_of(area), kind=KIND, words=said, link=link, due_on=due_on)
        return row


def remark_on(*, by: User, finding: Finding, words: str) -> Remark:
    """Say, for the area that a finding is about, what is wrong in it; instead of what was said before.

    Raises NotAllowed, NotTheirs, NotWritten.
    """
    require(by, Permission.READ_INSPECTION_REPORTS)
    sent = feedback_to(by, finding.exercise)
    if sent is None or sent.area_id != finding.area_id or not speaks_for_area(by):
        raise NotTheirs(NOT_SPEAKING)
    if not words.strip():
        raise NotWritten({"words": "Write what is wrong in this finding, and how you know"})
    if timezone.localdate() > sent.due_on:
        raise NotWritten({"": f"Remarks were to be made by {day(sent.due_on)}. Ask whoever leads the inspection."})
    with transaction.atomic():
        row = Remark.objects.select_for_update(of=("self",)).filter(finding=finding).first()
        if row is not None and row.answered_at is not None:
            raise NotWritten({"": "Your remark on this finding is answered. It cannot be changed any more."})
        row = row or Remark(finding=finding)
        row.words, row.made_by, row.made_at = words.strip(), by, timezone.now()
        row.save()
        _log(by, finding, "remark on finding", {})
        link = reverse("findings:answer", kwargs={"inspection": finding.exercise.key, "finding": finding.key})
        leading = [each.person for each in members_of(finding.exercise).in_force() if each.leads]
        tell(people=leading, kind=KIND, words="An area has remarked on a finding. Answer it.", link=link)
        return row


def answer_remark(*, by: User, finding: Finding, accepted: bool, answer: str, text: str = "") -> Remark:
    """Answer an area's remark: accepted, with the finding's new ``text``, or not; with the reason either way.

    Whoever leads answers, so the finding stays agreed. Raises NotAllowed, NotTheirs, NotWritten.
    """
    require(by, Permission.READ_INSPECTION_REPORTS)
    refuse_unless_leading(by, finding.exercise)
    problems = {}
    if not answer.strip():
        problems["answer"] = "Say why, so that the area can follow it"
    if accepted and text.strip() in ("", finding.text):
        problems["text"] = "Change the finding to what you accept, or do not accept the remark"
    if problems:
        raise NotWritten(problems)
    with transaction.atomic():
        held = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
        row = Remark.objects.select_for_update(of=("self",)).filter(finding=held).first()
        if row is None or row.answered_at is not None:
            raise NotWritten({"": "There is no remark on this finding that waits for an answer."})
        row.accepted, row.answer, row.answered_by, row.answered_at = accepted, answer.strip(), by, timezone.now()
        row.save()
        if accepted:
            held.text, held.version = text.strip(), held.version + 1
            held.agreed_by, held.agreed_at = by, timezone.now()
            held.save(update_fields=["text", "version", "agreed_by", "agreed_at"])
        _log(by, finding, "answer remark", {"accepted": accepted})
        said = "Your remark on a finding is answered: " + ("it was changed." if accepted else "it stays as it is.")
        link = reverse("findings:received", kwargs={"inspection": finding.exercise.key})
        tell(people=[row.made_by], kind=KIND, words=said, link=link)
        return row


def _log(by: User, finding: Finding, verb: str, more: dict[str, object]) -> None:
    area = finding.area.code if finding.area else ""
    about = {"inspection": str(finding.exercise.key), "finding": str(finding.key), "area": area}
    log(by=by, verb=verb, about=about | more)
