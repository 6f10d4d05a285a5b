"""What a line manager does with a signed OASys: countersign it, or return it with comments."""

import uuid

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.core.access import Permission
from openmappa.core.compartments import Compartment
from openmappa.core.grading import Basis, Concern
from openmappa.notes.services import Placed, write_note
from openmappa.notices.services import tell
from openmappa.oasys.errors import OwnWork
from openmappa.oasys.models import Oasys
from openmappa.timeline.errors import NotRecorded
from openmappa.ui.formats import day

RANKS = "A sergeant, a senior probation officer, or somebody above them countersigns an OASys or returns it."


def countersign_oasys(*, by: User, oasys: Oasys, comment: str = "") -> Oasys:
    """Countersign a signed OASys: never one's own, by a sergeant, an SPO or somebody above. Again changes nothing.

    A note on the timeline says so, and the author is told. Raises NotAllowed, OwnWork, NotRecorded (the rank; it is
    not signed, was voided, returned, or countersigned by another).
    """
    require(by, Permission.COUNTERSIGN_ASSESSMENT)
    with transaction.atomic():
        row = _locked(by, oasys)
        if row.countersigned_by_id == by.pk:
            return row
        if row.countersigned_by is not None:
            raise NotRecorded(f"{row.countersigned_by.full_name} has countersigned this OASys already.")
        if row.returned_at is not None:
            raise NotRecorded("This OASys was returned to its author. The new version is what is countersigned.")
        row.countersigned_by, row.countersigned_at, row.countersign_comment = by, timezone.now(), comment.strip()
        row.save(update_fields=["countersigned_by", "countersigned_at", "countersign_comment"])
        _say(by, row, "countersigned")
        log(by=by, verb="countersign OASys", case_id=row.case_id, about={"oasys": row.pk})
        return row


def return_oasys(*, by: User, oasys: Oasys, comment: str) -> Oasys:
    """Return a signed OASys to its author, with what has to change. It stands until the new version is signed.

    Again changes nothing. Raises NotAllowed, OwnWork, NotRecorded (no comment; otherwise as ``countersign_oasys``).
    """
    require(by, Permission.COUNTERSIGN_ASSESSMENT)
    if not comment.strip():
        raise NotRecorded("Say what has to change. The author reads it.")
    with transaction.atomic():
        row = _locked(by, oasys)
        if row.returned_by_id == by.pk:
            return row
        if row.returned_by is not None:
            raise NotRecorded(f"{row.returned_by.full_name} has returned this OASys already.")
        if row.countersigned_at is not None:
            raise NotRecorded("This OASys was countersigned. To change something, start a new version of it.")
        row.returned_by, row.returned_at, row.return_comment = by, timezone.now(), comment.strip()
        row.save(update_fields=["returned_by", "returned_at", "return_comment"])
        _say(by, row, "returned to its author")
        log(by=by, verb="return OASys", case_id=row.case_id, about={"oasys": row.pk})
        return row


def _locked(by: User, oasys: Oasys) -> Oasys:
    row = (
        Oasys.objects.select_for_update(of=("self",))
        .select_related("case", "fact", "signed_by", "countersigned_by", "returned_by")
        .get(pk=oasys.pk)
    )
    if row.fact is None:
        raise NotRecorded("This OASys is not signed yet.")
    if row.fact.is_voided:
        raise NotRecorded("This OASys was voided: its entry on the timeline was a mistake.")
    if row.signed_by_id == by.pk:
        raise OwnWork("You signed this OASys yourself. Somebody else has to countersign it.")
    if not by.can_countersign:
        raise NotRecorded(RANKS)
    return row


def _say(by: User, row: Oasys, what: str) -> None:
    """A note on the timeline, and word to whoever signed it."""
    on = day(row.fact.on) if row.fact else ""
    number = f" (version {row.number})" if row.number > 1 else ""
    placed = Placed(Compartment.OPEN, Basis.FACT, Concern.OFFENDER, timezone.localdate())
    write_note(by=by, case=row.case, text=f"OASys of {on}{number} {what}.", placed=placed, submission=uuid.uuid4())
    tell(
        people=[row.signed_by] if row.signed_by else [],
        kind=f"oasys_{'countersigned' if row.countersigned_at else 'returned'}",
        words=f"Your OASys of {on} on case {row.case.reference} was {what}.",
        case_id=row.case_id,
        link=reverse("oasys:show", kwargs={"key": row.case.key, "oasys": row.key}),
    )
