"""Asking for a transfer, approving it, sending it to the other area, and recalling it before it is answered."""

import uuid
from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from openmappa.accounts.models import Area, User
from openmappa.accounts.services import require
from openmappa.cases.models import Case
from openmappa.cases.services import lock_case
from openmappa.core.access import Permission, Rank
from openmappa.core.mappa.transfers import (
    NOT_ANSWERED,
    answer_by,
    may_approve,
    missing_answers,
    needs_chief_officer,
    ranks_in_words,
    sending_objections,
)
from openmappa.transfers.errors import MissingAnswers, NotTransferred
from openmappa.transfers.models import Approval, Transfer
from openmappa.transfers.queries import (
    brokers,
    brokers_of,
    chief_officers_of,
    held_meetings,
    level_of,
    meeting_it_rests_on,
    request_of,
    rules,
    side_of,
)
from openmappa.transfers.services.around import (
    both_sides,
    close_to_brokers,
    locked,
    logged,
    noted,
    open_to_brokers,
    refuse_unless,
    require_broker,
    said,
    told,
)
from openmappa.transfers.words import OPEN, Side, State

ONE_ALREADY = (
    "A transfer of this case is on its way already. Look at it, and recall it first if this one is to take its place."
)


def ask_for_transfer(
    *,
    by: User,
    case: Case,
    to_area: Area,
    reasons: str,
    proposed_on: date,
    address: str,
    answers: Mapping[str, str],
    submission: uuid.UUID | None = None,
) -> Transfer:
    """Ask that a case goes to another area. The coordinator of its area is told, and sends it when the way is clear.

    ``answers`` are those to the pack's checklist, by id. The same form sent again returns the first.
    Raises NotAllowed, MissingAnswers, NotTransferred (no reasons, its own area, closed, one is on its way already).
    """
    require(by, Permission.ASK_FOR_TRANSFER)
    with transaction.atomic():
        row = lock_case(case)
        earlier = Transfer.objects.filter(submission=submission, case=row).first() if submission else None
        if earlier is not None:
            return earlier
        standing = level_of(row)
        _refuse_to_ask(row, to_area, closed=standing.closed)
        given = {question.id: str(answers.get(question.id, "")).strip() for question in rules().checklist}
        missing = missing_answers(rules(), given)
        if missing:
            raise MissingAnswers(missing, NOT_ANSWERED)
        made = Transfer.objects.create(
            case=row,
            from_area_id=row.area_id,
            to_area=to_area,
            reference=row.reference,
            name=row.person.full_name,
            born_on=row.person.born_on,
            level=standing.mappa_level,
            category=standing.mappa_category,
            restricted=row.restricted,
            asked_by=by,
            asked_at=timezone.now(),
            reasons=said(reasons, "Say why the case goes to another area. Both coordinators read it."),
            proposed_on=proposed_on,
            address=said(address, "Enter the address in the new area. Without one the area cannot tell whether it is."),
            answers=given,
            submission=submission,
        )
        noted(by, row, f"A transfer to {to_area.name} was asked for. {row.area.name} stays responsible.")
        logged(by, "ask for transfer", made, to=to_area.pk)
        people = brokers_of(row.area_id, timezone.localdate())
        told(made, people, f"A transfer of case {row.reference} to {to_area.name} was asked for.", but=by)
        if needs_chief_officer(rules(), made.level):
            words = f"A transfer of case {row.reference} to {to_area.name} was asked for. It waits for your approval."
            told(made, chief_officers_of(row.area_id), words, but=by)
        return made


def approve_transfer(*, by: User, transfer: Transfer, words: str) -> Approval:
    """Approve the transfer of a case at a level that needs a chief officer, for the side of one's own area.

    Doing it again returns the first. Raises NotAllowed, NotTransferred (rank, side, level, state, no words).
    """
    require(by, Permission.APPROVE_TRANSFER)
    with transaction.atomic():
        row = locked(transfer)
        if not may_approve(rules(), by.rank):
            raise NotTransferred(
                f"Your rank or grade is “{Rank(by.rank).label}”. To approve this takes {ranks_in_words(rules())}."
            )
        side = side_of(by, row)
        if side is None:
            raise NotTransferred("Neither of the two areas is yours. A chief officer of each side approves it.")
        if not needs_chief_officer(rules(), row.level):
            raise NotTransferred("At this level no chief officer is needed.")
        earlier = Approval.objects.filter(transfer=row, side=side).first()
        if earlier is not None:
            return earlier
        if not row.is_open:
            refuse_unless(row, State.SENT, "approved")
        if side is Side.RECEIVING:
            refuse_unless(row, State.SENT, "approved by the receiving side")
        made = Approval.objects.create(
            transfer=row,
            case_id=row.case_id,
            side=side,
            by=by,
            rank=by.rank,
            at=timezone.now(),
            words=said(words, "Say what you looked at and why you approve it. It stays with the transfer."),
        )
        logged(by, "approve transfer", row, side=side.value, rank=by.rank)
        told(row, both_sides(row), f"A chief officer approved the transfer of case {row.reference}.", but=by)
        return made


def send_transfer(*, by: User, transfer: Transfer, invited_how: str = "") -> Transfer:
    """Send a case to the other area, whose coordinators may read it from now on and answer within the pack's days.

    Nothing else changes: the sending area stays responsible until the other accepts. Doing it again changes nothing.
    Raises NotAllowed, NotTransferred with everything that stands in the way.
    """
    require(by, Permission.BROKER_TRANSFER)
    with transaction.atomic():
        row = locked(transfer)
        require_broker(by, row.from_area_id, row.from_area.name)
        if row.state == State.SENT and row.sent_by_id == by.pk:
            return row
        refuse_unless(row, State.ASKED, "sent")
        case = _case_to_send(by, row)
        today = timezone.localdate()
        level = level_of(case).mappa_level
        if not row.gives_back:
            against = sending_objections(
                rules(), request_of(row, level), held_meetings(row), today, invited_how=invited_how
            )
            if against:
                raise NotTransferred(*against)
        rests_on = meeting_it_rests_on(row, level, today)
        row.level, row.restricted = level, case.restricted
        row.state, row.sent_by, row.sent_at = State.SENT, by, timezone.now()
        row.meeting_on, row.invited_how = (rests_on.on if rests_on else None), invited_how.strip()
        row.due_on = answer_by(rules(), today)
        row.save()
        people = open_to_brokers(by, row, case, row.to_area_id)
        if not people:
            raise NotTransferred(
                f"{row.to_area.name} has no MAPPA coordinator in the record, so nobody could answer. "
                "Ring the area, and ask its administrator to add one."
            )
        noted(by, case, f"The case was sent to {row.to_area.name}. {row.from_area.name} stays responsible.")
        logged(by, "send transfer", row, due=row.due_on)
        if needs_chief_officer(rules(), level) and not row.gives_back:
            people = [*people, *chief_officers_of(row.to_area_id)]
        words = f"Case {row.reference} was sent to your area by {row.from_area.name}, and waits for your answer."
        told(row, people, words, but=by, due=True)
        return row


def recall_transfer(*, by: User, transfer: Transfer, reason: str) -> Transfer:
    """Recall a transfer that was not answered yet; the sending area was responsible all along and stays so.

    Who asked for it may, until it is sent; the sending area's coordinator, until it is answered; either coordinator,
    where a case is asked back. Raises NotAllowed, NotTransferred.
    """
    require(by, Permission.ASK_FOR_TRANSFER)
    with transaction.atomic():
        row = locked(transfer)
        own = row.asked_by_id == by.pk and row.state == State.ASKED
        asked_back = row.gives_back and row.state == State.ASKED and brokers(by, row.to_area_id)
        if not (own or asked_back):
            require_broker(by, row.from_area_id, row.from_area.name)
        if row.state not in OPEN:
            refuse_unless(row, State.SENT, "recalled")
        why = said(reason, "Say why it is recalled. Both coordinators read it.")
        sent = row.state == State.SENT
        row.state, row.ended_by, row.ended_at, row.end_words = State.RECALLED, by, timezone.now(), why
        row.save()
        case = Case.objects.filter(pk=row.case_id).first()
        if case is not None:
            noted(by, case, f"The transfer to {row.to_area.name} was recalled. {row.from_area.name} stays responsible.")
        logged(by, "recall transfer", row)
        told(row, both_sides(row), f"The transfer of case {row.reference} was recalled.", but=by)
        if sent:
            close_to_brokers(by, row, "The transfer was recalled.")
        return row


def _refuse_to_ask(case: Case, to_area: Area, *, closed: bool) -> None:
    if to_area.pk == case.area_id:
        raise NotTransferred(
            f"The case is in {to_area.name} already. Within an area it is handed over, not transferred."
        )
    if closed:
        raise NotTransferred("The case is closed. A closed case is not transferred.")
    if Transfer.objects.filter(case=case).open().exists():
        raise NotTransferred(ONE_ALREADY)


def _case_to_send(by: User, row: Transfer) -> Case:
    """The case, locked, for whoever sends it. Raises NotTransferred where they do not see it (a restricted one)."""
    if not Case.objects.visible_to(by).filter(pk=row.case_id).exists():
        raise NotTransferred(
            "You cannot open this case. If it is restricted, whoever restricted it has to name you first."
        )
    case = lock_case(Case(pk=row.case_id))
    if case.area_id != row.from_area_id:
        raise NotTransferred(f"The case is not in {row.from_area.name} any more. Recall this.")
    return case


def refused_twice(error: IntegrityError) -> bool:
    """Whether the database refused a second transfer of the same case at the same time."""
    return "transfer_one_at_a_time" in str(error)
