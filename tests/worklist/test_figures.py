"""The figures: counts for those who may see them, a percentage never without its count, and never a name."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import Area, User
from openmappa.accounts.queries import areas_for
from openmappa.core.access import Permission, Role
from openmappa.timeline.models import Duty
from openmappa.worklist.queries.figures import Figures, figures, together
from tests.worklist.made import a_case, a_person_with, ago, an_area, happened, signed_in, supervised_since, today

pytestmark = pytest.mark.django_db


def duty_rows(area: Area, standard: str, *dates: tuple[int, int | None, int | None]) -> None:
    """Duties by days ago: due, met, closed."""
    case = a_case(family="Secretname", area=area)
    for number, (due, met, closed) in enumerate(dates):
        Duty.objects.create(
            case=case,
            area=area,
            standard=standard,
            of="case_manager",
            opened_on=ago(400 + number),
            due_on=ago(due),
            met_on=None if met is None else ago(met),
            closed_on=None if closed is None else ago(closed),
            because_kind="condition",
            because_on=ago(400 + number),
        )


def counted(areas: list[Area], days_on: int = 0) -> list[Figures]:
    """The figures as the area's coordinator gets them."""
    with as_person(a_person_with(Role.MAPPA_COORDINATOR, area=areas[0])):
        return figures(areas, today() + timedelta(days=days_on))


ALL_SIX = (
    (10, 10, None),  # met on its day
    (10, 11, None),  # met before
    (10, 9, None),  # met a day late
    (0, None, None),  # due today
    (1, None, None),  # overdue by a day
    (10, None, 10),  # closed on its day: lapsed
    (10, None, 9),  # closed a day after: missed
)


def row(area: Area, title: str) -> Figures:
    return next(each for each in counted([area]) if each.title == title)


def test_each_duty_counts_once_by_its_outcome_today() -> None:
    duty_rows(an_area(), "plan-review", *ALL_SIX)
    found = row(an_area(), "Supervision plan review")
    assert (found.met, found.met_late, found.due, found.overdue, found.lapsed, found.missed) == (2, 1, 1, 1, 1, 1)
    assert (found.judged, found.percentage) == (5, 40)
    assert found.source == "6.7"


def test_every_standard_has_a_row_and_the_last_adds_them_up() -> None:
    duty_rows(an_area(), "plan-review", *ALL_SIX)
    duty_rows(an_area(), "oasys-review", (10, 10, None))
    rows = counted([an_area()])
    assert len(rows) == 23
    assert (together(rows).met, together(rows).judged, together(rows).percentage) == (3, 6, 50)


@pytest.mark.parametrize(("met", "late", "percentage"), [(0, 0, None), (1, 2, 33), (2, 1, 67), (1, 7, 13), (5, 0, 100)])
def test_the_percentage_is_to_the_nearest_whole_one(met: int, late: int, percentage: int | None) -> None:
    assert Figures("x", met=met, met_late=late).percentage == percentage


def test_due_tomorrow_and_due_today_are_due() -> None:
    duty_rows(an_area(), "plan-review", (-1, None, None), (0, None, None))
    assert row(an_area(), "Supervision plan review").due == 2
    assert counted([an_area()], days_on=2)[4].overdue == 2


@pytest.mark.parametrize("role", list(Role))
def test_only_those_who_may_see_figures_see_them(role: Role) -> None:
    duty_rows(an_area(), "plan-review", *ALL_SIX)
    person = a_person_with(role)
    answer = signed_in(person).get("/figures/")
    assert answer.status_code == (200 if person.may(Permission.VIEW_FIGURES) else 403)
    assert "Secretname" not in answer.content.decode()
    assert "TST-" not in answer.content.decode()


def test_a_percentage_stands_beside_its_count_and_nothing_judged_has_none() -> None:
    duty_rows(an_area(), "plan-review", *ALL_SIX)
    page = signed_in(a_person_with(Role.SMB_MEMBER)).get("/figures/").content.decode()
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert text.count("%") == 2
    assert text.count("40% 2 of 5") == 2
    assert text.count("None judged yet") == 22


def somebody_everywhere(role: Role) -> User:
    person = a_person_with(role)
    person.area, person.unit = None, None
    person.save()
    return person


def test_an_area_sees_its_own_figures_only_and_an_inspector_all_or_one() -> None:
    duty_rows(an_area(), "plan-review", *ALL_SIX)
    duty_rows(an_area("eastmarch", "B"), "plan-review", (10, 10, None))
    board, inspector = a_person_with(Role.SMB_MEMBER), somebody_everywhere(Role.INSPECTOR)
    assert [area.code for area in areas_for(board)] == ["northshire"]
    assert "40%" in signed_in(board).get("/figures/?area=eastmarch").content.decode()
    assert "3 of 6" in signed_in(inspector).get("/figures/").content.decode()
    assert "1 of 1" in signed_in(inspector).get("/figures/?area=eastmarch").content.decode()
    assert "3 of 6" in signed_in(inspector).get("/figures/?area=nowhere").content.decode()


def test_a_board_member_of_no_area_is_told_whom_to_ask() -> None:
    assert signed_in(somebody_everywhere(Role.SMB_MEMBER)).get("/figures/").status_code == 403


def test_the_figures_take_as_many_queries_for_thirty_cases_as_for_one() -> None:
    client = signed_in(a_person_with(Role.AUDITOR))

    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert client.get("/figures/").status_code == 200
        return len(counted)

    happened(a_case(), *supervised_since(ago(200)))
    queries()  # the first request of a session does more
    one = queries()
    for _ in range(29):
        happened(a_case(), *supervised_since(ago(200)))
    assert queries() == one
