"""Moving a sitting, naming another chair or minute-taker, cancelling it: each told to everybody who is invited."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.core.access import Permission
from openmappa.meetings.errors import NotCalled
from openmappa.meetings.models.calendar import CalendarEntry
from openmappa.meetings.models.invitee import Invitee
from openmappa.meetings.models.sitting import Meeting, Sitting
from openmappa.meetings.queries.sittings import cases_on_list
from openmappa.meetings.services.calling import CANCELLED, refuse_nowhere, refuse_who_cannot, take_off
from openmappa.meetings.services.clashing import refuse_clashes
from openmappa.meetings.services.guests import CHAIR, MINUTE_TAKER, from_person
from openmappa.meetings.services.inviting import ask, close_case_to, open_case_to
from openmappa.meetings.services.locking import lock_calendar_of, locked_meeting, locked_sitting, next_version
from openmappa.meetings.services.telling import move_in_calendars, tell_invited, tell_people, what, when
from openmappa.meetings.words import InviteeKind, Reply


def move_sitting(
    *,
    by: User,
    sitting: Sitting,
    starts_at: datetime,
    place: str = "",
    room: str = "",
    link: str = "",
    version: int | None = None,
    despite_clashes: bool = False,
) -> Sitting:
    """Give a sitting another time or place. Everybody invited is told; at another time they are asked anew.

    Raises NotAllowed; NotCalled (cancelled, begun, nowhere, cases that one cannot open); SittingChanged; Clashes.
    """
    require(by, Permission.CALL_MEETING)
    refuse_nowhere(place, link)
    with transaction.atomic():
        lock_calendar_of(sitting.area_id)
        held = locked_sitting(sitting, version)
        meetings = _all_meetings(held)
        _refuse_begun(meetings, "moved")
        before, moved = held.starts_at, starts_at != held.starts_at
        held.ends_at += starts_at - held.starts_at
        held.starts_at, held.place, held.room, held.link = starts_at, place.strip(), room.strip(), link.strip()
        if not despite_clashes:
            refuse_clashes(held)
        held.save(update_fields=["starts_at", "ends_at", "place", "room", "link"])
        next_version(held)
        for meeting in meetings if moved else ():
            _move(by, held, meeting, starts_at - before)
        move_in_calendars(held, meetings)
        words = f"The Level {held.level} MAPPA meeting of {when(before)} has moved: {_where(held)}."
        tell_people(_people(held), words + (" Say again whether you come." if moved else ""), by=by)
        log(by=by, verb="move sitting", case_ids=[one.case_id for one in meetings], about=_about(held))
        return held


def name_people(
    *,
    by: User,
    sitting: Sitting,
    chair: User,
    minute_taker: User | None,
    version: int | None = None,
    despite_clashes: bool = False,
) -> Sitting:
    """Name who chairs a sitting and who takes its minutes: both are invited to every case. Who did before stays so.

    Raises NotAllowed; NotCalled; SittingChanged; Clashes, unless ``despite_clashes``.
    """
    require(by, Permission.CALL_MEETING)
    refuse_who_cannot(chair, minute_taker)
    with transaction.atomic():
        lock_calendar_of(sitting.area_id)
        held = locked_sitting(sitting, version)
        meetings = [meeting for meeting in _all_meetings(held) if meeting.closed_at is None]
        held.chair, held.minute_taker = chair, minute_taker
        if not despite_clashes:
            refuse_clashes(held)
        held.save(update_fields=["chair", "minute_taker"])
        next_version(held)
        for meeting in meetings:
            meeting.sitting = held
            tell_invited(_ask_who_is_new(by, meeting), held, by=by)
        about = _about(held) | {"chair": chair.pk, "minute_taker": minute_taker.pk if minute_taker else None}
        log(by=by, verb="name chair", case_ids=[one.case_id for one in meetings], about=about)
        return held


def cancel_sitting(*, by: User, sitting: Sitting, reason: str, version: int | None = None) -> Sitting:
    """Cancel a sitting: its cases are taken off the list, what the invitations opened ends, everybody invited is told.

    Raises NotAllowed; NotCalled (no reason, begun, cases that one cannot open); SittingChanged.
    """
    require(by, Permission.CALL_MEETING)
    if not reason.strip():
        raise NotCalled("Say why the sitting is cancelled. Everybody who was invited is told that it is.")
    with transaction.atomic():
        held = locked_sitting(sitting, version)
        meetings = _all_meetings(held)
        _refuse_begun(meetings, "cancelled")
        for meeting in meetings:
            words = f"Cancelled: {what(held)} about case {meeting.case.reference}."
            take_off(by, meeting, f"The sitting was cancelled: {reason.strip()}", words)
        held.cancelled_at, held.cancelled_by, held.cancel_reason = timezone.now(), by, reason.strip()
        held.save(update_fields=["cancelled_at", "cancelled_by", "cancel_reason"])
        next_version(held)
        log(by=by, verb="cancel sitting", case_ids=[one.case_id for one in meetings], about=_about(held))
        return held


def _all_meetings(sitting: Sitting) -> list[Meeting]:
    """Every meeting of a locked sitting, locked. Refuses where one is on a case that whoever asks cannot open."""
    if sitting.is_cancelled:
        raise NotCalled(CANCELLED)
    rows = Meeting.objects.filter(sitting=sitting, taken_off_at__isnull=True).select_related("case")
    meetings = [locked_meeting(row) for row in rows.order_by("number", "id")]
    unseen = cases_on_list(sitting) - len(meetings)
    if unseen:
        raise NotCalled(
            f"{unseen} more on the list of this sitting cannot be opened by you, and everybody invited has to be told. "
            f"{sitting.chair.full_name}, who chairs it, or whoever listed it can do this."
        )
    return meetings


def _refuse_begun(meetings: list[Meeting], done: str) -> None:
    begun = next((meeting for meeting in meetings if meeting.opened_at is not None), None)
    if begun is not None:
        raise NotCalled(f"The meeting on case {begun.case.reference} has begun, so the sitting is not {done} any more.")


def _move(by: User, sitting: Sitting, meeting: Meeting, later: timedelta) -> None:
    meeting.starts_at += later
    meeting.sitting = sitting
    meeting.save(update_fields=["starts_at"])
    for row in Invitee.objects.filter(meeting=meeting, withdrawn_at__isnull=True).select_related("person__agency"):
        close_case_to(by, row, "The meeting was moved")
        row.involvement = open_case_to(by, row.person, meeting.case, sitting)
        row.reply, row.replied_at, row.deputy_name = Reply.NONE, None, ""
        row.save(update_fields=["involvement", "reply", "replied_at", "deputy_name"])


def _ask_who_is_new(by: User, meeting: Meeting) -> list[Invitee]:
    invited = Invitee.objects.filter(meeting=meeting, withdrawn_at__isnull=True).values_list("person_id", flat=True)
    named = [(meeting.sitting.chair, CHAIR), (meeting.sitting.minute_taker, MINUTE_TAKER)]
    guests = [from_person(one, post, InviteeKind.CORE) for one, post in named if one is not None]
    return ask(by, meeting, [guest for guest in guests if guest.person and guest.person.pk not in set(invited)])


def _people(sitting: Sitting) -> list[User]:
    entries = CalendarEntry.objects.filter(sitting=sitting, meetings__gt=0, person__isnull=False)
    return [entry.person for entry in entries.select_related("person__agency") if entry.person is not None]


def _where(sitting: Sitting) -> str:
    places = [each for each in (sitting.room, sitting.place) if each]
    return f"{when(sitting.starts_at)}, {', '.join(places)[:120] or 'by the link'}"


def _about(sitting: Sitting) -> dict[str, object]:
    return {"sitting": str(sitting.key), "starts_at": sitting.starts_at.isoformat()}
