"""Telling people, marking as read what they were told, and sending messages that there is something to read."""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone

from openmappa.accounts.acting import as_job
from openmappa.accounts.models import Mail, User
from openmappa.audit.services import log
from openmappa.notices.messages import Waiting, message_to
from openmappa.notices.models import Mailing, Notice
from openmappa.notices.queries import notices_of, people_to_write_to, to_be_mailed
from openmappa.notices.sending import Sending, handed_over, send_each

JOB = "send_notices"


def tell(
    *,
    people: Iterable[User],
    kind: str,
    words: str,
    case_id: int | None = None,
    link: str = "",
    due_on: date | None = None,
    at: datetime | None = None,
) -> None:
    """Put one sentence before each of these people, once; whoever has left is left out. One statement.

    ``words`` hold no name of an offender or victim and nothing from a case but its reference: a notice may be read by
    somebody who cannot open the case. ``link`` is an address of this service; ``due_on`` by when they do what it asks
    for; ``at`` when they were told, of what is entered later. It is part of the transaction of whatever calls it, and
    leaves no audit event of its own.
    """
    told = {person.pk: person for person in people if person.is_active}
    said = {"kind": kind, "words": words, "case_id": case_id, "link": link, "due_on": due_on}
    said |= {"at": at} if at else {}
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


def settle_link(*, by: User, link: str) -> None:
    """Mark as read every notice to oneself that leads to an address, since what it asks is done. Part of the caller's
    deed."""
    Notice.objects.filter(to=by, link=link).unread().update(read_at=timezone.now())


def send_messages() -> Sending:
    """Send everybody who wants it a message that there is something to read. For a job; see ``_send_to``."""
    now = timezone.localtime()
    with as_job(JOB):
        people = people_to_write_to(now, now.date(), digests=now.hour >= settings.OPENMAPPA_DIGEST_HOUR)
    return send_each(JOB, people, _send_to)


def _send_to(pk: int, server: BaseEmailBackend, done: Sending) -> None:
    """Send one person their message, and say so in the same transaction; a failure is tried again later and later.

    The person's row is locked meanwhile, so that two senders never send the same. Stopped after the server took the
    message and before this is said, it is sent once more: that a change goes unheard is worse than hearing of it twice.
    """
    Mailing.objects.bulk_create([Mailing(person_id=pk)], ignore_conflicts=True)
    row = Mailing.objects.select_for_update(skip_locked=True).filter(person_id=pk).first()
    now = timezone.now()
    person = User.objects.get(pk=pk)
    new = to_be_mailed(now).filter(to=person)
    if row is None or not (waiting := list(new.values_list("pk", flat=True))):
        return
    unread = notices_of(person).unread()
    due = unread.aggregate(newest=Max("pk"), due_on=Min("due_on"))
    said = Waiting(unread.count(), due["newest"], due["due_on"])
    message = message_to(
        person.email,
        person.full_name,
        said,
        service=settings.OPENMAPPA_ADDRESS,
        sender=settings.DEFAULT_FROM_EMAIL,
    )
    if handed_over(message, row, server, done, now):
        row.sent_at = now
        row.digest_on = timezone.localdate(now) if person.mail == Mail.DAILY else row.digest_on
        Notice.objects.filter(pk__in=waiting).update(mailed_at=now)
    row.save()
