"""Pages of plans: what each shows, and a plan from its first step to its countersignature in the browser's words."""

import pytest
from django.test import Client
from django.urls import reverse

from openmappa.cases.models import Case
from openmappa.core.access import Rank, Role
from tests.plans.build import a_full_draft, a_manager, an_spo, in_days, signed
from tests.timeline.build import ago, make_case, make_person, signed_in, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    case = make_case()
    write(case, "order_started", ago(10), order="community_order", ends=in_days(700))
    return case


def address(name: str, case: Case, **parts: object) -> str:
    return reverse(f"plans:{name}", kwargs={"key": case.key, **parts})


def page(client: Client, where: str) -> str:
    answer = client.get(where, follow=True)
    assert answer.status_code == 200, where
    return answer.content.decode()


@pytest.mark.parametrize("kind", ["supervision", "risk_management"])
def test_every_page_of_a_full_draft_and_of_a_full_plan_opens(case: Case, kind: str) -> None:
    author = a_manager()
    client = signed_in(author)
    draft = a_full_draft(case, author, kind)
    pages = ["show", "edit", "sign", "abandon"] + (["offender_copy"] if kind == "supervision" else [])
    for name in pages:
        page(client, address(name, case, plan=draft.key))
    steps = {
        "supervision": "objectives interventions participation community liaison victims",
        "risk_management": "controls actions contingency interventions liaison victims",
    }
    for step in steps[kind].split():
        page(client, address("step", case, plan=draft.key, step=step))
    for what in ("objective", "intervention", "action", "contingency", "liaison"):
        page(client, address("add", case, plan=draft.key, what=what))
    plan = signed(draft, author)
    assert "at a glance" in page(client, address("show", case, plan=plan.key))
    judged = address("judge", case, plan=plan.key)
    assert "By countersigning" in page(signed_in(an_spo()), judged)
    junior = signed_in(make_person(Role.LINE_MANAGER, rank=Rank.CONSTABLE))
    assert "A sergeant, a senior probation officer, or somebody above them countersigns a plan" in page(junior, judged)
    shown = [judged in page(who, address("show", case, plan=plan.key)) for who in (signed_in(an_spo()), junior)]
    assert shown == [True, False]
    assert "version 1" in page(client, address("list", case))
