"""Temporary moves: notice to the coordinator of the other area, acknowledged, extended, returned, withdrawn."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.cases.models import Case, Involvement
from openmappa.cases.services import end_involvement, involve, lock_case
from openmappa.core.access import Permission, Role
from openmappa.core.compartments import Compartment
from openmappa.core.grading import Basis, Concern
from openmappa.core.involvement import InvolvementKind
from openmappa.involved.queries import answers_for
from openmappa.movements.errors import ChangedSince, NotMoved
from openmappa.movements.models.move import TemporaryMove
from openmappa.movements.queries.moves import kind_label
from openmappa.movements.queries.rules import rules
from openmappa.notes.services import Placed, write_note
from openmappa.notices.services import tell
from openmappa.timeline.queries.who import people_who_must_know
from openmappa.ui.formats import day

KIND = "temporary_move"
NEEDS = Permission.ASK_FOR_TRANSFER
RESTRICTED = (
    "This case is restricted: the other area’s coordinator would not open it. Name them for the case first, under “Who "
    "can open this case”. Then give notice."
)
NOT_YOURS = "You were given this case for a time and do not answer for it. Whoever answers for it gives the notice."


@dataclass(frozen=True)
class Stay:
    """What a notice says of the stay. ``host`` is the coordinator of the other area; None abroad."""

    kind: str
    from_on: date
    until_on: date
    place: str
    host: User | None = None
    contact: str = ""
    why: str = ""
    abroad: bool = False


def give_move_notice(*, by: User, case: Case, stay: Stay, submission: uuid.UUID | None = None) -> TemporaryMove:
    """Give notice of a temporary move, and the case to the coordinator who is told, for the stay and some days after.

    The same form sent again returns the first notice. Raises NotAllowed, NotMoved.
    """
    require(by, NEEDS)
    _refuse_who_does_not_answer(by, case)
    _refuse(case, stay)
    with transaction.atomic():
        locked = lock_case(case)
        earlier = TemporaryMove.objects.filter(submission=submission, case=locked).first() if submission else None
        if earlier is not None:
            return earlier
        _refuse_two_at_once(locked, stay)
        if stay.host is not None:
            _refuse_who_cannot_open(locked, stay.host)
        move = TemporaryMove.objects.create(
            submission=submission,
            case=locked,
            to_area=stay.host.area if stay.host else None,
            host=stay.host,
            involvement=_given(by, locked, stay.host, stay.until_on) if stay.host else None,
            kind=stay.kind,
            from_on=stay.from_on,
            until_on=stay.until_on,
            place=stay.place.strip(),
            contact=stay.contact.strip(),
            why=stay.why.strip(),
            abroad=stay.abroad,
            given_by=by,
            given_at=timezone.now(),
        )
        log(by=by, verb="give notice of move", case_id=locked.pk, about={"move": move.pk, "until_on": move.until_on})
        _note(by, locked, _in_words(move))
        if stay.host is not None:
            words = (
                f"Case {locked.reference}: a temporary move into your area from {day(move.from_on)}. Acknowledge it."
            )
            _tell([stay.host], move, words)
        _tell(_of_case(locked, by), move, f"Case {locked.reference}: a temporary move from {day(move.from_on)}.")
        return move


def acknowledge_move(*, by: User, move: TemporaryMove, words: str = "") -> TemporaryMove:
    """Say, as the coordinator who was told, that one knows; again changes nothing. Raises NotAllowed, NotMoved."""
    require(by, Permission.COORDINATE)
    with transaction.atomic():
        row = _locked(move, None)
        if row.host_id != by.pk:
            raise NotMoved({"": "Only the coordinator who was told acknowledges this move."})
        if row.acknowledged_at is None:
            row.acknowledged_by, row.acknowledged_at, row.acknowledged_words = by, timezone.now(), words.strip()
            _save(row, "acknowledged_by", "acknowledged_at", "acknowledged_words")
            log(by=by, verb="acknowledge move", case_id=row.case_id, about={"move": row.pk})
            said = f"Case {row.case.reference}: the temporary move was acknowledged in the other area."
            _tell([row.given_by], row, said)
        return row


def extend_move(
    *, by: User, move: TemporaryMove, until_on: date, reason: str, version: int | None = None
) -> TemporaryMove:
    """Give another last day of a stay; the other area is told, and acknowledges anew. Raises NotAllowed, NotMoved."""
    require(by, NEEDS)
    _refuse_who_does_not_answer(by, move.case)
    if not reason.strip():
        raise NotMoved({"reason": "Say why the stay becomes longer or shorter"})
    with transaction.atomic():
        case = lock_case(move.case)
        row = _locked(move, version)
        if until_on < row.from_on:
            raise NotMoved({"until_on": "The last day must not be before the first day"})
        if until_on == row.until_on:
            raise NotMoved({"until_on": "This is the last day already"})
        _end(by, row, "The stay has another last day")
        row.until_on = until_on
        row.involvement = _given(by, case, row.host, until_on) if row.host else None
        row.acknowledged_by, row.acknowledged_at, row.acknowledged_words = None, None, ""
        _save(row, "until_on", "involvement", "acknowledged_by", "acknowledged_at", "acknowledged_words")
        log(by=by, verb="extend move", case_id=row.case_id, about={"move": row.pk, "until_on": until_on})
        _note(by, case, f"The temporary move to {row.place} now lasts until {day(until_on)}. {reason.strip()}")
        if row.host is not None:
            words = (
                f"Case {case.reference}: a temporary move into your area now ends on {day(until_on)}. Acknowledge it."
            )
            _tell([row.host], row, words)
        return row


def record_return(*, by: User, move: TemporaryMove, on: date, version: int | None = None) -> TemporaryMove:
    """Record that the person is back; the other area no longer opens the case. Raises NotAllowed, NotMoved."""
    require(by, NEEDS)
    _refuse_who_does_not_answer(by, move.case)
    if on > timezone.localdate():
        raise NotMoved({"returned_on": "The day of return must be today or in the past"})
    with transaction.atomic():
        case = lock_case(move.case)
        row = _locked(move, version)
        if on < row.from_on:
            raise NotMoved({"returned_on": "The day of return must not be before the first day of the stay"})
        row.returned_on, row.returned_by = on, by
        _save(row, "returned_on", "returned_by")
        _end(by, row, "The person is back")
        log(by=by, verb="record return", case_id=row.case_id, about={"move": row.pk, "on": on})
        _note(by, case, f"Back from the temporary move to {row.place}, {day(on)}.")
        if row.host is not None:
            _tell([row.host], row, f"Case {case.reference}: the person is back from the temporary move into your area.")
        return row


def withdraw_move(*, by: User, move: TemporaryMove, reason: str, version: int | None = None) -> TemporaryMove:
    """Take a notice back, since the person does not go. Raises NotAllowed, NotMoved, ChangedSince."""
    require(by, NEEDS)
    _refuse_who_does_not_answer(by, move.case)
    if not reason.strip():
        raise NotMoved({"reason": "Say why the notice is withdrawn"})
    with transaction.atomic():
        case = lock_case(move.case)
        row = _locked(move, version)
        row.withdrawn_by, row.withdrawn_at, row.withdrawn_reason = by, timezone.now(), reason.strip()
        _save(row, "withdrawn_by", "withdrawn_at", "withdrawn_reason")
        _end(by, row, "The person does not go")
        log(by=by, verb="withdraw move", case_id=row.case_id, about={"move": row.pk})
        _note(
            by, case, f"The temporary move to {row.place} from {day(row.from_on)} does not take place. {reason.strip()}"
        )
        if row.host is not None:
            _tell([row.host], row, f"Case {case.reference}: the temporary move into your area does not take place.")
        return row


def _refuse_who_does_not_answer(by: User, case: Case) -> None:
    if not answers_for(by, case):
        raise NotMoved({"": NOT_YOURS})


def _refuse(case: Case, stay: Stay) -> None:
    problems = {}
    if stay.kind not in {one.id for one in rules().kinds}:
        problems["kind"] = "Select what kind of stay it is"
    if stay.until_on < stay.from_on:
        problems["until_on"] = "The last day must not be before the first day"
    if not stay.place.strip():
        problems["place"] = "Enter where the person stays"
    if stay.abroad == (stay.host is not None):
        problems["host"] = "Select the coordinator of the other area, or that the stay is abroad"
    elif stay.host is not None and (stay.host.role != Role.MAPPA_COORDINATOR or stay.host.area_id == case.area_id):
        problems["host"] = "Select a MAPPA coordinator of another area"
    if problems:
        raise NotMoved(problems)


def _refuse_two_at_once(case: Case, stay: Stay) -> None:
    others = TemporaryMove.objects.standing().filter(case=case, returned_on__isnull=True)
    other = others.filter(from_on__lte=stay.until_on, until_on__gte=stay.from_on).first()
    if other is not None:
        raise NotMoved(
            {
                "from_on": f"Another move stands for these days: {other.place}, {day(other.from_on)} to "
                f"{day(other.until_on)}. Record the return from it, or withdraw it, first"
            }
        )


def _refuse_who_cannot_open(case: Case, host: User) -> None:
    if not case.restricted:
        return
    named = Involvement.objects.in_force_at(timezone.now()).filter(case=case, kind=InvolvementKind.NAMED, person=host)
    if not named.exists():
        raise NotMoved({"": RESTRICTED})


def _given(by: User, case: Case, host: User, until_on: date) -> Involvement:
    """The case, for the coordinator of the other area, from now until some days after the stay."""
    now = timezone.now()
    last = until_on + timedelta(days=rules().access_after.days + 1)
    until_at = datetime.combine(last, time.min, tzinfo=timezone.get_current_timezone())
    return involve(
        by=by,
        case=case,
        kind=InvolvementKind.INVITED,
        person=host,
        from_at=now,
        until_at=max(until_at, now + timedelta(days=1)),
        reason="Temporary move into their area",
        needs=NEEDS,
    )


def _end(by: User, row: TemporaryMove, reason: str) -> None:
    given = row.involvement
    if given is None or given.ended_at is not None or (given.until_at and given.until_at <= timezone.now()):
        return
    row.involvement = end_involvement(by=by, involvement=given, reason=reason, needs=NEEDS)


def _locked(move: TemporaryMove, version: int | None) -> TemporaryMove:
    """The move, locked, if it still stands and is as it was seen. Raises NotMoved, ChangedSince."""
    rows = TemporaryMove.objects.select_for_update(of=("self",))
    row = rows.select_related("case__person", "involvement", "host", "given_by").get(pk=move.pk)
    if not row.is_standing or row.returned_on is not None:
        raise NotMoved({"": "This move was withdrawn, or the return recorded, meanwhile. Nothing was saved."})
    if version is not None and version != row.version:
        raise ChangedSince
    return row


def _save(row: TemporaryMove, *fields: str) -> None:
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def _of_case(case: Case, by: User) -> list[User]:
    return list(people_who_must_know(case, but=[by]))


def _tell(people: list[User], move: TemporaryMove, words: str) -> None:
    link = reverse("movements:case", kwargs={"key": move.case.key})
    tell(people=people, kind=KIND, words=words, case_id=move.case_id, link=link)


def _in_words(move: TemporaryMove) -> str:
    where = "abroad" if move.to_area is None else move.to_area.name
    lines = [
        f"Temporary move ({kind_label(move.kind)}): {move.place}, {where}.",
        f"From {day(move.from_on)} to {day(move.until_on)}.",
    ]
    lines += [f"Told: {move.host.full_name}, MAPPA coordinator."] if move.host else []
    lines += [f"Contact there: {move.contact}"] if move.contact else []
    lines += [f"Why: {move.why}"] if move.why else []
    return "\n".join(lines)


def _note(by: User, case: Case, text: str) -> None:
    placed = Placed(Compartment.OPEN, Basis.FACT, Concern.OFFENDER, timezone.localdate())
    write_note(by=by, case=case, text=text, placed=placed, submission=uuid.uuid4())
