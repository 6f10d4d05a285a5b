"""The shape's numbers agree with each other and with the report's tables."""

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest

from openmappa.core.synthetic.plan import GROUPS
from tests.core.synthetic.samples import SHAPE

FIGURES = SHAPE.figures


def mixed(parts: Mapping[str, float]) -> dict[str, float]:
    """The shares of several figures, weighted."""
    total: dict[str, float] = {}
    for name, weight in parts.items():
        for answer, share in FIGURES[name].shares:
            total[answer] = total.get(answer, 0.0) + weight * share
    return total


def test_table_6_is_the_sum_of_what_levels_2_and_3_are_dealt() -> None:
    levels = FIGURES["mappa_level"]
    above = levels.share("2") + levels.share("3")
    dealt = mixed({f"mappa_review_{n}": levels.share(n) / above for n in ("2", "3")})
    assert dealt == pytest.approx(dict(FIGURES["mappa_review"].shares), abs=0.002)


def test_table_7_planned_is_the_sum_over_the_five_forces() -> None:
    dealt = mixed({f"planned_visits_{force}": 0.2 for force in "ABCDE"})
    assert dealt == pytest.approx(dict(FIGURES["planned_visits"].shares), abs=0.0005)


def test_table_7_actual_follows_from_what_each_planned_interval_turns_into() -> None:
    made = mixed({f"actual_visits_{months}": share for months, share in FIGURES["planned_visits"].shares})
    assert made == pytest.approx(dict(FIGURES["actual_visits"].shares), abs=0.001)


def test_no_visits_are_made_more_often_than_planned_but_for_rounding() -> None:
    for months in ("1", "2", "3", "4", "8", "9"):
        assert all(int(made) >= int(months) for made, _ in FIGURES[f"actual_visits_{months}"].shares)


def test_every_number_has_a_source_and_every_group_is_known() -> None:
    assert all(figure.source for figure in FIGURES.values())
    assert {figure.among for figure in FIGURES.values()} <= set(GROUPS)
    assert all(figure.clock for figure in FIGURES.values() if figure.room or figure.split)


def test_what_is_shown_is_an_answer_and_is_no_assumption() -> None:
    shown = [figure for figure in FIGURES.values() if figure.show]
    assert [figure.name for figure in shown if figure.assumption] == []
    assert all(answer in dict(figure.shares) for figure in shown for answer in figure.show)


def test_shares_of_a_rounded_table_are_shown_as_printed() -> None:
    assert [FIGURES["mappa_level"].reported(level) for level in "123"] == [0.14, 0.73, 0.14]
    assert FIGURES["enforcement"].reported("on_time") == pytest.approx(10 / 13)


REPORTED = {
    "mappa_level_1": ("mappa_level", "1"),
    "mappa_level_2": ("mappa_level", "2"),
    "mappa_level_3": ("mappa_level", "3"),
    "rm2000_completed": ("rm2000_done", "yes"),
    "rm2000_within_one_week_of_registration": ("rm2000_delay", "within_a_week"),
    "rm2000_within_one_month": ("rm2000_delay", "within_a_month"),
    "rm2000_within_three_months": ("rm2000_delay", "within_three_months"),
    "rm2000_over_three_months": ("rm2000_delay", "over_three_months"),
    "plan_reviewed_every_16_weeks": ("plan_review", "kept"),
    "rmp_within_five_working_days_high_or_very_high": ("rmp", "on_time"),
    "programme_started_within_20_working_days": ("programme_start", "on_time"),
    "joint_visits_took_place": ("joint_visits", "yes"),
}


def test_the_findings_of_the_case_sample_stand_in_the_shape() -> None:
    table = Path(__file__).parents[2] / "spec" / "report" / "case_sample_findings.csv"
    with table.open(encoding="utf-8", newline="") as file:
        findings = {row["finding"]: row["percent"] for row in csv.DictReader(file)}
    found = {finding: FIGURES[name].reported(answer) for finding, (name, answer) in REPORTED.items()}
    assert found == {finding: pytest.approx(int(findings[finding]) / 100) for finding in REPORTED}
