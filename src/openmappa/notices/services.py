"""Telling people, and marking as read what they were told."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.audit.services import log
from openmappa.notices.models import Notice


def tell(
    *,
    people: Iterable[User],
    kind: str,
    words: str,
    case_id: int | None = None,
    link: str = "",
    due_on: date | None = None,
) -> None:
    """Put one sentence before each of these people, once; whoever has left is left out. One statement.

    ``words`` hold no name of an offender or victim and nothing from a case but its reference: a notice may be read by
    somebody who cannot open the case. ``link`` is an address of this service; ``due_on`` by when they do what it asks
    for. It is part of the transaction of whatever calls it, and leaves no audit event of its own.
    """
    told = {person.pk: person for person in people if person.is_active}
    said = {"kind": kind, "words": words, "case_id": case_id, "link": link, "due_on": due_on}
    rows = [Notice(to=person, **said) for person in told.values()]
    # Without "ignore conflicts" Django asks for the new ids, and the database would refuse: somebody else's notice may
    # be written, never read.
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


def mark_read(*, by: User, notice: Notice) -> None:
    """Mark one's own notice as read; doing it again changes nothing."""
    with transaction.atomic():
        changed = Notice.objects.filter(pk=notice.pk, to=by).unread().update(read_at=timezone.now())
        if changed:
            log(by=by, verb="read notice", case_id=notice.case_id, about={"notice": notice.pk, "kind": notice.kind})


def mark_all_read(*, by: User) -> int:
    """Mark everything that one was told as read; how many there were."""
    with transaction.atomic():
        changed = Notice.objects.filter(to=by).unread().update(read_at=timezone.now())
        if changed:
            log(by=by, verb="read notices", about={"notices": changed})
        return changed


def settle(*, by: User, case_id: int, kind: str) -> None:
    """Mark as read what one was told of a case in this kind of notice, since it is done. Part of the caller's deed."""
    Notice.objects.filter(to=by, case_id=case_id, kind=kind).unread().update(read_at=timezone.now())
