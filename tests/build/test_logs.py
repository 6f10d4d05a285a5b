"""No name of anybody in a case stands in the log or in an address, whatever goes wrong."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from openmappa.cases.models import Person
from openmappa.config.logs import Line
from openmappa.core.access import Role
from tests.fuzz.world import World, make_world
from tests.support.routes import every_route

pytestmark = pytest.mark.django_db
ADDRESS = re.compile(r'\b(?:href|action|src|data-[a-z-]+)="([^"]*)"')
TYPED = "Zz" + "family"
PARTS = {"int": 1, "slug": "likelihood", "str": "x"}


class Kept(logging.Handler):
    """What would be written, as it would be written."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(Line("{levelname} {name}: {message}", style="{"))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@contextmanager
def kept() -> Iterator[Kept]:
    """Everything that is logged, at the level at which most is."""
    handler, root = Kept(), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.fixture
def written() -> Iterator[Kept]:
    with kept() as log:
        yield log


@pytest.fixture
def world() -> World:
    return make_world()


def refused_by_the_database() -> None:
    """Something typed that is no day, which PostgreSQL repeats."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT %s::date", [TYPED])


def test_what_the_database_says_of_a_value_is_not_written(written: Kept) -> None:
    with pytest.raises(DatabaseError, match=TYPED) as refused:  # so there would be something to leak
        refused_by_the_database()
    logging.getLogger("django.request").error("Internal Server Error: /cases/", exc_info=refused.value)
    line = "\n".join(written.lines)
    assert "Zz" not in line
    assert "DataError: code 22007 (what the database said is left out" in line
    assert "in refused_by_the_database" in line


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO cases_person (given_names, family_name, born_on) VALUES ('Zz', 'Zz', NULL)",
        "INSERT INTO cases_person SELECT * FROM cases_person WHERE family_name = 'Zzown'",
    ],
)
def test_the_database_itself_does_not_show_a_row_that_it_refuses(world: World, statement: str) -> None:
    with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert "Zz" not in str(refused.value).partition("LINE 1")[0]


def test_an_error_without_an_error_is_written_as_ever() -> None:
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "nothing wrong", None, (None, None, None))
    assert Line("{message}", style="{").format(record).startswith("nothing wrong")


@dataclass(frozen=True)
class Walk:
    """What came of opening every page once: what was answered, logged, and written in the pages' addresses."""

    statuses: set[int]
    lines: list[str]
    addresses: set[str]


@pytest.fixture(scope="module")
def walk(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Walk]:
    """Each page of a case that is one's own, of one elsewhere and of a restricted one, sent to without a token too."""
    with django_db_blocker.unblock(), transaction.atomic(), kept() as log:
        world = make_world()
        Person.objects.update(pnc_id="ZZ/7Q", crn="ZZ8Q")
        browser, statuses, addresses = world.browser(Role.LINE_MANAGER.value), set(), set()
        for answer in everything(world, browser):
            statuses.add(answer.status_code)
            addresses |= addresses_of(answer)
        addresses |= addresses_of(browser.post("/find/", {"words": "Zzown"}))
        guarded = Client(enforce_csrf_checks=True)
        assert guarded.post("/find/", {"words": "Zzown"}).status_code == 403  # and says in the log why
        transaction.set_rollback(True)
    yield Walk(statuses, log.lines, addresses)


def everything(world: World, browser: Client) -> Iterator[Any]:
    for case in world.cases.values():
        for route in every_route():
            kinds = {name: PARTS.get(kind, case.key) for name, kind in route.parts.items()}
            yield browser.get(route.at(kinds))


def addresses_of(answer: Any) -> set[str]:
    """Every address that an answer holds, and where it sends its reader."""
    inside = [] if answer.streaming else ADDRESS.findall(answer.content.decode(errors="replace"))
    return {answer.headers.get("Location", ""), *inside}


def test_nothing_that_is_logged_in_a_run_holds_a_name_of_a_case(walk: Walk) -> None:
    assert {200, 403, 404, 405} <= walk.statuses
    assert len(walk.lines) > 20, "something was logged"
    assert [line for line in walk.lines if "Zz" in line or "ZZ" in line or "Testcase" in line] == []


def test_no_address_on_any_page_holds_a_name_or_number_of_a_person(walk: Walk) -> None:
    assert len(walk.addresses) > 100
    named = [each for each in walk.addresses if re.search(r"zz|testcase", each, re.IGNORECASE) and "/" in each]
    assert named == []
