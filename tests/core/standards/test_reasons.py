"""The short why of a duty, as a worklist says it."""

from dataclasses import dataclass
from datetime import date

import pytest

from openmappa.core.packs.load import load_pack
from openmappa.core.packs.model import Allowance, ClockKind, Condition, Of, Pack, Standard, Unit
from openmappa.core.recording import TO_RECORD
from openmappa.core.standards.facts import KINDS
from openmappa.core.standards.reasons import AFTER, OF, reason, standard_of, whose

PACK = load_pack("england-wales-2005")
APRIL_20 = date(2026, 4, 20)


@dataclass
class Dated:
    """What a reason needs to know of a duty."""

    standard: str
    because_kind: str
    due_on: date = date(2026, 7, 20)
    opened_on: date = APRIL_20
    because_on: date = APRIL_20


def said(standard: str, because_kind: str, due_on: date = date(2026, 7, 20)) -> str:
    return reason(Dated(standard, because_kind, due_on), PACK.standard(standard))


@pytest.mark.parametrize(
    ("standard", "because", "sentence"),
    [
        ("plan-review", "plan_reviewed", "16 weeks after the plan review of 20 April 2026"),
        ("plan-review", "condition", "16 weeks from 20 April 2026 (since then under supervision)"),
        ("oasys-start", "order_started", "15 working days after the order or licence started on 20 April 2026"),
        ("oasys-after-incident", "significant_incident", "5 working days after the incident of 20 April 2026"),
        (
            "rmp-start",
            "condition",
            "5 working days from 20 April 2026 (since then under supervision, risk of harm high or very high)",
        ),
        ("rm2000-start", "registered", "7 days after registration on 20 April 2026"),
        ("rm2000-countersign", "rm2000_completed", "10 working days after the RM2000 of 20 April 2026"),
        ("home-visit", "home_visit", "3 months after the home visit of 20 April 2026"),
        (
            "home-visit",
            "condition",
            "3 months from 20 April 2026 (since then registered, not in custody, likelihood of reconviction known)",
        ),
        ("mappa-review", "condition", "3 months from 20 April 2026 (since then MAPPA level 2 or 3)"),
        ("mappa-action", "action_agreed", "The day that was agreed on 20 April 2026"),
        ("risk-change-police", "harm_level_set", "2 working days after the risk of harm changed on 20 April 2026"),
        (
            "risk-change-probation",
            "rm2000_completed",
            "2 working days after the likelihood of reconviction changed on 20 April 2026",
        ),
        ("annual-notification", "annual_notification_made", "12 months after the annual notification of 20 April 2026"),
        ("initial-notification", "condition", "3 days from 20 April 2026 (since then registered, not in custody)"),
    ],
)
def test_a_reason_says_how_long_after_what_and_when(standard: str, because: str, sentence: str) -> None:
    assert said(standard, because) == sentence


def test_one_month_is_one_month() -> None:
    assert said("home-visit", "home_visit", date(2026, 5, 20)) == "1 month after the home visit of 20 April 2026"


def test_a_visit_whose_interval_changed_meanwhile_says_that_it_moved() -> None:
    assert said("home-visit", "home_visit", date(2026, 6, 3)) == "Moved when the interval changed, after 20 April 2026"


def test_every_kind_of_fact_has_its_words() -> None:
    assert set(AFTER) == set(KINDS) == set(TO_RECORD)


def test_every_standard_of_the_pack_says_whose_it_is_in_words() -> None:
    names = {one.of.name for one in PACK.standards if one.of.name} | {"police", "probation"}
    assert names <= set(OF)
    assert whose("police_manager") == "Police line manager"
    assert whose("youth_worker") == "Youth worker"


def a_pack(start: date | None, until: date | None, *conditions: Condition) -> Pack:
    rule = Standard(
        "later-rule", "A later rule", Of("case_manager"), ClockKind.EVERY, Allowance(Unit.WEEKS, 8), (), "A", conditions
    )
    return Pack("later", "Later", "A", (rule,), {}, start, until)


def test_a_duty_is_judged_by_the_pack_in_force_when_its_clock_started() -> None:
    old, new = a_pack(None, date(2026, 3, 31)), a_pack(date(2026, 4, 1), None)
    duty = Dated("later-rule", "condition")
    assert standard_of(duty, (old, new)) is new.standards[0]
    assert standard_of(duty, (old,)) is old.standards[0]
    with pytest.raises(KeyError, match="later-rule"):
        standard_of(duty, (PACK,))


@pytest.mark.parametrize(
    ("conditions", "sentence"),
    [
        ((), "8 weeks from 20 April 2026"),
        (
            (Condition("supervised", frozenset({False})), Condition("in_custody", frozenset({True}))),
            "8 weeks from 20 April 2026 (since then not under supervision, in custody)",
        ),
        (
            (Condition("mappa_level", frozenset({3, 2})),),
            "8 weeks from 20 April 2026 (since then MAPPA level 2 or 3)",
        ),
        (
            (Condition("band", None),),
            "8 weeks from 20 April 2026 (since then likelihood of reconviction known)",
        ),
    ],
)
def test_a_condition_is_said_in_words(conditions: tuple[Condition, ...], sentence: str) -> None:
    pack = a_pack(None, None, *conditions)
    assert reason(Dated("later-rule", "condition"), pack.standards[0]) == sentence
