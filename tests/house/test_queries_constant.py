"""A page asks the database as often for thirty rows as for one: no page grows a query a row."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

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
    """How many queries one request takes, after one that warmed what is kept between requests."""
    send()
    with counted() as queries:
        send()
    return len(queries)


def overdue_case(officer: User) -> Case:
    """A case of one's own, with a visit and a notification that are late."""
    case = make_case(police_officer=officer)
    write(case, "registered", ago(400), by=officer)
    write(case, "rm2000_completed", ago(396), by=officer, band="high", rank="sergeant")
    return case


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/?scope=unit",
        "/?scope=area",
        "/?scope=area&sort=name&band=high",
        "/cases/",
        "/figures/",
    ],
)
def test_lists_of_cases_ask_as_often_for_30_cases_as_for_1(sergeant: User, address: str) -> None:
    browser = signed_in(sergeant)
    overdue_case(sergeant)
    one = queries_of(lambda: browser.get(address))
    for _ in range(MANY - 1):
        overdue_case(sergeant)
    assert queries_of(lambda: browser.get(address)) == one


@pytest.mark.parametrize("words", ["Testcase", "Sample", "Testcas", "TST"])
def test_finding_asks_as_often_for_30_cases_as_for_1(sergeant: User, words: str) -> None:
    browser = signed_in(sergeant)
    overdue_case(sergeant)
    one = queries_of(lambda: browser.post(reverse("cases:find"), {"text": words}, follow=True))
    for _ in range(MANY - 1):
        overdue_case(sergeant)
    assert queries_of(lambda: browser.post(reverse("cases:find"), {"text": words}, follow=True)) == one


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


@pytest.mark.parametrize(
    ("name", "more"),
    [
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
        ("assessments:countersign", {}),
    ],
    ids=lambda value: value if isinstance(value, str) else "".join(value.values()) or "page",
)
def test_pages_of_a_case_ask_as_often_for_30_of_everything_as_for_1(
    sergeant: User, name: str, more: dict[str, str]
) -> None:
    case = overdue_case(sergeant)
    browser = signed_in(sergeant)
    address = reverse(name, kwargs={"key": case.key, **more})
    busy_days(case, sergeant, range(1))
    one = queries_of(lambda: browser.get(address))
    busy_days(case, sergeant, range(1, MANY))
    assert queries_of(lambda: browser.get(address)) == one


@pytest.mark.parametrize("name", ["timeline:recorded", "timeline:void"])
def test_what_an_entry_changed_asks_as_often_on_a_long_record_as_on_a_short_one(sergeant: User, name: str) -> None:
    case = overdue_case(sergeant)
    browser = signed_in(sergeant)
    busy_days(case, sergeant, range(1))
    fact = Fact.objects.filter(case=case, kind="home_visit").earliest("pk")
    address = reverse(name, kwargs={"key": case.key, "pk": fact.pk})
    one = queries_of(lambda: browser.get(address))
    busy_days(case, sergeant, range(1, MANY))
    assert queries_of(lambda: browser.get(address)) == one


def test_recording_a_visit_asks_as_often_on_a_long_record_as_on_a_short_one(sergeant: User) -> None:
    case = overdue_case(sergeant)
    browser = signed_in(sergeant)
    busy_days(case, sergeant, range(1))
    _record_a_visit(browser, case, sergeant, ago(3))
    with counted() as short:
        _record_a_visit(browser, case, sergeant, ago(2))
    busy_days(case, sergeant, range(1, MANY))
    _record_a_visit(browser, case, sergeant, ago(1))
    with counted() as long:
        _record_a_visit(browser, case, sergeant, ago(0))
    assert len(long) <= len(short)


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
