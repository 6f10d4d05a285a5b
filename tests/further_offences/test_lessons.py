"""Lessons: shared with those whom they are for, acknowledged by them, counted for the board."""

from functools import partial
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.core.access import PERMISSIONS, Permission, Role
from openmappa.core.inspection.proportions import Proportion
from openmappa.further_offences.errors import NotTheirs
from openmappa.further_offences.models.acknowledgement import LessonAcknowledgement
from openmappa.further_offences.models.lesson import Lesson
from openmappa.further_offences.queries.lessons import lesson_stands, lessons_stand
from openmappa.further_offences.services.lessons import acknowledge_lesson, share_lesson
from openmappa.notices.models import Notice
from tests.further_offences.build import a_lesson_row, opened
from tests.house.test_queries_constant import queries_of
from tests.timeline.build import make_area, make_case, make_person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> User:
    return make_person(Role.MAPPA_COORDINATOR)


def shared(by: User, **more: Any) -> Lesson:
    row = a_lesson_row(opened(by, make_case()), by, **more)
    with as_person(by):
        return share_lesson(by=by, lesson=row)


def page(lesson: Lesson) -> str:
    return reverse("further_offences:one_lesson", kwargs={"lesson": lesson.key})


def test_sharing_tells_the_staff_of_the_area_whom_the_lesson_is_for_and_nobody_else(coordinator: User) -> None:
    officer, manager = make_person(Role.POLICE_OFFICER), make_person(Role.CASE_MANAGER)
    elsewhere = make_person(Role.POLICE_OFFICER, area=make_area("eastmarch", "B"))
    gone = make_person(Role.POLICE_OFFICER)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    row = shared(coordinator, audience="police")
    told = set(Notice.objects.filter(kind="lesson").values_list("to", flat=True))
    assert officer.pk in told
    assert {manager.pk, elsewhere.pk, gone.pk} & told == set()
    with as_person(coordinator):
        share_lesson(by=coordinator, lesson=row)
    assert Notice.objects.filter(kind="lesson", to=officer).count() == 1, "told once"
    assert {one.sentence in notice.words for one in [row] for notice in Notice.objects.filter(kind="lesson")} == {False}


@pytest.mark.parametrize(
    ("audience", "asked"),
    [
        ("police", {"police"}),
        ("probation", {"probation"}),
        ("prison", {"prison"}),
        ("partners", {"partner"}),
        ("coordination", {"coordinator"}),
        ("everybody", {"police", "probation", "prison", "partner", "coordinator"}),
    ],
)
def test_who_is_asked_follows_from_the_audience(coordinator: User, audience: str, asked: set[str]) -> None:
    people = {
        "police": make_person(Role.POLICE_OFFICER),
        "probation": make_person(Role.CASE_MANAGER),
        "prison": make_person(Role.PARTNER_MEMBER, kind="prison"),
        "partner": make_person(Role.PARTNER_MEMBER, kind="partner"),
        "coordinator": make_person(Role.MAPPA_COORDINATOR, kind="partner"),
        "board": make_person(Role.SMB_MEMBER, kind="partner"),
        "administrator": make_person(Role.ADMINISTRATOR, kind="police"),
    }
    if audience == "partners":
        asked = asked | {"coordinator"}  # this one works for a partner agency
    row = shared(coordinator, audience=audience)
    with as_person(coordinator):
        found = {one.person.pk for one in lesson_stands(row).asked}
    assert {name for name, user in people.items() if user.pk in found} == asked


def test_it_is_acknowledged_once_and_who_has_not_comes_first(coordinator: User) -> None:
    officers = [make_person(Role.POLICE_OFFICER) for _ in range(3)]
    manager = make_person(Role.CASE_MANAGER)
    row = shared(coordinator, audience="police")
    browser = signed_in(officers[0])
    assert "For you to read" in browser.get("/lessons/").content.decode()
    assert "I have read it" in browser.get(page(row)).content.decode()
    assert browser.post(page(row)).status_code == 302
    assert "For you to read" not in browser.get("/lessons/").content.decode()
    assert "You have acknowledged this lesson" in browser.get(page(row)).content.decode()
    assert Notice.objects.filter(to=officers[0], kind="lesson", read_at__isnull=True).count() == 0
    with as_person(officers[0]):
        acknowledge_lesson(by=officers[0], lesson=row)
    assert LessonAcknowledgement.objects.count() == 1
    with as_person(coordinator):
        stands = lesson_stands(row)
    assert stands.acknowledged.k == 1
    assert [one.person == officers[0] for one in stands.asked][-1]
    with as_person(manager), pytest.raises(NotTheirs):
        acknowledge_lesson(by=manager, lesson=row)
    later = make_person(Role.POLICE_OFFICER)
    with as_person(coordinator):
        assert (later, None) in [(one.person, one.acknowledged_at) for one in lesson_stands(row).asked]


def test_the_board_reads_counts_by_agency_and_managers_read_names(coordinator: User) -> None:
    officer = make_person(Role.POLICE_OFFICER)
    row = shared(coordinator, audience="police")
    with as_person(officer):
        acknowledge_lesson(by=officer, lesson=row)
    member, line = make_person(Role.SMB_MEMBER, kind="partner"), make_person(Role.LINE_MANAGER)
    with as_person(member):
        (stands,) = lessons_stand(row.area)
    assert (stands.by_agency[0][1].k, stands.acknowledged) == (1, Proportion(1, len(stands.asked)))
    pages = {name: signed_in(user).get(page(row)).content.decode() for name, user in (("b", member), ("l", line))}
    assert {name: "Person by person" in text for name, text in pages.items()} == {"b": False, "l": True}
    home = signed_in(member).get(reverse("board:home")).content.decode()
    assert (row.sentence in home, f"1 of {len(stands.asked)}" in home, officer.full_name in home) == (True, True, False)
    auditor = signed_in(make_person(Role.AUDITOR)).get(reverse("board:home")).content.decode()
    assert (row.sentence in auditor, page(row) in auditor) == (True, False)


def test_a_lesson_opens_to_each_role_as_the_table_of_permissions_says(coordinator: User) -> None:
    row, own = shared(coordinator), a_lesson_row(opened(coordinator, make_case()), coordinator)
    reads, asked = PERMISSIONS[Permission.READ_LESSONS], PERMISSIONS[Permission.ACKNOWLEDGE_LESSON]
    for role in Role:
        user = make_person(role, area=make_area("eastmarch", "B"))
        got = [signed_in(user).get(page(each)).status_code for each in (row, own)]
        assert (role, got) == (role, [200, 404] if role in reads else [403, 403])
        wanted = 403 if role in reads or role not in asked else 302
        assert (role, signed_in(user).post(page(row)).status_code) == (role, wanted), "of another area: not asked"


def test_the_database_keeps_who_read_what_to_them_and_those_who_see_figures(coordinator: User) -> None:
    officer, colleague = make_person(Role.POLICE_OFFICER), make_person(Role.POLICE_OFFICER)
    row = shared(coordinator, audience="police")
    with as_person(officer):
        acknowledge_lesson(by=officer, lesson=row)
    found = {}
    for role in Role:
        with as_person(make_person(role)):
            found[role] = LessonAcknowledgement.objects.count()
    assert found == {role: int(role in PERMISSIONS[Permission.VIEW_FIGURES]) for role in Role}
    stranger = make_person(Role.LINE_MANAGER, area=make_area("eastmarch", "B"))
    with as_person(stranger):
        assert LessonAcknowledgement.objects.count() == 0
    with as_person(officer):
        assert LessonAcknowledgement.objects.count() == 1
    for statement in ("DELETE FROM", "UPDATE"):
        words = f"{statement} further_offences_lessonacknowledgement" + (" SET id = id" if "UPD" in statement else "")
        refused = pytest.raises(DatabaseError, match="permission denied")
        with as_person(officer), refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(words)
    with as_person(officer), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        LessonAcknowledgement.objects.create(lesson=row, person=colleague, acknowledged_at=row.shared_at)


def test_the_list_and_the_boards_page_ask_as_often_for_30_lessons_as_for_1(coordinator: User) -> None:
    review = opened(coordinator, make_case())
    browser = signed_in(coordinator)
    pages = ("/lessons/", reverse("board:home"))

    def asked() -> list[int]:
        return [queries_of(partial(browser.get, each)) for each in pages]

    shared(coordinator)
    one = asked()
    for number in range(29):
        row = a_lesson_row(review, coordinator, sentence=f"Lesson number {number}.")
        with as_person(coordinator):
            share_lesson(by=coordinator, lesson=row)
    assert asked() == one
