"""Inviting to the meeting on a case, and taking an invitation back, at any moment, also while the meeting runs."""

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import Agency, User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.cases.models import Case, Involvement
from openmappa.cases.services import end_involvement, involve
from openmappa.core.access import Permission, Role
from openmappa.core.compartments import Compartment
from openmappa.core.grading import Basis, Concern
from openmappa.core.involvement import GIVEN_TO, RESPONSIBLE, InvolvementKind
from openmappa.core.mappa.meetings import opens_until
from openmappa.meetings.errors import NotCalled
from openmappa.meetings.models.directory import DirectoryEntry
from openmappa.meetings.models.invitee import Invitee
from openmappa.meetings.models.sitting import Meeting, Sitting
from openmappa.meetings.queries.grounds import Grounds
from openmappa.meetings.queries.rules import rules
from openmappa.meetings.services.guests import Guest, each_once, from_entry, from_person, guests_of
from openmappa.meetings.services.locking import locked_meeting
from openmappa.meetings.services.telling import (
    put_into_calendars,
    take_out_of_calendars,
    tell_invited,
    tell_people,
    what,
)
from openmappa.meetings.words import InviteeKind
from openmappa.notes.services import Placed, write_note

OVER = "This meeting is over. Whom it still opens the case to stands under “Who can open this case”."


def invite_to_meeting(
    *,
    by: User,
    meeting: Meeting,
    entry: DirectoryEntry | None = None,
    person: User | None = None,
    agency: Agency | None = None,
    name: str = "",
    post: str = "",
    email: str = "",
    kind: InviteeKind = InviteeKind.CASE,
    submission: uuid.UUID | None = None,
) -> Invitee:
    """Invite one more to the meeting on a case: a post of the directory, a person, or somebody by name and agency.

    From now until some days after the meeting a person with a sign-in can open what they are invited to; who has none
    is written to, and sees nothing. The same form sent again returns the first invitation.

    Raises NotAllowed; NotCalled (invited already, nobody named, the meeting is over or off the list).
    """
    require(by, Permission.CALL_MEETING)
    with transaction.atomic():
        held = locked_meeting(meeting)
        earlier = Invitee.objects.filter(submission=submission, meeting=held).first() if submission else None
        if earlier is not None:
            return earlier
        refuse_if_over(held)
        guest = _guest(entry, person, agency, name, post, email, kind)
        if guest.identity in {_identity(one) for one in _invited(held)}:
            raise NotCalled(f"{guest.name} is invited to this meeting already.")
        (invitee,) = ask(by, held, [guest], submission)
        tell_invited([invitee], held.sitting, by=by)
        return invitee


def invite_missing(*, by: User, meeting: Meeting) -> list[Invitee]:
    """Invite everybody who is asked by itself and is not invited: core members, the case's own people, those who must
    be told. Who was withdrawn is not asked again. Raises NotAllowed, NotCalled.
    """
    require(by, Permission.CALL_MEETING)
    with transaction.atomic():
        held = locked_meeting(meeting)
        refuse_if_over(held)
        guests = missing_guests(held)
        found = ask(by, held, guests)
        tell_invited(found, held.sitting, by=by)
        return found


def missing_guests(meeting: Meeting) -> list[Guest]:
    """Who is asked to a meeting by itself, was never invited, and so has to be."""
    grounds = Grounds((meeting.child_why,) if meeting.concerns_child else (), _victim(meeting))
    known = {_identity(one) for one in Invitee.objects.filter(meeting=meeting).select_related("person")}
    return [guest for guest in guests_of(meeting.sitting, meeting.case, grounds) if guest.identity not in known]


def withdraw_invitee(*, by: User, invitee: Invitee, reason: str) -> Invitee:
    """Take an invitation back. Whatever it opened is closed at once: the next request of whoever had it is refused.

    That the child protection unit is not asked although there is a risk to a child leaves a note on the case, so that
    it is never silent. Raises NotAllowed; NotCalled (no reason, withdrawn already, over, the chair).
    """
    require(by, Permission.CALL_MEETING)
    if not reason.strip():
        raise NotCalled("Say why the invitation is withdrawn. It stays with the meeting.")
    with transaction.atomic():
        held = locked_meeting(invitee.meeting)
        if held.closed_at is not None:
            raise NotCalled(OVER)
        row = Invitee.objects.select_for_update(of=("self",)).get(pk=invitee.pk)
        row.meeting = held
        if row.withdrawn_at is not None:
            raise NotCalled("This invitation was withdrawn before.")
        if row.person_id is not None and row.person_id in (held.sitting.chair_id, held.sitting.minute_taker_id):
            raise NotCalled("This person chairs the sitting or takes its minutes. Name somebody else for that first.")
        withdraw(by, [row], reason)
        if row.person is not None:
            words = f"You are no longer invited to {what(held.sitting)} about case {held.case.reference}."
            tell_people([row.person], words, by=by)
        if row.kind == InviteeKind.CHILD_PROTECTION and held.concerns_child:
            _note_that_children_are_not_spoken_for(by, held, row)
        about = {"meeting": str(held.key), "invitee": row.pk, "kind": row.kind}
        log(by=by, verb="withdraw invitation", case_id=held.case_id, about=about)
        return row


def invite_guests(by: User, meeting: Meeting, grounds: Grounds, entries: Iterable[DirectoryEntry]) -> list[Invitee]:
    """Invite everybody who is asked by itself, and the posts that were chosen for this case. Part of another deed."""
    chosen = [from_entry(entry) for entry in entries]
    return ask(by, meeting, each_once([*guests_of(meeting.sitting, meeting.case, grounds), *chosen]))


def withdraw(by: User, invitees: Iterable[Invitee], reason: str) -> None:
    """End these invitations and what they opened. Part of another deed, which tells people."""
    now = timezone.now()
    for row in invitees:
        row.withdrawn_at, row.withdrawn_by, row.withdraw_reason = now, by, reason.strip()
        row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdraw_reason"])
        close_case_to(by, row, reason)
        take_out_of_calendars([row], row.meeting.sitting)


def close_case_to(by: User, invitee: Invitee, reason: str) -> None:
    """End what an invitation opened, unless that is over already."""
    if invitee.involvement_id is None:
        return
    rows = Involvement.objects.in_force_at(timezone.now()).filter(pk=invitee.involvement_id)
    for row in rows:
        end_involvement(by=by, involvement=row, reason=reason)


def open_case_to(by: User, person: User | None, case: Case, sitting: Sitting) -> Involvement | None:
    """Let an invited person open the case from now until some days after the meeting.

    None where it would open nothing more: they answer for the case as it is, their role opens no case by invitation, or
    the time is over. A restricted case stays closed to whoever is not named for it.
    """
    until, now = opens_until(sitting.ends_at, rules()), timezone.now()
    if person is None or until <= now or person.role not in GIVEN_TO[InvolvementKind.INVITED]:
        return None
    if answers_anyway(person, case):
        return None
    return involve(
        by=by,
        case=case,
        kind=InvolvementKind.INVITED,
        person=person,
        from_at=now,
        until_at=until,
        reason=f"Invited to {what(sitting)}",
    )


def answers_anyway(person: User, case: Case) -> bool:
    """Whether somebody answers for a case by their post, so that an invitation opens nothing more to them."""
    if person.role == Role.MAPPA_COORDINATOR:
        return person.area_id == case.area_id
    if person.pk in (case.case_manager_id, case.police_officer_id):
        return True
    units = (case.police_unit_id, case.probation_unit_id)
    return person.role in RESPONSIBLE and person.unit_id is not None and person.unit_id in units


def refuse_if_over(meeting: Meeting) -> None:
    """Refuse where the meeting does not take place, or has been closed."""
    if meeting.sitting.is_cancelled or not meeting.is_on:
        raise NotCalled("This case is not on the list of that sitting any more. List it again first.")
    if meeting.closed_at is not None:
        raise NotCalled(OVER)


def ask(by: User, meeting: Meeting, guests: Iterable[Guest], submission: uuid.UUID | None = None) -> list[Invitee]:
    """Invite these guests to a meeting, open its case to them, put it into their calendars. Part of another deed."""
    now, made = timezone.now(), []
    for guest in guests:
        invitee = Invitee.objects.create(
            meeting=meeting,
            case=meeting.case,
            entry=guest.entry,
            person=guest.person,
            agency=guest.agency,
            name=guest.name,
            post=guest.post,
            email=guest.email,
            kind=guest.kind,
            involvement=open_case_to(by, guest.person, meeting.case, meeting.sitting),
            invited_by=by,
            invited_at=now,
            submission=submission,
        )
        about = {"meeting": str(meeting.key), "invitee": invitee.pk, "kind": str(guest.kind)}
        log(by=by, verb="invite to meeting", case_id=meeting.case_id, about=about)
        made.append(invitee)
    put_into_calendars(made, meeting.sitting)
    return made


def _guest(
    entry: DirectoryEntry | None,
    person: User | None,
    agency: Agency | None,
    name: str,
    post: str,
    email: str,
    kind: InviteeKind,
) -> Guest:
    if entry is not None:
        return from_entry(entry)
    if person is not None:
        return from_person(person, post or person.role_label, kind)
    if agency is None or not name.strip():
        raise NotCalled("Choose a post of the directory or a person, or write a name and choose the agency.")
    return Guest(kind, agency, name.strip(), post.strip(), None, None, email.strip())


def _invited(meeting: Meeting) -> Iterable[Invitee]:
    return Invitee.objects.filter(meeting=meeting, withdrawn_at__isnull=True).select_related("person")


def _identity(invitee: Invitee) -> tuple[str, object]:
    if invitee.person_id is not None:
        return "person", invitee.person_id
    if invitee.email:
        return "email", invitee.email.casefold()
    return "name", (invitee.agency_id, invitee.name.casefold())


def _victim(meeting: Meeting) -> tuple[str, ...]:
    return (meeting.victim_why,) if meeting.concerns_victim else ()


def _note_that_children_are_not_spoken_for(by: User, meeting: Meeting, row: Invitee) -> None:
    others = Invitee.objects.filter(
        meeting=meeting, kind=InviteeKind.CHILD_PROTECTION, withdrawn_at__isnull=True
    ).exists()
    if others:
        return
    text = (
        f"The child protection unit is no longer invited to {what(meeting.sitting)}, although there is a risk to a "
        f"child. {meeting.child_why} Why it was withdrawn: {row.withdraw_reason}"
    )
    placed = Placed(Compartment.CONFIDENTIAL, Basis.FACT, Concern.OFFENDER, timezone.localdate())
    write_note(by=by, case=meeting.case, text=text, placed=placed, submission=uuid.uuid4())
    tell_people(
        [meeting.sitting.chair],
        f"The child protection unit is no longer invited to a meeting that you chair, about case "
        f"{meeting.case.reference}. The case says why.",
        by=by,
        case=meeting.case,
    )
