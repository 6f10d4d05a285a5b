"""A mistake is voided, with a reason, by whoever may; it stops counting and stays on the page."""

import pytest
from django.test import Client
from django.urls import reverse

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.timeline.models import Duty, Fact
from openmappa.timeline.services import void_fact
from tests.timeline.build import ago, make_area, make_case, make_person, sent, signed_in, write
from tests.timeline.test_front_sheet import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return make_person(Role.POLICE_OFFICER)


@pytest.fixture
def fact(officer: User) -> Fact:
    case = make_case()
    write(case, "registered", ago(20), by=officer)
    return write(case, "initial_notification_made", ago(18), by=officer)


def address(fact: Fact, case: Case | None = None) -> str:
    return reverse("timeline:void", kwargs={"key": (case or fact.case).key, "pk": fact.pk})


def read(client: Client, where: str) -> str:
    return words_of(client.get(where).content.decode())


def test_before_confirming_the_page_says_what_will_change(fact: Fact, officer: User) -> None:
    said = read(signed_in(officer), address(fact))
    assert "What voiding it will change" in said
    assert "No longer met Initial notification to the police : due on" in said and "2 weeks late" not in said
    assert "17 days late" in said


def test_voiding_needs_a_reason(fact: Fact, officer: User) -> None:
    answer = signed_in(officer).post(address(fact), sent(fact.case, reason="  "))
    fact.refresh_from_db()
    assert "Say why this is a mistake" in answer.content.decode() and not fact.is_voided


def test_voiding_takes_the_fact_out_of_the_count_and_says_what_that_changed(fact: Fact, officer: User) -> None:
    client = signed_in(officer)
    answer = client.post(address(fact), sent(fact.case, reason="Meant for another case"))
    fact.refresh_from_db()
    assert (fact.voided_by, fact.void_reason) == (officer, "Meant for another case")
    assert Duty.objects.get(case=fact.case, standard="initial-notification").met_on is None
    said = read(client, answer["Location"])
    assert "Voided" in said and "What voiding this changed" in said
    assert "Meant for another case" in said and "No longer met" in said


def test_the_same_void_sent_twice_goes_to_the_same_page(fact: Fact, officer: User) -> None:
    client, form = signed_in(officer), sent(fact.case, reason="Wrong day")
    assert client.post(address(fact), form)["Location"] == client.post(address(fact), form)["Location"]
    assert client.get(address(fact)).status_code == 302


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.POLICE_OFFICER, 403), (Role.CASE_MANAGER, 403), (Role.MAPPA_COORDINATOR, 403), (Role.LINE_MANAGER, 200)],
)
def test_only_a_line_manager_voids_what_somebody_else_recorded(fact: Fact, role: Role, status: int) -> None:
    client = signed_in(make_person(role))
    assert client.get(address(fact)).status_code == status
    client.post(address(fact), sent(fact.case, reason="Because"))
    fact.refresh_from_db()
    assert fact.is_voided == (status == 200)


def test_from_another_area_there_is_nothing_to_void(fact: Fact) -> None:
    stranger = signed_in(make_person(Role.LINE_MANAGER, area=make_area("eastmarch", "B")))
    assert stranger.get(address(fact)).status_code == 404
    assert stranger.post(address(fact), sent(fact.case, reason="Because")).status_code == 404


def test_a_fact_is_found_on_its_own_case_only(fact: Fact, officer: User) -> None:
    other = make_case()
    client = signed_in(officer)
    assert client.get(address(fact, other)).status_code == 404
    assert client.get(reverse("timeline:recorded", kwargs={"key": other.key, "pk": fact.pk})).status_code == 404


def test_when_the_case_moved_on_the_person_sees_how_and_decides(fact: Fact, officer: User) -> None:
    client, form = signed_in(officer), sent(fact.case, reason="Wrong day")
    colleague = make_person(Role.CASE_MANAGER)
    write(fact.case, "significant_incident", ago(1), by=colleague)
    answer = client.post(address(fact), form)
    assert f"{colleague.full_name} recorded significant incident" in answer.content.decode()
    assert "Wrong day" in answer.content.decode()
    fact.case.refresh_from_db()
    client.post(address(fact), {**form, "accept_version": str(fact.case.version)})
    fact.refresh_from_db()
    assert fact.is_voided


def test_a_conflict_names_what_was_voided_meanwhile(fact: Fact, officer: User) -> None:
    other = write(fact.case, "significant_incident", ago(1), by=officer)
    form = sent(fact.case, reason="Wrong day")
    void_fact(by=officer, fact=other, reason="No incident")
    page = signed_in(officer).post(address(fact), form).content.decode()
    assert f"{officer.full_name} recorded that this was a mistake: significant incident" in page


def test_what_changed_can_be_read_for_any_fact(fact: Fact, officer: User) -> None:
    said = read(signed_in(officer), reverse("timeline:recorded", kwargs={"key": fact.case.key, "pk": fact.pk}))
    assert "Met by this Initial notification to the police : met on time." in said


def test_a_fact_that_changed_nothing_says_so(officer: User) -> None:
    fact = write(make_case(), "significant_incident", ago(1), by=officer)
    said = read(signed_in(officer), reverse("timeline:recorded", kwargs={"key": fact.case.key, "pk": fact.pk}))
    assert "It is on the timeline. No duty was met or started by it." in said
