"""Who reads and writes annual reports: each role at each page of a row, in its own area and another; and in SQL."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.annual_report.models import PublishedReport
from openmappa.core.access import PERMISSIONS, Permission, Role
from tests.annual_report.build import a_commentary, a_published_report, a_report, begun, published, wrote
from tests.board.build import a_seat
from tests.house.who_opens import BOARD, COORDINATOR, SEES_FIGURES
from tests.timeline.build import make_area, make_person, signed_in

pytestmark = pytest.mark.django_db

KEPT, READ = ("draft", "standards", "write", "publish"), ("show", "pdf")
TABLES = ("annualreport", "commentary", "publishedreport")


def person(role: str, area: str = "northshire") -> User:
    return make_person(Role(role), area=make_area(area, "A" if area == "northshire" else "B"))


@pytest.fixture
def version() -> PublishedReport:
    coordinator = make_person(Role.MAPPA_COORDINATOR)
    report = begun(coordinator)
    wrote(coordinator, report, "A year of change.")
    return published(coordinator, report)


def status(user: User, version: PublishedReport, name: str, method: str = "get") -> int:
    more: dict[str, object] = {"write": {"section": "people"}}.get(name, {})
    if name in READ:
        more = {"number": version.number}
    address = reverse(f"annual_report:{name}", kwargs={"report": version.report.key, **more})
    return int(getattr(signed_in(user), method)(address).status_code)


def test_every_role_reads_and_writes_the_report_of_its_area_as_the_table_says(version: PublishedReport) -> None:
    found, expected = {}, {}
    for role in sorted(each.value for each in Role):
        user = person(role)
        for name in READ:
            found[role, name] = status(user, version, name)
            expected[role, name] = 200 if role in SEES_FIGURES else 403
            found[role, name, "post"] = status(user, version, name, "post")
            expected[role, name, "post"] = 405
        for name in KEPT:
            may = {COORDINATOR} if name == "publish" else {COORDINATOR, BOARD}
            found[role, name] = status(user, version, name)
            expected[role, name] = 200 if role in may else 403
            found[role, name, "post"] = status(user, version, name, "post")
            expected[role, name, "post"] = 405 if name == "draft" else 200 if role in may else 403
    wrong = {key: (found[key], expected[key]) for key in found if found[key] != expected[key]}
    assert wrong == {}


def test_the_report_of_another_area_is_not_there_and_one_without_an_area_reads_what_is_published(
    version: PublishedReport,
) -> None:
    for role in sorted(SEES_FIGURES):
        stranger = person(role, "eastmarch")
        assert {name: status(stranger, version, name) for name in READ} == dict.fromkeys(READ, 404), role
        if role in (COORDINATOR, BOARD):
            assert {name: status(stranger, version, name) for name in KEPT} == dict.fromkeys(KEPT, 404), role
    inspector = person("inspector")
    inspector.area = inspector.unit = None
    inspector.save()
    assert {name: status(inspector, version, name) for name in READ} == dict.fromkeys(READ, 200)
    page = signed_in(inspector).get(reverse("annual_report:list") + "?area=northshire").content.decode()
    assert version.title in page and "Open the draft" not in page


def rows(user: User) -> dict[str, int]:
    with as_person(user), connection.cursor() as cursor:
        found = {}
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM annual_report_{table}")
            found[table] = int((cursor.fetchone() or (0,))[0])
        return found


def test_the_database_shows_drafts_to_those_who_keep_the_board_and_published_ones_to_its_readers(
    version: PublishedReport,
) -> None:
    reads, keeps = PERMISSIONS[Permission.VIEW_FIGURES], PERMISSIONS[Permission.KEEP_BOARD]
    for role in Role:
        own = {"annualreport": role in reads, "commentary": role in keeps, "publishedreport": role in reads}
        assert (role, rows(person(role.value))) == (role, own)
        assert (role, rows(person(role.value, "eastmarch"))) == (role, dict.fromkeys(TABLES, 0))


def test_the_database_lets_those_who_keep_the_board_write_and_the_coordinator_or_the_chair_publish() -> None:
    report = begun(make_person(Role.MAPPA_COORDINATOR))
    chair, former = person(BOARD), person(BOARD)
    a_seat(report.area, chair, person=chair, name="", chairs=True)
    people = {role.value: person(role.value) for role in Role} | {"chair": chair, "member": former}
    people |= {f"{role} elsewhere": person(role, "eastmarch") for role in (COORDINATOR, BOARD)}
    wrote_it: dict[str, set[str]] = {"write": set(), "begin": set(), "publish": set()}
    for name, user in people.items():
        for what, make in (
            ("write", lambda by: a_commentary(report, by)),
            ("begin", lambda by: a_report(by, report.area, year=report.year - 1)),
            ("publish", lambda by: a_published_report(report, by)),
        ):
            try:
                with transaction.atomic(), as_person(user):
                    make(user)
                    wrote_it[what].add(name)
                    transaction.set_rollback(True)
            except DatabaseError:
                pass
    keeps = {COORDINATOR, BOARD, "chair", "member"}
    assert wrote_it == {"write": keeps, "begin": keeps, "publish": {COORDINATOR, "chair"}}
