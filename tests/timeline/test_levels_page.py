"""Levels over time: the page's chart and table, who knew when, and what was known on a day of the past."""

import re
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.timeline.models import Fact
from openmappa.timeline.queries.levels import LevelsOverTime, levels_of
from openmappa.timeline.services import acknowledge_change
from tests.timeline.build import ago, day_boxes, make_area, make_case, make_person, signed_in, today, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return make_person(Role.POLICE_OFFICER)


@pytest.fixture
def manager() -> User:
    return make_person(Role.CASE_MANAGER)


@pytest.fixture
def case(officer: User, manager: User) -> Case:
    """Harm from medium to high, of which the officer knows; level 2; an incident; custody that ended."""
    case = make_case(police_officer=officer, case_manager=manager)
    write(case, "harm_level_set", ago(300), by=manager, level="medium")
    write(case, "mappa_level_set", ago(200), by=make_person(Role.LINE_MANAGER), level=2, category=1)
    write(case, "custody_started", ago(150), by=officer)
    write(case, "custody_ended", ago(100), by=officer)
    write(case, "significant_incident", ago(50), by=officer)
    raised = write(case, "harm_level_set", ago(0), by=manager, level="high")
    acknowledge_change(by=officer, notice=raised.change_notices.get())
    return case


def lines(found: LevelsOverTime) -> list[tuple[str, str, str]]:
    return [(row.what, row.before, row.after) for row in found.rows]


def test_the_table_has_every_change_with_from_to_and_who_knew_when(case: Case, officer: User) -> None:
    found = levels_of(case, today=today())
    assert lines(found) == [
        ("Risk of harm", "Medium", "High"),
        ("Significant incident", "", ""),
        ("Released from custody", "", ""),
        ("Taken into custody", "", ""),
        ("MAPPA level", "", "Level 2"),
        ("Risk of harm", "", "Medium"),
    ]
    assert [(each.person, each.acknowledged_at is not None) for each in found.rows[0].known] == [(officer, True)]
    page = signed_in(officer).get(f"/cases/{case.key}/levels/").content.decode()
    assert re.search(rf"{officer.full_name}: <time [^>]*>{today().day} {today():%B} {today().year} at", page)
    assert "First value: nobody is told" in page


def test_the_chart_has_a_title_and_its_sentences_and_three_lines_of_three_kinds(case: Case, officer: User) -> None:
    page = signed_in(officer).get(f"/cases/{case.key}/levels/").content.decode()
    wide = page[page.index('<svg class="om-chart om-chart--wide"') :]
    wide = wide[: wide.index("</svg>")]
    assert '<title id="levels-wide-title">Levels over time</title>' in wide
    assert "Risk of harm: medium from" in wide
    assert sorted(re.findall(r"om-chart__line--(\w+)", wide)) == ["harm", "mappa_level"]
    assert wide.count("Never set") == 1
    assert ("style=" in wide, wide.count('om-chart__custody"')) == (False, 1)


def test_the_front_sheet_has_a_small_one_and_leads_to_the_page(case: Case, officer: User) -> None:
    page = signed_in(officer).get(f"/cases/{case.key}/").content.decode()
    assert (f'href="/cases/{case.key}/levels/"' in page, f'href="/cases/{case.key}/changes/"' in page) == (True, True)
    assert "Risk of harm went from medium to high" in page
    assert 'id="levels-narrow-title"' in page


def test_as_known_on_a_day_leaves_out_what_was_written_down_later_and_keeps_a_mistake_that_stood(
    case: Case, manager: User
) -> None:
    before = ago(10)
    later = Fact.objects.create(
        case=case, kind="rm2000_completed", on=ago(20), details={"band": "low", "rank": "none"}, recorded_on=ago(5)
    )
    mistake = Fact.objects.create(
        case=case,
        kind="harm_level_set",
        on=ago(30),
        details={"level": "very_high"},
        recorded_on=ago(30),
        voided_at=timezone.make_aware(datetime.combine(ago(9), datetime.min.time())),
        voided_by=manager,
        void_reason="Another person’s",
    )
    Fact.objects.filter(pk=mistake.pk)
    case_facts = levels_of(case, today=today())
    assert [row.fact for row in case_facts.rows if row.fact in (later, mistake)] == [later]
    then = levels_of(case, today=today(), known_on=before)
    assert [row.fact for row in then.rows] == [mistake]


def test_what_was_acknowledged_later_was_not_known_then(case: Case, officer: User) -> None:
    yesterday = levels_of(case, today=today(), known_on=today() - timedelta(days=1))
    assert yesterday.rows == ()
    now = levels_of(case, today=today(), known_on=today())
    assert [each.acknowledged_at is not None for each in now.rows[0].known] == [True]


def test_the_page_asks_for_a_day_of_the_past(case: Case, officer: User) -> None:
    browser = signed_in(officer)
    day = ago(3)
    page = browser.get(f"/cases/{case.key}/levels/", day_boxes("known_on", day)).content.decode()
    assert f"Levels over time, as known on {day.day} {day:%B} {day.year}" in page
    assert "No level was set by then" in page
    refused = browser.get(f"/cases/{case.key}/levels/", day_boxes("known_on", ago(-3))).content.decode()
    assert "must be" in refused and "There is a problem" in refused


def test_who_is_not_involved_does_not_find_the_page(case: Case) -> None:
    other = signed_in(make_person(Role.LINE_MANAGER, area=make_area("eastmarch", "B")))
    assert other.get(f"/cases/{case.key}/levels/").status_code == 404
