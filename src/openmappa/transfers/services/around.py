"""What every step of a transfer does besides: lock it, open and close the case to brokers, note it, tell people."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.acting import restate
from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.cases.models import Case, Involvement
from openmappa.cases.services import end_what_was_given, involve
from openmappa.core.access import Permission
from openmappa.core.compartments import Compartment
from openmappa.core.grading import Basis, Concern
from openmappa.core.involvement import GIVEN_TO, InvolvementKind
from openmappa.notes.services import Placed, write_note
from openmappa.notices.services import tell
from openmappa.transfers.errors import NotTransferred
from openmappa.transfers.models import Transfer
from openmappa.transfers.queries import brokers, brokers_of

KIND = "transfer"
"""The kind of the notices that lead people to a transfer."""


def locked(transfer: Transfer) -> Transfer:
    """The transfer as it is now, locked until the transaction ends: two people's steps come one after the other.

    Without its case, which not everybody sees who broker it: a join would lose the transfer with it.
    """
    rows = Transfer.objects.select_for_update(of=("self",))
    return rows.select_related("from_area", "to_area", "asked_by", "sent_by").get(pk=transfer.pk)


def require_broker(by: User, area_id: int, area: str) -> None:
    """Raise NotAllowed, or NotTransferred where somebody coordinates another area."""
    require(by, Permission.BROKER_TRANSFER)
    if not brokers(by, area_id):
        raise NotTransferred(f"Only the MAPPA coordinator of {area} can do this. The directory says how to reach them.")


def refuse_unless(transfer: Transfer, state: str, doing: str) -> None:
    """Raise NotTransferred when the transfer is not in this state any more: somebody else was quicker."""
    if transfer.state != state:
        raise NotTransferred(
            f"This transfer cannot be {doing}: it is “{transfer.get_state_display().lower()}” now. "
            "Somebody else did something meanwhile. The page shows what."
        )


def said(words: str, otherwise: str) -> str:
    """The words, trimmed. Raises NotTransferred with a sentence where there are none."""
    if not words.strip():
        raise NotTransferred(otherwise)
    return words.strip()


def open_to_brokers(by: User, transfer: Transfer, case: Case, area_id: int) -> list[User]:
    """Let the coordinators of an area read the case until it is answered: they cannot answer for what they cannot see.

    A restricted case is opened by naming them. Whoever sees it already is passed over.
    """
    kind = InvolvementKind.NAMED if case.restricted else InvolvementKind.INVITED
    people = brokers_of(area_id, timezone.localdate())
    fit = [person for person in people if person.role in GIVEN_TO[kind]]
    now = timezone.now()
    have = set(Involvement.objects.in_force_at(now).filter(case=case, kind=kind).values_list("person_id", flat=True))
    for person in fit:
        if person.pk not in have:
            why = f"The case is on its way to {transfer.to_area.name}: to read it before answering."
            involve(by=by, case=case, kind=kind, person=person, from_at=now, until_at=None, reason=why)
    return fit


def close_to_brokers(by: User, transfer: Transfer, why: str) -> None:
    """The case is not on its way any more: the coordinators of the other area read it no longer."""
    kind = InvolvementKind.NAMED if transfer.restricted else InvolvementKind.INVITED
    people = [person.pk for person in brokers_of(transfer.to_area_id, timezone.localdate())]
    rows = Involvement.objects.in_force_at(timezone.now()).filter(case_id=transfer.case_id, kind=kind)
    given = rows.filter(person__in=people, reason__startswith="The case is on its way to")
    given.update(ended_at=timezone.now(), ended_by=by, end_reason=why)
    restate(by)


def end_for_the_area_left(by: User, case: Case, keep: Iterable[User]) -> int:
    """End what opens the case to people by invitation, emergency or name, but to these; how many were ended.

    Victim contact stays: the victim did not move. So do audits and inspections, which are of the record as it was.
    """
    kinds = [InvolvementKind.INVITED, InvolvementKind.BREAK_GLASS, InvolvementKind.NAMED]
    why = "The case was transferred to another area."
    return end_what_was_given(by=by, case=case, kinds=kinds, keep=keep, why=why)


def noted(by: User, case: Case, text: str) -> None:
    """A note on the timeline, which has no kind of fact for it. Addresses and reasons stay with the transfer."""
    placed = Placed(Compartment.OPEN, Basis.FACT, Concern.OFFENDER, timezone.localdate())
    write_note(by=by, case=case, text=text, placed=placed)


def told(transfer: Transfer, people: Iterable[User], words: str, *, but: User, due: bool = False) -> None:
    """Tell people of a step, each once, with the address of the transfer."""
    others = {person.pk: person for person in people if person.pk != but.pk}
    tell(
        people=others.values(),
        kind=KIND,
        words=words,
        case_id=transfer.case_id,
        link=page_of(transfer),
        due_on=transfer.due_on if due else None,
    )


def page_of(transfer: Transfer) -> str:
    """The address of a transfer."""
    return reverse("transfers:show", kwargs={"transfer": transfer.key})


def both_sides(transfer: Transfer) -> list[User]:
    """The coordinators of both areas, whoever covers for them, and whoever asked."""
    today = timezone.localdate()
    return [*brokers_of(transfer.from_area_id, today), *brokers_of(transfer.to_area_id, today), transfer.asked_by]


def logged(by: User, verb: str, transfer: Transfer, **more: object) -> None:
    """One event of the log."""
    log(by=by, verb=verb, case_id=transfer.case_id, about={"transfer": transfer.pk} | more)
