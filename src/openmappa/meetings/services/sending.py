"""Sending invitations by e-mail, each with its calendar file. Calendar entries are the outbox (decision 0035)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from openmappa.accounts.acting import as_job
from openmappa.accounts.models import Mail
from openmappa.meetings.messages import invitation_message
from openmappa.meetings.models.calendar import CalendarEntry
from openmappa.meetings.queries.calendars import invitation_of
from openmappa.notices.sending import Sending, handed_over, send_each

JOB = "send_invitations"


def send_invitations() -> Sending:
    """Send everybody whose calendar says something old a message with the new file. For a job; see ``_send``."""
    with as_job(JOB):
        waiting = list(_to_send(timezone.now()).order_by("changed_at", "pk").values_list("pk", flat=True))
    return send_each(JOB, waiting, _send)


def _send(pk: int, server: BaseEmailBackend, done: Sending) -> None:
    """Send one message, and say so in the same transaction; a failure is tried again later and later.

    The row is locked meanwhile, so that two senders never send the same, and so that what is sent is what it says.
    Stopped after the server took the message and before this is said, it is sent once more, with the same Message-ID
    and the same file: a calendar that gets both shows one meeting.
    """
    now = timezone.now()
    row = (
        _to_send(now)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("sitting", "person")
        .filter(pk=pk)
        .first()
    )
    if row is None:
        return
    address = row.person.email if row.person is not None else row.email
    message = invitation_message(
        invitation_of(row, address), row.name, signs_in=row.person is not None, sender=settings.DEFAULT_FROM_EMAIL
    )
    if handed_over(message, row, server, done, now):
        row.sent_sequence, row.sent_at = row.sequence, now
    row.save(update_fields=["tries", "next_at", "problem", "sent_sequence", "sent_at"])


def _to_send(now: datetime) -> QuerySet[CalendarEntry]:
    """Entries whose newest state has not gone out, to people who want messages, of sittings that are not over.

    Somebody whose invitation was taken back before any message went out is sent none.
    """
    ready = Q(next_at__isnull=True) | Q(next_at__lte=now)
    wanted = Q(person__isnull=True) | Q(person__is_active=True) & ~Q(person__mail=Mail.NONE) & ~Q(person__email="")
    told = Q(meetings__gt=0, sitting__cancelled_at__isnull=True) | Q(sent_sequence__gte=0)
    rows = CalendarEntry.objects.filter(ready, wanted, told, sequence__gt=F("sent_sequence"))
    return rows.filter(ends_at__gt=now - timedelta(days=1))
