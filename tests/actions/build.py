"""Made-up actions of meetings, and the people whose they are."""

import uuid
from datetime import date

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import Agency, User
from openmappa.actions.models import Action
from openmappa.actions.services.agreeing import agree_action
from openmappa.cases.models import Case
from openmappa.core.access import Role, Service
from tests.timeline.build import ago, make_area, make_person, make_unit

TEXT = "Find a flat that is not near a school, and tell the meeting the address"


def in_days(days: int) -> date:
    return ago(-days)


def a_coordinator() -> User:
    return make_person(Role.MAPPA_COORDINATOR)


def an_officer() -> User:
    return make_person(Role.POLICE_OFFICER)


def a_partner(number: int = 1, code: str = "partner") -> User:
    """Somebody of a partner agency of the area; ``code`` names another agency than the first."""
    unit = make_unit(make_area(), "partner", number)
    if code != "partner":
        agency, _ = Agency.objects.get_or_create(code=code, defaults={"name": code.capitalize(), "kind": "partner"})
        unit.agency = agency
        unit.pk, unit.code = None, f"{code}-{number}"
        unit.save()
    return make_person(Role.PARTNER_MEMBER, unit=unit)


def an_action(
    case: Case,
    owner: User | None,
    *,
    by: User | None = None,
    agency: Agency | None = None,
    text: str = TEXT,
    due_on: date | None = None,
    agreed_on: date | None = None,
    meeting: uuid.UUID | None = None,
    submission: uuid.UUID | None = None,
) -> Action:
    """An action agreed ten days ago and due in five, unless others are given."""
    author = by or a_coordinator()
    whose = agency or (owner.agency if owner else make_unit(case.area, "partner").agency)
    service = Service.POLICE if whose.kind == "police" else Service.PROBATION
    with as_person(author):
        return agree_action(
            by=author,
            case=case,
            text=text,
            agency=whose,
            owner=owner,
            owner_words="" if owner else "Whoever is on duty",
            service=service,
            due_on=due_on or in_days(5),
            agreed_on=agreed_on or ago(10),
            meeting=meeting,
            submission=submission,
        )
