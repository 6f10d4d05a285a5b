"""Who reads and keeps a board: each role at each page of a row, in its own area and another; and the same in SQL."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.core.access import PERMISSIONS, Permission, Role
from tests.board.build import WholeBoard, a_board_meeting, a_decision, a_seat, a_whole_board
from tests.house.who_opens import BOARD, COORDINATOR, SEES_FIGURES
from tests.timeline.build import make_area, make_person, signed_in

pytestmark = pytest.mark.django_db

READ = ("meeting", "plan_of", "action")
KEPT = (
    *("change_member", "end_member", "note_attendance", "notes", "decide", "call_off", "agree_plan", "add_aim"),
    *("add_action", "progress", "note_report", "answer"),
)
TABLES = (
    *("member", "boardmeeting", "attendance", "decision", "businessplan", "aim", "businessaction", "businessnote"),
    *("otherbody", "exchange"),
)


def person(role: str, area: str = "northshire") -> User:
    return make_person(Role(role), area=make_area(area, "A" if area == "northshire" else "B"))


def status(user: User, board: WholeBoard, name: str, method: str = "get") -> int:
    address = reverse(f"board:{name}", kwargs=board.parts(name))
    return int(getattr(signed_in(user), method)(address).status_code)


def test_every_role_reads_and_keeps_the_board_of_its_area_as_the_table_says() -> None:
    board = a_whole_board()
    found, expected = {}, {}
    for role in sorted(each.value for each in Role):
        user = person(role)
        reads, keeps = role in SEES_FIGURES, role in {COORDINATOR, BOARD}
        for name in READ:
            found[role, name] = status(user, board, name)
            expected[role, name] = 200 if reads else 403
        for name in KEPT:
            for method in ("get", "post"):
                found[role, name, method] = status(user, board, name, method)
                if name == "notes" and method == "post" and keeps:
                    expected[role, name, method] = 302  # nothing has to be written
                elif name == "note_attendance" and method == "post" and keeps:
                    expected[role, name, method] = 302
                else:
                    expected[role, name, method] = 200 if keeps else 403
        found[role, "close"] = status(user, board, "close")
        expected[role, "close"] = 405
    wrong = {key: (found[key], expected[key]) for key in found if found[key] != expected[key]}
    assert wrong == {}


def test_only_those_who_keep_it_close_a_meeting_and_the_seat_must_be_accounted_for() -> None:
    board = a_whole_board()
    for role in sorted({each.value for each in Role} - {COORDINATOR, BOARD}):
        assert (role, status(person(role), board, "close", "post")) == (role, 403)
    a_seat(board.area, board.by, name="Second Sample", agency=None, kind="lay")
    assert status(person(BOARD), board, "close", "post") == 422
    assert status(person(BOARD, "eastmarch"), board, "close", "post") == 404


def test_the_board_of_another_area_is_not_there_and_one_without_an_area_reads_all() -> None:
    board = a_whole_board()
    for role in sorted(SEES_FIGURES):
        stranger = person(role, "eastmarch")
        assert {name: status(stranger, board, name) for name in READ} == dict.fromkeys(READ, 404), role
        if role in (COORDINATOR, BOARD):
            assert {name: status(stranger, board, name) for name in KEPT} == dict.fromkeys(KEPT, 404), role
        for page in ("home", "members", "meetings", "attendance", "plan", "links"):
            answer = signed_in(stranger).get(reverse(f"board:{page}") + "?area=northshire").content.decode()
            assert ("Eastmarch" in answer, "Chief Sample" in answer) == (True, False), (role, page)
    inspector = person("inspector")
    inspector.area = inspector.unit = None
    inspector.save()
    assert {name: status(inspector, board, name) for name in READ} == dict.fromkeys(READ, 200)
    page = signed_in(inspector).get(reverse("board:members") + "?area=northshire").content.decode()
    assert "Chief Sample" in page


def rows(user: User) -> dict[str, int]:
    with as_person(user), connection.cursor() as cursor:
        found = {}
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM board_{table}")
            found[table] = int((cursor.fetchone() or (0,))[0])
        return found


def test_the_database_shows_a_board_to_those_who_see_figures_of_its_area_alone() -> None:
    a_whole_board()
    reads = {role.value for role in PERMISSIONS[Permission.VIEW_FIGURES]}
    assert reads == SEES_FIGURES
    for role in Role:
        own = dict.fromkeys(TABLES, 1 if role.value in reads else 0)
        assert (role, rows(person(role.value))) == (role, own)
        assert (role, rows(person(role.value, "eastmarch"))) == (role, dict.fromkeys(TABLES, 0))


def test_the_database_lets_those_who_keep_a_board_write_in_their_own_area_alone() -> None:
    board = a_whole_board()
    east = a_whole_board(make_area("eastmarch", "B"))
    keeps = {role for role in Role if role in PERMISSIONS[Permission.KEEP_BOARD]}
    assert {role.value for role in keeps} == {COORDINATOR, BOARD}
    written = {}
    for role in sorted(Role):
        user = person(role.value)
        for name, area, meeting in (("own", board.area, board.meeting), ("other", east.area, east.meeting)):
            try:
                with transaction.atomic(), as_person(user):
                    a_board_meeting(area, user, on="2001-01-01")
                    a_decision(meeting, user, number=9)
                    written[role, name] = True
                    transaction.set_rollback(True)
            except DatabaseError:
                written[role, name] = False
    assert {key for key, wrote in written.items() if wrote} == {(role, "own") for role in keeps}
