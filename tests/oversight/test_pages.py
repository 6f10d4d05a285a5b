"""Who has seen a case, what somebody has looked at, and who may ask: nobody else gets an answer."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.audit.models import Event
from openmappa.cases.models import Case
from openmappa.core.access import Rank, Role
from openmappa.oversight.queries.log import A_PAGE, place_of
from tests.oversight.build import FIRST, logged
from tests.timeline.build import make_area, make_case, make_person, make_unit, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor() -> User:
    return make_person(Role.AUDITOR)


@pytest.fixture
def sergeant() -> User:
    return make_person(Role.LINE_MANAGER, rank=Rank.SERGEANT)


@pytest.fixture
def officer() -> User:
    return make_person(Role.POLICE_OFFICER, rank=Rank.CONSTABLE)


@pytest.fixture
def case(officer: User) -> Case:
    return make_case(police_officer=officer)


def who_saw(case: Case, query: str = "") -> str:
    return reverse("oversight:seen_by", kwargs={"key": case.key}) + query


def looked_at(person: User, query: str = "") -> str:
    return reverse("oversight:looked_at", kwargs={"pk": person.pk}) + query


def read(browser: Client, address: str) -> str:
    """The main part of a page, its tags left out."""
    answer = browser.get(address)
    assert answer.status_code == 200
    main = re.search(r"<main\b.*</main>", answer.content.decode(), re.DOTALL)
    assert main
    return " ".join(re.sub(r"<[^>]+>", " ", main[0]).split())


def test_the_auditor_finds_a_case_by_its_reference_and_sees_who_saw_it_and_nothing_of_it(
    auditor: User, officer: User, case: Case
) -> None:
    logged(officer, case_id=case.pk, classes=["personal", "sensitive"])
    logged(officer, verb="read list", case_ids=[case.pk, FIRST], about={"page": "worklist:mine"})
    browser = signed_in(auditor)
    answer = browser.post(reverse("oversight:ask"), {"reference": case.reference.lower().replace("-", " ")})
    assert (answer.status_code, answer["Location"]) == (302, who_saw(case))
    text = read(browser, answer["Location"])
    assert f"{officer.full_name} Police officer, Northshire Police Fields: personal and sensitive 1 1 0 0" in text
    assert case.reference in text and "Testcase" not in text
    by_key = browser.post(reverse("oversight:ask"), {"reference": str(case.key)})
    assert by_key["Location"] == who_saw(case)


def test_look_by_look_says_when_what_and_which_fields(auditor: User, officer: User, case: Case) -> None:
    logged(officer, case_id=case.pk, classes=["personal"])
    logged(officer, case_id=case.pk, verb="ask for page", operation="access", outcome="refused")
    logged(officer, case_id=case.pk, verb="print case", operation="disclosure", recipient="The court", channel="print")
    browser = signed_in(auditor)
    text = read(browser, who_saw(case, "?show=looks"))
    assert "Opened: Front sheet Fields: personal" in text
    assert "Print case" in text and "For The court" in text
    assert "Refused" not in text
    assert "Asked for a page: Front sheet Refused" in read(browser, who_saw(case, "?show=looks&what=access"))


def test_the_line_manager_of_the_case_may_ask_and_another_units_may_not(
    officer: User, sergeant: User, case: Case
) -> None:
    logged(officer, case_id=case.pk)
    assert officer.full_name in read(signed_in(sergeant), who_saw(case))
    other = make_person(Role.LINE_MANAGER, unit=make_unit(make_area(), "police", 2))
    browser = signed_in(other)
    assert browser.get(who_saw(case)).status_code == 404
    refused = browser.post(reverse("oversight:ask"), {"reference": case.reference})
    assert "There is no case with this reference that you can ask about" in refused.content.decode()


@pytest.mark.parametrize("role", [Role.POLICE_OFFICER, Role.CASE_MANAGER, Role.MAPPA_COORDINATOR, Role.ADMINISTRATOR])
def test_nobody_else_may_ask_about_cases_or_people(role: Role, case: Case, officer: User) -> None:
    browser = signed_in(make_person(role))
    for address in (reverse("oversight:ask"), who_saw(case), looked_at(officer), reverse("oversight:extract")):
        assert browser.get(address).status_code == 403


def test_everybody_reads_what_they_have_looked_at_themselves(officer: User, sergeant: User, case: Case) -> None:
    logged(officer, case_id=case.pk)
    logged(sergeant, case_id=case.pk, about={"page": "visits:list"})
    browser = signed_in(officer)
    text = read(browser, reverse("oversight:mine"))
    assert "Opened: Front sheet" in text and case.reference in text
    assert "Home visits" not in text
    assert browser.get(looked_at(officer))["Location"] == reverse("oversight:mine")
    assert browser.get(looked_at(sergeant)).status_code == 403


def test_ones_own_reading_does_not_name_a_case_that_one_can_no_longer_open(officer: User) -> None:
    gone = make_case(make_area("eastmarch", "B"))
    logged(officer, case_id=gone.pk)
    text = read(signed_in(officer), reverse("oversight:mine"))
    assert "A case you cannot open" in text and gone.reference not in text


def test_a_line_manager_reads_what_their_people_looked_at_and_nobody_elses(officer: User, sergeant: User) -> None:
    logged(officer, verb="search", operation="access", about={"words": "f00"})
    browser = signed_in(sergeant)
    assert "Searched for somebody" in read(browser, looked_at(officer, "?what=access"))
    stranger = make_person(Role.POLICE_OFFICER, unit=make_unit(make_area(), "police", 2))
    assert browser.get(looked_at(stranger)).status_code == 404
    found = browser.post(reverse("oversight:ask"), {"name": stranger.full_name})
    assert "Nobody is called that" in found.content.decode()


def test_the_auditor_reads_anybodys_and_finds_them_by_a_part_of_the_name(auditor: User, officer: User) -> None:
    answer = signed_in(auditor).post(reverse("oversight:ask"), {"name": officer.username})
    assert answer["Location"] == looked_at(officer)
    several = signed_in(auditor).post(reverse("oversight:ask"), {"name": "officer sample"})
    assert several.content.decode().count(reverse("oversight:looked_at", kwargs={"pk": officer.pk})) == 1


def test_reading_the_log_is_logged_with_whose_and_which_case(auditor: User, officer: User, case: Case) -> None:
    browser = signed_in(auditor)
    browser.get(who_saw(case))
    browser.get(looked_at(officer))
    of_case, of_person = Event.objects.filter(by_id=auditor.pk, verb="read log").order_by("at")
    assert (of_case.operation, of_case.case_id, of_case.about) == ("access", case.pk, {"page": "oversight:seen_by"})
    assert of_person.about == {"page": "oversight:looked_at", "person": officer.pk}


def test_who_saw_it_between_two_instants(auditor: User, officer: User, sergeant: User, case: Case) -> None:
    logged(officer, case_id=case.pk, minutes=3 * 24 * 60)
    logged(sergeant, case_id=case.pk, minutes=60)
    day = timezone.localdate() - timedelta(days=2)
    browser = signed_in(auditor)
    until = f"?until_on-day={day.day}&until_on-month={day.month}&until_on-year={day.year}"
    text = read(browser, who_saw(case, until))
    assert officer.full_name in text and sergeant.full_name not in text
    since = until.replace("until_on", "from_on")
    text = read(browser, who_saw(case, since))
    assert sergeant.full_name in text and officer.full_name not in text
    hour_ago = timezone.localtime() - timedelta(minutes=61)
    minute = f"{until.replace('until_on', 'from_on')}&from_time={hour_ago:%H:%M}"
    minute = re.sub(r"-(day|month|year)=\d+", lambda part: f"-{part[1]}={getattr(hour_ago, part[1])}", minute)
    assert sergeant.full_name in read(browser, who_saw(case, minute))


def test_a_span_that_makes_no_sense_is_said_and_shows_everything(auditor: User, officer: User, case: Case) -> None:
    logged(officer, case_id=case.pk)
    query = "?from_on-day=3&from_on-month=5&from_on-year=2004&until_on-day=1&until_on-month=5&until_on-year=2004"
    browser = signed_in(auditor)
    assert "The end must be after the beginning" in read(browser, who_saw(case, query))
    assert "Enter the day that this time belongs to" in read(browser, who_saw(case, "?from_time=14:30"))
    assert "with hours and minutes, like 14:30" in read(browser, who_saw(case, "?from_time=half"))


def test_older_entries_follow_without_a_gap_and_without_a_repeat(officer: User) -> None:
    for number in range(A_PAGE + 7):
        logged(officer, case_id=FIRST + number, minutes=number + 1, about={"page": f"page-{number:03}"})
    browser = signed_in(officer)
    address, seen = reverse("oversight:mine"), list[str]()
    for _ in range(2):
        page = browser.get(address).content.decode()
        seen += re.findall(r"page-\d{3}", page)
        older = re.search(r'href="(\?[^"]*before=[^"]+)"', page)
        address = reverse("oversight:mine") + (older[1].replace("&amp;", "&") if older else "")
    assert seen == [f"page-{number:03}" for number in range(A_PAGE + 7)]
    assert older is None


@pytest.mark.parametrize("token", ["", "x", "1-", "-1", "1-x", "9" * 30 + "-1", "1-" + "9" * 30, "²-1"])
def test_a_place_in_the_log_that_is_none_is_the_beginning(token: str, officer: User) -> None:
    assert place_of(token) is None
    assert signed_in(officer).get(reverse("oversight:mine"), {"before": token}).status_code == 200


def test_a_case_that_never_was_is_not_there_for_the_auditor_either(auditor: User) -> None:
    browser = signed_in(auditor)
    assert browser.get(reverse("oversight:seen_by", kwargs={"key": uuid.uuid4()})).status_code == 404
    refused = browser.post(reverse("oversight:ask"), {"reference": "NO-SUCH"})
    assert "There is no case with this reference" in refused.content.decode()
    assert "Enter a case reference" in browser.post(reverse("oversight:ask"), {"reference": ""}).content.decode()


def test_the_pages_ask_the_database_as_often_for_30_lines_as_for_1(officer: User, sergeant: User, case: Case) -> None:
    browser = signed_in(sergeant)
    addresses = [who_saw(case), who_saw(case, "?show=looks"), looked_at(officer)]
    logged(officer, case_id=case.pk)
    for address in addresses:
        browser.get(address)
        one = _queries(browser, address)
        for number in range(30):
            logged(officer, case_id=case.pk, minutes=number)
        assert _queries(browser, address) == one


def _queries(browser: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        browser.get(address)
    return len(queries)
