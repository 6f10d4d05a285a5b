"""Who was invited to generated meetings, who came with which rank, and what they had written beforehand."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from openmappa.accounts.models import User
from openmappa.caseload.services.content.mappa.people import Attendee, rank_of
from openmappa.caseload.services.content.mappa.sittings import Held
from openmappa.core.synthetic.content.mappa.held import ABSENT, APOLOGIES, ATTENDED, DEPUTY, Seat
from openmappa.core.synthetic.content.mappa.posts import COORDINATOR
from openmappa.meetings.models.contribution import Contribution
from openmappa.meetings.models.invitee import Invitee
from openmappa.meetings.words import Reply

AT_ONCE = 1000
REPLIES = {ATTENDED: Reply.COMES, DEPUTY: Reply.DEPUTY, APOLOGIES: Reply.APOLOGIES, ABSENT: Reply.NONE}
BEFORE = timedelta(days=5)


def write_attendance(held: Sequence[Held]) -> int:
    """Write invitees and written information for meetings that are saved; returns how many were invited."""
    invitees = [row for each in held for row in attendance_of(each)]
    Invitee.objects.bulk_create(invitees, AT_ONCE)
    written = [row for each in held for row in _written(each)]
    Contribution.objects.bulk_create(written, AT_ONCE)
    return len(invitees)


def attendance_of(held: Held) -> Iterator[Invitee]:
    """One for each post; whoever chaired or took the minutes was there, whatever their post's seat says."""
    ran = {held.sitting.chair_id, held.sitting.minute_taker_id}
    seen: set[object] = set()
    for seat in (*held.text.seats, Seat(COORDINATOR, ATTENDED)):
        attendee = held.desk.attendee(seat.post, held.filed.case)
        if attendee is None or (attendee.person is not None and attendee.person.pk in seen):
            continue
        person = attendee.person
        if person is not None:
            seen.add(person.pk)
        there = ATTENDED if person is not None and person.pk in ran else seat.attendance
        yield _invitee(held, attendee, there, seat.wrote)


def _invitee(held: Held, attendee: Attendee, attendance: str, wrote: str) -> Invitee:
    reply = REPLIES[attendance]
    row = Invitee(
        meeting=held.meeting,
        case=held.filed.case,
        entry=attendee.entry,
        person=attendee.person,
        agency=attendee.agency,
        name=attendee.name,
        post=attendee.title,
        email=attendee.email,
        kind=attendee.kind,
        invited_by=held.desk.coordinator,
        invited_at=held.sitting.called_at,
        reply=reply,
        replied_at=_replied(held) if reply else None,
        attendance=attendance,
        sent_in_writing=wrote if attendee.person is None else "",
        noted_by=held.sitting.minute_taker,
        noted_at=held.meeting.starts_at,
    )
    if attendance == ATTENDED:
        row.attended_name, row.attended_rank = attendee.name, rank_of(attendee)
        row.attended_grade = attendee.grade
    if attendance == DEPUTY:
        row.deputy_name = row.attended_name = f"Deputy {attendee.name.rpartition(' ')[2]}"
        row.attended_grade = "Deputy"
    return row


def _replied(held: Held) -> datetime:
    return held.sitting.called_at + timedelta(days=4, hours=1)


def _written(held: Held) -> Iterable[Contribution]:
    """What those with a sign-in sent; what came on paper stands beside their name in the attendance."""
    for seat in held.text.seats:
        attendee = held.desk.attendee(seat.post, held.filed.case)
        if not seat.wrote or attendee is None or attendee.person is None:
            continue
        yield contribution(held, attendee.person, seat.wrote, "victim" if seat.post == "victims" else "open")


def contribution(held: Held, person: User, text: str, compartment: str) -> Contribution:
    """What somebody sent some days before the meeting."""
    at = held.meeting.starts_at - BEFORE
    return Contribution(
        meeting=held.meeting,
        case=held.filed.case,
        agency=person.agency,
        written_by=person,
        compartment=compartment,
        text=text,
        started_at=at,
        saved_at=at,
        sent_at=at,
    )
