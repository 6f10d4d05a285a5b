"""Meetings that run today, with a page of lines each, for the minute-taker's page and for saving one more line."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.acting import as_job
from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.meetings.models.sitting import Meeting, Sitting
from openmappa.minutes.models.running import Running
from openmappa.minutes.services.running import Words, open_meeting, write_entry

LINES = 30
"""A long meeting's lines: about one a minute."""
EACH = 2
ITEMS = ("last-actions", "information", "victims", "disclosure", "level")


@dataclass
class Taking:
    """Somebody who takes the minutes of a meeting that runs."""

    taker: User
    case: Case
    meeting: Meeting
    sent: int = 0

    def address(self, name: str, **more: object) -> str:
        """The address of a page of this meeting."""
        return reverse(f"minutes:{name}", kwargs={"key": self.case.key, "meeting": self.meeting.key, **more})

    @property
    def version(self) -> int:
        """How much was saved in this meeting so far. One query."""
        return Running.objects.get(meeting=self.meeting).version

    def line(self) -> tuple[str, dict[str, str]]:
        """Where a new line is sent, and what is sent, as the page does while somebody types."""
        self.sent += 1
        values = {"kind": "said", "item": "information", "compartment": "open", "who": "The police officer"}
        values |= {"text": f"Seen at home, alone. Nothing of note. {self.sent}", "revision": "0", "turn": "1"}
        return self.address("entry", entry=uuid.uuid4()), {**values, "page": str(uuid.uuid4())}


def minuted(coordinators: Sequence[User]) -> list[Taking]:
    """Two meetings of each of these people, moved to now, opened, and taken down in thirty lines each."""
    found: list[Taking] = []
    now = timezone.now()
    for taker in coordinators:
        with as_job("bench"):
            coming = Meeting.objects.filter(sitting__area=taker.area, opened_at=None, taken_off_at=None)
            coming = coming.filter(sitting__cancelled_at=None, case__restricted=False, starts_at__gt=now)
            for meeting in list(coming.select_related("sitting", "case").order_by("pk")[:EACH]):
                Sitting.objects.filter(pk=meeting.sitting_id).update(starts_at=now, ends_at=now + timedelta(hours=6))
                Meeting.objects.filter(pk=meeting.pk).update(starts_at=now)
                meeting.refresh_from_db()
                open_meeting(by=taker, meeting=meeting)
                for number in range(LINES):
                    words = Words(ITEMS[number % len(ITEMS)], text=f"What was said {number}", who="The agency")
                    write_entry(by=taker, meeting=meeting, key=uuid.uuid4(), words=words)
                found.append(Taking(taker, meeting.case, meeting))
    if not found:
        raise SystemExit("No meeting is to come that could be minuted. Ask for more cases.")
    return found
