"""The confidential section of an OASys: what must never be disclosed to the offender."""

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.core.access import Permission
from openmappa.core.compartments import Compartment, FieldClass
from openmappa.notes.models import open_compartments
from openmappa.oasys.models import Oasys
from openmappa.oasys.models_around import ConfidentialSection
from openmappa.timeline.errors import NotRecorded


def write_confidential(*, by: User, oasys: Oasys, text: str, seen: int) -> ConfidentialSection:
    """Write the confidential section of a draft, for those to whom the compartment is open.

    ``seen`` is the revision that they had before them, 0 where there was none. Raises NotAllowed, NotRecorded (the
    compartment is closed to them; it is no draft; somebody wrote meanwhile; nothing to write).
    """
    require(by, Permission.RECORD_ASSESSMENT)
    said = text.replace("\r\n", "\n").strip()
    if not said:
        raise NotRecorded("Write what the offender must not read, or leave this page.")
    with transaction.atomic():
        locked = Oasys.objects.select_for_update(of=("self",)).select_related("case").get(pk=oasys.pk)
        if Compartment.CONFIDENTIAL not in open_compartments(by, locked.case):
            raise NotRecorded("You do not open what is confidential on this case.")
        if not locked.is_draft:
            raise NotRecorded("This OASys is signed, and its confidential section with it. Start a new version.")
        row = _written(by, locked, said, seen)
        about = {"oasys": locked.pk, "compartment": row.compartment}
        classes = {FieldClass.SENSITIVE.value}
        log(by=by, verb="write confidential section", case_id=locked.case_id, about=about, classes=classes)
        return row


def _written(by: User, oasys: Oasys, text: str, seen: int) -> ConfidentialSection:
    row = ConfidentialSection.objects.filter(oasys=oasys).first()
    if (row.revision if row else 0) != seen:
        raise NotRecorded("Somebody else wrote in this section after you opened it. Theirs is above, yours is below.")
    if row is None:
        return ConfidentialSection.objects.create(case=oasys.case, oasys=oasys, text=text, written_by=by)
    row.text, row.written_by, row.written_at, row.revision = text, by, timezone.now(), row.revision + 1
    row.save(update_fields=["text", "written_by", "written_at", "revision"])
    return row
