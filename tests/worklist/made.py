"""People, cases and facts for the tests of lists: obviously made up, and as few as each test needs."""

from datetime import date, timedelta
from itertools import count

from django.test import Client
from django.utils import timezone

from openmappa.accounts.models import Agency, Area, Unit, User
from openmappa.cases.models import Alias, Case, Person
from openmappa.cases.services import name_keys_for
from openmappa.core.access import Rank, Role
from openmappa.core.standards.facts import Fact, Value
from openmappa.timeline.derivation import derive
from openmappa.timeline.models import Fact as FactRow

NUMBERS = count(1)


def today() -> date:
    return timezone.localdate()


def ago(days: int) -> date:
    return today() - timedelta(days=days)


def an_area(code: str = "northshire", force: str = "A") -> Area:
    return Area.objects.get_or_create(code=code, defaults={"name": code.title(), "force": force})[0]


def a_unit(area: Area, kind: str, code: str = "") -> Unit:
    name = f"{area.name} {kind}"
    agency, _ = Agency.objects.get_or_create(code=f"{area.code}-{kind}", defaults={"name": name, "kind": kind})
    code = code or f"{area.code}-{kind}"
    return Unit.objects.get_or_create(code=code, defaults={"name": f"{name} unit", "agency": agency, "area": area})[0]


def a_person_with(
    role: Role, *, area: Area | None = None, unit: Unit | None = None, name: str = "", kind: str = ""
) -> User:
    """Somebody who can sign in with the password "right". Without ``area`` they belong to northshire."""
    place = area or an_area()
    service = kind or ("probation" if role is Role.CASE_MANAGER else "police")
    unit = unit or a_unit(place, service)
    number = next(NUMBERS)
    person = User(
        username=f"sample{number}",
        full_name=name or f"Sample Colleague {number}",
        agency=unit.agency,
        area=place,
        unit=unit,
        role=role,
        rank=Rank.NONE,
    )
    person.set_password("right")
    person.save()
    return person


def a_case(
    given: str = "Sample",
    family: str = "Testcase",
    *,
    officer: User | None = None,
    manager: User | None = None,
    area: Area | None = None,
    aliases: tuple[tuple[str, str], ...] = (),
    pnc_id: str = "",
    crn: str = "",
) -> Case:
    place = area or an_area()
    number = next(NUMBERS)
    person = Person.objects.create(
        given_names=given, family_name=family, born_on=date(1960, 4, 2), sex="male", pnc_id=pnc_id, crn=crn
    )
    for alias in aliases:
        Alias.objects.create(person=person, given_names=alias[0], family_name=alias[1])
    person.name_keys = name_keys_for(person)
    person.save()
    return Case.objects.create(
        reference=f"TST-{number:05}",
        person=person,
        area=place,
        force=place.force,
        police_officer=officer,
        case_manager=manager,
        police_unit=officer.unit if officer else a_unit(place, "police"),
        probation_unit=manager.unit if manager else a_unit(place, "probation"),
    )


def happened(case: Case, *facts: Fact) -> Case:
    """Put facts on a case and work out its duties, as an import does."""
    for fact in facts:
        details = {k: v.isoformat() if isinstance(v, date) else v for k, v in fact.details.items()}
        FactRow.objects.create(case=case, kind=fact.kind, on=fact.on, details=details, recorded_on=fact.on)
    derive(case)
    return Case.objects.get(pk=case.pk)


def fact(kind: str, on: date, **details: Value) -> Fact:
    return Fact(kind, on, details, on)


def supervised_since(on: date) -> tuple[Fact, ...]:
    """What an order asks for at its start, done on its first day, and no more: the reviews run from there."""
    return (
        fact("order_started", on, order="community_order"),
        fact("oasys_completed", on, stage="start"),
        fact("isp_completed", on),
    )


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client
