"""A line manager's pages ask the database as often for four cases as for one, and for four reviews as for one."""

import pytest
from django.test import Client

from openmappa.accounts.acting import as_person
from openmappa.cases.models import Case
from openmappa.line_management.services import explain_lateness
from openmappa.timeline.models import Duty
from tests.house.test_queries_constant import queries_of
from tests.line_management.build import Team, a_team, an_action, marked
from tests.line_management.test_unit import PAGES, everything
from tests.timeline.build import ago, signed_in, write

pytestmark = pytest.mark.django_db
MANY = 4
OF_A_CASE = ["", "duties/", "management-reviews/", "quality/"]


def busy(team: Team) -> Case:
    """A case on every list, with a reason, a review with an action, and a marking."""
    case = everything(team)
    with as_person(team.manager):
        late = Duty.objects.get(case=case, standard="oasys-start")
        explain_lateness(by=team.manager, duty=late, reason="absence")
    more(team, case)
    return case


def more(team: Team, case: Case) -> None:
    an_action(team.spo, case, team.officer)
    marked(team.spo, write(case, "plan_reviewed", ago(5), by=team.manager))


def counted(browsers: list[Client], addresses: list[str]) -> dict[str, list[int]]:
    return {each: [queries_of(lambda: browser.get(each)) for browser in browsers] for each in addresses}  # noqa: B023


def test_lists_ask_as_often_for_4_cases_as_for_1() -> None:
    team = a_team()
    browsers = [signed_in(team.spo), signed_in(team.sergeant)]
    addresses = [f"/my-unit/{page}" for page in PAGES]
    busy(team)
    one = counted(browsers, addresses)
    for _ in range(MANY - 1):
        busy(team)
    assert counted(browsers, addresses) == one


def test_pages_of_a_case_ask_as_often_for_4_reviews_and_markings_as_for_1() -> None:
    team = a_team()
    case = busy(team)
    addresses = [f"/cases/{case.key}/{page}" for page in OF_A_CASE]
    browsers = [signed_in(team.spo)]
    one = counted(browsers, addresses)
    for _ in range(MANY - 1):
        more(team, case)
    assert counted(browsers, addresses) == one
