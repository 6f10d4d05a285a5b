"""Pages of movements and reviews ask the database as often for thirty rows as for one."""

import pytest
from django.test import Client
from django.urls import reverse

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Role
from tests.further_offences.build import a_contribution_row, a_lesson_row, a_review_row
from tests.house.test_queries_constant import queries_of
from tests.movements.build import a_coordinator, a_move_row, a_notice_row, an_acknowledgement
from tests.timeline.build import ago, make_case, make_person, signed_in, write

pytestmark = pytest.mark.django_db
MANY = 12


def asked(browser: Client, address: str) -> int:
    assert browser.get(address).status_code == 200
    return queries_of(lambda: browser.get(address))


def add(case: Case, by: User, number: int) -> None:
    """One more of everything: two notices, a stay, a release of this case; a case with a review and a release."""
    an_acknowledgement(a_notice_row(case, by), by)
    a_notice_row(None, by)
    a_move_row(case, by)
    write(case, "custody_started", ago(300 - 10 * number))
    write(case, "custody_ended", ago(295 - 10 * number))
    other = make_case()
    write(other, "custody_started", ago(50))
    write(other, "custody_ended", ago(20))
    for row in (a_review_row(other, by), a_review_row(case, by, charged_on=ago(5 + number), offence_on=ago(60))):
        a_contribution_row(row, by)
        a_lesson_row(row, by)


def test_every_list_asks_as_often_for_many_as_for_one() -> None:
    coordinator, manager = a_coordinator(), make_person(Role.LINE_MANAGER)
    case = make_case()
    browser = signed_in(coordinator)
    addresses = [
        *(reverse(f"movements:{name}") for name in ("releases", "arrivals", "moves")),
        *(reverse(f"further_offences:{name}") for name in ("desk", "mine", "lessons")),
        reverse("movements:case", kwargs={"key": case.key}),
        reverse("further_offences:list", kwargs={"key": case.key}),
        reverse("timeline:front_sheet", kwargs={"key": case.key}),
    ]
    add(case, manager, 0)
    one = {address: asked(browser, address) for address in addresses}
    for number in range(1, MANY):
        add(case, manager, number)
    assert {address: asked(browser, address) for address in addresses} == one
