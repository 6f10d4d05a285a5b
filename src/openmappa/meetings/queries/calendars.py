"""What somebody's calendar is to say of a sitting."""

from django.conf import settings

from openmappa.accounts.models import User
from openmappa.meetings.calendar_file import Invitation, Method
from openmappa.meetings.models.calendar import CalendarEntry
from openmappa.meetings.models.sitting import Sitting

UID_DOMAIN = "openmappa"
NO_ADDRESS = "nobody@openmappa.invalid"


def entry_in(sitting: Sitting, user: User) -> CalendarEntry | None:
    """What the calendar of somebody who is invited to a sitting is to say. One query."""
    rows = CalendarEntry.objects.filter(sitting=sitting, person=user, meetings__gt=0)
    return rows.select_related("sitting").first()


def invitation_of(entry: CalendarEntry, address: str) -> Invitation:
    """The invitation to be written into a file for this address. Asks for the sitting."""
    sitting = entry.sitting
    return Invitation(
        uid=f"{sitting.key}@{UID_DOMAIN}",
        sequence=entry.sequence,
        method=Method.CANCEL if entry.is_cancelled else Method.REQUEST,
        level=sitting.level,
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
        changed_at=entry.changed_at,
        where=", ".join(each for each in (sitting.room, sitting.place) if each),
        link=sitting.link,
        service=settings.OPENMAPPA_ADDRESS,
        organiser=settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">"),
        attendee=address or NO_ADDRESS,
    )
