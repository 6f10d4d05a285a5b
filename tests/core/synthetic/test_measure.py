"""The generated caseload has the report's shape, measured by the engine, and the page says so."""

from datetime import date

import pytest

from openmappa.core.caseload import CaseRecord, PersonRecord
from openmappa.core.standards.facts import Fact, Value
from openmappa.core.synthetic.comparison import comparison
from openmappa.core.synthetic.generate import generate
from openmappa.core.synthetic.measure import MEASURES, Judged, Row, measure
from openmappa.core.synthetic.visiting import policy_of
from tests.core.synthetic.page import PAGE, measured, rewritten
from tests.core.synthetic.samples import PACK, SHAPE, sample

AS_OF = date(2005, 3, 31)


def judged(*facts: Fact, force: str = "A", born_on: date | None = None) -> Judged:
    person = PersonRecord("Sample", "Madeup", (), born_on, "male", "", "", "") if born_on else None
    return Judged(CaseRecord("X-1", "northshire", force, person, {}, facts), PACK, policy_of(PACK), AS_OF)


def fact(kind: str, on: str, **details: Value) -> Fact:
    day = date.fromisoformat(on)
    return Fact(kind, day, details, day)


def answers(name: str, *facts: Fact) -> list[str]:
    return list(MEASURES[name](judged(*facts)))


def far(rows: list[Row], points: float) -> list[Row]:
    return [row for row in rows if abs(row.generated - row.target) * 100 > points]


def test_every_figure_of_the_reference_caseload_is_within_two_and_a_half_points() -> None:
    rows = measured()
    assert far(rows, 2.5) == []
    assert len(rows) == 55


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_any_seed_comes_as_near(seed: int) -> None:
    wanted = sample(seed=seed, until=date(2026, 11, 23))
    rows = measure(generate(wanted), SHAPE, PACK, wanted.until)
    assert far(rows, 5) == []
    assert len(far(rows, 2.5)) <= 3


def test_what_is_shown_is_what_is_measured() -> None:
    assert {figure.name for figure in SHAPE.figures.values() if figure.show} == set(MEASURES)


def test_the_page_holds_what_is_measured() -> None:
    """Run `python -m tests.core.synthetic.page` when the shape has changed."""
    page = PAGE.read_text(encoding="utf-8")
    assert rewritten(page) == page


def test_a_caseload_of_nobody_has_shares_of_nothing() -> None:
    assert {row.out_of for row in measure([], SHAPE, PACK, AS_OF)} == {0}


def test_the_table_names_a_figure_once() -> None:
    rows = [Row("f", "within_a_week", "RM2000", "7.4", 0.51, 0.5049, 1390), Row("f", "over", "RM2000", "7.4", 0, 1, 2)]
    assert comparison(rows).splitlines()[2:] == [
        "| RM2000 | within a week | 51% | 50% | 1,390 | 7.4 |",
        "|  | over | 0% | 100% | 2 |  |",
    ]


@pytest.mark.parametrize(
    ("done", "answer"),
    [
        ("2005-01-17", "within_a_week"),
        ("2005-01-18", "within_a_month"),
        ("2005-02-10", "within_a_month"),
        ("2005-02-11", "within_three_months"),
        ("2005-04-10", "within_three_months"),
        ("2005-04-11", "over_three_months"),
    ],
)
def test_an_rm2000_delay_is_counted_from_registration(done: str, answer: str) -> None:
    scored = fact("rm2000_completed", done, band="low", rank="constable")
    assert answers("rm2000_delay", fact("registered", "2005-01-10"), scored) == [answer]


@pytest.mark.parametrize(
    ("meetings", "answer"),
    [
        ([], "none"),
        (["2004-02-01", "2004-03-01", "2004-04-01"], "monthly"),
        (["2004-04-01", "2004-07-01"], "quarterly"),
        (["2004-07-01", "2005-01-01"], "six_monthly"),
        (["2004-02-01", "2004-09-01"], "irregular"),
        (["2004-12-01"], "irregular"),
    ],
)
def test_how_often_a_case_was_reviewed_follows_from_its_meetings(meetings: list[str], answer: str) -> None:
    held = [fact("mappa_meeting_held", day, level=2) for day in meetings]
    level = fact("mappa_level_set", "2004-01-01", level=2, category=1)
    assert answers("mappa_review", level, *held) == [answer]


def test_a_level_2_of_under_a_hundred_days_tells_nothing_about_reviews() -> None:
    assert answers("mappa_review", fact("mappa_level_set", "2005-01-01", level=2, category=1)) == []
    assert answers("mappa_review", fact("mappa_level_set", "2003-01-01", level=1, category=1)) == []


def test_visits_made_leave_out_time_in_prison() -> None:
    seen: dict[str, Value] = {"service": "police", "outcome": "seen", "announced": False, "joint": False}
    visits = [fact("home_visit", day, **seen) for day in ("2004-01-05", "2004-02-04", "2004-12-01")]
    recall = fact("custody_started", "2004-02-20")
    assert answers("actual_visits", *visits, recall) == ["1"]
    assert answers("actual_visits", visits[0]) == []


def test_a_planned_interval_is_the_forces_unless_another_is_set() -> None:
    scored = fact("rm2000_completed", "2004-01-05", band="medium", rank="constable")
    assert answers("planned_visits", scored) == ["4"]
    assert answers("planned_visits", scored, fact("visit_interval_set", "2004-01-05", months=2)) == ["2"]
    assert answers("planned_visits", scored, fact("case_closed", "2005-01-05")) == []
    assert list(MEASURES["planned_visits"](judged(scored._replace(details={"band": "very_high"}), force="C"))) == []
    assert answers("planned_visits") == []


def test_age_is_counted_in_birthdays() -> None:
    assert list(MEASURES["age"](judged(born_on=date(1974, 3, 31)))) == ["31_to_50"]
    assert list(MEASURES["age"](judged(born_on=date(1974, 4, 1)))) == ["no"]
    assert list(MEASURES["age"](judged())) == []
