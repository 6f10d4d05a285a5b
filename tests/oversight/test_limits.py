"""Reading past a limit: a colleague is told once a day; past the next limit it stops, and nothing typed is lost."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.audit.models import Event
from openmappa.cases.models import Case
from openmappa.core.access import Rank, Role
from openmappa.core.involvement import InvolvementKind
from openmappa.core.reading_limits import SENDINGS_LET_THROUGH
from openmappa.notices.models import Notice
from openmappa.oversight.models import UnusualReading
from openmappa.oversight.services.judging import judge_unusual_reading
from openmappa.timeline.models import Fact
from tests.oversight.build import FIRST, a_stop, found, logged, minutes_ago, read_so_many
from tests.timeline.build import ago, give, make_area, make_case, make_person, sent, signed_in, today, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def sergeant() -> User:
    return make_person(Role.LINE_MANAGER, rank=Rank.SERGEANT)


@pytest.fixture
def officer(sergeant: User) -> User:
    return make_person(Role.POLICE_OFFICER, rank=Rank.CONSTABLE)


@pytest.fixture
def case(officer: User) -> Case:
    case = make_case(police_officer=officer)
    write(case, "registered", ago(400))
    return case


def front_sheet(case: Case) -> str:
    return reverse("timeline:front_sheet", kwargs={"key": case.key})


def told(person: User) -> list[str]:
    return list(Notice.objects.filter(to=person).order_by("pk").values_list("words", flat=True))


def inside(person: User, count: int) -> None:
    """Somebody opened so many different cases of their own unit a moment ago."""
    for _ in range(count):
        logged(person, case_id=make_case(police_officer=person).pk)


def test_the_twenty_sixth_case_within_an_hour_is_shown_and_the_line_manager_is_told_once(
    officer: User, sergeant: User, case: Case
) -> None:
    inside(officer, 24)
    browser = signed_in(officer)
    assert browser.get(front_sheet(case)).status_code == 200
    assert UnusualReading.objects.count() == 0
    assert browser.get(front_sheet(make_case(police_officer=officer))).status_code == 200
    row = UnusualReading.objects.get()
    assert (row.person, row.measure, row.counted, row.allowed) == (officer, "opened_in_an_hour", 26, 25)
    assert told(sergeant) == [
        f"{officer.full_name}: 26 different cases opened within an hour; 25 are usual. Please look at it."
    ]
    assert browser.get(front_sheet(make_case(police_officer=officer))).status_code == 200
    assert UnusualReading.objects.count() == len(told(sergeant)) == 1


def test_opening_the_same_case_again_counts_once(officer: User, case: Case) -> None:
    inside(officer, 24)
    browser = signed_in(officer)
    for _ in range(4):
        assert browser.get(front_sheet(case)).status_code == 200
    assert UnusualReading.objects.count() == 0


def test_the_sixty_first_case_within_an_hour_is_not_shown_and_the_page_says_why_until_when_and_whom_to_ring(
    officer: User, sergeant: User, case: Case
) -> None:
    read_so_many(officer, 60)
    answer = signed_in(officer).get(front_sheet(case))
    page = answer.content.decode()
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 3600
    assert "it stops at <strong>60 different cases opened within an hour</strong>" in page
    assert sergeant.full_name in page and "Testcase" not in page
    stop = UnusualReading.objects.get()
    assert stop.is_stop and stop.stopped_until and stop.stopped_until <= timezone.now() + timedelta(hours=1)
    assert "access to cases has stopped" in told(sergeant)[0]
    refused = Event.objects.get(outcome="refused")
    assert (refused.case_id, refused.about["status"]) == (case.pk, 429)


def test_while_it_is_stopped_no_page_of_any_case_and_no_list_is_shown_and_every_other_page_is(
    officer: User, case: Case
) -> None:
    a_stop(officer)
    browser = signed_in(officer)
    closed = [front_sheet(case), reverse("visits:list", kwargs={"key": case.key}), "/", "/cases/", "/find/"]
    assert [browser.get(address).status_code for address in closed] == [429] * len(closed)
    assert [browser.get(address).status_code for address in ("/you/", "/help/", "/looks/mine/", "/notices/")] == [
        200
    ] * 4


def test_a_key_that_never_was_is_answered_alike_while_reading_is_stopped(officer: User, case: Case) -> None:
    a_stop(officer)
    browser = signed_in(officer)
    nowhere = reverse("timeline:front_sheet", kwargs={"key": uuid.uuid4()})
    assert (browser.get(front_sheet(case)).status_code, browser.get(nowhere).status_code) == (429, 429)


def test_at_the_limit_a_case_one_may_not_see_is_not_there_and_stops_nothing(officer: User) -> None:
    read_so_many(officer, 60)
    unseen = make_case(make_area("eastmarch", "B"))
    assert signed_in(officer).get(front_sheet(unseen)).status_code == 404
    assert UnusualReading.objects.count() == 0


def test_a_stop_ends_by_itself(officer: User, case: Case) -> None:
    a_stop(officer, minutes=50, lasts=-1)
    assert signed_in(officer).get(front_sheet(case)).status_code == 200


def incident(browser: Client, case: Case) -> int:
    address = reverse("timeline:record", kwargs={"key": case.key, "what": "incident"})
    return browser.post(address, {**sent(case), "on": today().isoformat()}).status_code


def test_a_form_that_was_open_before_the_stop_is_saved_and_said_to_be(officer: User, case: Case) -> None:
    logged(officer, case_id=case.pk, minutes=20)
    a_stop(officer)
    browser = signed_in(officer)
    address = reverse("timeline:record", kwargs={"key": case.key, "what": "incident"})
    answer = browser.post(address, {**sent(case), "on": today().isoformat()}, follow=True)
    assert Fact.objects.filter(case=case, kind="significant_incident").count() == 1
    assert answer.status_code == 429
    assert "What you sent just now has been saved" in answer.content.decode()
    assert UnusualReading.objects.get().let_through == 1


def test_a_form_of_a_case_that_was_not_open_is_not_taken(officer: User, case: Case) -> None:
    logged(officer, case_id=case.pk, minutes=13 * 60)
    a_stop(officer)
    assert incident(signed_in(officer), case) == 429
    assert Fact.objects.filter(kind="significant_incident").count() == 0


def test_only_a_few_forms_are_taken_during_a_stop(officer: User, case: Case) -> None:
    logged(officer, case_id=case.pk, minutes=20)
    stop = a_stop(officer)
    UnusualReading.objects.filter(pk=stop.pk).update(let_through=SENDINGS_LET_THROUGH - 1)
    browser = signed_in(officer)
    assert incident(browser, case) == 302
    assert incident(browser, case) == 429


def test_a_case_opened_in_an_emergency_is_shown_during_a_stop(officer: User, case: Case) -> None:
    a_stop(officer)
    other = make_case(police_officer=officer)
    give(case, InvolvementKind.BREAK_GLASS, person=officer)
    browser = signed_in(officer)
    assert browser.get(front_sheet(case)).status_code == 200
    assert browser.get(front_sheet(other)).status_code == 429


def test_a_stop_that_is_explained_ends_at_once_and_counting_starts_again(
    officer: User, sergeant: User, case: Case
) -> None:
    read_so_many(officer, 60)
    browser = signed_in(officer)
    assert browser.get(front_sheet(case)).status_code == 429
    stop = UnusualReading.objects.get()
    judge_unusual_reading(by=sergeant, row=stop, finding="explained", judgement="Quarterly check of the unit.")
    assert browser.get(front_sheet(case)).status_code == 200
    assert UnusualReading.objects.count() == 1
    assert "open again" in told(officer)[0]


def test_a_stop_that_is_followed_up_stays(officer: User, sergeant: User, case: Case) -> None:
    stop = a_stop(officer)
    judge_unusual_reading(by=sergeant, row=stop, finding="followed_up", judgement="Nothing explains it.")
    assert signed_in(officer).get(front_sheet(case)).status_code == 429
    assert "stays stopped until" in told(officer)[0]


def test_half_of_ten_cases_outside_ones_unit_is_usual_and_more_is_told(
    officer: User, sergeant: User, case: Case
) -> None:
    browser = signed_in(officer)
    read_so_many(officer, 5, first=FIRST)
    for _ in range(4):
        assert browser.get(front_sheet(make_case(police_officer=officer))).status_code == 200
    assert browser.get(front_sheet(case)).status_code == 200
    assert UnusualReading.objects.count() == 0
    read_so_many(officer, 2, first=FIRST + 100)
    assert browser.get(front_sheet(make_case(police_officer=officer))).status_code == 200
    row = UnusualReading.objects.get()
    assert (row.measure, row.counted, row.allowed) == ("outside_caseload", 53, 50)
    assert "53 per cent of the cases" in told(sergeant)[0]


def test_the_seventh_search_for_the_same_words_in_a_day_is_told(officer: User, sergeant: User) -> None:
    browser = signed_in(officer)
    for words in ["Testcase Sample"] * 6 + ["Somebody Else"] * 2:
        browser.post(reverse("cases:find"), {"text": words})
    assert UnusualReading.objects.count() == 0
    browser.post(reverse("cases:find"), {"text": "sample TESTCASE"})
    assert UnusualReading.objects.get().measure == "same_words"
    assert "Testcase" not in told(sergeant)[0]


def test_lists_of_more_different_cases_than_usual_are_told_and_then_stop(officer: User, case: Case) -> None:
    logged(officer, verb="read list", case_ids=list(range(FIRST, FIRST + 500)))
    browser = signed_in(officer)
    assert browser.get("/").status_code == 200
    assert UnusualReading.objects.get().measure == "listed_in_a_day"
    logged(officer, verb="read list", case_ids=list(range(FIRST, FIRST + 1500)))
    assert browser.get("/").status_code == 200
    assert browser.get("/").status_code == 429
    assert UnusualReading.objects.filter(stopped_until__isnull=False).count() == 1


def test_a_list_seen_again_and_again_counts_once(officer: User, case: Case) -> None:
    for _ in range(3):
        logged(officer, verb="read list", case_ids=list(range(FIRST, FIRST + 400)))
    assert signed_in(officer).get("/").status_code == 200
    assert UnusualReading.objects.count() == 0


def test_refusals_and_other_peoples_reading_do_not_count(officer: User, sergeant: User, case: Case) -> None:
    read_so_many(sergeant, 60)
    for number in range(60):
        logged(officer, case_id=FIRST + number, operation="access", outcome="refused", verb="ask for page")
    assert signed_in(officer).get(front_sheet(case)).status_code == 200
    assert UnusualReading.objects.count() == 0


def test_a_line_managers_reading_is_told_to_the_auditors(sergeant: User) -> None:
    auditor = make_person(Role.AUDITOR)
    colleague = make_person(Role.LINE_MANAGER, rank=Rank.INSPECTOR)
    inside(sergeant, 40)
    assert signed_in(sergeant).get(front_sheet(make_case())).status_code == 200
    assert (len(told(auditor)), told(colleague), told(sergeant)) == (1, [], [])


@override_settings(OPENMAPPA_READING_LIMITS_FACTOR=2)
def test_an_installation_can_double_every_limit(officer: User, case: Case) -> None:
    inside(officer, 60)
    assert signed_in(officer).get(front_sheet(case)).status_code == 200
    assert UnusualReading.objects.get().allowed == 50


def test_what_was_told_yesterday_is_told_again_today(officer: User, sergeant: User, case: Case) -> None:
    found(officer, found_at=minutes_ago(30 * 60))
    UnusualReading.objects.update(found_on=ago(1))
    inside(officer, 25)
    assert signed_in(officer).get(front_sheet(case)).status_code == 200
    assert len(told(sergeant)) == 1
