"""What agencies wrote before a meeting, and which of it is not in its minutes yet."""

import uuid

from openmappa.accounts.models import User
from openmappa.meetings.models.contribution import Contribution
from openmappa.meetings.models.sitting import Meeting
from openmappa.meetings.queries.contributions import contributions
from openmappa.minutes.models.running import Entry


def line_key(row: Contribution) -> uuid.UUID:
    """The key of the line that holds it: always the same, so that it is never taken over twice."""
    return uuid.uuid5(row.key, "line of the meeting")


def to_take_over(meeting: Meeting, reader: User) -> list[Contribution]:
    """What was sent, as far as the reader reads it, and was never a line; a line taken out stays out. Two queries."""
    sent = contributions(meeting, reader)
    taken = set(Entry.objects.filter(key__in=[line_key(row) for row in sent]).values_list("key", flat=True))
    return [row for row in sent if line_key(row) not in taken]
