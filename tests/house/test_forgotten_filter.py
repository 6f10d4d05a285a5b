"""A view that forgets ``visible_to`` leaks nothing: the database answers with what the reader may see."""

import pytest
from django.test import Client, override_settings
from tests.retention.build import a_line_manager
from tests.retention.test_everything_goes import SECRET, a_full_case
from tests.timeline.build import make_area, make_person, signed_in

from openmappa.core.access import Role

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.house.scratch_urls")]


@pytest.fixture(autouse=True)
def _the_log_does_not_know_the_page() -> object:
    with override_settings(ROOT_URLCONF="tests.house.scratch_urls"):
        yield


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.MAPPA_COORDINATOR}])
def test_somebody_of_another_area_gets_nothing_from_it(role: Role) -> None:
    case = a_full_case(a_line_manager())
    stranger = make_person(role, area=make_area("eastmarch", "B"))
    answer = signed_in(stranger).get("/forgetful/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert (SECRET in page, case.reference in page) == (False, False)
    assert page == "0 duties of 0 cases"


def test_the_officer_of_the_case_gets_it_without_the_victim_compartment() -> None:
    case = a_full_case(a_line_manager())
    page = signed_in(make_person(Role.POLICE_OFFICER)).get("/forgetful/").content.decode()
    assert (case.reference in page, SECRET in page) == (True, True)
    assert page.count(f"note {SECRET}\n") == 2, (
        "the open notes; not the victim's, nor intelligence that goes no further"
    )


def test_nobody_gets_nothing() -> None:
    a_full_case(a_line_manager())
    assert Client().get("/forgetful/").status_code == 302
