"""The pages of retention: who opens which, what is asked, what is kept when it is refused, what is shown."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.retention.models import Certificate, Disposal, Hold, Review
from tests.retention.build import (
    HARM,
    MISTAKE,
    a_coordinator,
    a_line_manager,
    a_registered_case,
    an_old_case,
    disposed,
    held,
    kept,
    proposed,
    years_ago,
)
from tests.timeline.build import make_area, make_person, sent, signed_in, write

pytestmark = pytest.mark.django_db
KEEP = {"decision": "keep", "keep_grounds": [HARM], "words": "Two more referrals this year."}


@pytest.fixture
def manager() -> User:
    return a_line_manager()


@pytest.fixture
def coordinator() -> User:
    return a_coordinator()


def address(name: str, case: Case, **more: int) -> str:
    return reverse(f"retention:{name}", kwargs={"key": case.key, **more})


def text(client: Client, where: str) -> str:
    return " ".join(client.get(where).content.decode().split())


def test_the_case_says_its_group_until_when_it_is_kept_and_why_with_what_was_only_remembered(manager) -> None:
    case = a_registered_case()
    shown = text(signed_in(manager), address("case", case))
    assert "Group 1, certain public protection matters" in shown
    assert "Kept until the person is 100, on 2 April 2061." in shown
    assert shown.count("check before relying on it") == 3
    assert "This case has not been reviewed yet." in shown


def test_a_decision_to_keep_is_recorded_from_the_form_and_shown_on_the_case(manager) -> None:
    case = a_registered_case()
    response = signed_in(manager).post(address("review", case), sent(case, **KEEP))  # type: ignore[arg-type]
    assert (response.status_code, response["Location"]) == (302, f"{address('case', case)}?saved=keep")
    shown = text(signed_in(manager), f"{address('case', case)}?saved=keep")
    assert "The decision to keep this case was recorded" in shown
    assert "Two more referrals this year." in shown
    assert "There is evidence that the person can inflict serious harm" in shown


def test_the_form_asks_for_the_grounds_of_what_was_chosen_and_keeps_what_was_typed(manager) -> None:
    case, client = an_old_case(), signed_in(manager)
    kept_form = client.post(
        address("review", case), sent(case, decision="keep", words="A <b>word</b>.")
    ).content.decode()
    assert kept_form.count("Select at least one ground for keeping it") == 2
    assert "A &lt;b&gt;word&lt;/b&gt;." in kept_form
    other = client.post(address("review", case), sent(case, decision="dispose", words="x")).content.decode()
    assert other.count("Select the ground for disposing of it") == 2
    nothing = client.post(address("review", case), sent(case)).content.decode()
    assert "Select whether to keep it or to dispose of it" in nothing
    assert Review.objects.count() == 0


def test_every_obstacle_to_disposal_is_said_at_once(manager) -> None:
    case = a_registered_case()
    held(case, manager)
    answers = {"decision": "dispose", "dispose_ground": "no_longer_necessary", "words": "x"}
    shown = signed_in(manager).post(address("review", case), sent(case, **answers)).content.decode()
    for sentence in (
        "The case is not closed.",
        "The case is under a hold.",
        "still open on the case.",
        "It is kept until",
    ):
        assert sentence in shown
    assert Disposal.objects.count() == 0


def test_what_a_colleague_recorded_meanwhile_is_shown_before_a_decision(manager) -> None:
    case, client = a_registered_case(), signed_in(manager)
    form = sent(case, **KEEP)  # type: ignore[arg-type]
    write(case, "significant_incident", years_ago(1), by=manager)
    shown = client.post(address("review", case), form).content.decode()
    assert "This case has changed since you opened this form" in shown
    assert f"{manager.full_name} recorded significant incident" in shown
    case.refresh_from_db()
    assert client.post(address("review", case), form | {"accept_version": str(case.version)}).status_code == 302


def test_the_same_form_sent_twice_decides_once(manager) -> None:
    case, client = a_registered_case(), signed_in(manager)
    form = sent(case, **KEEP)  # type: ignore[arg-type]
    assert [client.post(address("review", case), form).status_code for _ in range(2)] == [302, 302]
    hold = sent(case, reason="A complaint.")
    assert [client.post(address("hold", case), hold).status_code for _ in range(2)] == [302, 302]
    assert (Review.objects.count(), Hold.objects.count()) == (1, 1)


def test_a_coordinator_approves_with_a_tick_and_gets_the_certificate(manager, coordinator) -> None:
    case = an_old_case()
    proposed(case, manager)
    client = signed_in(coordinator)
    answers = {"outcome": "approve", "words": "I read the whole case."}
    untold = client.post(address("judge", case), sent(case, **answers)).content.decode()
    assert "Tick that you understand: what is erased cannot be brought back" in untold
    response = client.post(address("judge", case), sent(case, **answers, understood="on"))
    left = Certificate.objects.get()
    assert response["Location"] == reverse("retention:certificate", kwargs={"number": left.number})
    shown = text(client, response["Location"])
    assert left.sha256 in shown
    assert "Testcase" not in shown and case.reference not in shown
    assert client.get(address("case", case)).status_code == 404
    assert client.get(reverse("timeline:front_sheet", kwargs={"key": case.key})).status_code == 404


def test_a_coordinator_refuses_and_the_case_shows_it(manager, coordinator) -> None:
    case = an_old_case()
    proposed(case, manager)
    client = signed_in(coordinator)
    assert "Approve or refuse it" in text(client, address("case", case))
    response = client.post(address("judge", case), sent(case, outcome="refuse", words="An appeal is running."))
    assert response["Location"] == f"{address('case', case)}?saved=refuse"
    shown = text(client, address("case", case))
    assert "An appeal is running." in shown
    assert "<strong>Refused</strong>" in shown


def test_a_line_manager_withdraws_and_lifts(manager) -> None:
    case, client = an_old_case(), signed_in(manager)
    proposed(case, manager)
    assert client.post(address("withdraw", case), sent(case, reason="Too early.")).status_code == 302
    hold = held(case, manager)
    assert "A civil claim" in text(client, address("lift", case, pk=hold.pk))
    assert client.post(address("lift", case, pk=hold.pk), sent(case, reason="Settled.")).status_code == 302
    assert client.get(address("lift", case, pk=hold.pk)).status_code == 302
    assert client.get(address("lift", case, pk=hold.pk + 1)).status_code == 404
    assert client.get(address("withdraw", case)).status_code == 404
    shown = text(client, address("case", case))
    assert "Too early." in shown and "Settled." in shown


OPENS = {
    "case": {Role.POLICE_OFFICER, Role.CASE_MANAGER, Role.LINE_MANAGER, Role.MAPPA_COORDINATOR},
    "review": {Role.LINE_MANAGER},
    "withdraw": {Role.LINE_MANAGER},
    "judge": {Role.MAPPA_COORDINATOR},
    "hold": {Role.LINE_MANAGER, Role.MAPPA_COORDINATOR},
}


@pytest.mark.parametrize("name", sorted(OPENS))
def test_who_opens_a_page_of_a_case(manager, name: str) -> None:
    case = an_old_case()
    proposed(case, manager)
    working = [Role.POLICE_OFFICER, Role.CASE_MANAGER, Role.LINE_MANAGER, Role.MAPPA_COORDINATOR]
    found = {role: signed_in(make_person(role)).get(address(name, case)).status_code for role in working}
    assert found == {role: 200 if role in OPENS[name] else 403 for role in working}
    elsewhere = make_area("eastmarch", "B")
    assert {signed_in(make_person(role, area=elsewhere)).get(address(name, case)).status_code for role in working} == {
        404
    }


def test_who_opens_the_lists_and_a_certificate(manager, coordinator) -> None:
    left = disposed(an_old_case(), manager, coordinator)
    elsewhere = make_area("eastmarch", "B")
    where = [
        reverse("retention:reviews"),
        reverse("retention:disposals"),
        reverse("retention:certificate", kwargs={"number": left.number}),
    ]
    people = {role: make_person(role) for role in Role}
    found = {role: [signed_in(user).get(page).status_code for page in where] for role, user in people.items()}
    assert {role: codes for role, codes in found.items() if codes != [403, 403, 404]} == {
        Role.LINE_MANAGER: [200, 200, 200],
        Role.MAPPA_COORDINATOR: [403, 200, 200],
        Role.AUDITOR: [403, 200, 200],
    }
    for role in (Role.LINE_MANAGER, Role.MAPPA_COORDINATOR):
        client = signed_in(make_person(role, area=elsewhere))
        assert client.get(where[2]).status_code == 404
        assert left.number not in text(client, where[1])
    assert client.get(reverse("retention:certificate", kwargs={"number": "D0"})).status_code == 404


def test_the_lists_show_what_is_due_what_waits_and_what_was_disposed_of(manager, coordinator) -> None:
    left = disposed(an_old_case(), manager, coordinator)
    case, old = a_registered_case(), an_old_case()
    proposed(old, manager, MISTAKE)
    shown = text(signed_in(manager), reverse("retention:reviews"))
    assert "<strong>2 reviews due now</strong>, 0 more within a year" in shown
    assert case.reference in shown and "Disposal waits" in shown
    shown = text(signed_in(coordinator), reverse("retention:disposals"))
    assert old.reference in shown and left.number in shown
    assert re.search(rf"{coordinator.full_name}", shown)


def test_the_case_asks_the_database_as_often_for_many_reviews_as_for_one(manager) -> None:
    case, client = a_registered_case(), signed_in(manager)
    for _ in range(2):
        kept(case, manager)
        held(case, manager)
        client.get(address("case", case))
    with CaptureQueriesContext(connection) as few:
        client.get(address("case", case))
    for _ in range(10):
        kept(case, manager)
        held(case, manager)
    with CaptureQueriesContext(connection) as many:
        client.get(address("case", case))
    assert len(many) == len(few)
