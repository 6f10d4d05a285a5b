"""Links to other bodies: which there are, what was reported to each, and what came back."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import Area, User
from openmappa.audit.services import log
from openmappa.board.errors import NotKept
from openmappa.board.models.links import Exchange, OtherBody
from openmappa.board.models.meetings import BoardMeeting
from openmappa.board.models.seats import Member
from openmappa.board.queries.rules import rules
from openmappa.board.services.keeping import Submission, require_to_keep


@dataclass(frozen=True)
class Reported:
    """What was reported to another body: when, by whom, how, what, and at which meeting that was decided."""

    on: date
    by_whom: str
    way: str
    what: str
    meeting: BoardMeeting | None = None


def add_body(
    *,
    by: User,
    area: Area,
    kind: str,
    name: str,
    sits_on_both: Member | None = None,
    contact: str = "",
    submission: Submission = None,
) -> OtherBody:
    """Add a body that the board is linked to. Raises NotAllowed, AnotherArea, NotKept."""
    require_to_keep(by, area.pk)
    with transaction.atomic():
        earlier = OtherBody.objects.filter(submission=submission).first() if submission else None
        if earlier is not None:
            return earlier
        problems = {} if kind in {one.id for one in rules().bodies} else {"kind": "Select what it is"}
        if not name.strip():
            problems["name"] = "Write what it is called"
        elif OtherBody.objects.filter(area=area, name__iexact=name.strip()).exists():
            problems["name"] = "This body is on the page already"
        if sits_on_both is not None and sits_on_both.area_id != area.pk:
            problems["sits_on_both"] = "Choose a member of this board"
        if problems:
            raise NotKept(problems)
        row = OtherBody.objects.create(
            submission=submission,
            area=area,
            kind=kind,
            name=name.strip(),
            sits_on_both=sits_on_both,
            contact=contact.strip(),
            added_by=by,
            added_at=timezone.now(),
        )
        log(by=by, verb="add body linked to the board", about={"body": str(row.key)})
        return row


def note_report(*, by: User, body: OtherBody, said: Reported, submission: Submission = None) -> Exchange:
    """Write down what was reported to another body. Raises NotAllowed, AnotherArea, NotKept."""
    require_to_keep(by, body.area_id)
    with transaction.atomic():
        earlier = Exchange.objects.filter(submission=submission).first() if submission else None
        if earlier is not None:
            return earlier
        problems = {} if said.what.strip() else {"what": "Write what was reported"}
        if not said.by_whom.strip():
            problems["by_whom"] = "Write who reported it"
        if said.on > timezone.localdate():
            problems["on"] = "The day must be today or in the past"
        if problems:
            raise NotKept(problems)
        row = Exchange.objects.create(
            submission=submission,
            body=body,
            reported_on=said.on,
            reported_by_whom=said.by_whom.strip(),
            way=said.way,
            what=said.what.strip(),
            meeting=said.meeting,
            noted_by=by,
            noted_at=timezone.now(),
        )
        log(by=by, verb="note report to another body", about={"body": str(body.key), "report": str(row.key)})
        return row


def note_answer(*, by: User, exchange: Exchange, on: date, answer: str) -> Exchange:
    """Write down what came back. Raises NotAllowed, AnotherArea, NotKept."""
    require_to_keep(by, exchange.body.area_id)
    with transaction.atomic():
        row = Exchange.objects.select_for_update(of=("self",)).get(pk=exchange.pk)
        problems = {} if answer.strip() else {"answer": "Write what came back"}
        if not row.reported_on <= on <= timezone.localdate():
            problems["on"] = "The day must be between the report and today"
        if row.answered_on is not None:
            problems[""] = "What came back is on record already."
        if problems:
            raise NotKept(problems)
        row.answer, row.answered_on = answer.strip(), on
        row.answer_noted_by, row.answer_noted_at = by, timezone.now()
        row.save(update_fields=["answer", "answered_on", "answer_noted_by", "answer_noted_at"])
        log(by=by, verb="note answer of another body", about={"report": str(row.key)})
        return row
