"""Two areas, a case of the first, and people of both: what the tests of emergency access stand on."""

from dataclasses import dataclass
from datetime import date

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.cases.models import Alias, Case
from openmappa.cases.services import name_keys_for
from openmappa.core.access import Rank, Role
from openmappa.emergency.models import BreakGlass, Emergency
from openmappa.emergency.services import open_in_emergency
from tests.timeline.build import ago, make_area, make_case, make_person, make_unit, write

REASON = "He was arrested tonight and the custody sergeant asks about risk."
BORN = date(1961, 4, 2)


@dataclass(frozen=True)
class Scene:
    """A case of northshire; its unit's line manager and its coordinator; and somebody of eastmarch with theirs."""

    case: Case
    manager: User
    coordinator: User
    stranger: User
    strangers_manager: User


def a_scene() -> Scene:
    """The scene, made anew."""
    case = a_case()
    manager = make_person(Role.LINE_MANAGER, rank=Rank.SERGEANT, unit=make_unit(case.area, "police"))
    write(case, "registered", ago(100), by=manager)
    elsewhere = make_area("eastmarch", "B")
    return Scene(
        case=case,
        manager=manager,
        coordinator=make_person(Role.MAPPA_COORDINATOR, area=case.area),
        stranger=make_person(Role.POLICE_OFFICER, area=elsewhere),
        strangers_manager=make_person(Role.LINE_MANAGER, area=elsewhere, unit=make_unit(elsewhere, "police")),
    )


def a_case(given: str = "Sample Invented", family: str = "Testcase", **more: object) -> Case:
    """A case of northshire about somebody with this name, a PNC and a CRN, and an alias where one is given."""
    alias = more.pop("alias", None)
    case = make_case(**more)  # type: ignore[arg-type]
    person = case.person
    person.given_names, person.family_name, person.born_on = given, family, BORN
    person.pnc_id, person.crn = f"61/{case.pk:04}X", f"N{case.pk:06}"
    if isinstance(alias, tuple):
        Alias.objects.create(person=person, given_names=alias[0], family_name=alias[1])
    person.name_keys = name_keys_for(person)
    person.save()
    return case


def opened(by: User, case: Case, kind: Emergency = Emergency.LIFE) -> BreakGlass:
    """Emergency access that this person asked for themselves, as row-level security sees it."""
    with as_person(by):
        access = open_in_emergency(by=by, number=case.reference, kind=kind, reason=REASON).access
    assert access is not None
    return access
