"""Invitations as calendar files (RFC 5545, RFC 5546). They know the sitting and nothing of any case.

The function is given a level, a time, a place and addresses alone, so that no mistake elsewhere can put a name or a
reference into what leaves the service.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from icalendar import Calendar, Event, vCalAddress, vText


class Method(StrEnum):
    """What the file asks a calendar to do."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class Invitation:
    """What one calendar is to say of one sitting. ``uid`` is made of the sitting's key; ``sequence`` counts changes."""

    uid: str
    sequence: int
    method: Method
    level: int
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    where: str
    link: str
    service: str
    organiser: str
    attendee: str

    @property
    def summary(self) -> str:
        """What the calendar shows."""
        return f"MAPPA meeting, Level {self.level}"

    @property
    def description(self) -> str:
        """What opening it shows: where to sign in, and why nothing else stands here."""
        here = f"Sign in to see what it is about: {self.service}/meetings/" if self.service else ""
        join = f"Join here: {self.link}" if self.link else ""
        why = "This file says nothing about any case, and no message from OpenMAPPA ever does."
        return "\n".join(line for line in (join, here, why) if line)


def calendar_file(invitation: Invitation) -> bytes:
    """The file that puts an invitation into a calendar, changes it there, or takes it out."""
    calendar = Calendar()
    calendar.add("prodid", "-//OpenMAPPA//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", invitation.method.value)
    event = Event()
    event.add("uid", invitation.uid)
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", invitation.changed_at.astimezone(UTC))
    event.add("dtstart", invitation.starts_at.astimezone(UTC))
    event.add("dtend", invitation.ends_at.astimezone(UTC))
    event.add("summary", invitation.summary)
    event.add("description", invitation.description)
    event.add("location", invitation.where or invitation.link)
    event.add("status", "CANCELLED" if invitation.method is Method.CANCEL else "CONFIRMED")
    event.add("class", "CONFIDENTIAL")
    event.add("organizer", vCalAddress(f"mailto:{invitation.organiser}"))
    attendee = vCalAddress(f"mailto:{invitation.attendee}")
    attendee.params["rsvp"] = vText("FALSE")
    event.add("attendee", attendee)
    if invitation.service:
        event.add("url", f"{invitation.service}/meetings/")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
