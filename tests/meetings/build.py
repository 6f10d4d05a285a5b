"""Made-up sittings, meetings and invitations for tests: rows past the services, and people who call them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import Agency, Area, Unit, User
from openmappa.cases.models import Case, Involvement
from openmappa.core.access import Rank, Role
from openmappa.core.involvement import InvolvementKind
from openmappa.meetings.models.calendar import CalendarEntry
from openmappa.meetings.models.contribution import Contribution
from openmappa.meetings.models.directory import DirectoryEntry
from openmappa.meetings.models.invitee import Invitee
from openmappa.meetings.models.sitting import Meeting, Sitting
from openmappa.meetings.services.calling import ToList, call_sitting
from openmappa.meetings.words import InviteeKind
from tests.timeline.build import ago, make_area, make_person, make_unit, numbers, write

Done = TypeVar("Done")


def soon(days: int = 7, hour: int = 10) -> datetime:
    """That hour of a day so many days away."""
    day = timezone.localtime() + timedelta(days=days)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


def a_coordinator(area: Area | None = None) -> User:
    return make_person(Role.MAPPA_COORDINATOR, area=area, kind="probation")


def a_chair(area: Area | None = None) -> User:
    return make_person(Role.LINE_MANAGER, area=area, kind="probation", rank=Rank.SENIOR_PROBATION_OFFICER, unit=None)


def an_agency(name: str = "Housing", area: Area | None = None, kind: str = "partner") -> Agency:
    area = area or make_area()
    return Agency.objects.get_or_create(
        code=f"{area.code}-{name.lower()}", defaults={"name": f"{area.name} {name}", "kind": kind}
    )[0]


def a_partner(name: str = "Housing", area: Area | None = None) -> User:
    """Somebody of a partner agency with a sign-in."""
    area, number = area or make_area(), next(numbers)
    return User.objects.create(
        username=f"partner.{number}",
        full_name=f"Partner Sample {number}",
        agency=an_agency(name, area),
        area=area,
        role=Role.PARTNER_MEMBER,
    )


def elsewhere(role: Role, kind: str, area: Area | None = None, rank: Rank = Rank.NONE) -> User:
    """Somebody of another unit of the area, who answers for none of its cases."""
    unit: Unit = make_unit(area or make_area(), kind, 9)
    return make_person(role, area=area, unit=unit, rank=rank)


def an_entry(area: Area | None = None, **changed: Any) -> DirectoryEntry:
    area = area or make_area()
    plain: dict[str, Any] = {"post": "Housing options manager", "kind": InviteeKind.CASE, "holder": "Harriet Sample"}
    plain |= {"agency": an_agency(area=area)}
    return DirectoryEntry.objects.create(area=area, **(plain | changed))


def a_sitting(by: User | None = None, **changed: Any) -> Sitting:
    by = by or a_coordinator()
    plain: dict[str, Any] = {"level": 2, "starts_at": soon(), "ends_at": soon() + timedelta(hours=2), "place": "Hall"}
    plain |= {"area": make_area(), "chair": by, "called_by": by, "called_at": timezone.now()}
    return Sitting.objects.create(**(plain | changed))


def a_meeting(case: Case, sitting: Sitting | None = None, **changed: Any) -> Meeting:
    sitting = sitting or a_sitting()
    plain: dict[str, Any] = {"number": 1, "starts_at": sitting.starts_at, "why": "x"}
    plain |= {"listed_by": sitting.called_by, "listed_at": timezone.now()}
    return Meeting.objects.create(sitting=sitting, case=case, **(plain | changed))


def a_closed_meeting(case: Case, days: int = 30, **changed: Any) -> Meeting:
    """A meeting that was held so many days ago, past the services, with its fact and a review three months later."""
    by, at = a_coordinator(case.area), soon(-days)
    sitting = a_sitting(by, area=case.area, starts_at=at, ends_at=at + timedelta(hours=1))
    plain: dict[str, Any] = {"opened_at": at, "opened_by": by, "closed_at": sitting.ends_at, "closed_by": by}
    plain |= {"fact": write(case, "mappa_meeting_held", ago(days), level=2), "review_on": ago(days - 90)}
    return a_meeting(case, sitting, **(plain | changed))


def an_invitee(meeting: Meeting, person: User | None = None, **changed: Any) -> Invitee:
    agency = person.agency if person else an_agency()
    plain: dict[str, Any] = {"person": person, "agency": agency, "name": "Somebody", "kind": InviteeKind.CASE}
    plain |= {"invited_by": meeting.listed_by, "invited_at": timezone.now()}
    return Invitee.objects.create(meeting=meeting, case=meeting.case, **(plain | changed))


def a_contribution(meeting: Meeting, by: User, **changed: Any) -> Contribution:
    now = timezone.now()
    plain: dict[str, Any] = {"text": "x", "compartment": "open", "started_at": now, "saved_at": now}
    return Contribution.objects.create(
        meeting=meeting, case=meeting.case, written_by=by, agency=by.agency, **(plain | changed)
    )


def a_calendar_entry(sitting: Sitting, **changed: Any) -> CalendarEntry:
    plain: dict[str, Any] = {"name": "Somebody", "email": "somebody@example.org", "changed_at": timezone.now()}
    plain |= {"starts_at": sitting.starts_at, "ends_at": sitting.ends_at, "meetings": 1}
    return CalendarEntry.objects.create(sitting=sitting, **(plain | changed))


def called(by: User, *cases: Case, **changed: Any) -> Sitting:
    """A Level 2 sitting on these cases, called by the service."""
    plain: dict[str, Any] = {"area": cases[0].area, "level": 2, "starts_at": soon(), "place": "Civic Hall"}
    plain |= {"chair": by, "cases": [ToList(case, "Accommodation is at risk") for case in cases]}
    return done(by, call_sitting, **(plain | changed))


def done(by: User, service: Callable[..., Done], **details: Any) -> Done:
    """Call a service as this person, so that the database answers with what they may see."""
    with as_person(by):
        return service(by=by, **details)


def everything_of_a_meeting(case: Case, by: User, said: str) -> None:
    """A meeting with an invitation that opened the case, written information, and these words wherever words stand."""
    meeting = a_meeting(case, a_sitting(by, area=case.area), why=said, child_why=said, concerns_child=True)
    meeting.taken_off_at, meeting.taken_off_by, meeting.taken_off_reason = timezone.now(), by, said
    meeting.save()
    partner = a_partner(area=case.area)
    given = Involvement.objects.create(
        case=case, kind=InvolvementKind.INVITED, person=partner, from_at=timezone.now(), reason=said
    )
    now = timezone.now()
    gone = {"withdrawn_at": now, "withdrawn_by": by, "withdraw_reason": said}
    an_invitee(meeting, partner, involvement=given, sent_in_writing=said, **gone)
    a_contribution(meeting, partner, text=said, sent_at=now, withdrawn_at=now, withdraw_reason=said)
