"""The pages of home visits: what is asked, what is kept when it is refused, and what the list shows."""

import pytest
from django.urls import reverse

from openmappa.core.access import Rank, Role
from openmappa.timeline.models import Fact
from openmappa.timeline.services import void_fact
from openmappa.visits.models import HomeVisit
from tests.timeline.build import ago, make_area, make_case, make_person, sent, signed_in, today, write

pytestmark = pytest.mark.django_db

SEEN = {"outcome": "seen", "announced": "no", "joint": "no", "observed": "All as before.", "has_concern": "no"}


@pytest.fixture
def officer():
    return make_person(Role.POLICE_OFFICER, rank=Rank.CONSTABLE)


@pytest.fixture
def case(officer):
    case = make_case(police_officer=officer)
    write(case, "registered", ago(100))
    return case


def page(case) -> str:
    return reverse("visits:record", kwargs={"key": case.key})


def answers(officer, **more: str) -> dict[str, str]:
    return {"visited_by": str(officer.pk), **SEEN, "intelligence_to_submit": "no", **more}


def test_saving_leads_to_what_the_visit_changed(officer, case) -> None:
    response = signed_in(officer).post(page(case), sent(case, today(), **answers(officer)))
    fact = Fact.objects.get(kind="home_visit")
    changed = reverse("timeline:recorded", kwargs={"key": case.key, "pk": fact.pk})
    assert (response.status_code, response["Location"]) == (302, f"{changed}?saved=yes")


def test_a_visit_on_which_nobody_was_seen_asks_for_nothing_more(officer, case) -> None:
    given = {"visited_by": str(officer.pk), "outcome": "not_seen", "announced": "no", "joint": "no"}
    assert signed_in(officer).post(page(case), sent(case, today(), **given)).status_code == 302
    assert HomeVisit.objects.get().observed == ""


def test_a_visit_on_which_somebody_was_seen_asks_what_was_observed(officer, case) -> None:
    given = {"visited_by": str(officer.pk), "outcome": "seen", "announced": "no", "joint": "no"}
    text = signed_in(officer).post(page(case), sent(case, today(), **given)).content.decode()
    assert text.count("Enter what was observed") == 2
    assert text.count("Select whether there was anything of concern") == 2
    assert text.count("Select whether there is intelligence to submit") == 2


def test_a_concern_has_to_be_said(officer, case) -> None:
    text = (
        signed_in(officer).post(page(case), sent(case, today(), **answers(officer, has_concern="yes"))).content.decode()
    )
    assert text.count("Enter what was of concern") == 2
    assert Fact.objects.filter(kind="home_visit").count() == 0


def test_what_was_typed_is_kept_when_the_date_is_refused(officer, case) -> None:
    typed = answers(officer, observed="A blue door & a dog.")
    text = signed_in(officer).post(page(case), sent(case, ago(101), **typed)).content.decode()
    assert "A blue door &amp; a dog." in text
    assert "A visit cannot be before the registration began" in text
    assert "<title>Error: Record a home visit" in text


def test_a_colleague_who_was_quicker_is_shown_and_both_visits_can_stand(officer, case) -> None:
    form = sent(case, today(), **answers(officer))
    write(case, "significant_incident", ago(1), by=officer)
    client = signed_in(officer)
    text = client.post(page(case), form).content.decode()
    assert "This case has changed since you opened this form" in text
    assert Fact.objects.filter(kind="home_visit").count() == 0
    case.refresh_from_db()
    assert client.post(page(case), form | {"accept_version": str(case.version)}).status_code == 302
    assert Fact.objects.filter(kind="home_visit").count() == 1


def test_the_list_shows_visits_of_both_services_and_strikes_out_a_voided_one(officer, case) -> None:
    client = signed_in(officer)
    client.post(page(case), sent(case, today(), **answers(officer)))
    write(case, "home_visit", ago(5), service="probation", outcome="seen", announced=True, joint=False)
    void_fact(by=officer, fact=Fact.objects.get(home_visit__isnull=False), reason="The wrong house.")
    text = client.get(reverse("visits:list", kwargs={"key": case.key})).content.decode()
    assert "Probation home visit, announced: seen" in text
    assert "<s>Police home visit, unannounced: seen</s>" in text
    assert "The wrong house." in text


def test_a_coordinator_sees_the_visits_and_may_not_record_one(case) -> None:
    client = signed_in(make_person(Role.MAPPA_COORDINATOR))
    assert client.get(reverse("visits:list", kwargs={"key": case.key})).status_code == 200
    assert client.get(page(case)).status_code == 403


def test_a_case_of_another_area_is_not_there(case) -> None:
    client = signed_in(make_person(Role.POLICE_OFFICER, area=make_area("eastmarch", "B")))
    assert client.get(reverse("visits:list", kwargs={"key": case.key})).status_code == 404
    assert client.get(page(case)).status_code == 404


def test_the_list_asks_the_database_as_often_for_30_visits_as_for_1(
    officer, case, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    client = signed_in(officer)
    address = reverse("visits:list", kwargs={"key": case.key})
    write(case, "home_visit", ago(60), by=officer, service="police", outcome="seen", announced=False, joint=False)
    client.get(address)  # the first request of a session does more
    with django_assert_max_num_queries(30) as one:
        client.get(address)
    for day in range(1, 30):
        write(case, "home_visit", ago(day), by=officer, service="police", outcome="seen", announced=False, joint=False)
    with django_assert_num_queries(len(one)):
        client.get(address)
