"""Agreeing an action, and taking up one that is known only as a fact."""

import uuid
from datetime import date

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import Agency, User
from openmappa.accounts.services import require
from openmappa.actions.errors import NotAgreed
from openmappa.actions.models import Action
from openmappa.audit.services import log
from openmappa.cases.models import Case
from openmappa.cases.services import lock_case
from openmappa.core.access import Permission, Role, Service
from openmappa.core.standards.facts import Fact as CoreFact
from openmappa.core.standards.words import in_full
from openmappa.notices.services import tell
from openmappa.timeline.models import Fact
from openmappa.timeline.queries.open_actions import next_action_number
from openmappa.timeline.services import record_fact

KIND = "action"
"""The kind of the notices (``notices.Notice``) that lead owners to an action."""
TOO_LONG = 5000
"""How many characters an action may have: it says what to do, not what was discussed."""


def agree_action(
    *,
    by: User,
    case: Case,
    text: str,
    agency: Agency,
    owner: User | None,
    owner_words: str,
    service: Service,
    due_on: date,
    agreed_on: date,
    meeting: uuid.UUID | None,
    submission: uuid.UUID | None = None,
) -> Action:
    """Write down an action that was agreed, record it as a fact, and tell its owner.

    ``service`` answers for it in the duties: the owner's own where that is police or probation, else the one the chair
    names. ``owner_words`` say whose it is where no person who signs in does it. The same form sent again returns the
    first action. Raises NotAllowed, NotAgreed, Impossible (the fact).
    """
    require(by, Permission.RECORD_ACTION)
    said = text.strip()
    _refuse_unfit(said, agency, owner, owner_words.strip())
    with transaction.atomic():
        locked = lock_case(case)
        earlier = Action.objects.filter(submission=submission).first() if submission else None
        if earlier is not None:
            if earlier.case_id != locked.pk:
                raise NotAgreed("This form was sent for another case before. Open the form again from this case.")
            return earlier
        number = next_action_number(locked)
        fact = CoreFact(
            "action_agreed",
            agreed_on,
            {"action": number, "due_on": due_on, "service": service.value},
            timezone.localdate(),
        )
        row = record_fact(by=by, case=locked, fact=fact).fact
        made = _stored(by, locked, row, agency, owner, owner_words.strip(), said, meeting, submission)
        tell_owner(made, f"You have a new action, {number} on case {locked.reference}", by)
        about: dict[str, object] = {"action": made.pk, "fact": row.pk, "agency": agency.pk, "owner": made.owner_id}
        about |= {"meeting": str(meeting) if meeting else None}
        log(by=by, verb="agree action", case_id=locked.pk, about=about)
    return made


def action_of_fact(*, by: User, case: Case, number: str) -> Action:
    """The action with this number; where it is known only as a fact, it is taken up from now on without its text.

    Its owner is whoever holds the case for the service that answers for it. Raises NotAllowed, NotAgreed (none such).
    """
    require(by, Permission.RECORD_ACTION)
    with transaction.atomic():
        locked = lock_case(case)
        known = Action.objects.filter(case=locked, number=number).first()
        if known is not None:
            return known
        facts = Fact.objects.filter(case=locked, kind="action_agreed", details__action=number).standing()
        row = facts.first()
        if row is None:
            raise NotAgreed("No action with this number was agreed on this case. Open the actions of the case again.")
        service = Service(row.details["service"])
        owner = locked.police_officer if service is Service.POLICE else locked.case_manager
        unit = locked.police_unit if service is Service.POLICE else locked.probation_unit
        agency = owner.agency if owner else unit.agency if unit else _agency_in_area(locked, service)
        words = "" if owner else f"{agency.name}, nobody named"
        made = _stored(by, locked, row, agency, owner, words, "", None, None)
        log(by=by, verb="take up action", case_id=locked.pk, about={"action": made.pk, "fact": row.pk})
    return made


def tell_owner(action: Action, what: str, by: User | None = None, *, ends: bool = False) -> None:
    """Tell the owner, or where no person is named the members of a partner agency, and lead them to their page.

    ``ends``: nobody has to do it any more, so that no day is named.
    """
    people = [action.owner] if action.owner else list(members_of(action.agency))
    tell(
        people=[person for person in people if by is None or person.pk != by.pk],
        kind=KIND,
        words=f"{what}." if ends else f"{what}, due on {action.due_on:%A} {in_full(action.due_on)}.",
        case_id=action.case_id,
        link=page_of(action),
        due_on=None if ends else action.due_on,
    )


def members_of(agency: Agency) -> list[User]:
    """Who does an action of a partner agency where no person is named: its members. Nobody for the two services."""
    return list(User.objects.filter(agency=agency, role=Role.PARTNER_MEMBER, is_active=True).order_by("pk"))


def page_of(action: Action) -> str:
    """The address of the action's own page, which holds nothing else of the case."""
    return f"/actions/{action.key}/"


def _refuse_unfit(text: str, agency: Agency, owner: User | None, owner_words: str) -> None:
    if not text:
        raise NotAgreed("Say what has to be done. The owner reads these words and nothing else of the case.")
    if len(text) > TOO_LONG:
        raise NotAgreed(f"An action may have {TOO_LONG} characters. Say what has to be done, and leave the rest out.")
    if owner is None and not owner_words:
        raise NotAgreed("Name the person who does it, or write whose it is. An action without an owner gets lost.")
    if owner is not None and owner.agency_id != agency.pk:
        raise NotAgreed(f"{owner.full_name} belongs to another agency. Choose that agency, or another person.")
    if owner is not None and not owner.may(Permission.DO_ACTION):
        raise NotAgreed(f"{owner.full_name} cannot own an action: they have left, or their role does none.")


def _stored(
    by: User,
    case: Case,
    fact: Fact,
    agency: Agency,
    owner: User | None,
    owner_words: str,
    text: str,
    meeting: uuid.UUID | None,
    submission: uuid.UUID | None,
) -> Action:
    due_on = date.fromisoformat(fact.details["due_on"])
    return Action.objects.create(
        case=case,
        area_id=case.area_id,
        reference=case.reference,
        number=fact.details["action"],
        text=text,
        agency=agency,
        owner=owner,
        owner_words="" if owner else owner_words,
        service=fact.details["service"],
        agreed_on=fact.on,
        first_due_on=due_on,
        due_on=due_on,
        meeting=meeting,
        fact=fact,
        agreed_by=by,
        agreed_at=timezone.now(),
        submission=submission,
    )


def _agency_in_area(case: Case, service: Service) -> Agency:
    found = Agency.objects.filter(kind=service.value, units__area_id=case.area_id).order_by("pk").first()
    if found is None:
        raise NotAgreed(f"The area has no {service.value} unit that could own this action. Ask an administrator.")
    return found
