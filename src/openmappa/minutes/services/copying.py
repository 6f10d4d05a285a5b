"""Minutes that leave the record: numbered copies, and what the offender may be told. Each is logged as a disclosure."""

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.core.access import Permission
from openmappa.core.compartments import Compartment, FieldClass
from openmappa.core.mappa.minutes import lines_for
from openmappa.minutes.errors import NotMinuted
from openmappa.minutes.models.copies import Copy, Handout
from openmappa.minutes.models.minutes import Line, Minutes
from openmappa.minutes.pdf import copy_pdf, offender_list_pdf
from openmappa.minutes.queries.minutes import offender_list
from openmappa.notes.models import open_compartments
from openmappa.ui.formats import day

TO_THE_OFFENDER = "the offender"


def take_copy(*, by: User, copy: Copy) -> bytes:
    """A numbered copy as a PDF file: for its recipient, or for whoever sends it to them.

    Whoever sends it reads every part that it holds. Logged as a disclosure to the recipient, with the copy.
    Raises NotAllowed (somebody else's copy), NotMinuted (withdrawn, or a part that the sender does not read).
    """
    own = copy.person_id == by.pk
    require(by, Permission.CONTRIBUTE_TO_MEETING if own else Permission.ISSUE_MINUTES)
    if copy.withdrawn_at is not None:
        raise NotMinuted("This copy was withdrawn, so it can no longer be opened. Ask the MAPPA coordinator.")
    if not own:
        _refuse_unless_read(by, copy)
    with transaction.atomic():
        Handout.objects.create(case_id=copy.case_id, copy=copy, taken_by=by, taken_at=timezone.now())
        lines = lines_for(copy.compartments, Line.objects.filter(minutes=copy.minutes_id).order_by("number"))
        made = copy_pdf(minutes=copy.minutes, copy=copy, lines=lines)
        log(
            by=by,
            verb="take out minutes",
            case_id=copy.case_id,
            about={"minutes": copy.minutes_id, "copy": copy.pk, "compartments": copy.compartments, "as": "PDF file"},
            operation="disclosure",
            classes=_classes(copy),
            recipient=f"{copy.recipient}, {copy.agency.name}",
            channel="export",
        )
        return made


def take_offender_list(*, by: User, minutes: Minutes) -> bytes:
    """What the offender may be told as a PDF file of its own, logged as a disclosure to the offender.

    Raises NotAllowed, NotMinuted (the minutes were not issued).
    """
    require(by, Permission.INFORM_OFFENDER)
    if minutes.issued_at is None:
        raise NotMinuted("These minutes were not issued yet. The list is ready after that.")
    with transaction.atomic():
        made = offender_list_pdf(held_on=day(minutes.held_on), decisions=offender_list(minutes))
        log(
            by=by,
            verb="print decisions for offender",
            case_id=minutes.case_id,
            about={"minutes": minutes.pk, "as": "PDF file"},
            operation="disclosure",
            classes=[FieldClass.SENSITIVE.value],
            recipient=TO_THE_OFFENDER,
            channel="export",
        )
        return made


def _refuse_unless_read(by: User, copy: Copy) -> None:
    if not {Compartment(part) for part in copy.compartments} <= open_compartments(by, copy.minutes.case):
        raise NotMinuted("This copy holds a part that you do not read, so you cannot take it out for somebody else.")


def _classes(copy: Copy) -> list[str]:
    victim = [FieldClass.VICTIM.value] if Compartment.VICTIM in copy.compartments else []
    return [FieldClass.PERSONAL.value, FieldClass.SENSITIVE.value, *victim]
