"""The receiving area's answer: accepting, which passes responsibility at one instant; or declining, on a ground."""

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.acting import restate
from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.cases.models import Because, Case, Responsibility
from openmappa.cases.services import involve, lock_case, next_version, pass_responsibility
from openmappa.core.access import Permission
from openmappa.core.involvement import InvolvementKind
from openmappa.core.mappa.transfers import Holders, accepting_objections
from openmappa.meetings.services.calling import take_off_case
from openmappa.timeline.derivation import derive
from openmappa.transfers.errors import NotTransferred
from openmappa.transfers.models import Transfer
from openmappa.transfers.queries import approved, brokers_of, meetings_still_to_come, rules
from openmappa.transfers.services.around import (
    both_sides,
    close_to_brokers,
    end_for_the_area_left,
    locked,
    logged,
    noted,
    refuse_unless,
    require_broker,
    said,
    told,
)
from openmappa.transfers.words import Side, State

HOLDERS = ["area", "force", "police_unit", "police_officer", "probation_unit", "case_manager"]


def accept_transfer(
    *, by: User, transfer: Transfer, police_officer: User | None, case_manager: User | None, words: str = ""
) -> Transfer:
    """Take a case on: from this one instant on the receiving area, its units and these people are responsible.

    Everything recorded on the case goes along; its duties are worked out anew for the new force; whoever saw it through
    the area that it left, or was invited there, sees it no longer. Doing it again changes nothing.

    Raises NotAllowed, NotTransferred (not sent, no chief officer at Level 3, nobody named, a meeting is running).
    """
    require(by, Permission.BROKER_TRANSFER)
    with transaction.atomic():
        row = locked(transfer)
        require_broker(by, row.to_area_id, row.to_area.name)
        if row.state == State.ACCEPTED and row.ended_by_id == by.pk:
            return row
        refuse_unless(row, State.SENT, "accepted")
        case = _case(row)
        _refuse_to_accept(row, case, police_officer, case_manager)
        for meeting in meetings_still_to_come(case):
            why = f"The case was transferred to {row.to_area.name}, which lists it in a meeting of its own."
            take_off_case(by=by, meeting=meeting, reason=why)
        left = [person for person in (case.police_officer, case.case_manager) if person is not None]
        _hand_over(by, row, case, police_officer, case_manager)
        at = Responsibility.objects.get(case=case, until_at__isnull=True).from_at
        row.state, row.ended_by, row.ended_at, row.end_words = State.ACCEPTED, by, timezone.now(), words.strip()
        row.handed_over_at, row.police_officer, row.case_manager = at, police_officer, case_manager
        row.save()
        taken_on = [person for person in (police_officer, case_manager) if person is not None]
        noted(by, case, _handed_over(row, taken_on))
        derive(case)
        logged(by, "accept transfer", row, at=at.isoformat(), people=[person.pk for person in taken_on])
        words = f"{row.to_area.name} is responsible for case {row.reference} now; {row.from_area.name} is no longer."
        told(row, [*both_sides(row), *taken_on, *left], words, but=by)
        end_for_the_area_left(by, case, _named(row, taken_on))
        restate(by)
        return row


def decline_transfer(*, by: User, transfer: Transfer, ground: str, words: str) -> Transfer:
    """Decline a transfer on one of the pack's grounds, saying what it is; the sending area stays responsible.

    Nothing else is a ground: neither wishes nor resources are. Raises NotAllowed, NotTransferred.
    """
    require(by, Permission.BROKER_TRANSFER)
    with transaction.atomic():
        row = locked(transfer)
        require_broker(by, row.to_area_id, row.to_area.name)
        refuse_unless(row, State.SENT, "declined")
        if row.gives_back:
            raise NotTransferred(
                "A case that comes back after a transfer in error cannot be declined. If it is no error, ring the "
                "other coordinator and ask them to recall it."
            )
        on = rules().ground(ground)
        if on is None:
            raise NotTransferred("Choose one of the grounds. There is no other on which a transfer may be declined.")
        row.state, row.ended_by, row.ended_at, row.ground = State.DECLINED, by, timezone.now(), on.id
        row.end_words = said(words, "Say what exactly it is, so that the sending area can put it right.")
        row.save()
        text = f"{row.to_area.name} declined the transfer: {on.label.lower()}. {row.from_area.name} stays responsible."
        noted(by, row.case, text)
        logged(by, "decline transfer", row, ground=on.id)
        told(row, both_sides(row), f"The transfer of case {row.reference} was declined.", but=by)
        close_to_brokers(by, row, "The transfer was declined.")
        return row


def _case(row: Transfer) -> Case:
    """The case, locked. Raises NotTransferred where whoever answers does not see it."""
    if not Case.objects.filter(pk=row.case_id).exists():
        raise NotTransferred(
            "You cannot open this case, so you cannot answer for it. It was opened to the coordinators of your area "
            "when it was sent. Ask the sending coordinator to recall it and send it again."
        )
    return lock_case(Case(pk=row.case_id))


def _refuse_to_accept(row: Transfer, case: Case, officer: User | None, manager: User | None) -> None:
    for person, service in ((officer, "police"), (manager, "probation")):
        if person is None:
            continue
        if not person.is_active or person.service != service or person.unit is None:
            raise NotTransferred(f"{person.full_name} cannot hold a case: that takes somebody of a {service} unit.")
        if person.unit.area_id != row.to_area_id:
            raise NotTransferred(f"{person.full_name} works in another area. Choose somebody of {row.to_area.name}.")
    holds = Holders(
        police=bool(case.police_officer_id or case.police_unit_id),
        probation=bool(case.case_manager_id or case.probation_unit_id),
    )
    named = Holders(police=officer is not None, probation=manager is not None)
    chief = row.gives_back or approved(row, Side.RECEIVING)
    against = accepting_objections(rules(), row.level, approved=chief, held_by=holds, named=named)
    if against:
        raise NotTransferred(*against)
    if any(meeting.is_running for meeting in meetings_still_to_come(case)):
        raise NotTransferred(
            "A meeting on this case is running now. Accept it when the meeting has closed: its minutes and actions "
            "belong to the area that holds it."
        )


def _hand_over(by: User, row: Transfer, case: Case, officer: User | None, manager: User | None) -> None:
    """Store who is responsible from now on: one update, one instant."""
    case.area, case.force = row.to_area, row.to_area.force
    case.police_officer, case.police_unit = officer, officer.unit if officer else None
    case.case_manager, case.probation_unit = manager, manager.unit if manager else None
    fields = list(HOLDERS)
    if case.restricted:
        case.restricted_contact = by
        fields.append("restricted_contact")
        now = timezone.now()
        for person in (officer, manager):
            if person is not None:
                why = f"Responsible since the transfer to {row.to_area.name}."
                kind = InvolvementKind.NAMED
                involve(by=by, case=case, kind=kind, person=person, from_at=now, until_at=None, reason=why)
    next_version(case)
    pass_responsibility(case, fields, Because.RETURNED if row.gives_back else Because.TRANSFERRED)


def _named(row: Transfer, taken_on: list[User]) -> list[User]:
    """Who goes on being named for a restricted case; an invitation nobody of the new area needs any more."""
    return [*brokers_of(row.to_area_id, timezone.localdate()), *taken_on] if row.restricted else []


def _handed_over(row: Transfer, taken_on: list[User]) -> str:
    assert row.handed_over_at is not None
    at = timezone.localtime(row.handed_over_at)
    people = " and ".join(f"{person.full_name}, {person.unit}" for person in taken_on)
    return (
        f"Responsibility passed from {row.from_area.name} to {row.to_area.name} at {at:%H:%M:%S} on "
        f"{at.day} {at:%B %Y}, without a gap. Responsible now: {people}."
    )
