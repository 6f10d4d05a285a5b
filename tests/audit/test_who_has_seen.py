"""Who may ask who has seen a case. What they are told is in tests/oversight."""

import pytest

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.core.involvement import InvolvementKind
from tests.audit.log import answer, run
from tests.timeline.build import give, make_area, make_case, make_person, make_unit

pytestmark = pytest.mark.django_db


def test_only_an_auditor_and_a_line_manager_who_sees_the_case_may_ask() -> None:
    area = make_area()
    auditor = make_person(Role.AUDITOR)
    case = make_case(area)
    restricted = make_case(area, restricted_contact=make_person(Role.LINE_MANAGER, area=area))
    named = make_person(Role.LINE_MANAGER, area=area)
    give(restricted, InvolvementKind.NAMED, person=named)
    elsewhere = make_person(Role.LINE_MANAGER, area=make_area("southshire", "B"))
    other_unit = make_person(Role.LINE_MANAGER, area=area, unit=make_unit(area, "police", 2))

    def may_ask(reader: User | None, about: Case) -> bool:
        with as_person(reader):
            run("SET LOCAL ROLE openmappa_app")
            ((found,),) = answer("SELECT audit_may_see_who_looked(%s)", [about.pk])
            run("RESET ROLE")
        return bool(found)

    manager = make_person(Role.LINE_MANAGER, area=area)
    assert all(may_ask(reader, case) for reader in (auditor, manager, named))
    assert all(may_ask(reader, restricted) for reader in (auditor, named))
    assert not any(may_ask(reader, case) for reader in (elsewhere, other_unit, None))
    assert not may_ask(manager, restricted)
    for role in set(Role) - {Role.AUDITOR, Role.LINE_MANAGER}:
        assert not may_ask(make_person(role, area=area), case), role


def test_the_functions_question_and_the_policy_of_cases_agree_for_everybody() -> None:
    """One definition in two places: access_sees_case, and the policy of cases_case."""
    area, other = make_area(), make_area("southshire", "B")
    people = [make_person(role, area=each) for role in Role for each in (area, other)]
    contact = make_person(Role.LINE_MANAGER, area=area)
    cases = [make_case(area), make_case(other), make_case(area, restricted_contact=contact), make_case(other)]
    give(cases[2], InvolvementKind.NAMED, person=people[0])
    for person in people[:8]:
        give(cases[3], InvolvementKind.INVITED, person=person)
    numbers = [case.pk for case in cases]
    compared = []
    for person in people:
        with as_person(person):
            run("SET LOCAL ROLE openmappa_app")
            by_policy = {number for (number,) in answer("SELECT id FROM cases_case")}
            by_function = {number for number in numbers if answer("SELECT access_sees_case(%s)", [number]) == [(True,)]}
            run("RESET ROLE")
        assert by_function == by_policy, person.role
        compared.append(len(by_policy))
    assert set(compared) == {0, 2, 3}
