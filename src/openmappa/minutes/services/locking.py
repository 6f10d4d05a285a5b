"""Locking a meeting that runs, so that two people's lines come one after the other."""

import uuid
from dataclasses import dataclass

from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.meetings.models.sitting import Meeting
from openmappa.minutes.errors import NotRunning
from openmappa.minutes.models.running import Running, Saved


@dataclass(frozen=True)
class Seen:
    """What whoever saves has seen: the line's ``revision``, the page's own token, and how often it has sent."""

    revision: int = 0
    page: uuid.UUID | None = None
    turn: int = 0


def lock_running(meeting: Meeting) -> Running:
    """What the meeting decides as a whole, locked until the transaction ends. Raises NotRunning."""
    running = lock_even_if_closed(meeting)
    if running.meeting.closed_at is not None:
        raise NotRunning("This meeting was closed, so nothing was saved. Correct its minutes instead.")
    return running


def lock_even_if_closed(meeting: Meeting) -> Running:
    """The same, also once it was closed. Raises NotRunning where it has not begun.

    The meeting itself is read after the lock was got: whoever held it may have closed it meanwhile.
    """
    running = Running.objects.select_for_update(of=("self",)).filter(meeting=meeting).first()
    if running is None:
        raise NotRunning("This meeting has not begun. Open it from its page first.")
    running.meeting = Meeting.objects.select_related("sitting").get(pk=running.meeting_id)
    return running


def goes_on(row: Saved, seen: Seen) -> bool:
    """Whether what is sent follows what was saved last, and is not something that arrives late.

    It does where the revision was seen, or the very page that saved last sends this after what it sent before.
    """
    return row.revision == seen.revision or (seen.page is not None and row.page == seen.page and seen.turn >= row.turn)


def saved(row: Saved, by: User, seen: Seen) -> None:
    """Count one more saving of a line."""
    row.revision += 1
    row.page, row.turn = seen.page, seen.turn
    row.changed_by, row.changed_at = by, timezone.now()


def counted(running: Running) -> int:
    """Count one more thing saved in the meeting; the new number, by which pages ask what is new."""
    running.version += 1
    running.save(update_fields=["version"])
    return running.version
