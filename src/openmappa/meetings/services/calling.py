"""Calling a sitting on one case or several, and changing its list: cases put on it and taken off."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import Area, User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.cases.models import Case
from openmappa.cases.services import lock_case
from openmappa.core.access import Permission
from openmappa.core.mappa.meetings import start_times
from openmappa.meetings.errors import NotCalled
from openmappa.meetings.models.directory import DirectoryEntry
from openmappa.meetings.models.invitee import Invitee
from openmappa.meetings.models.sitting import Meeting, Sitting
from openmappa.meetings.queries.grounds import Grounds, grounds_of
from openmappa.meetings.queries.rules import rules
from openmappa.meetings.services.clashing import refuse_clashes
from openmappa.meetings.services.inviting import invite_guests, withdraw
from openmappa.meetings.services.locking import (
    lock_calendar_of,
    locked_meeting,
    locked_sitting,
    next_version,
    with_its_people,
)
from openmappa.meetings.services.telling import tell_invited, tell_people, what

LONGEST_LIST = 20
CANCELLED = "This sitting was cancelled. Call another."


class ToList(NamedTuple):
    """A case to be put on a list: why the agencies meet about it, and who is invited besides those who always are.

    ``minutes`` None takes the pack's time. ``child_why`` says why there is a risk to a child where the record does not.
    """

    case: Case
    why: str
    minutes: int | None = None
    referral: uuid.UUID | None = None
    child_why: str = ""
    entries: Sequence[DirectoryEntry] = ()


def call_sitting(
    *,
    by: User,
    area: Area,
    level: int,
    starts_at: datetime,
    chair: User,
    cases: Sequence[ToList],
    minute_taker: User | None = None,
    place: str = "",
    room: str = "",
    link: str = "",
    despite_clashes: bool = False,
    submission: uuid.UUID | None = None,
) -> Sitting:
    """Call a Level 2 or Level 3 sitting on one case or several, one after the other, and invite to each.

    Core members of the level, the case's own people, the child protection unit where there is a risk to a child, and
    the victim contact officer where there is a victim are invited by themselves. The same form sent again returns the
    first sitting.

    Raises NotAllowed; NotCalled (no case, no place, somebody who cannot chair …); Clashes, unless ``despite_clashes``.
    """
    require(by, Permission.CALL_MEETING)
    with transaction.atomic():
        lock_calendar_of(area.pk)
        earlier = Sitting.objects.filter(submission=submission).first() if submission else None
        if earlier is not None:
            return earlier
        _refuse_a_wrong_list(area, cases)
        refuse_who_cannot(chair, minute_taker)
        refuse_nowhere(place, link)
        lengths = [each.minutes or rules().case_minutes(level) for each in cases]
        times = start_times(starts_at, lengths)
        sitting = Sitting(
            area=area,
            level=level,
            starts_at=starts_at,
            ends_at=times[-1],
            place=place.strip(),
            room=room.strip(),
            link=link.strip(),
            chair=chair,
            minute_taker=minute_taker,
            called_by=by,
            called_at=timezone.now(),
            submission=submission,
        )
        locked = {case.pk: case for case in _locked_cases(each.case for each in cases)}
        if not despite_clashes:
            refuse_clashes(sitting, [locked[each.case.pk] for each in cases])
        sitting.save()
        invited: list[Invitee] = []
        for number, (each, at, minutes) in enumerate(zip(cases, times, lengths, strict=False), start=1):
            invited += _list(by, sitting, each._replace(case=locked[each.case.pk], minutes=minutes), number, at)[1]
        tell_invited(invited, sitting, by=by)
        log(by=by, verb="call sitting", case_ids=sorted(locked), about={"sitting": str(sitting.key), "level": level})
        return sitting


def list_case(
    *,
    by: User,
    sitting: Sitting,
    case: Case,
    why: str,
    minutes: int | None = None,
    referral: uuid.UUID | None = None,
    child_why: str = "",
    entries: Sequence[DirectoryEntry] = (),
    version: int | None = None,
    despite_clashes: bool = False,
    submission: uuid.UUID | None = None,
) -> Meeting:
    """Put one more case on the list of a sitting, last, and invite to it. The sitting ends later by its time.

    Raises NotAllowed; NotCalled (on the list already, cancelled …); SittingChanged (a stale page); Clashes, unless
    ``despite_clashes``. The same form sent again returns the first meeting.
    """
    require(by, Permission.CALL_MEETING)
    with transaction.atomic():
        lock_calendar_of(sitting.area_id)
        (own,) = _locked_cases([case])
        held = locked_sitting(sitting)
        earlier = Meeting.objects.filter(submission=submission, sitting=held).first() if submission else None
        if earlier is not None:
            return earlier
        if Meeting.objects.filter(sitting=held, case=own, taken_off_at__isnull=True).exists():
            raise NotCalled(f"Case {own.reference} is on the list of this sitting already.")
        held = locked_sitting(sitting, version)
        if held.is_cancelled:
            raise NotCalled(CANCELLED)
        _refuse_another_area(held.area_id, own)
        length = minutes or rules().case_minutes(held.level)
        begins_at = (
            held.ends_at
            if Meeting.objects.filter(sitting=held, taken_off_at__isnull=True).exists()
            else (held.starts_at)
        )
        before, held.ends_at = held.ends_at, start_times(begins_at, [length])[-1]
        if not despite_clashes:
            refuse_clashes(held, [own], rooms=held.ends_at > before)
        held.save(update_fields=["ends_at"])
        next_version(held)
        each = ToList(own, why, length, referral, child_why, entries)
        meeting, invited = _list(by, held, each, _next_number(held), begins_at, submission)
        tell_invited(invited, held, by=by)
        about = {"sitting": str(held.key), "meeting": str(meeting.key)}
        log(by=by, verb="list case", case_id=own.pk, about=about)
        return meeting


def take_off_case(*, by: User, meeting: Meeting, reason: str, version: int | None = None) -> Meeting:
    """Take a case off the list of a sitting, with the reason; everybody invited is told, and what that opened ends.

    Raises NotAllowed; NotCalled (no reason, taken off before, begun); SittingChanged (a stale page).
    """
    require(by, Permission.CALL_MEETING)
    if not reason.strip():
        raise NotCalled("Say why the case is taken off the list.")
    with transaction.atomic():
        held = locked_sitting(meeting.sitting, version)
        row = locked_meeting(meeting)
        row.sitting = held
        if not row.is_on:
            raise NotCalled("This case was taken off the list before.")
        if row.opened_at is not None:
            raise NotCalled("The meeting on this case has begun, so it stays on the list.")
        take_off(by, row, reason, f"Case {row.case.reference} was taken off the list of {what(held)}.")
        next_version(held)
        about = {"sitting": str(held.key), "meeting": str(row.key)}
        log(by=by, verb="take case off list", case_id=row.case_id, about=about)
        return row


def take_off(by: User, meeting: Meeting, reason: str, words: str) -> None:
    """Take a locked meeting off its list, end its invitations and tell who had one. Part of another deed."""
    invitees = list(Invitee.objects.filter(meeting=meeting, withdrawn_at__isnull=True).select_related("person"))
    for invitee in invitees:
        invitee.meeting = meeting
    withdraw(by, invitees, reason)
    meeting.taken_off_at, meeting.taken_off_by, meeting.taken_off_reason = timezone.now(), by, reason.strip()
    meeting.save(update_fields=["taken_off_at", "taken_off_by", "taken_off_reason"])
    tell_people([one.person for one in invitees if one.person is not None], words, by=by, case=meeting.case)


def refuse_who_cannot(chair: User, minute_taker: User | None) -> None:
    """Refuse a chair who may not chair, or a minute-taker who may not take minutes."""
    if not chair.may(Permission.CHAIR_MEETING):
        raise NotCalled(f"{chair.full_name} cannot chair: that takes a line manager or the MAPPA coordinator.")
    if minute_taker is not None and not minute_taker.may(Permission.TAKE_MINUTES):
        raise NotCalled(f"{minute_taker.full_name} cannot take minutes: that takes somebody of police or probation.")


def refuse_nowhere(place: str, link: str) -> None:
    """Refuse a sitting without a place and without a link."""
    if not place.strip() and not link.strip():
        raise NotCalled("Write where it takes place, or the link to join it.")


def _list(
    by: User, sitting: Sitting, each: ToList, number: int, at: datetime, submission: uuid.UUID | None = None
) -> tuple[Meeting, list[Invitee]]:
    if not each.why.strip():
        raise NotCalled(f"Say why the agencies meet about case {each.case.reference}.")
    found = grounds_of(each.case)
    grounds = Grounds((*found.child, *([each.child_why.strip()] if each.child_why.strip() else [])), found.victim)
    meeting = Meeting.objects.create(
        sitting=sitting,
        case=each.case,
        number=number,
        starts_at=at,
        minutes=each.minutes or rules().case_minutes(sitting.level),
        why=each.why.strip(),
        referral=each.referral,
        concerns_child=bool(grounds.child),
        child_why=" ".join(grounds.child),
        concerns_victim=bool(grounds.victim),
        victim_why=" ".join(grounds.victim),
        listed_by=by,
        listed_at=timezone.now(),
        submission=submission,
    )
    return meeting, invite_guests(by, meeting, grounds, each.entries)


def _locked_cases(cases: Iterable[Case]) -> list[Case]:
    """The cases, locked in the order of their numbers, with their people."""
    numbers = sorted({lock_case(case).pk for case in sorted(cases, key=lambda case: case.pk)})
    return list(with_its_people(Case.objects.filter(pk__in=numbers)).order_by("pk"))


def _next_number(sitting: Sitting) -> int:
    last = Meeting.objects.filter(sitting=sitting).order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def _refuse_a_wrong_list(area: Area, cases: Sequence[ToList]) -> None:
    if not cases:
        raise NotCalled("Choose at least one case.")
    if len(cases) > LONGEST_LIST:
        raise NotCalled(f"A sitting takes {LONGEST_LIST} cases at most. Call a second one for the others.")
    numbers = [each.case.pk for each in cases]
    twice = next((each.case for each in cases if numbers.count(each.case.pk) > 1), None)
    if twice is not None:
        raise NotCalled(f"Case {twice.reference} is on the list twice. Take one off.")
    for each in cases:
        _refuse_another_area(area.pk, each.case)


def _refuse_another_area(area_id: int, case: Case) -> None:
    if case.area_id != area_id:
        raise NotCalled(
            f"Case {case.reference} belongs to {case.area.name}: its own coordinator calls a meeting about it."
        )
