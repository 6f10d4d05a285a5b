"""Figures of MAPPA: each against a count by hand, who sees which, the cases behind them, and the file."""

import csv
import random
import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import Area, User
from openmappa.audit.models import Event
from openmappa.cases.models import Case
from openmappa.coordination.queries.figures import Period, cases_behind, figures, period_asked, rules
from openmappa.core.access import PERMISSIONS, Permission, Rank, Role
from openmappa.core.inspection.proportions import Proportion
from openmappa.core.packs.mappa_figures_rules import FigureId
from tests.coordination.build import a_meeting_held, note
from tests.coordination.recount import recount
from tests.house.test_queries_constant import queries_of
from tests.timeline.build import ago, make_area, make_case, make_person, make_unit, signed_in, today, write

pytestmark = pytest.mark.django_db
SEED = 20050401
KINDS = ("meeting", "meeting", "meeting", "told", "police", "probation", "agreed", "completed", "plan", "level")


@pytest.fixture
def coordinator() -> User:
    return make_person(Role.MAPPA_COORDINATOR)


def counted(user: User, areas: list[Area], period: Period) -> dict[str, tuple[int, int]]:
    with as_person(user):
        found = figures(areas, period)
    return {row.rule.id.value: (row.now.k, row.now.n) for _, _, rows in found for row in rows}


def a_life(case: Case, dice: random.Random, staff: dict[str, User]) -> None:
    """A case's facts of three years, drawn at random, in order of their days."""
    coordinator, manager = staff["coordinator"], staff["manager"]
    if dice.random() < 0.9:
        write(
            case,
            "mappa_level_set",
            ago(dice.randrange(20, 900)),
            by=coordinator,
            level=dice.choice([1, 2, 2, 3]),
            category=1,
        )
    write(case, "order_started", ago(1100), by=manager, order="community_order")
    agreed: list[str] = []
    day = ago(dice.randrange(300, 1000))
    while (day := day + timedelta(days=dice.choice([7, 14, 28, 45, 46, 91, 135, 136]))) < today():
        kind = dice.choice(KINDS)
        if kind == "meeting":
            write(case, "mappa_meeting_held", day, by=coordinator, level=dice.choice([2, 3]))
        elif kind == "told":
            write(case, "offender_informed", day, by=manager)
        elif kind in ("police", "probation"):
            write(case, "minutes_filed", day, by=coordinator, service=kind)
        elif kind == "agreed":
            agreed.append(f"A{len(agreed) + 1}")
            due_on = day + timedelta(days=dice.choice([0, 14, 60]))
            write(case, "action_agreed", day, by=coordinator, action=agreed[-1], service="police", due_on=due_on)
        elif kind == "completed" and agreed:
            write(case, "action_completed", day, by=manager, action=dice.choice(agreed))
        elif kind == "plan":
            write(case, "plan_reviewed", day, by=manager)
        elif kind == "level":
            write(case, "mappa_level_set", day, by=coordinator, level=dice.choice([1, 2, 3]), category=1)
    if dice.random() < 0.1:
        write(case, "case_closed", ago(dice.randrange(1, 200)), by=manager)


def test_every_figure_is_what_counting_by_hand_gives(coordinator: User) -> None:
    dice = random.Random(SEED)
    staff = {"coordinator": coordinator, "manager": make_person(Role.LINE_MANAGER, rank=Rank.SERGEANT)}
    cases = [make_case() for _ in range(30)]
    for case in cases:
        a_life(case, dice, staff)
    other = make_area("eastmarch", "B")
    a_life(
        make_case(other),
        dice,
        {each: make_person(Role(person.role), area=other, rank=Rank.SERGEANT) for each, person in staff.items()},
    )
    for until in (today(), ago(1), ago(100), ago(365)):
        for months in (3, 12, 24):
            period = Period(months, until)
            assert counted(coordinator, [make_area()], period) == recount(cases, period), period
            assert counted(coordinator, [make_area(), other], period) == recount(cases, period), "its own area alone"


def test_attendance_a_chairs_day_and_a_plan_are_counted_by_hand_too(coordinator: User) -> None:
    manager, officer = make_person(Role.CASE_MANAGER), make_person(Role.POLICE_OFFICER)
    cases = [make_case(case_manager=manager, police_officer=officer) for _ in range(4)]
    for number, case in enumerate(cases):
        first = a_meeting_held(case, ago(200), by=coordinator, review_on=ago(120))
        note(first, manager, "attended", by=coordinator)
        note(first, officer, "deputy" if number % 2 else "attended", by=coordinator)
        if number:
            second = a_meeting_held(case, ago(120 - number % 2), by=coordinator, review_on=ago(-10))
            note(second, officer, "absent", by=coordinator)
    period = Period(12, today())
    found = counted(coordinator, [make_area()], period)
    with as_person(coordinator):
        assert found == recount(cases, period)
    assert found["case_manager"] == (4, 7)
    assert found["police_officer"] == (2, 7)
    assert found["sufficient"] == (1, 4)


def test_levels_and_reviews_are_parts_of_one_whole(coordinator: User) -> None:
    for level in (1, 2, 2, 3):
        write(make_case(), "mappa_level_set", ago(200), by=coordinator, level=level, category=1)
    write(make_case(), "mappa_level_set", ago(20), by=coordinator, level=2, category=1)
    found = counted(coordinator, [make_area()], Period(12, today()))
    assert [found[f"level_{level}"] for level in (1, 2, 3)] == [(1, 5), (3, 5), (1, 5)]
    assert found["none"] == (3, 3), "a level of 20 days is not yet judged, and Level 1 asks for no review"


def test_the_database_gives_counts_to_exactly_the_roles_that_see_figures(coordinator: User) -> None:
    write(make_case(), "mappa_level_set", ago(200), by=coordinator, level=2, category=1)
    sees = {
        role for role in Role if counted(make_person(role), [make_area()], Period(12, today()))["level_2"] == (1, 1)
    }
    assert sees == PERMISSIONS[Permission.VIEW_FIGURES]


def test_a_board_counts_its_own_area_and_an_inspector_without_one_every_area(coordinator: User) -> None:
    other = make_area("eastmarch", "B")
    far = make_person(Role.MAPPA_COORDINATOR, area=other)
    write(make_case(), "mappa_level_set", ago(200), by=coordinator, level=2, category=1)
    write(make_case(other), "mappa_level_set", ago(200), by=far, level=3, category=1)
    board, inspector = make_person(Role.SMB_MEMBER), make_person(Role.INSPECTOR)
    inspector.area = None
    inspector.save()
    both, period = [make_area(), other], Period(12, today())
    assert counted(board, both, period)["level_3"] == (0, 1)
    assert counted(board, [other], period)["level_3"] == (0, 0)
    assert counted(inspector, both, period)["level_3"] == (1, 2)


def behind(user: User, figure: str, *, among: bool) -> set[int]:
    rule = rules().figure(figure)
    assert rule is not None
    with as_person(user):
        return set(cases_behind(user, [make_area()], Period(12, today()), rule, among=among))


def test_the_cases_behind_a_figure_are_those_counted_and_only_those_the_reader_sees(coordinator: User) -> None:
    area = make_area()
    theirs, others = (
        make_case(),
        make_case(police_unit=make_unit(area, "police", 2), probation_unit=make_unit(area, "probation", 2)),
    )
    walled = make_case(restricted_contact=make_person(Role.LINE_MANAGER, unit=make_unit(area, "police", 3)))
    sergeant = make_person(Role.LINE_MANAGER, rank=Rank.SERGEANT)
    for case in (theirs, others):
        write(case, "mappa_level_set", ago(200), by=coordinator, level=2, category=1)
        write(case, "mappa_meeting_held", ago(60), by=coordinator, level=2)
    write(theirs, "minutes_filed", ago(50), by=coordinator, service="police")
    assert behind(coordinator, "level_2", among=True) == {theirs.pk, others.pk}
    assert behind(sergeant, "level_2", among=True) == {theirs.pk}
    assert behind(coordinator, "police_file", among=True) == {theirs.pk}
    assert behind(coordinator, "police_file", among=False) == {others.pk}
    assert behind(sergeant, "police_file", among=False) == set()
    assert walled.pk not in behind(coordinator, "none", among=True)


@pytest.mark.parametrize("figure", list(FigureId))
def test_every_figure_has_cases_behind_it_that_agree_with_its_count(coordinator: User, figure: FigureId) -> None:
    case = make_case()
    write(case, "mappa_level_set", ago(200), by=coordinator, level=2, category=1)
    write(case, "mappa_meeting_held", ago(60), by=coordinator, level=2)
    k, n = counted(coordinator, [make_area()], Period(12, today()))[figure.value]
    yes, no = behind(coordinator, figure.value, among=True), behind(coordinator, figure.value, among=False)
    assert len(yes) == (k > 0)
    assert yes | no == ({case.pk} if n and (k or figure.value not in PARTS) else set())


PARTS = {figure.id.value for figure in rules().figures if figure.of.parts_of_a_whole}


def text(page: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode()))


def test_the_page_shows_count_percentage_interval_and_the_report_and_no_name_to_the_board(coordinator: User) -> None:
    for number in range(10):
        case = make_case()
        write(case, "mappa_level_set", ago(200), by=coordinator, level=3 if number < 3 else 2, category=1)
    address = reverse("coordination:figures")
    for role in sorted(PERMISSIONS[Permission.VIEW_FIGURES]):
        response = signed_in(make_person(role)).get(address)
        shown = text(response.content)
        assert "30% 3 of 10 95% from 11% to 60% 14% 7.1" in shown, role
        assert "Testcase" not in shown
        assert "TST-" not in shown
        drills = reverse("coordination:behind", kwargs={"figure": "level_3"}) in response.content.decode()
        assert drills == (role in PERMISSIONS[Permission.FIND_CASE]), role


@pytest.mark.parametrize("role", sorted(Role))
def test_the_cases_behind_a_figure_open_to_those_who_see_figures_and_open_cases(role: Role, coordinator: User) -> None:
    write(make_case(), "mappa_level_set", ago(200), by=coordinator, level=3, category=1)
    response = signed_in(make_person(role)).get(reverse("coordination:behind", kwargs={"figure": "level_3"}))
    opens = role in PERMISSIONS[Permission.VIEW_FIGURES] & PERMISSIONS[Permission.FIND_CASE]
    assert response.status_code == (200 if opens else 403)
    assert (b"Testcase" in response.content) == opens


def test_a_figure_that_is_none_is_not_found_and_a_period_that_is_none_is_the_packs(coordinator: User) -> None:
    browser = signed_in(coordinator)
    assert browser.get(reverse("coordination:behind", kwargs={"figure": "teapot"})).status_code == 404
    assert period_asked("999", date(2005, 3, 31)) == Period(12, date(2005, 3, 31))
    assert period_asked("3", date(2005, 3, 31)).since == date(2005, 1, 1)
    assert period_asked("3", date(2005, 3, 31)).before == Period(3, date(2004, 12, 31))


def saved(browser: Client) -> str:
    answers = {"recipient": "The Strategic Management Board", "purpose": "Its meeting in May"}
    response = browser.post(reverse("coordination:export_figures"), answers)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/csv")
    return response.content.decode()


def test_the_file_hides_every_count_under_five_and_what_would_give_it_away(coordinator: User) -> None:
    for level, count in ((1, 7), (2, 6), (3, 2)):
        for _ in range(count):
            write(make_case(), "mappa_level_set", ago(20), by=coordinator, level=level, category=1)
    board = make_person(Role.SMB_MEMBER)
    file = saved(signed_in(board))
    rows = {row[0]: row[1:6] for row in csv.reader(file.splitlines()) if len(row) == 9}
    assert rows["Level 1"] == ["7", "15", "47", "25", "70"]
    assert rows["Level 2"] == rows["Level 3"] == ["hidden", "15", "hidden", "hidden", "hidden"]
    assert rows["Minutes on the police file"] == ["hidden"] * 5
    assert "TST-" not in file
    assert "The Strategic Management Board" in file
    event = Event.objects.get(verb="export MAPPA figures", by_id=board.pk)
    assert (event.operation, event.recipient, event.case_ids) == ("disclosure", "The Strategic Management Board", [])


def test_the_page_asks_as_often_for_30_cases_as_for_1(coordinator: User) -> None:
    def life() -> None:
        case = make_case()
        write(case, "mappa_level_set", ago(200), by=coordinator, level=2, category=1)
        write(case, "mappa_meeting_held", ago(60), by=coordinator, level=2)

    browser = signed_in(coordinator)
    addresses = [reverse("coordination:figures"), reverse("coordination:behind", kwargs={"figure": "level_2"})]
    found = []
    for count in (1, 29):
        for _ in range(count):
            life()
        for address in addresses:
            found.append(queries_of(lambda: browser.get(address)))  # noqa: B023
    assert found[:2] == found[2:]


def test_a_percentage_of_nought_is_not_said(coordinator: User) -> None:
    shown = text(signed_in(coordinator).get(reverse("coordination:figures")).content)
    assert "None to count" in shown
    assert "None%" not in shown
    assert Proportion(0, 0).percentage is None
