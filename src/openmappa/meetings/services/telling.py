"""Telling those who are invited: a notice each, and what their calendar is to say from now on.

A notice holds references and never a name; a calendar entry knows no case at all. Both are part of the deed.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max, Min
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.meetings.models.calendar import CalendarEntry
from openmappa.meetings.models.invitee import Invitee
from openmappa.meetings.models.sitting import Meeting, Sitting
from openmappa.notices.services import tell
from openmappa.ui.formats import instant, joined, plural

KIND = "meeting"
MOST_NAMED = 4
"""So many references stand in a notice; of more, their number."""


def tell_people(people: Iterable[User], words: str, *, by: User, case: Case | None = None) -> None:
    """One sentence to each of these people but whoever did it, with a link to their meetings."""
    others = [person for person in people if person.pk != by.pk]
    link = reverse("meetings:mine")
    tell(people=others, kind=KIND, words=words[:300], case_id=case.pk if case else None, link=link)


def tell_invited(invitees: Iterable[Invitee], sitting: Sitting, *, by: User) -> None:
    """Tell each person who is newly invited, once, of all the meetings of the sitting that they are invited to."""
    asked: dict[User, list[Case]] = {}
    for invitee in invitees:
        if invitee.person is not None:
            asked.setdefault(invitee.person, []).append(invitee.meeting.case)
    for person, cases in asked.items():
        words = f"You are invited to {what(sitting)}, about {references(cases)}. Say whether you come."
        tell_people([person], words, by=by, case=cases[0] if len(cases) == 1 else None)


def what(sitting: Sitting) -> str:
    """A sitting in a sentence: "a Level 2 MAPPA meeting on 3 December 2026 at 10:00am"."""
    return f"a Level {sitting.level} MAPPA meeting on {when(sitting.starts_at)}"


def when(at: datetime) -> str:
    """An instant in a sentence."""
    return instant(timezone.localtime(at))


def references(cases: Iterable[Case]) -> str:
    """Cases by their references; of many, how many there are."""
    named = [case.reference for case in cases]
    return (
        f"case {named[0]}"
        if len(named) == 1
        else joined(named)
        if len(named) <= MOST_NAMED
        else (plural(len(named), "case"))
    )


def put_into_calendars(invitees: Iterable[Invitee], sitting: Sitting) -> None:
    """Have the calendar of each of these say that they are invited. Nothing for a sitting that is over.

    Somebody who is neither known here nor has an address is reached by telephone: their calendar is their own.
    """
    now = timezone.now()
    if sitting.ends_at <= now:
        return
    for invitee in invitees:
        if invitee.person is None and not invitee.email:
            continue
        entry = _entry_of(invitee, sitting)
        starts_at, ends_at = invitee.meeting.starts_at, invitee.meeting.ends_at
        if entry.meetings:
            starts_at, ends_at = min(starts_at, entry.starts_at), max(ends_at, entry.ends_at)
        entry.starts_at, entry.ends_at, entry.meetings = starts_at, ends_at, entry.meetings + 1
        _changed(entry, now)


def take_out_of_calendars(invitees: Iterable[Invitee], sitting: Sitting) -> None:
    """Have the calendar of each of these no longer say it; with no other meeting left, it is taken out."""
    now = timezone.now()
    for invitee in invitees:
        entry = CalendarEntry.objects.select_for_update(of=("self",)).filter(**_whose(invitee, sitting)).first()
        if entry is None or entry.meetings == 0:
            continue
        entry.meetings -= 1
        left = Invitee.objects.filter(withdrawn_at__isnull=True, meeting__sitting=sitting, **_same(invitee))
        span = left.exclude(pk=invitee.pk).aggregate(first=Min("meeting__starts_at"), last=Max("meeting__starts_at"))
        if span["first"] is not None:
            last = left.filter(meeting__starts_at=span["last"]).select_related("meeting").latest("meeting__minutes")
            entry.starts_at, entry.ends_at = span["first"], last.meeting.ends_at
        _changed(entry, now)


def move_in_calendars(sitting: Sitting, meetings: Iterable[Meeting]) -> None:
    """Have every calendar say the sitting's new time and place."""
    now = timezone.now()
    spans = {meeting.pk: (meeting.starts_at, meeting.ends_at) for meeting in meetings}
    entries = CalendarEntry.objects.select_for_update(of=("self",)).filter(sitting=sitting, meetings__gt=0)
    for entry in entries:
        whose = {"person_id": entry.person_id} if entry.person_id else {"person__isnull": True, "email": entry.email}
        theirs = Invitee.objects.filter(meeting__sitting=sitting, withdrawn_at__isnull=True, **whose)
        own = [spans[pk] for pk in theirs.values_list("meeting_id", flat=True) if pk in spans]
        if own:
            entry.starts_at, entry.ends_at = min(start for start, _ in own), max(end for _, end in own)
        _changed(entry, now)


def _entry_of(invitee: Invitee, sitting: Sitting) -> CalendarEntry:
    entry = CalendarEntry.objects.select_for_update(of=("self",)).filter(**_whose(invitee, sitting)).first()
    return entry or CalendarEntry(
        sitting=sitting,
        person=invitee.person,
        name=invitee.name,
        email="" if invitee.person else invitee.email,
        sequence=-1 + 0,
    )


def _changed(entry: CalendarEntry, now: datetime) -> None:
    """Count the change. A new entry begins at 0; one that failed before is tried afresh."""
    entry.sequence = max(entry.sequence + 1, 0) if entry.pk else 0
    entry.changed_at, entry.tries, entry.next_at, entry.problem = now, 0, None, ""
    entry.save()


def _whose(invitee: Invitee, sitting: Sitting) -> dict[str, object]:
    return {"sitting": sitting, **_same(invitee)}


def _same(invitee: Invitee) -> dict[str, object]:
    if invitee.person_id is not None:
        return {"person_id": invitee.person_id}
    return {"person__isnull": True, "email": invitee.email}
