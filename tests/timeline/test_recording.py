"""Each small form records one fact, by whoever may, and by nobody else."""

import uuid
from typing import Any

import pytest
from django.urls import reverse

from openmappa.cases.models import Case
from openmappa.core.access import PERMISSIONS, Role
from openmappa.core.involvement import WORKING
from openmappa.core.recording import TO_RECORD
from openmappa.core.standards.facts import KINDS
from openmappa.timeline.forms.table import ELSEWHERE, GROUPS, PAGES, page_for_kind
from openmappa.timeline.models import Fact
from tests.timeline.build import ago, day_boxes, make_area, make_case, make_person, sent, signed_in, today, write

pytestmark = pytest.mark.django_db

DUE = today().replace(day=1).replace(year=today().year + 1)

ANSWERS: dict[str, tuple[dict[str, str], dict[str, Any]]] = {
    "risk-of-harm": ({"level": "very_high"}, {"level": "very_high"}),
    "oasys": ({"stage": "review", "harm": "high"}, {"stage": "review", "harm": "high"}),
    "change-acknowledged": ({"service": "police"}, {"service": "police"}),
    "incident": ({}, {}),
    "visit-interval": ({"how": "own", "months": "2"}, {"months": 2}),
    "registered": ({"period": "notice", **day_boxes("ends", DUE)}, {"ends": DUE.isoformat()}),
    "registration-ended": ({}, {}),
    "initial-notification": ({}, {}),
    "annual-notification": ({}, {}),
    "details-changed": ({"what": "travel"}, {"what": "travel"}),
    "details-notified": ({"what": "address"}, {"what": "address"}),
    "meeting": ({"level": "2"}, {"level": 2}),
    "minutes": ({"service": "probation"}, {"service": "probation"}),
    "action": (
        {"action": "A2", "service": "police", **day_boxes("due_on", DUE)},
        {"action": "A2", "due_on": DUE.isoformat(), "service": "police"},
    ),
    "action-completed": ({"action": "A1"}, {"action": "A1"}),
    "offender-informed": ({}, {}),
    "isp": ({}, {}),
    "plan-review": ({}, {}),
    "risk-management-plan": ({}, {}),
    "risk-management-plan-review": ({}, {}),
    "order-started": ({"order": "licence"}, {"order": "licence"}),
    "order-ended": ({}, {}),
    "custody-started": ({}, {}),
    "custody-ended": ({}, {}),
    "programme-required": ({}, {}),
    "programme-started": ({}, {}),
    "victim-entitled": ({}, {}),
    "victim-referred": ({}, {}),
    "breach": ({}, {}),
    "enforcement": ({}, {}),
    "case-closed": ({}, {}),
}
SLUGS = sorted(ANSWERS)


@pytest.fixture
def case() -> Case:
    """A case on which every kind of fact can happen."""
    case = make_case()
    write(case, "registered", ago(100))
    write(case, "order_started", ago(100), order="community_order")
    write(case, "rm2000_completed", ago(95), band="high", rank="constable")
    write(case, "action_agreed", ago(90), action="A1", due_on=ago(30), service="police")
    return case


def address(case: Case, slug: str) -> str:
    return reverse("timeline:record", kwargs={"key": case.key, "what": slug})


def who_may(slug: str) -> list[Role]:
    return sorted(PERMISSIONS[TO_RECORD[PAGES[slug].kind]])


HAVE_BOTH = {
    "action_agreed",
    "action_completed",
    "mappa_meeting_held",
    "minutes_filed",
    "offender_informed",
    "oasys_completed",
    "isp_completed",
    "plan_reviewed",
    "rmp_completed",
    "rmp_reviewed",
}
"""The kinds with a full page of their own and a small form for what was done in another system."""


def test_every_kind_has_one_small_form_or_a_page_of_its_own_and_some_have_both() -> None:
    kinds = [page.kind for page in PAGES.values()]
    assert len(kinds) == len(set(kinds))
    assert set(kinds) | set(ELSEWHERE) == set(KINDS)
    assert set(kinds) & set(ELSEWHERE) == HAVE_BOTH
    assert set(ANSWERS) == set(PAGES)
    assert {page.group for page in PAGES.values()} == set(GROUPS)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_role_that_may_records_the_fact(case: Case, slug: str) -> None:
    if slug == "custody-ended":
        write(case, "custody_started", ago(20))
    answers, details = ANSWERS[slug]
    role = who_may(slug)[0]
    person = make_person(role)
    client = signed_in(person)
    assert client.get(address(case, slug)).status_code == 200
    answer = client.post(address(case, slug), sent(case, ago(3), **answers))
    fact = Fact.objects.latest("id")
    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('timeline:recorded', kwargs={'key': case.key, 'pk': fact.pk})}?saved=yes"
    assert (fact.kind, fact.on, fact.details) == (PAGES[slug].kind, ago(3), details)
    assert (fact.recorded_by, fact.recorded_on) == (person, today())
    assert "Saved" in client.get(answer["Location"]).content.decode()


def test_a_role_that_sees_the_case_and_may_not_is_refused(case: Case) -> None:
    given, expected = {}, {}
    before = Fact.objects.count()
    for role in sorted(WORKING):
        client = signed_in(make_person(role))
        for slug in SLUGS:
            may = role in who_may(slug)
            given[role, slug] = [client.get(address(case, slug)).status_code]
            expected[role, slug] = [200 if may else 403]
            if not may:
                answer = client.post(address(case, slug), sent(case, ago(3), **ANSWERS[slug][0]))
                given[role, slug] += [answer.status_code, Fact.objects.count()]
                expected[role, slug] += [403, before]
    assert given == expected


def test_from_another_area_no_form_is_there(case: Case) -> None:
    given, before = {}, Fact.objects.count()
    for slug in SLUGS:
        browser = signed_in(make_person(who_may(slug)[0], area=make_area("eastmarch", "B")))
        opened = browser.get(address(case, slug))
        answer = browser.post(address(case, slug), sent(case, ago(3), **ANSWERS[slug][0]))
        given[slug] = (opened.status_code, answer.status_code, Fact.objects.count())
    assert given == dict.fromkeys(SLUGS, (404, 404, before))


@pytest.mark.parametrize("role", sorted(set(Role) - WORKING))
def test_roles_that_open_no_case_find_none(case: Case, role: Role) -> None:
    client = signed_in(make_person(role))
    assert client.get(address(case, "incident")).status_code == 404
    assert client.get(reverse("timeline:record_menu", kwargs={"key": case.key})).status_code == 404


def test_a_form_that_does_not_exist_is_not_found(case: Case) -> None:
    assert signed_in(make_person(Role.LINE_MANAGER)).get(address(case, "weather")).status_code == 404


def test_the_same_form_sent_twice_records_once(case: Case) -> None:
    client, form = signed_in(make_person(Role.CASE_MANAGER)), sent(case, ago(1), level="high")
    first = client.post(address(case, "risk-of-harm"), form)
    again = client.post(address(case, "risk-of-harm"), form)
    assert Fact.objects.filter(kind="harm_level_set").count() == 1
    assert first["Location"] == again["Location"]


def test_completing_an_action_twice_with_one_form_records_once(case: Case) -> None:
    client, form = signed_in(make_person(Role.POLICE_OFFICER)), sent(case, ago(1), action="A1")
    first = client.post(address(case, "action-completed"), form)
    again = client.post(address(case, "action-completed"), form)
    assert first.status_code == again.status_code == 302
    assert first["Location"] == again["Location"]


def test_the_form_of_another_case_cannot_answer_for_this_one(case: Case) -> None:
    client, other = signed_in(make_person(Role.CASE_MANAGER)), make_case()
    form = sent(case, ago(1), level="high")
    client.post(address(case, "risk-of-harm"), form)
    answer = client.post(address(other, "risk-of-harm"), {**form, "version": "0", "submission": str(uuid.uuid4())})
    assert answer.status_code == 302
    assert Fact.objects.filter(case=other, kind="harm_level_set").count() == 1


def test_the_second_of_two_people_sees_what_the_first_changed_and_decides(case: Case) -> None:
    first, second = make_person(Role.CASE_MANAGER), make_person(Role.LINE_MANAGER)
    form = sent(case, ago(1), level="high")
    signed_in(first).post(address(case, "risk-of-harm"), sent(case, ago(2), level="medium"))
    client = signed_in(second)
    answer = client.post(address(case, "risk-of-harm"), form)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f"{first.full_name} recorded risk of harm set to medium" in page
    assert Fact.objects.filter(kind="harm_level_set").count() == 1
    assert 'value="high" checked' in page
    case.refresh_from_db()
    answer = client.post(address(case, "risk-of-harm"), {**form, "accept_version": str(case.version)})
    assert answer.status_code == 302
    assert [fact.details["level"] for fact in Fact.objects.filter(kind="harm_level_set").order_by("id")] == [
        "medium",
        "high",
    ]


def test_a_form_without_the_version_it_was_opened_on_is_not_trusted(case: Case) -> None:
    form = {**sent(case, ago(1), level="high"), "version": ""}
    answer = signed_in(make_person(Role.CASE_MANAGER)).post(address(case, "risk-of-harm"), form)
    assert "This case has changed since you opened this form" in answer.content.decode()


def test_the_impossible_is_refused_at_its_field_and_what_was_typed_is_kept(case: Case) -> None:
    client = signed_in(make_person(Role.CASE_MANAGER))
    answer = client.post(
        address(case, "order-started"), sent(case, ago(5), order="licence", **day_boxes("ends", ago(9)))
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Error: Start an order or licence" in page
    assert "This must be on or after" in page and 'href="#id_ends-day"' in page
    assert 'value="licence" checked' in page
    assert Fact.objects.filter(kind="order_started").count() == 1


def test_a_date_to_come_is_refused(case: Case) -> None:
    answer = signed_in(make_person(Role.CASE_MANAGER)).post(address(case, "isp"), sent(case, ago(-1)))
    assert "must be today or in the past" in answer.content.decode()


def test_before_registration_no_notification_can_be_recorded(case: Case) -> None:
    answer = signed_in(make_person(Role.POLICE_OFFICER)).post(
        address(case, "annual-notification"), sent(case, ago(101))
    )
    assert "The date must be on or after the day of registration" in answer.content.decode()


def test_an_own_interval_needs_its_months_and_the_table_needs_none(case: Case) -> None:
    client = signed_in(make_person(Role.LINE_MANAGER))
    answer = client.post(address(case, "visit-interval"), sent(case, ago(1), how="own"))
    assert "Enter the number of months between visits" in answer.content.decode()
    client.post(address(case, "visit-interval"), sent(case, ago(1), how="table"))
    assert Fact.objects.get(kind="visit_interval_set").details == {"months": None}


def test_an_oasys_may_give_no_level(case: Case) -> None:
    signed_in(make_person(Role.CASE_MANAGER)).post(
        address(case, "oasys"), sent(case, ago(1), stage="start", harm="none")
    )
    assert Fact.objects.get(kind="oasys_completed").details == {"stage": "start"}


def test_the_next_action_gets_the_next_number(case: Case) -> None:
    page = signed_in(make_person(Role.MAPPA_COORDINATOR)).get(address(case, "action")).content.decode()
    assert 'value="A2"' in page


def test_with_no_open_action_there_is_none_to_complete() -> None:
    page = signed_in(make_person(Role.POLICE_OFFICER)).get(address(make_case(), "action-completed")).content.decode()
    assert "No action is open on this case" in page and '<button type="submit" class="govuk-button"' not in page


def test_a_link_may_choose_an_answer_beforehand_but_only_a_real_one(case: Case) -> None:
    client = signed_in(make_person(Role.MAPPA_COORDINATOR))
    assert 'value="police" checked' in client.get(f"{address(case, 'minutes')}?service=police").content.decode()
    assert (
        "checked" not in client.get(f"{address(case, 'minutes')}?service=army").content.decode().split("filed")[1][:900]
    )


@pytest.mark.parametrize("role", sorted(WORKING))
def test_the_menu_shows_what_the_role_may_record_and_nothing_else(case: Case, role: Role) -> None:
    page = signed_in(make_person(role)).get(reverse("timeline:record_menu", kwargs={"key": case.key})).content.decode()
    for kind, permission in TO_RECORD.items():
        small, own = page_for_kind(kind), ELSEWHERE.get(kind)
        for title in [*([small.title] if small else []), *([own[2]] if own else [])]:
            assert (f">{title}</a>" in page) == (role in PERMISSIONS[permission]), title
