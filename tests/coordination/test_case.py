"""MAPPA on a case: one page that says whether what its meetings agreed is being done."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Rank, Role
from openmappa.core.involvement import InvolvementKind
from openmappa.timeline.services import void_fact
from tests.timeline.build import ago, give, make_area, make_case, make_person, make_unit, signed_in, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> User:
    return make_person(Role.MAPPA_COORDINATOR)


def page(browser: Client, case: Case) -> str:
    response = browser.get(reverse("coordination:case", kwargs={"key": case.key}))
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_a_case_without_a_meeting_says_so_and_what_will_stand_there(coordinator: User) -> None:
    found = page(signed_in(coordinator), make_case())
    assert "No MAPPA meeting has been held on this case" in found
    assert "Actions stand here as soon as a meeting agrees them" in found
    assert "being done" not in found


def test_minutes_on_one_file_only_and_an_offender_not_told_are_said_15_working_days_later(coordinator: User) -> None:
    case = make_case()
    write(case, "mappa_level_set", ago(40), by=coordinator, level=2, category=1)
    write(case, "mappa_meeting_held", ago(30), by=coordinator, level=2)
    write(case, "minutes_filed", ago(25), by=coordinator, service="probation")
    found = page(signed_in(coordinator), case)
    assert "2 things are not being done" in found
    assert "Minutes on the police file: not since the meeting of" in found
    assert "Offender told of the decisions: not since the meeting of" in found
    assert "Minutes on the probation file: not since" not in found


def test_an_action_past_its_day_and_a_review_that_is_overdue_are_said_by_name(coordinator: User) -> None:
    case = make_case()
    write(case, "mappa_level_set", ago(200), by=coordinator, level=3, category=1)
    write(case, "action_agreed", ago(60), by=coordinator, action="A1", service="police", due_on=ago(10))
    write(case, "action_agreed", ago(60), by=coordinator, action="A2", service="probation", due_on=ago(-10))
    write(case, "action_agreed", ago(60), by=coordinator, action="A3", service="police", due_on=ago(20))
    found = page(signed_in(coordinator), case)
    assert "Actions A3 and A1 are past the day agreed" in found
    assert "No meeting has reviewed the case; one was due by" in found
    assert "3 actions to be done, of 3 agreed" in found


def test_when_all_is_done_the_page_says_so(coordinator: User) -> None:
    case = make_case()
    officer = make_person(Role.LINE_MANAGER, rank=Rank.SERGEANT)
    write(case, "mappa_level_set", ago(20), by=coordinator, level=2, category=1)
    write(case, "mappa_meeting_held", ago(10), by=coordinator, level=2)
    write(case, "action_agreed", ago(10), by=coordinator, action="A1", service="police", due_on=ago(2))
    write(case, "action_completed", ago(3), by=officer, action="A1")
    for service in ("police", "probation"):
        write(case, "minutes_filed", ago(8), by=coordinator, service=service)
    write(case, "offender_informed", ago(8), by=officer)
    found = page(signed_in(coordinator), case)
    assert "All that is due on this case is being done" in found
    assert "0 actions to be done, of 1 agreed" in found


def test_a_fact_that_was_voided_counts_for_nothing(coordinator: User) -> None:
    case = make_case()
    fact = write(case, "mappa_meeting_held", ago(30), by=coordinator, level=2)
    case.refresh_from_db()
    void_fact(by=coordinator, fact=fact, reason="Held on another case")
    assert "No MAPPA meeting has been held on this case" in page(signed_in(coordinator), case)


def test_only_those_who_read_the_record_open_it() -> None:
    case = make_case()
    housing = make_person(Role.PARTNER_MEMBER, unit=make_unit(case.area, "partner"))
    address = reverse("coordination:case", kwargs={"key": case.key})
    assert signed_in(housing).get(address).status_code == 404
    give(case, InvolvementKind.INVITED, person=housing)
    assert signed_in(housing).get(address).status_code == 403
    elsewhere = make_person(Role.MAPPA_COORDINATOR, area=make_area("eastmarch", "B"))
    assert signed_in(elsewhere).get(address).status_code == 404
    assert signed_in(make_person(Role.MAPPA_COORDINATOR)).post(address).status_code == 405
