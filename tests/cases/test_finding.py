"""Finding a case: however the name is spelled, by any number it has, and never one that may not be seen."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openmappa.accounts.models import User
from openmappa.cases.models import Case, Person, Squeezed
from openmappa.cases.queries import A_PAGE, MOST_FOUND, found, held_by
from openmappa.core.access import Permission, Role
from openmappa.core.involvement import WORKING
from openmappa.core.names import squeezed
from tests.worklist.made import a_case, a_person_with, ago, an_area, fact, happened, signed_in, supervised_since, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return a_person_with(Role.POLICE_OFFICER, name="Officer Sample One")


def names(user: User, text: str) -> list[str]:
    return [match.case.person.full_name for match in found(user, text).matches]


@pytest.mark.parametrize(
    "typed",
    [
        "Sample Testington",
        "testington sample",
        "TESTINGTON",
        "  Sample   Testington ",
        "Testingtn",
        "Testinngton",
        "Testimgton",
        "Tsetington",
        "Smaple Tsetington",
        "Sampel Testingdon",
        "Tessington",
        "S Testington",
        "Testing",
        "Zampel Testington",
    ],
)
def test_a_person_is_found_however_the_name_is_typed(officer: User, typed: str) -> None:
    a_case("Sample", "Testington")
    a_case("Nobody", "Otherwise")
    assert names(officer, typed) == ["Sample Testington"]


@pytest.mark.parametrize("typed", ["Specimen Elsewhere", "elsewhere", "Elswhere"])
def test_a_person_is_found_by_an_alias_which_the_page_names(officer: User, typed: str) -> None:
    a_case("Sample", "Testington", aliases=(("Specimen", "Elsewhere"), ("Sam", "Nowhere")))
    assert [(match.case.person.full_name, match.alias) for match in found(officer, typed).matches] == [
        ("Sample Testington", "Specimen Elsewhere")
    ]
    page = signed_in(officer).post("/find/", {"text": typed}, follow=True).content.decode()
    assert "also known as <strong>Specimen Elsewhere</strong>" in page


def test_a_name_that_fits_is_not_said_to_be_an_alias(officer: User) -> None:
    a_case("Sample", "Testington", aliases=(("Sampel", "Testington"),))
    assert [match.alias for match in found(officer, "Sample Testington").matches] == [""]


def test_the_closest_comes_first(officer: User) -> None:
    for given, family in (("Sample", "Smyth"), ("Sample", "Smithson"), ("Sample", "Smith"), ("Smith", "Sample")):
        a_case(given, family)
    assert names(officer, "sample smith") == ["Sample Smith", "Smith Sample", "Sample Smithson", "Sample Smyth"]


@pytest.mark.parametrize(
    "typed", ["NFK-00012", "nfk 00012", "nfk00012", "61/0012X", "61 0012x", "N000012", "n-000 012"]
)
def test_a_reference_pnc_or_crn_is_found_whatever_its_spaces_capitals_and_dashes(officer: User, typed: str) -> None:
    case = a_case(pnc_id="61/0012X", crn="N000012")
    Case.objects.filter(pk=case.pk).update(reference="NFK-00012")
    a_case(pnc_id="61/0013X", crn="N000013")
    assert [match.case.pk for match in found(officer, typed).matches] == [case.pk]


@pytest.mark.parametrize("typed", ["12", "NFK-0001", "61/0012"])
def test_a_part_of_a_number_finds_nothing(officer: User, typed: str) -> None:
    case = a_case(pnc_id="61/0012X", crn="N000012")
    Case.objects.filter(pk=case.pk).update(reference="NFK-00012")
    assert names(officer, typed) == []


@pytest.mark.parametrize("number", ["NFK-00012", "61/0012x", " n 0 ", "", "É-1", "ß/9", "ı-1", "ŉ2"])
def test_the_database_compares_numbers_as_the_core_does(number: str) -> None:
    person = a_case(pnc_id=number).person
    kept = Person.objects.annotate(kept=Squeezed("pnc_id")).values_list("kept", flat=True).get(pk=person.pk)
    assert kept == squeezed(number)


def test_no_case_of_another_area_is_found_by_anything(officer: User) -> None:
    case = a_case("Sample", "Testington", area=an_area("eastmarch", "B"), pnc_id="61/0012X", crn="N000012")
    for typed in ("Sample Testington", case.reference, "61/0012X", "N000012"):
        assert names(officer, typed) == []
        page = signed_in(officer).post("/find/", {"text": typed}, follow=True).content.decode()
        assert "No case found in your area" in page
        assert "born on" not in page.lower()
    assert names(a_person_with(Role.POLICE_OFFICER, area=an_area("eastmarch", "B")), case.reference) != []


@pytest.mark.parametrize("role", list(Role))
def test_only_roles_that_open_cases_may_look_for_one(role: Role) -> None:
    a_case("Sample", "Testington")
    person = a_person_with(role)
    client = signed_in(person)
    status = 200 if person.may(Permission.FIND_CASE) else 403
    assert client.get("/find/").status_code == status
    answer = client.post("/find/", {"text": "Testington"}, follow=True)
    assert answer.status_code == status
    assert ("Sample Testington" in answer.content.decode()) == (role in WORKING)
    assert client.get("/cases/").status_code == status


def test_what_was_typed_stands_in_the_box_and_in_no_address(officer: User) -> None:
    a_case("Sample", "Testington")
    answer = signed_in(officer).post("/find/", {"text": "Sample Testingtn"}, follow=True)
    page = answer.content.decode()
    assert 'value="Sample Testingtn"' in page
    addresses = re.findall(r'(?:href|action)="([^"]*)"', page)
    assert not [address for address in addresses if "esting" in address.lower()]
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_get_request_looks_for_nothing(officer: User) -> None:
    a_case("Sample", "Testington")
    assert "Testington" not in signed_in(officer).get("/find/?text=Testington").content.decode()


def test_results_come_back_after_a_case_and_are_nobody_elses(officer: User) -> None:
    a_case("Sample", "Testington")
    client = signed_in(officer)
    client.post("/find/", {"text": "Testington"})
    assert "Sample Testington" in client.get("/find/?page=1").content.decode()
    assert "Testington" not in client.get("/find/").content.decode()
    assert "Testington" not in signed_in(officer).get("/find/?page=1").content.decode()


@pytest.mark.parametrize("typed", ["", "   ", "!?-", "'"])
def test_an_empty_box_is_an_error_at_the_field(officer: User, typed: str) -> None:
    page = signed_in(officer).post("/find/", {"text": typed}, follow=True).content.decode()
    assert page.count("Enter a name, case reference, PNC or CRN") == 2
    assert "<title>Error: Find a case" in page


def test_a_very_long_text_is_refused(officer: User) -> None:
    assert (
        "Enter 100 characters or fewer"
        in signed_in(officer).post("/find/", {"text": "x" * 101}, follow=True).content.decode()
    )


def test_a_result_says_who_where_how_risky_and_who_is_responsible(officer: User) -> None:
    case = a_case("Sample", "Testington", officer=officer, pnc_id="61/0012X", crn="N000012")
    happened(case, fact("registered", ago(9)), fact("rm2000_completed", ago(8), band="very_high", rank="constable"))
    page = signed_in(officer).post("/find/", {"text": "Testington"}, follow=True).content.decode()
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    for said in ("Born 2 April 1960", case.reference, "Northshire", "PNC 61/0012X", "CRN N000012"):
        assert said in text
    assert "Likelihood: Very high" in text
    assert "Risk of harm: not set" in text
    assert "Case manager: none · Police officer: Officer Sample One" in text
    assert f'href="/cases/{case.key}/"' in page


def test_a_case_without_any_fact_is_found_too(officer: User) -> None:
    a_case("Sample", "Testington")
    assert "Likelihood: " in signed_in(officer).post("/find/", {"text": "Testington"}, follow=True).content.decode()


def test_more_than_a_page_is_turned_by_links_that_hold_no_name(officer: User) -> None:
    for number in range(A_PAGE + 3):
        a_case(f"Sample{chr(97 + number)}", "Testington")
    client = signed_in(officer)
    first = client.post("/find/", {"text": "Testington"}, follow=True).content.decode()
    assert "Showing <strong>1</strong> to <strong>20</strong> of <strong>23</strong> cases" in first
    assert 'href="?page=2"' in first
    second = client.get("/find/?page=2").content.decode()
    assert "Showing <strong>21</strong> to <strong>23</strong> of <strong>23</strong> cases" in second
    assert found(officer, "Testington", 99).page == 1


def test_too_many_to_order_are_said_to_be_too_many(officer: User) -> None:
    for _number in range(MOST_FOUND + 1):
        a_case("Sample", "Testington")
    results = found(officer, "Testington")
    assert (results.total, results.more) == (MOST_FOUND, True)
    page = signed_in(officer).post("/find/", {"text": "Testington"}, follow=True).content.decode()
    assert "These are the closest 200. There are more: add another part of the name" in page


def test_finding_takes_as_many_queries_for_thirty_cases_as_for_one(officer: User) -> None:
    def queries(text: str) -> int:
        with CaptureQueriesContext(connection) as counted:
            found(officer, text)
        return len(counted)

    a_case("Sample", "Testington", aliases=(("Sam", "Testing"),))
    one = [queries("Sample Testingtn"), queries("61/0012X")]
    for _ in range(29):
        a_case("Sample", "Testington", aliases=(("Sam", "Testing"),))
    assert [queries("Sample Testingtn"), queries("61/0012X")] == one


def test_my_cases_are_those_i_hold_with_what_is_overdue_and_due_next(officer: User) -> None:
    mine = happened(
        a_case("Sample", "Mine", manager=officer), *supervised_since(ago(113)), fact("plan_reviewed", ago(10))
    )
    a_case("Sample", "Theirs")
    held = held_by(officer, today()).get()
    assert (held.pk, held.overdue, held.next_due_on) == (mine.pk, 1, ago(-102))  # type: ignore[attr-defined]
    page = signed_in(officer).get("/cases/").content.decode()
    assert "Sample Mine" in page
    assert "1 overdue" in page
    assert "Theirs" not in page


def test_my_cases_say_when_there_are_none(officer: User) -> None:
    assert "You hold no cases" in signed_in(officer).get("/cases/").content.decode()


def test_my_cases_take_as_many_queries_for_thirty_as_for_one(officer: User) -> None:
    client = signed_in(officer)

    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert client.get("/cases/").status_code == 200
        return len(counted)

    happened(a_case(officer=officer), *supervised_since(ago(100)))
    queries()  # the first request of a session does more
    one = queries()
    for _ in range(29):
        happened(a_case(officer=officer), *supervised_since(ago(100)))
    assert queries() == one
