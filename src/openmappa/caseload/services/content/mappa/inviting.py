"""Inviting to many meetings in a few statements: the guests that the rules ask for, with what each may open."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.caseload.services.content.mappa.people import Desk
from openmappa.cases.models import Case, Involvement
from openmappa.core.involvement import GIVEN_TO, InvolvementKind
from openmappa.core.mappa.meetings import opens_until
from openmappa.meetings.models.calendar import CalendarEntry
from openmappa.meetings.models.invitee import Invitee
from openmappa.meetings.models.sitting import Meeting, Sitting
from openmappa.meetings.queries.grounds import Grounds
from openmappa.meetings.queries.rules import rules
from openmappa.meetings.services.guests import Guest, guests_of
from openmappa.meetings.services.inviting import answers_anyway
from openmappa.meetings.services.telling import tell_people, what

AT_ONCE = 1000


@dataclass(frozen=True)
class Invited:
    """An invitation that is not written yet, to a meeting that is."""

    meeting: Meeting
    invitee: Invitee

    @staticmethod
    def save(invited: Sequence["Invited"]) -> None:
        """Write the invitations, and what the calendars of those invited say."""
        Invitee.objects.bulk_create((each.invitee for each in invited), AT_ONCE)
        CalendarEntry.objects.bulk_create(_calendars(invited), AT_ONCE)


def invite(desk: Desk, meetings: Iterable[tuple[Meeting, Grounds]]) -> list[Invited]:
    """An invitation to each guest of each meeting; the cases are opened to those who would not see them otherwise."""
    found, opened = [], []
    for meeting, grounds in meetings:
        for guest in guests_of(meeting.sitting, meeting.case, grounds):
            involvement = _opened(desk, guest.person, meeting.case, meeting.sitting)
            if involvement is not None:
                opened.append(involvement)
            found.append(Invited(meeting, _invitee(desk, meeting, guest, involvement)))
    Involvement.objects.bulk_create(opened, AT_ONCE)
    return found


def tell_of_sittings(desk: Desk, sittings: Iterable[Sitting], invited: Sequence[Invited]) -> None:
    """A notice to each person invited, one for a sitting."""
    for sitting in sittings:
        people = {
            each.invitee.person.pk: each.invitee.person
            for each in invited
            if each.meeting.sitting == sitting and each.invitee.person is not None
        }
        tell_people(people.values(), f"You are invited to {what(sitting)}. Say whether you come.", by=desk.coordinator)


def _opened(desk: Desk, person: User | None, case: Case, sitting: Sitting) -> Involvement | None:
    if person is None or person.role not in GIVEN_TO[InvolvementKind.INVITED] or answers_anyway(person, case):
        return None
    return Involvement(
        case=case,
        kind=InvolvementKind.INVITED,
        person=person,
        from_at=timezone.now(),
        until_at=opens_until(sitting.ends_at, rules()),
        reason=f"Invited to {what(sitting)}",
        given_by=desk.coordinator,
    )


def _invitee(desk: Desk, meeting: Meeting, guest: Guest, involvement: Involvement | None) -> Invitee:
    return Invitee(
        meeting=meeting,
        case=meeting.case,
        entry=guest.entry,
        person=guest.person,
        agency=guest.agency,
        name=guest.name,
        post=guest.post,
        email=guest.email,
        kind=guest.kind,
        involvement=involvement,
        invited_by=desk.coordinator,
        invited_at=meeting.listed_at,
    )


def _calendars(invited: Sequence[Invited]) -> Iterator[CalendarEntry]:
    """One entry for each guest of each sitting, as already sent to them."""
    found: dict[tuple[object, object], CalendarEntry] = {}
    for each in invited:
        person, email = each.invitee.person, each.invitee.email
        if person is None and not email:
            continue
        sitting = each.meeting.sitting
        key = (sitting.pk, person.pk if person else email)
        entry = found.setdefault(key, _calendar(each))
        entry.meetings += 1
        entry.starts_at = min(entry.starts_at, each.meeting.starts_at)
        entry.ends_at = max(entry.ends_at, each.meeting.ends_at)
    yield from found.values()


def _calendar(each: Invited) -> CalendarEntry:
    person, at = each.invitee.person, each.meeting.listed_at
    return CalendarEntry(
        sitting=each.meeting.sitting,
        person=person,
        name=each.invitee.name,
        email="" if person else each.invitee.email,
        starts_at=each.meeting.starts_at,
        ends_at=each.meeting.ends_at,
        changed_at=at,
        sent_sequence=0,
        sent_at=at,
    )
