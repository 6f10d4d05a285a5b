"""Giving a case to others and taking it back; restricting it and opening it again: by those who answer for it only."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.models import Agency, Unit, User
from openmappa.accounts.services import require
from openmappa.cases.errors import NotGiven
from openmappa.cases.models import Case, Involvement
from openmappa.cases.services import end_involvement, involve, lift_restriction, restrict_case
from openmappa.core.access import Permission
from openmappa.core.involvement import InvolvementKind
from openmappa.involved.queries import answers_for
from openmappa.notices.services import tell
from openmappa.ui.formats import day

NOT_YOURS = (
    "You were given this case for a time and do not answer for it. "
    "Ask a line manager or MAPPA coordinator who does: “Who can open this case” names them."
)


def invite(
    *,
    by: User,
    case: Case,
    kind: InvolvementKind,
    person: User | None = None,
    unit: Unit | None = None,
    agency: Agency | None = None,
    from_at: datetime,
    until_at: datetime,
    reason: str,
) -> Involvement:
    """Give a case to a person, a unit or an agency for a time, and tell the person.

    Raises NotAllowed, and NotGiven where ``cases.services.involve`` does or whoever asks does not answer for the case.
    """
    require(by, Permission.INVITE_TO_CASE)
    _refuse_who_does_not_answer(by, case)
    with transaction.atomic():
        given = involve(
            by=by,
            case=case,
            kind=kind,
            person=person,
            unit=unit,
            agency=agency,
            from_at=from_at,
            until_at=until_at,
            reason=reason,
        )
        if person is not None:
            last = day(timezone.localdate(until_at))
            _tell(person, case, f"You have been given case {case.reference} until {last}. Open it to see why.")
    return given


def take_back(*, by: User, case: Case, given: Involvement, reason: str) -> Involvement:
    """End what was given before its time; the next request of whoever had it is refused. Raises NotAllowed, NotGiven.

    Emergency access is ended by its reviewers. Nobody takes themselves off a restricted case, nor whom others ring.
    """
    named = given.kind == InvolvementKind.NAMED
    require(by, Permission.RESTRICT_CASE if named else Permission.INVITE_TO_CASE)
    _refuse_who_does_not_answer(by, case)
    if given.kind == InvolvementKind.BREAK_GLASS:
        raise NotGiven("Emergency access is ended where it is reviewed.")
    if named and given.person_id == by.pk:
        raise NotGiven("You cannot take yourself off a restricted case. Somebody else who is named can.")
    if named and given.person_id == case.restricted_contact_id:
        raise NotGiven("Others are told to ring this person. Restrict the case anew with somebody else to ring.")
    return end_involvement(by=by, involvement=given, reason=reason)


def restrict(*, by: User, case: Case, contact: User, people: list[User], reason: str) -> Case:
    """Let the named people alone open a case, and tell them. Raises NotAllowed, NotGiven."""
    require(by, Permission.RESTRICT_CASE)
    _refuse_who_does_not_answer(by, case)
    with transaction.atomic():
        restricted = restrict_case(by=by, case=case, contact=contact, named=people, reason=reason)
        for person in {one.pk: one for one in [contact, *people] if one.pk != by.pk}.values():
            _tell(person, case, f"Case {case.reference} is restricted now, and you are named for it.")
    return restricted


def name_people(*, by: User, case: Case, people: list[User], reason: str) -> list[Involvement]:
    """Name more people for a restricted case, and tell them. Raises NotAllowed, NotGiven."""
    require(by, Permission.RESTRICT_CASE)
    _refuse_who_does_not_answer(by, case)
    if not case.restricted:
        raise NotGiven("This case is not restricted.")
    with transaction.atomic():
        named = []
        for person in people:
            now = timezone.now()
            kind = InvolvementKind.NAMED
            named.append(involve(by=by, case=case, kind=kind, person=person, from_at=now, until_at=None, reason=reason))
            _tell(person, case, f"You have been named for the restricted case {case.reference}.")
    return named


def lift(*, by: User, case: Case, reason: str) -> Case:
    """Let everybody who is involved open the case again. Raises NotAllowed, NotGiven."""
    require(by, Permission.RESTRICT_CASE)
    _refuse_who_does_not_answer(by, case)
    return lift_restriction(by=by, case=case, reason=reason)


def _refuse_who_does_not_answer(by: User, case: Case) -> None:
    """Keep somebody who has the case in an emergency, or by invitation, from giving it to themselves for good."""
    if not answers_for(by, case):
        raise NotGiven(NOT_YOURS)


def _tell(person: User, case: Case, words: str) -> None:
    link = reverse("timeline:front_sheet", kwargs={"key": case.key})
    tell(people=[person], kind="involved", words=words, case_id=case.pk, link=link)
