"""Keeping the directory of an area: posts, who holds them, which meetings they are always invited to."""

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import Agency, Area, User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.core.access import Permission
from openmappa.meetings.errors import NotCalled
from openmappa.meetings.models.directory import DirectoryEntry
from openmappa.meetings.words import InviteeKind


def add_to_directory(
    *,
    by: User,
    area: Area,
    agency: Agency,
    post: str,
    kind: InviteeKind,
    person: User | None = None,
    holder: str = "",
    email: str = "",
    phone: str = "",
    core_at_2: bool = False,
    core_at_3: bool = False,
) -> DirectoryEntry:
    """Add a post to the directory of one's area. Raises NotAllowed; NotCalled (another area, nobody, there already)."""
    require(by, Permission.COORDINATE)
    with transaction.atomic():
        _refuse_another_area(by, area)
        row = DirectoryEntry(area=area, added_by=by)
        _fill(row, agency, post, kind, person, holder, email, phone, core_at_2, core_at_3)
        same = DirectoryEntry.objects.filter(area=area, agency=agency, post__iexact=row.post, left_at__isnull=True)
        if any(one.person_id == row.person_id and one.holder == row.holder for one in same):
            raise NotCalled("This post stands in the directory already, with the same holder.")
        row.save()
        log(by=by, verb="add to directory", about={"entry": str(row.key)})
        return row


def change_entry(
    *,
    by: User,
    entry: DirectoryEntry,
    agency: Agency,
    post: str,
    kind: InviteeKind,
    person: User | None = None,
    holder: str = "",
    email: str = "",
    phone: str = "",
    core_at_2: bool = False,
    core_at_3: bool = False,
) -> DirectoryEntry:
    """Change a post: who holds it now, where they are written to. Invitations that are out stay as they are.

    Raises NotAllowed, NotCalled.
    """
    require(by, Permission.COORDINATE)
    with transaction.atomic():
        row = _locked(by, entry)
        _fill(row, agency, post, kind, person, holder, email, phone, core_at_2, core_at_3)
        row.save()
        log(by=by, verb="change directory", about={"entry": str(row.key)})
        return row


def leave_directory(*, by: User, entry: DirectoryEntry) -> DirectoryEntry:
    """Take a post out of the directory: nobody is invited for it any more. Raises NotAllowed, NotCalled."""
    require(by, Permission.COORDINATE)
    with transaction.atomic():
        row = _locked(by, entry)
        row.left_at, row.left_by = timezone.now(), by
        row.save(update_fields=["left_at", "left_by"])
        log(by=by, verb="leave directory", about={"entry": str(row.key)})
        return row


def _fill(
    row: DirectoryEntry,
    agency: Agency,
    post: str,
    kind: InviteeKind,
    person: User | None,
    holder: str,
    email: str,
    phone: str,
    core_at_2: bool,
    core_at_3: bool,
) -> None:
    if not post.strip():
        raise NotCalled("Write what the post is called.")
    if person is None and not holder.strip():
        raise NotCalled("Choose who holds the post, or write their name.")
    if person is not None and person.agency_id != agency.pk:
        raise NotCalled(f"{person.full_name} belongs to {person.agency_name}, not to {agency.name}.")
    row.agency, row.post, row.kind, row.person = agency, post.strip(), kind, person
    row.holder, row.email = ("", "") if person is not None else (holder.strip(), email.strip())
    row.phone, row.core_at_2, row.core_at_3 = phone.strip(), core_at_2, core_at_3


def _locked(by: User, entry: DirectoryEntry) -> DirectoryEntry:
    row = DirectoryEntry.objects.select_for_update(of=("self",)).select_related("area").get(pk=entry.pk)
    _refuse_another_area(by, row.area)
    if row.left_at is not None:
        raise NotCalled("This post has left the directory. Add it anew.")
    return row


def _refuse_another_area(by: User, area: Area) -> None:
    if by.area_id != area.pk:
        raise NotCalled(f"The directory of {area.name} is kept by its own coordinator.")
