"""Made-up people, cases and facts for the tests of the case pages."""

import itertools
import uuid
from collections.abc import Mapping
from datetime import date, timedelta

from django.test import Client
from django.utils import timezone

from openmappa.accounts.models import Agency, Area, Unit, User
from openmappa.cases.models import Case, Involvement, Person
from openmappa.core.access import PERMISSIONS, Rank, Role
from openmappa.core.involvement import InvolvementKind
from openmappa.core.recording import TO_RECORD
from openmappa.core.standards import facts as core
from openmappa.core.standards.facts import Value
from openmappa.timeline.models import Fact
from openmappa.timeline.services import record_fact

numbers = itertools.count(1)


def today() -> date:
    return timezone.localdate()


def ago(days: int) -> date:
    return today() - timedelta(days=days)


def make_area(code: str = "northshire", force: str = "A") -> Area:
    return Area.objects.get_or_create(code=code, defaults={"name": code.capitalize(), "force": force})[0]


def make_unit(area: Area, kind: str, number: int = 1) -> Unit:
    """A unit of the area's police, probation or other agency; number 1 answers for the cases that nobody else has."""
    agency, _ = Agency.objects.get_or_create(
        code=f"{area.code}-{kind}", defaults={"name": f"{area.name} {kind.capitalize()}", "kind": kind}
    )
    return Unit.objects.get_or_create(
        code=f"{agency.code}-{number}", defaults={"name": f"Unit {number}", "agency": agency, "area": area}
    )[0]


def make_person(
    role: Role, *, area: Area | None = None, rank: Rank = Rank.NONE, kind: str = "", unit: Unit | None = None
) -> User:
    """Somebody with this role, of the agency that its members are mostly of, in its first unit."""
    area = area or make_area()
    unit = unit or make_unit(area, kind or ("probation" if role is Role.CASE_MANAGER else "police"))
    number = next(numbers)
    return User.objects.create(
        username=f"sample.{number}",
        full_name=f"Officer Sample {number}",
        agency=unit.agency,
        area=area,
        unit=unit,
        role=role,
        rank=rank,
    )


def make_case(area: Area | None = None, *, restricted_contact: User | None = None, **staff: User | Unit) -> Case:
    """A case that the first units of the area's police and probation answer for, unless others are given."""
    area = area or make_area()
    holders: dict[str, User | Unit] = {
        "police_unit": make_unit(area, "police"),
        "probation_unit": make_unit(area, "probation"),
    }
    restriction = (
        {"restricted": True, "restricted_contact": restricted_contact, "restricted_reason": "A colleague's relative"}
        if restricted_contact
        else {}
    )
    number = next(numbers)
    person = Person.objects.create(
        given_names="Sample", family_name="Testcase", born_on=date(1961, 4, 2), sex="male", ethnicity="white_british"
    )
    return Case.objects.create(
        reference=f"TST-{number:05}", person=person, area=area, force=area.force, **(holders | staff), **restriction
    )


def give(case: Case, kind: InvolvementKind, **to: User | Unit | Agency) -> Involvement:
    """The case given to a person, a unit or an agency from a minute ago on, until ended."""
    since = timezone.now() - timedelta(minutes=1)
    return Involvement.objects.create(case=case, kind=kind, from_at=since, reason="A test gave it", **to)


def made(kind: str, on: date, **details: Value) -> core.Fact:
    return core.Fact(kind, on, details, on)


def write(case: Case, kind: str, on: date, *, by: User | None = None, **details: Value) -> Fact:
    """Record a fact as somebody who may, whatever version the case has."""
    author = by or make_person(next(iter(sorted(PERMISSIONS[TO_RECORD[kind]]))), area=case.area)
    return record_fact(by=author, case=case, fact=made(kind, on, **details)).fact


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def day_boxes(name: str, day: date) -> Mapping[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def sent(case: Case, on: date | None = None, **answers: str) -> dict[str, str]:
    """What a browser sends for a form that was opened on the case as it is now."""
    case.refresh_from_db()
    boxes = day_boxes("on", on) if on else {}
    return {"version": str(case.version), "submission": str(uuid.uuid4()), **boxes, **answers}
