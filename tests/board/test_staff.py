"""What explains a fall: staff in post, absences and caseload, each against a record made by hand; who sees it."""

import re
from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import Cover, User
from openmappa.board.queries.staff import Staff, staff, standards_of_staff
from openmappa.core.access import PERMISSIONS, Permission, Role
from openmappa.people.models import Posting
from tests.board.test_on_time import a_duty
from tests.house.test_queries_constant import queries_of
from tests.timeline.build import ago, make_area, make_case, make_person, signed_in, today, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> User:
    return make_person(Role.MAPPA_COORDINATOR)


def found(user: User, standard: str = "home-visit") -> Staff:
    with as_person(user):
        return staff(make_area(), standard, today())


def entry(person: User, kind: str, on: date, **before: object) -> None:
    """An entry of joining, moving or leaving that was decided on a day."""
    at = timezone.make_aware(datetime.combine(on, time(12)))
    by = make_person(Role.ADMINISTRATOR)
    plain = {"name": person.full_name, "role": person.role, "area": person.area, "rank": "", "reason": "x"}
    Posting.objects.create(
        person=person, kind=kind, state="done", asked_by=by, decided_by=by, decided_at=at, **(plain | before)
    )


def away(person: User, from_on: date, until_on: date, **ended: object) -> None:
    by = make_person(Role.ADMINISTRATOR)
    covering = make_person(Role.POLICE_OFFICER, area=make_area("eastmarch", "B"))
    Cover.objects.create(
        absent=person, covering=covering, from_on=from_on, until_on=until_on, reason="Ill", arranged_by=by, **ended
    )


def test_in_post_is_whoever_was_there_on_the_last_day_of_the_quarter(coordinator: User) -> None:
    empty = [line.in_post for line in found(coordinator).lines]
    assert empty == [0] * 8
    stayed, joined, moved, left = (make_person(Role.POLICE_OFFICER) for _ in range(4))
    make_person(Role.POLICE_OFFICER, area=make_area("eastmarch", "B"))
    make_person(Role.CASE_MANAGER)
    third, fifth, last = (found(coordinator).lines[place].span for place in (2, 4, 7))
    entry(joined, "joined", fifth.since)
    entry(moved, "moved", third.since, role_before="case_manager", area_before=make_area())
    entry(left, "left", fifth.since, role_before="police_officer", area_before=make_area())
    User.objects.filter(pk=left.pk).update(is_active=False)
    entry(stayed, "confirmed", last.since, role_before="police_officer", area_before=make_area())
    assert [line.in_post for line in found(coordinator).lines] == [2, 2, 3, 3, 3, 3, 3, 3]
    assert [line.in_post for line in found(coordinator, "plan-review").lines] == [2, 2, 1, 1, 1, 1, 1, 1]


def test_days_away_are_those_that_somebody_was_covered_for_each_once(coordinator: User) -> None:
    officer = make_person(Role.POLICE_OFFICER)
    quarter = found(coordinator).lines[5].span
    days = (quarter.until - quarter.since).days + 1
    away(officer, quarter.since - timedelta(days=5), quarter.since + timedelta(days=9))
    away(officer, quarter.since + timedelta(days=5), quarter.since + timedelta(days=14))
    ended = quarter.until - timedelta(days=3)
    by = make_person(Role.ADMINISTRATOR)
    away(officer, quarter.until - timedelta(days=6), quarter.until + timedelta(days=50), ended_on=ended, ended_by=by)
    lines = found(coordinator).lines
    assert [line.away_days for line in lines] == [0, 0, 0, 0, 5, 15 + 3, 0, 0]
    assert lines[5].away == pytest.approx(100 * 18 / days)


def test_cases_held_are_open_ones_that_name_somebody_of_the_role(coordinator: User) -> None:
    officer = make_person(Role.POLICE_OFFICER)
    lines = found(coordinator).lines
    one, two, nobodys = make_case(police_officer=officer), make_case(police_officer=officer), make_case()
    write(one, "registered", lines[1].span.since)
    write(two, "registered", lines[3].span.until)
    write(nobodys, "registered", lines[0].span.since)
    other = make_case(make_area("eastmarch", "B"), police_officer=officer)
    write(other, "registered", lines[0].span.since)
    write(one, "case_closed", lines[6].span.since, by=make_person(Role.LINE_MANAGER))
    lines = found(coordinator).lines
    assert [line.cases for line in lines] == [0, 1, 1, 2, 2, 2, 1, 1]
    assert [line.each for line in lines] == [0, 1, 1, 2, 2, 2, 1, 1]
    assert [line.cases for line in found(coordinator, "plan-review").lines] == [0] * 8
    assert found(coordinator, "plan-review").lines[0].each is None


def test_a_fall_is_one_only_where_chance_would_hardly_give_it(coordinator: User) -> None:
    lines = found(coordinator).lines
    case = make_case()
    for place, met in ((5, 20), (6, 4)):
        for number in range(20):
            due = lines[place].span.since + timedelta(days=number)
            a_duty(case, due, "home-visit", **({"met_on": due} if number < met else {}))
    assert [line.fell for line in found(coordinator).lines] == [False] * 6 + [True, False]
    shown = text(signed_in(coordinator).get(reverse("board:staff") + "?standard=home-visit").content)
    assert "80 points fewer" in shown


def text(page: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode()))


def test_the_overview_leads_from_a_standard_that_fell_to_what_explains_it(coordinator: User) -> None:
    case = make_case()
    for back, met in ((30, 4), (120, 20)):
        for number in range(20):
            a_duty(case, ago(back + number), "home-visit", **({"met_on": ago(back + number)} if number < met else {}))
    page = signed_in(coordinator).get(reverse("board:overview") + "?months=3").content.decode()
    assert f"{reverse('board:staff')}?standard=home-visit" in page
    assert f"{reverse('board:staff')}?standard=plan-review" not in page


def test_counts_are_of_an_area_whose_figures_the_reader_sees_and_name_nobody() -> None:
    make_person(Role.POLICE_OFFICER)
    for role in sorted(Role):
        user = make_person(role)
        sees = role in PERMISSIONS[Permission.VIEW_FIGURES]
        lines = found(user).lines
        assert (lines[-1].in_post > 0) == sees, role
        page = signed_in(user).get(reverse("board:staff"))
        assert page.status_code == (200 if sees else 403), role
        if sees:
            assert "Officer Sample" not in text(page.content).replace(user.full_name, "")
    stranger = make_person(Role.SMB_MEMBER, area=make_area("eastmarch", "B"))
    assert [line.in_post for line in found(stranger).lines] == [0] * 8


@pytest.mark.parametrize("standard", ["teapot", "mappa-review", ""])
def test_another_standard_gives_the_first_that_is_the_work_of_people_who_hold_cases(
    coordinator: User, standard: str
) -> None:
    page = signed_in(coordinator).get(reverse("board:staff"), {"standard": standard})
    assert next(iter(standards_of_staff().values())) in text(page.content)
    with pytest.raises(KeyError):
        found(coordinator, standard)


def test_the_page_asks_as_often_for_30_cases_as_for_1(coordinator: User) -> None:
    browser, numbers = signed_in(coordinator), []
    for count in (1, 29):
        for _ in range(count):
            write(make_case(police_officer=make_person(Role.POLICE_OFFICER)), "registered", ago(100))
        numbers.append(queries_of(lambda: browser.get(reverse("board:staff"))))
    assert numbers[0] == numbers[1]
