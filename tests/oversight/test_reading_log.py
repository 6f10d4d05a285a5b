"""Every look is in the log: one event for each page that shows a case, none for the others, and refusals too."""

import uuid

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse

from openmappa.accounts.models import User
from openmappa.audit import looks
from openmappa.audit.models import Event
from openmappa.cases.models import Case
from openmappa.core.access import Rank, Role
from openmappa.oversight import middleware
from openmappa.oversight.services.looks import hashed_words
from openmappa.timeline.models import Fact
from tests.timeline.build import ago, make_area, make_case, make_person, sent, signed_in, today, write

pytestmark = pytest.mark.django_db

LOOKED = ("consultation", "disclosure", "access")


@pytest.fixture
def officer() -> User:
    return make_person(Role.POLICE_OFFICER, rank=Rank.CONSTABLE)


@pytest.fixture
def case(officer: User) -> Case:
    case = make_case(police_officer=officer)
    write(case, "registered", ago(400))
    write(case, "rm2000_completed", ago(396), by=officer, band="high", rank="sergeant")
    return case


@pytest.fixture
def browser(officer: User) -> Client:
    return signed_in(officer)


def front_sheet(key: uuid.UUID) -> str:
    return reverse("timeline:front_sheet", kwargs={"key": key})


def looked() -> list[Event]:
    """What the log says of looks, oldest first."""
    return list(Event.objects.filter(operation__in=LOOKED).order_by("at", "id"))


def test_opening_a_case_leaves_one_event_with_who_which_case_what_classes_and_by_which_way(
    browser: Client, officer: User, case: Case
) -> None:
    assert browser.get(front_sheet(case.key)).status_code == 200
    (event,) = looked()
    assert (event.verb, event.operation, event.outcome, event.channel) == ("read case", "consultation", "done", "web")
    assert (event.by_id, event.by_name, event.agency) == (officer.pk, officer.full_name, officer.agency_name)
    assert (event.case_id, event.case_ids, event.classes) == (case.pk, [], ["personal", "sensitive"])
    assert event.about == {"page": "timeline:front_sheet"}


def test_each_request_has_a_correlation_of_its_own(browser: Client, case: Case) -> None:
    browser.get(front_sheet(case.key))
    browser.get(front_sheet(case.key))
    first, second = looked()
    assert first.correlation != second.correlation


def test_a_worklist_is_one_event_with_every_case_it_showed(browser: Client, officer: User, case: Case) -> None:
    second = make_case(police_officer=officer)
    write(second, "registered", ago(400))
    browser.get("/")
    (event,) = looked()
    assert (event.verb, event.case_id, event.case_ids) == ("read list", None, sorted([case.pk, second.pk]))
    assert event.about == {"page": "worklist:mine"}


def test_an_empty_list_shows_nothing_and_is_not_logged(browser: Client) -> None:
    assert browser.get("/").status_code == 200
    assert browser.get("/cases/").status_code == 200
    assert looked() == []


def test_a_search_logs_a_hash_of_the_words_and_then_the_cases_that_were_shown(browser: Client, case: Case) -> None:
    case.person.name_keys = ["testcase", "sample"]
    case.person.save()
    browser.post(reverse("cases:find"), {"text": case.reference}, follow=True)
    search, hits = looked()
    assert (search.verb, search.operation, search.about) == (
        "search",
        "access",
        {"words": hashed_words(case.reference)},
    )
    assert (hits.verb, hits.about, hits.case_ids) == ("read list", {"page": "cases:find"}, [case.pk])


def test_a_search_that_finds_nothing_is_a_search_all_the_same(browser: Client, case: Case) -> None:
    browser.post(reverse("cases:find"), {"text": "Qqqxyzzy"}, follow=True)
    assert [event.verb for event in looked()] == ["search"]


def test_no_name_and_no_word_that_was_looked_for_stands_in_the_log(browser: Client, case: Case) -> None:
    for words in ("Testcase", "Sample Testcase", "Qqqxyzzy"):
        browser.post(reverse("cases:find"), {"text": words}, follow=True)
    browser.get(front_sheet(case.key))
    browser.get(front_sheet(uuid.uuid4()))
    for event in looked():
        said = f"{event.about} {event.verb} {event.recipient}".casefold()
        assert not any(word in said for word in ("testcase", "qqqxyzzy", "sample test"))


def test_the_hash_is_the_same_for_the_same_words_in_any_order_and_another_for_others() -> None:
    assert hashed_words("Testcase, Sample") == hashed_words("sample TESTCASE")
    assert hashed_words("TST-00001") == hashed_words("tst 00001")
    assert len({hashed_words(words) for words in ("Testcase", "Testcas", "TST-00001", "TST-00002")}) == 4


def test_a_case_of_another_area_is_refused_and_the_log_knows_which_case_was_asked_for(
    browser: Client, officer: User
) -> None:
    theirs = make_case(make_area("eastmarch", "B"))
    assert browser.get(front_sheet(theirs.key)).status_code == 404
    (event,) = looked()
    assert (event.verb, event.operation, event.outcome) == ("ask for page", "access", "refused")
    assert (event.by_id, event.case_id) == (officer.pk, theirs.pk)
    asked = {"page": "timeline:front_sheet", "method": "GET", "status": 404, "key": str(theirs.key)}
    assert event.about == asked


def test_a_key_that_never_was_is_refused_with_the_key_and_no_case(browser: Client) -> None:
    nowhere = uuid.uuid4()
    assert browser.get(front_sheet(nowhere)).status_code == 404
    (event,) = looked()
    assert (event.outcome, event.case_id, event.about["key"]) == ("refused", None, str(nowhere))


def test_what_one_may_see_but_not_do_is_a_refusal_and_no_look(case: Case) -> None:
    coordinator = signed_in(make_person(Role.MAPPA_COORDINATOR))
    assert coordinator.get(reverse("visits:record", kwargs={"key": case.key})).status_code == 403
    (event,) = looked()
    assert (event.outcome, event.case_id, event.about["status"]) == ("refused", case.pk, 403)


def test_a_page_without_a_case_that_is_refused_is_a_refusal_too(browser: Client) -> None:
    assert browser.get(reverse("worklist:figures")).status_code == 403
    (event,) = looked()
    assert (event.outcome, event.about) == ("refused", {"page": "worklist:figures", "method": "GET", "status": 403})


def test_somebody_who_is_not_signed_in_sees_nothing_and_nobody_is_logged(case: Case) -> None:
    assert Client().get(front_sheet(case.key)).status_code == 302
    assert looked() == []


def test_saving_a_form_is_an_alteration_and_no_look_and_a_form_that_is_refused_is_a_look(
    browser: Client, case: Case
) -> None:
    address = reverse("timeline:record", kwargs={"key": case.key, "what": "incident"})
    assert browser.post(address, {}).status_code == 200
    assert [event.verb for event in looked()] == ["read case"]
    altered = Event.objects.filter(operation="alteration", case_id=case.pk).count()
    answer = browser.post(address, {**sent(case), "on": today().isoformat()})
    assert answer.status_code == 302
    assert [event.verb for event in looked()] == ["read case"]
    assert Event.objects.filter(operation="alteration", case_id=case.pk).count() == altered + 1


def test_a_preview_of_what_was_typed_shows_nothing_of_the_case(browser: Client, case: Case) -> None:
    assert browser.post(reverse("assessments:preview_rm2000", kwargs={"key": case.key}), {}).status_code == 200
    assert looked() == []


def test_a_page_that_cannot_be_logged_is_not_shown_and_nothing_is_saved(
    browser: Client, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nothing FROM nowhere")

    monkeypatch.setattr(middleware, "log_look", broken)
    before = Fact.objects.count()
    answer = browser.get(front_sheet(case.key))
    assert answer.status_code == 503
    assert "This page cannot be shown just now" in answer.content.decode()
    assert "Testcase" not in answer.content.decode()
    assert Fact.objects.count() == before


def test_a_view_can_add_classes_and_say_that_nothing_was_shown(rf: RequestFactory) -> None:
    request = rf.get("/")
    looks.shows(request, [3, 1], {"victim"})
    looks.shows(request, [2])
    found = looks.looks_of(request)
    assert (found.case_ids, found.classes, found.nothing) == ({1, 2, 3}, {"victim"}, False)
    looks.shows_nothing(request)
    assert looks.looks_of(request).nothing
