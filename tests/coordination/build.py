"""Meetings that were held, with who was there, for the tests of the desk and the figures."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.meetings.models.invitee import Invitee
from openmappa.meetings.models.sitting import Meeting, Sitting
from tests.timeline.build import write


def at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=timezone.get_current_timezone())


def a_sitting(day: date, *, by: User, level: int = 2, place: str = "Civic Centre") -> Sitting:
    assert by.area is not None
    with as_person(by):
        return Sitting.objects.create(
            area=by.area,
            level=level,
            starts_at=at(day),
            ends_at=at(day, 12),
            place=place,
            chair=by,
            called_by=by,
            called_at=at(day - timedelta(days=20)),
        )


def a_meeting(case: Case, sitting: Sitting, *, by: User, number: int = 1) -> Meeting:
    with as_person(by):
        return Meeting.objects.create(
            sitting=sitting,
            case=case,
            number=number,
            starts_at=sitting.starts_at,
            why="Its risk of harm rose",
            listed_by=by,
            listed_at=sitting.called_at,
        )


def a_meeting_held(case: Case, day: date, *, by: User, review_on: date | None = None, level: int = 2) -> Meeting:
    """A meeting as it stands once it was closed: with its fact and the day of the next."""
    meeting = a_meeting(case, a_sitting(day, by=by, level=level), by=by)
    fact = write(case, "mappa_meeting_held", day, by=by, level=level)
    with as_person(by):
        meeting.opened_at, meeting.opened_by = at(day), by
        meeting.closed_at, meeting.closed_by = at(day, 11), by
        meeting.fact, meeting.review_on = fact, review_on
        meeting.review_reason = "" if review_on else "It was the last meeting"
        meeting.save()
    return meeting


def note(meeting: Meeting, person: User, attendance: str, *, by: User) -> Invitee:
    """What was written down of one person's attendance."""
    with as_person(by):
        return Invitee.objects.create(
            meeting=meeting,
            case=meeting.case,
            person=person,
            agency=person.agency,
            name=person.full_name,
            kind="core",
            invited_by=by,
            invited_at=meeting.listed_at,
            attendance=attendance,
            noted_by=by,
            noted_at=meeting.starts_at,
            attended_rank=str(person.rank),
        )
