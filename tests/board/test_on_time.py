"""Live tables: each against a count by hand, who sees which, the cases behind a row, and the file."""

import csv
import random
import re
from collections import Counter
from datetime import date, timedelta

import pytest
from django.urls import reverse

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import Area, User
from openmappa.audit.models import Event
from openmappa.board.queries.on_time import Asked, LiveTable, cases_behind, live_table
from openmappa.board.queries.rows import RowsBy
from openmappa.cases.models import Case
from openmappa.core.access import PERMISSIONS, Permission, Rank, Role
from openmappa.core.inspection.on_time import AGES_FROM, Counts, Step
from openmappa.core.standards.duties import Outcome, outcome_on
from openmappa.timeline.models import Duty, Standing
from tests.house.test_queries_constant import queries_of
from tests.timeline.build import ago, make_area, make_case, make_person, make_unit, signed_in, today

pytestmark = pytest.mark.django_db
JUDGED = (Outcome.MET, Outcome.MET_LATE, Outcome.MISSED, Outcome.OVERDUE)


@pytest.fixture
def coordinator() -> User:
    return make_person(Role.MAPPA_COORDINATOR)


def asked(areas: list[Area], by: RowsBy = RowsBy.ALL, **answers: object) -> Asked:
    usual: dict[str, object] = {
        "standard": "",
        "step": Step.QUARTER,
        "since": ago(700),
        "until": today(),
        "on": today(),
    }
    return Asked(areas=areas, every_area=False, by=by, **(usual | answers))  # type: ignore[arg-type]


def a_duty(case: Case, due_on: date, standard: str = "plan-review", /, **dates: date) -> Duty:
    """A duty with these dates, as if it had been derived."""
    row = {"opened_on": due_on - timedelta(days=30), "because_on": due_on - timedelta(days=30)} | dates
    return Duty.objects.create(
        case=case, area=case.area, standard=standard, of="case_manager", due_on=due_on, because_kind="condition", **row
    )


def a_case(dice: random.Random, area: Area) -> Case:
    """A case of some age, ethnicity, sex, band, risk of harm and level, with duties that became this or that."""
    case = make_case(area, probation_unit=make_unit(area, "probation", dice.choice([1, 2])))
    person = case.person
    person.born_on = date(dice.randrange(1940, 2006), dice.randrange(1, 13), dice.randrange(1, 29))
    person.sex, person.ethnicity = dice.choice(["male", "female"]), dice.choice(["white_british", "black_african", ""])
    person.save()
    Standing.objects.create(
        case=case,
        band=dice.choice(["", "low", "very_high"]),
        harm_level=dice.choice(["", "high"]),
        mappa_level=dice.choice([None, 1, 2]),
    )
    for due in dice.sample(range(-20, 800), 8):
        a_duty(case, ago(due), dice.choice(["plan-review", "home-visit", "isp-start"]), **_became(ago(due), dice))
    return case


def _became(due_on: date, dice: random.Random) -> dict[str, date]:
    opened_on = due_on - timedelta(days=dice.choice([-9, 30]))  # an action may be written down after it was due
    ended = max(opened_on, due_on + timedelta(days=dice.choice([-9, -1, 0, 1, 40])))
    return {"opened_on": opened_on} | dice.choice([{"met_on": ended}, {"met_on": ended}, {"closed_on": ended}, {}])


def key_of(duty: Duty, by: RowsBy) -> str:
    """The row a duty stands in, said again in Python."""
    case, standing = duty.case, Standing.objects.filter(case=duty.case).first() or Standing()
    born_on = case.person.born_on
    age = duty.due_on.year - born_on.year - ((duty.due_on.month, duty.due_on.day) < (born_on.month, born_on.day))
    return str(
        {
            RowsBy.ALL: "",
            RowsBy.STANDARD: duty.standard,
            RowsBy.AREA: duty.area_id,
            RowsBy.FORCE: case.force,
            RowsBy.UNIT: case.probation_unit_id,
            RowsBy.LEVEL: standing.mappa_level or "",
            RowsBy.BAND: standing.band,
            RowsBy.HARM: standing.harm_level,
            RowsBy.ETHNICITY: case.person.ethnicity,
            RowsBy.SEX: case.person.sex,
            RowsBy.AGE: sum(first <= age for first in AGES_FROM),
        }[by]
    )


def by_hand(cases: list[Case], question: Asked) -> dict[tuple[str, int], Counts]:
    """The cells of a table, counted from the duties one by one."""
    found: Counter[tuple[str, int, Outcome]] = Counter()
    judged = Duty.objects.filter(case__in=cases)
    for duty in judged.filter(standard=question.standard) if question.standard else judged:
        place = next((at for at, each in enumerate(question.spans) if each.since <= duty.due_on <= each.until), None)
        if place is None or duty.due_on >= question.on or duty.opened_on > question.on:
            continue
        met, closed = (day if day and day <= question.on else None for day in (duty.met_on, duty.closed_on))
        found[key_of(duty, question.by), place, outcome_on(question.on, duty.due_on, met, closed)] += 1
    cells = {(row, place) for row, place, outcome in found if outcome in JUDGED}
    return {cell: Counts(*(found[*cell, outcome] for outcome in JUDGED)) for cell in cells}


def table(user: User, question: Asked) -> LiveTable:
    with as_person(user):
        return live_table(question)


@pytest.mark.parametrize("by", RowsBy)
def test_every_table_is_what_counting_by_hand_gives(coordinator: User, by: RowsBy) -> None:
    dice, area, other = random.Random(by.value), make_area(), make_area("eastmarch", "B")
    cases = [a_case(dice, area) for _ in range(12)]
    a_case(dice, other)
    for step, on in ((Step.MONTH, today()), (Step.QUARTER, ago(90)), (Step.YEAR, ago(400))):
        for standard in ("", "plan-review"):
            question = asked([area, other], by, standard=standard, step=step, on=on)
            found = table(coordinator, question)
            with as_person(coordinator):
                assert found.table.cells == by_hand(cases, question), "its own area alone"
    assert set(found.names) == {row for row, _ in found.table.cells}


def test_an_age_is_right_on_every_day_around_a_birthday(coordinator: User) -> None:
    area, last_year = make_area(), today().year - 1
    birthdays = [(date(last_year - age, 6, 1), date(last_year, 6, 1)) for age in AGES_FROM]
    leap_days = [
        (year - age, year) for year in range(last_year - 3, last_year + 1) for age in AGES_FROM if (year - age) % 4 == 0
    ]
    birthdays += [(date(born, 2, 29), date(year, 3, 1)) for born, year in leap_days]
    assert len(leap_days) >= 3
    cases = []
    for born_on, birthday in birthdays:
        case = make_case(area)
        case.person.born_on = born_on
        case.person.save()
        cases.append(case)
        for days in range(-6, 7):
            due_on = birthday + timedelta(days=days)
            a_duty(case, due_on, met_on=due_on)
    question = asked([area], RowsBy.AGE, since=date(last_year - 4, 1, 1), step=Step.YEAR)
    found = table(coordinator, question)
    with as_person(coordinator):
        expected = by_hand(cases, question)
    assert found.table.cells == expected
    assert found.table.whole.met == 13 * len(birthdays)


def test_a_duty_counts_from_the_day_after_it_was_due_by_what_became_of_it(coordinator: User) -> None:
    case = make_case()
    a_duty(case, ago(-3), met_on=ago(2))  # not due yet
    a_duty(case, ago(0), "isp-start")  # due today
    a_duty(case, ago(9), met_on=ago(9))
    a_duty(case, ago(10), met_on=ago(4))
    a_duty(case, ago(11), closed_on=ago(9))
    a_duty(case, ago(12), closed_on=ago(12))  # lapsed
    a_duty(case, ago(13))
    question = asked([case.area], since=ago(60), until=ago(-60))
    assert table(coordinator, question).table.whole == Counts(met=1, met_late=1, missed=1, overdue=1)


def test_as_it_stood_on_a_day_later_deeds_do_not_exist(coordinator: User) -> None:
    case = make_case()
    a_duty(case, ago(100), met_on=ago(50))
    a_duty(case, ago(101), closed_on=ago(50))
    for on, counts in ((ago(51), Counts(overdue=2)), (ago(50), Counts(met_late=1, missed=1)), (ago(101), Counts())):
        assert table(coordinator, asked([case.area], on=on)).table.whole == counts, on


def test_the_database_gives_counts_to_exactly_the_roles_that_see_figures() -> None:
    case = make_case()
    a_duty(case, ago(20))
    sees = {role for role in Role if table(make_person(role), asked([case.area])).table.whole == Counts(overdue=1)}
    assert sees == PERMISSIONS[Permission.VIEW_FIGURES]


def test_a_board_counts_its_own_area_and_an_inspector_without_one_every_area() -> None:
    area, other = make_area(), make_area("eastmarch", "B")
    for each in (area, other):
        a_duty(make_case(each), ago(20))
    board, inspector = make_person(Role.SMB_MEMBER), make_person(Role.INSPECTOR)
    inspector.area = None
    inspector.save()
    both = asked([area, other], RowsBy.AREA)
    assert table(board, both).names == {str(area.pk): "Northshire"}
    assert table(board, asked([other])).table.whole == Counts()
    assert table(inspector, both).names == {str(area.pk): "Northshire", str(other.pk): "Eastmarch"}


def test_the_cases_behind_a_row_are_those_the_reader_sees(coordinator: User) -> None:
    area = make_area()
    own = make_case()
    others = make_case(police_unit=make_unit(area, "police", 2), probation_unit=make_unit(area, "probation", 2))
    walled = make_case(restricted_contact=make_person(Role.LINE_MANAGER, unit=make_unit(area, "police", 3)))
    for case in (own, others, walled):
        a_duty(case, ago(20))
        a_duty(case, ago(40))
        a_duty(case, ago(60), met_on=ago(61))
    sergeant = make_person(Role.LINE_MANAGER, rank=Rank.SERGEANT)
    question = asked([area], RowsBy.STANDARD)

    def behind(user: User, row: str, *, on_time: bool) -> list[tuple[int, int]]:
        with as_person(user):
            return cases_behind(user, question, row, on_time=on_time)

    assert table(sergeant, question).table.whole == Counts(met=3, overdue=6), "counts hold them all"
    assert behind(coordinator, "plan-review", on_time=False) == [(own.pk, 2), (others.pk, 2)]
    assert behind(coordinator, "plan-review", on_time=True) == [(own.pk, 1), (others.pk, 1)]
    assert behind(coordinator, "home-visit", on_time=False) == []
    assert behind(sergeant, "plan-review", on_time=False) == [(own.pk, 2)]


def text(page: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode()))


def test_the_page_says_count_percentage_and_interval_and_no_name_to_any_role() -> None:
    for number in range(10):
        a_duty(make_case(), ago(20), **({"met_on": ago(21)} if number < 3 else {}))
    for role in sorted(PERMISSIONS[Permission.VIEW_FIGURES]):
        response = signed_in(make_person(role)).get(reverse("board:tables"))
        shown = text(response.content)
        assert "30% 3 of 10 95% from 11% to 60%" in shown, role
        assert "Testcase" not in shown
        assert "TST-" not in shown
        assert (reverse("board:behind") in response.content.decode()) == (role in PERMISSIONS[Permission.FIND_CASE])


@pytest.mark.parametrize("role", sorted(Role))
def test_the_cases_behind_a_row_open_to_those_who_see_figures_and_open_cases(role: Role) -> None:
    a_duty(make_case(), ago(20))
    response = signed_in(make_person(role)).get(reverse("board:behind") + "?by=all&which=no")
    opens = role in PERMISSIONS[Permission.VIEW_FIGURES] & PERMISSIONS[Permission.FIND_CASE]
    assert response.status_code == (200 if opens else 403)
    assert (b"Testcase" in response.content) == opens


@pytest.mark.parametrize(
    ("query", "says"),
    [
        (
            "until-day=1&until-month=1&until-year=2004&since-day=2&since-month=1&since-year=2004",
            "To must be the same day",
        ),
        ("since-day=1&since-month=1&since-year=1950&step=month", "From is too far back"),
        ("reading=known&on-day=1&on-month=1&on-year=2199", "The day must be over: yesterday or earlier"),
        ("standard=teapot", "There is a problem"),
    ],
)
def test_what_makes_no_sense_is_said_and_no_table_is_shown(coordinator: User, query: str, says: str) -> None:
    a_duty(make_case(), ago(20))
    browser = signed_in(coordinator)
    shown = text(browser.get(reverse("board:tables") + "?" + query).content)
    assert "There is a problem" in shown
    assert says in shown
    assert "0 of 1" not in shown
    assert browser.get(reverse("board:behind") + "?" + query).status_code == 404


def test_a_difference_is_one_only_where_chance_would_hardly_give_it(coordinator: User) -> None:
    for standard, met in (("plan-review", 20), ("home-visit", 4), ("isp-start", 12)):
        case = make_case()
        for number in range(20):
            a_duty(case, ago(20 + number), standard, **({"met_on": ago(20 + number)} if number < met else {}))
    rows = {row.key: row.against_the_others for row in table(coordinator, asked([make_area()], RowsBy.STANDARD)).rows}
    assert {key: found.is_clear for key, found in rows.items() if found} == {
        "plan-review": True,
        "home-visit": True,
        "isp-start": False,
    }
    shown = text(signed_in(coordinator).get(reverse("board:tables")).content)
    assert "60 points more" in shown
    assert "No clear difference" in shown


def test_the_file_hides_small_cells_and_what_would_give_them_away() -> None:
    for standard, met, late in (("plan-review", 30, 20), ("home-visit", 12, 10), ("isp-start", 2, 9)):
        case = make_case()
        for number in range(met + late):
            a_duty(case, ago(20 + number), standard, **({"met_on": ago(20 + number)} if number < met else {}))
    board = make_person(Role.SMB_MEMBER)
    days = "since-day=1&since-month=4&since-year=2000"
    response = signed_in(board).post(
        reverse("board:export") + f"?step=year&by=standard&{days}", {"recipient": "The board", "purpose": "In May"}
    )
    file = response.content.decode()
    rows = {(row[0], row[1]): row[4:] for row in csv.reader(file.splitlines()) if len(row) == 9}
    assert rows["All duties", "All periods"] == ["44", "83", "53", "42", "63"]
    small, next_to_it, large = ("ISP", "Home visit", "Plan review")
    whole = {name: values for (name, period), values in rows.items() if period == "All periods"}
    hidden = [name for name, values in whole.items() if values == ["hidden"] * 5]
    assert len(hidden) == 2, (small, next_to_it, large, whole)
    assert sorted(values[:2] for values in whole.values() if values[0] != "hidden") == [["30", "50"], ["44", "83"]]
    assert "TST-" not in file
    event = Event.objects.get(verb="export live table", by_id=board.pk)
    assert (event.operation, event.recipient, event.case_ids) == ("disclosure", "The board", [])


def test_on_paper_small_counts_are_hidden_too(coordinator: User) -> None:
    case = make_case()
    a_duty(case, ago(20))
    page = signed_in(coordinator).get(reverse("board:tables")).content.decode()
    assert re.search(
        r'<span class="om-not-printed"><strong>0%</strong>.*?<span class="om-only-printed">Hidden', page, re.S
    )
    assert 'class="om-trend-frame om-not-printed"' in page


@pytest.mark.parametrize("by", ["standard", "unit", "age"])
def test_the_pages_ask_as_often_for_30_cases_as_for_1(coordinator: User, by: str) -> None:
    browser, row = signed_in(coordinator), {"standard": "plan-review", "unit": "", "age": "5"}[by]
    addresses = [reverse("board:tables") + f"?by={by}", reverse("board:behind") + f"?by={by}&row={row}&which=no"]
    found = []
    for count in (1, 29):
        for _ in range(count):
            a_duty(make_case(), ago(20))
        found.append([queries_of(lambda: browser.get(address)) for address in addresses])  # noqa: B023
    assert found[0] == found[1]
