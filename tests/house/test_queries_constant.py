"""A page asks the database as often for thirty rows as for one: no page grows a query a row."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.timeline.build import ago, make_area, make_case, make_person, signed_in, write

from openmappa.accounts.models import User
from openmappa.cases.models import Case, Person
from openmappa.core.access import Rank, Role
from openmappa.timeline.models import Fact

pytestmark = pytest.mark.django_db
MANY = 30


@pytest.fixture
def sergeant() -> User:
    """Somebody who opens cases and sees figures, and holds cases of their own."""
    return make_person(Role.LINE_MANAGER, rank=Rank.SERGEANT)


@contextmanager
def counted() -> Iterator[CaptureQueriesContext]:
    with CaptureQueriesContext(connection) as queries:
        yield queries


def queries_of(send: Callable[[], object]) -> int:
    """How many queries one request takes, after one that warmed what is kept between requests.

    The smaller of two: once in 20 seconds a request notes besides that somebody is there (``signin.middleware``).
    """
    send()
    found = []
    for _ in range(2):
        with counted() as queries:
            send()
        found.append(len(queries))
    return min(found)


def overdue_case(officer: User) -> Case:
    """A case of one's own, with a visit and a notification that are late."""
    case = make_case(police_officer=officer)
    write(case, "registered", ago(400), by=officer)
    write(case, "rm2000_completed", ago(396), by=officer, band="high", rank="sergeant")
    return case


LISTS = ("/", "/?scope=unit", "/?scope=area", "/?scope=area&sort=name&band=high", "/cases/", "/figures/")


def test_lists_of_cases_and_finding_ask_as_often_for_30_cases_as_for_1(sergeant: User) -> None:
    browser = signed_in(sergeant)
    find = reverse("cases:find")
    pages = {address: partial(browser.get, address) for address in LISTS} | {
        words: partial(browser.post, find, {"text": words}, follow=True)
        for words in ("Testcase", "Sample", "Testcas", "TST")
    }
    overdue_case(sergeant)
    one = {name: queries_of(send) for name, send in pages.items()}
    for _ in range(MANY - 1):
        overdue_case(sergeant)
    assert {name: queries_of(send) for name, send in pages.items()} == one


def busy_days(case: Case, officer: User, rows: range) -> None:
    """What makes every list of a case longer: visits, scores that were signed, levels, actions of meetings."""
    second = make_person(Role.LINE_MANAGER, rank=Rank.INSPECTOR, area=case.area)
    for row in rows:
        on = ago(380 - 10 * row)
        write(case, "home_visit", on, by=officer, service="police", outcome="seen", announced=False, joint=False)
        write(case, "rm2000_completed", on, by=officer, band="high", rank="sergeant")
        write(case, "rm2000_countersigned", on, by=second)
        write(case, "harm_level_set", on, by=second, level=("low", "high")[row % 2])
        write(case, "mappa_level_set", on, by=officer, level=row % 2 + 1, category=1)
        if row == 0:
            write(case, "significant_incident", on, by=second)
        write(case, "action_agreed", on, by=second, action=f"A{row}", service="police", due_on=ago(-10))
        write(case, "mappa_meeting_held", on, by=second, level=2)


OF_A_CASE: tuple[tuple[str, dict[str, str]], ...] = (
    ("timeline:front_sheet", {}),
    ("timeline:duties", {}),
    ("timeline:levels", {}),
    ("timeline:changes", {}),
    ("timeline:timeline", {}),
    ("timeline:history", {"what": "likelihood"}),
    ("timeline:history", {"what": "harm"}),
    ("timeline:history", {"what": "visits"}),
    ("timeline:record_menu", {}),
    ("timeline:record", {"what": "action-completed"}),
    ("visits:list", {}),
    ("visits:record", {}),
    ("assessments:list", {}),
    ("plans:list", {}),
    ("coordination:case", {}),
    ("actions:of_case", {}),
    ("assessments:countersign", {}),
)


def test_pages_of_a_case_and_of_an_entry_ask_as_often_for_30_of_everything_as_for_1(sergeant: User) -> None:
    case = overdue_case(sergeant)
    browser = signed_in(sergeant)
    busy_days(case, sergeant, range(1))
    visit = Fact.objects.filter(case=case, kind="home_visit").earliest("pk")
    addresses = [reverse(name, kwargs={"key": case.key, **more}) for name, more in OF_A_CASE]
    entries = ("timeline:recorded", "timeline:void")
    addresses += [reverse(name, kwargs={"key": case.key, "pk": visit.pk}) for name in entries]
    assert {browser.get(address).status_code for address in addresses} == {200}
    one = {address: queries_of(partial(browser.get, address)) for address in addresses}
    busy_days(case, sergeant, range(1, MANY))
    assert {address: queries_of(partial(browser.get, address)) for address in addresses} == one


def test_recording_a_visit_asks_as_often_on_a_long_record_as_on_a_short_one(sergeant: User) -> None:
    case = overdue_case(sergeant)
    browser = signed_in(sergeant)
    busy_days(case, sergeant, range(1))
    short = _queries_of_visits(browser, case, sergeant, 5)
    busy_days(case, sergeant, range(1, MANY))
    assert _queries_of_visits(browser, case, sergeant, 2) <= short


def _queries_of_visits(browser: Client, case: Case, by: User, days_ago: int) -> int:
    """How many queries it takes to record a visit: the smaller of two, as in ``queries_of``, after one that warms."""
    found = []
    for days in (days_ago, days_ago - 1, days_ago - 2):
        with counted() as queries:
            _record_a_visit(browser, case, by, ago(days))
        found.append(len(queries))
    return min(found[1:])


def _record_a_visit(browser: Client, case: Case, by: User, on: date) -> None:
    case.refresh_from_db()
    answer = browser.post(
        reverse("visits:record", kwargs={"key": case.key}),
        {
            "version": str(case.version),
            "submission": str(uuid.uuid4()),
            "on": on.isoformat(),
            "on-day": str(on.day),
            "on-month": str(on.month),
            "on-year": str(on.year),
            "outcome": "not_seen",
            "announced": "no",
            "joint": "no",
            "visited_by": str(by.pk),
        },
    )
    assert answer.status_code == 302


def test_the_cases_of_these_lists_are_as_many_as_they_say(sergeant: User) -> None:
    for _ in range(3):
        overdue_case(sergeant)
    make_case(make_area("eastmarch", "B"))
    assert (Case.objects.visible_to(sergeant).count(), Person.objects.count()) == (3, 4)
