"""A plan with 30 of everything asks the database as often as one with 1; what others see of a plan."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openmappa.accounts.acting import as_person
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.core.involvement import InvolvementKind
from openmappa.plans.models.parts import ObjectiveGround
from openmappa.plans.models.plan import Plan
from tests.plans.build import (
    a_contingency,
    a_draft,
    a_full_plan,
    a_ground,
    a_liaison,
    a_manager,
    an_action,
    an_intervention,
    an_objective,
    an_spo,
    progress_of,
    signed,
)
from tests.timeline.build import give, make_area, make_case, make_person, signed_in

pytestmark = pytest.mark.django_db


def queries_of(deed: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as found:
        deed()
    return len(found)


def a_plan_with(many: int, kind: str = "supervision") -> Plan:
    by = a_manager()
    plan = a_draft(make_case(), by, kind)
    for number in range(1, many + 1):
        ground = a_ground(plan, code=f"need:{number}")
        objective = an_objective(plan, number=number, owner_kind="person", owner=by)
        ObjectiveGround.objects.create(plan=plan, case_id=plan.case_id, objective=objective, ground=ground)
        an_intervention(plan, number=number, after=plan.interventions.first())
        an_action(plan, number=number)
        a_contingency(plan, number=number)
        a_liaison(plan, number=number)
    plan = signed(plan, by)
    for objective in plan.objectives.all():
        progress_of(plan, by, objective=objective)
    return plan


@pytest.mark.parametrize("name", ["show", "judge"])
def test_a_plan_with_30_of_everything_asks_as_often_as_one_with_1(name: str) -> None:
    client = signed_in(an_spo())
    counts = []
    for plan in (a_plan_with(1), a_plan_with(30)):
        address = reverse(f"plans:{name}", kwargs={"key": plan.case.key, "plan": plan.key})
        client.get(address)
        counts.append(queries_of(lambda address=address: client.get(address)))  # type: ignore[misc]
    assert counts[0] == counts[1]


def test_of_somebody_elses_plan_an_outsider_finds_nothing_and_no_row() -> None:
    case: Case = make_case()
    plan = a_full_plan(case, a_manager(), say=lambda column: "Zzyzx-Unmistakable")
    outsider = make_person(Role.LINE_MANAGER, area=make_area("eastmarch", "B"))
    for name, parts in {"list": {}, "show": {"plan": plan.key}, "file_copy": {"plan": plan.key}}.items():
        answer = signed_in(outsider).get(reverse(f"plans:{name}", kwargs={"key": case.key, **parts}))
        assert (answer.status_code, b"Zzyzx" in answer.content) == (404, False)
    with as_person(outsider):
        assert (Plan.objects.count(), plan.objectives.count()) == (0, 0)


def test_a_plan_is_not_found_under_another_case_that_the_reader_sees() -> None:
    case, other = make_case(), make_case()
    plan = a_full_plan(case, a_manager())
    client = signed_in(make_person(Role.LINE_MANAGER))
    assert client.get(reverse("plans:show", kwargs={"key": other.key, "plan": plan.key})).status_code == 404
    assert client.get(reverse("plans:show", kwargs={"key": case.key, "plan": plan.key})).status_code == 200


def test_a_victim_contact_officer_reads_the_plan_without_its_confidential_part() -> None:
    case = make_case()
    plan = a_full_plan(case, a_manager(), say=lambda column: column)
    victims = make_person(Role.VICTIM_CONTACT_OFFICER)
    give(case, InvolvementKind.VICTIM_CONTACT, person=victims)
    seen = {}
    for person in (a_manager(), victims):
        page = signed_in(person).get(reverse("plans:show", kwargs={"key": case.key, "plan": plan.key})).content.decode()
        seen[person.role] = ("Objective.what" in page, "ConfidentialPart.third_party" in page)
    assert seen == {"case_manager": (True, True), "victim_contact_officer": (True, False)}
