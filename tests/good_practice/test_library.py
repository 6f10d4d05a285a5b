"""The library: found by words and criterion, written by boards, brought along by published reports."""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from openmappa.accounts.acting import as_person
from openmappa.accounts.errors import NotAllowed
from openmappa.accounts.models import User
from openmappa.core.access import PERMISSIONS, Permission, Role
from openmappa.good_practice.errors import NotKept, NotTheirs
from openmappa.good_practice.models import Practice
from openmappa.good_practice.queries import Found, Sought, framework, practices
from openmappa.good_practice.services import add_practice, keep_found, withdraw_practice
from tests.good_practice.build import a_practice_row, added, said
from tests.house.test_queries_constant import queries_of
from tests.timeline.build import make_area, make_person, signed_in

pytestmark = pytest.mark.django_db

LIST = "/good-practice/"


@pytest.fixture
def member() -> User:
    return make_person(Role.SMB_MEMBER, kind="partner")


def titles(user: User, words: str = "", criterion: str = "", area: str = "") -> list[str]:
    with as_person(user):
        return [one.title for one in practices(Sought(words, criterion, area))]


def page(name: str, row: Practice) -> str:
    return reverse(f"good_practice:{name}", kwargs={"practice": row.key})


def test_words_are_found_in_any_form_the_title_before_the_text(member: User) -> None:
    added(member, title="Minutes typed at the meeting", text="Somebody visits nobody; they type.", shows="")
    added(member)
    east = make_person(Role.MAPPA_COORDINATOR, area=make_area("eastmarch", "B"))
    added(east, title="Housing lead", text="One person finds places.", shows="", criterion=framework().criteria[1].code)
    reader = make_person(Role.POLICE_OFFICER)
    assert titles(reader, "visit") == ["Joint visits in the first week", "Minutes typed at the meeting"]
    assert titles(reader, "visiting released") == ["Joint visits in the first week"], "every word, in any form"
    assert titles(reader, "visit -minutes") == ["Joint visits in the first week"]
    assert set(titles(reader, '"typed at the meeting" or housing')) == {"Housing lead", "Minutes typed at the meeting"}
    assert titles(reader, "missed") == ["Joint visits in the first week"], "what shows it is searched as well"
    assert titles(reader, "weir") == []
    assert titles(reader, criterion=framework().criteria[1].code) == ["Housing lead"]
    assert titles(reader, area="eastmarch") == ["Housing lead"]
    for odd in ("'", "\\", "a & | !", "()", ":*", "-", '"'):
        assert isinstance(titles(reader, odd), list)
        assert signed_in(reader).get(LIST, {"words": odd}).status_code == 200


def test_a_board_writes_for_its_own_area_once_a_form_and_says_what_it_lacks(member: User) -> None:
    key = uuid.uuid4()
    with as_person(member):
        first = add_practice(by=member, said=said(), submission=key)
        again = add_practice(by=member, said=said(), submission=key)
    assert (first.pk, first.area, first.criterion_title) == (again.pk, member.area, "Joint direction")
    with pytest.raises(NotKept) as refused, as_person(member):
        add_practice(by=member, said=said(title=" ", criterion="none", source=""))
    assert set(refused.value.problems) == {"title", "criterion", "source"}
    officer = make_person(Role.POLICE_OFFICER)
    with pytest.raises(NotAllowed), as_person(officer):
        add_practice(by=officer, said=said())


def test_the_board_that_wrote_an_entry_withdraws_it_with_a_reason(member: User) -> None:
    row = added(member)
    stranger = make_person(Role.MAPPA_COORDINATOR, area=make_area("eastmarch", "B"))
    with pytest.raises(NotTheirs), as_person(stranger):
        withdraw_practice(by=stranger, practice=row, why="Not ours")
    with pytest.raises(NotKept), as_person(member):
        withdraw_practice(by=member, practice=row, why=" ")
    answer = signed_in(member).post(page("withdraw", row), {"why": "It did not last."}, follow=True).content.decode()
    assert ("It did not last." in answer, titles(member)) == (True, [])
    assert signed_in(member).get(page("withdraw", row)).status_code == 403


def test_a_published_report_brings_its_good_practice_and_a_correction_changes_and_withdraws_it() -> None:
    inspector = make_person(Role.INSPECTOR)
    report, area = uuid.uuid4(), make_area()
    one, two = uuid.uuid4(), uuid.uuid4()
    first = Found(one, area, "joint_direction", "Joint direction", "A joint unit. It sits together.")
    second = Found(two, None, "joint_direction", "Joint direction", "A" * 300)
    with as_person(inspector):
        assert keep_found(by=inspector, inspection=report, report="Inspection", number=1, found=[first, second]) == 2
    assert [len(title) <= 200 for title in titles(inspector)] == [True, True]
    changed = Found(one, area, "joint_direction", "Joint direction", "A joint unit of four. It sits together.")
    with as_person(inspector):
        keep_found(by=inspector, inspection=report, report="Inspection", number=2, found=[changed])
    assert titles(inspector) == ["A joint unit of four"]
    row = Practice.objects.get(finding=one)
    assert (row.source, row.report_number, row.came_from) == ("Inspection, version 2", 2, "inspection")
    assert Practice.objects.get(finding=two).why_withdrawn == "Version 2 of the report leaves it out."


def test_it_opens_to_each_role_as_the_table_of_permissions_says(member: User) -> None:
    row = added(member)
    for role in Role:
        user = make_person(role)
        browser = signed_in(user)
        reads, keeps = role in PERMISSIONS[Permission.READ_LESSONS], role in PERMISSIONS[Permission.KEEP_BOARD]
        found = [browser.get(LIST).status_code, browser.get(page("show", row)).status_code]
        assert (role, found) == (role, [200 if reads else 403] * 2)
        found = [getattr(browser, method)(page("withdraw", row)).status_code for method in ("get", "post")]
        assert (role, found) == (role, [200 if keeps else 403] * 2)
        with as_person(user):
            assert (role, Practice.objects.count()) == (role, int(reads))
    assert signed_in(member).get(reverse("good_practice:show", kwargs={"practice": uuid.uuid4()})).status_code == 404


@pytest.mark.parametrize("role", [Role.POLICE_OFFICER, Role.PARTNER_MEMBER, Role.AUDITOR])
def test_the_database_lets_nobody_else_write(role: Role) -> None:
    user = make_person(role)
    with as_person(user), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        a_practice_row(user, area=make_area())


def test_the_database_lets_nobody_delete_an_entry_or_move_it_to_another_area(member: User) -> None:
    added(member)
    for words in ("DELETE FROM good_practice_practice", "UPDATE good_practice_practice SET area_id = NULL"):
        refused = pytest.raises(DatabaseError, match="permission denied")
        with as_person(member), refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(words)


def test_the_library_asks_as_often_for_30_entries_as_for_1(member: User) -> None:
    browser = signed_in(member)
    added(member)
    one = queries_of(lambda: browser.get(LIST, {"words": "visit"}))
    for _ in range(29):
        added(member)
    assert queries_of(lambda: browser.get(LIST, {"words": "visit"})) == one
    assert "page=2" in browser.get(LIST, {"words": "visit"}).content.decode()
