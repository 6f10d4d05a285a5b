"""Asking other parties for information: asked, chased, answered. Each reaches the timeline as a confidential note."""

import uuid
from datetime import date

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.cases.models import Case
from openmappa.cases.services import lock_case
from openmappa.core.access import Permission
from openmappa.core.compartments import Compartment
from openmappa.core.grading import Basis, Concern
from openmappa.notes.models import open_compartments
from openmappa.notes.services import Placed, write_note
from openmappa.oasys.models_around import WAYS, InformationChaser, InformationRequest
from openmappa.timeline.errors import NotRecorded
from openmappa.ui.formats import day, lower_first


def ask_for_information(
    *, by: User, case: Case, agency: str, post: str, question: str, way: str, due_on: date, submission: uuid.UUID
) -> InformationRequest:
    """Ask somebody outside for information, today. The same form sent again returns the first request.

    Raises NotAllowed, NotRecorded (the compartment is closed to them; it is due before today).
    """
    require(by, Permission.RECORD_ASSESSMENT)
    today = timezone.localdate()
    with transaction.atomic():
        locked = _locked(by, case)
        earlier = InformationRequest.objects.filter(submission=submission, case=locked).first()
        if earlier is not None:
            return earlier
        if due_on < today:
            raise NotRecorded("The date you need it by must be today or later.")
        row = InformationRequest.objects.create(
            case=locked,
            submission=submission,
            agency=agency.strip(),
            post=post.strip(),
            question=question.strip(),
            way=way,
            asked_on=today,
            due_on=due_on,
            asked_by=by,
        )
        said = f"Asked {row.post}, {row.agency}, for information {lower_first(WAYS[way])}, needed by {day(due_on)}:"
        _note(by, locked, f"{said}\n{row.question}", Basis.FACT, today)
        log(by=by, verb="ask for information", case_id=locked.pk, about={"request": row.pk, "due_on": str(due_on)})
        return row


def chase_information(*, by: User, request: InformationRequest, on: date, way: str, words: str) -> InformationChaser:
    """Record that they were asked once more. Raises NotAllowed, NotRecorded (it came already; before it was asked)."""
    require(by, Permission.RECORD_ASSESSMENT)
    with transaction.atomic():
        row = _open(by, request)
        if on < row.asked_on:
            raise NotRecorded(f"They were first asked on {day(row.asked_on)}. A chaser comes after that.")
        made = InformationChaser.objects.create(
            case=row.case, request=row, chased_on=on, way=way, words=words.strip(), chased_by=by
        )
        said = f"Chased {row.post}, {row.agency}, {lower_first(WAYS[way])}: the information asked for on"
        _note(by, row.case, f"{said} {day(row.asked_on)} has not come.\n{made.words}".strip(), Basis.FACT, on)
        log(by=by, verb="chase information", case_id=row.case_id, about={"request": row.pk})
        return made


def record_answer(*, by: User, request: InformationRequest, on: date, answer: str) -> InformationRequest:
    """Record what came, and when. Raises NotAllowed, NotRecorded (it came already; before it was asked)."""
    require(by, Permission.RECORD_ASSESSMENT)
    with transaction.atomic():
        row = _open(by, request)
        if on < row.asked_on:
            raise NotRecorded(f"They were asked on {day(row.asked_on)}. An answer comes after that.")
        row.answered_on, row.answer, row.answered_by = on, answer.replace("\r\n", "\n").strip(), by
        row.save(update_fields=["answered_on", "answer", "answered_by"])
        _note(by, row.case, f"Information from {row.post}, {row.agency}:\n{row.answer}", Basis.THIRD_PARTY, on)
        log(by=by, verb="record information", case_id=row.case_id, about={"request": row.pk})
        return row


def _locked(by: User, case: Case) -> Case:
    locked = lock_case(case)
    if Compartment.CONFIDENTIAL not in open_compartments(by, locked):
        raise NotRecorded("You do not open what is confidential on this case.")
    return locked


def _open(by: User, request: InformationRequest) -> InformationRequest:
    locked = _locked(by, request.case)
    row = InformationRequest.objects.select_for_update(of=("self",)).get(pk=request.pk, case=locked)
    if not row.is_open:
        raise NotRecorded("An answer to this request has been recorded already.")
    return row


def _note(by: User, case: Case, text: str, basis: Basis, on: date) -> None:
    placed = Placed(Compartment.CONFIDENTIAL, basis, Concern.OFFENDER, on)
    write_note(by=by, case=case, text=text, placed=placed, submission=uuid.uuid4())
