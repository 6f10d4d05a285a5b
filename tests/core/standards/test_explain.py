# ruff: noqa: E501 (sentences are checked whole)
"""Every due date can be followed step by step."""

from dataclasses import replace
from datetime import date

from hypothesis import given

from openmappa.core.packs.model import Allowance, Condition, Match, Unit
from openmappa.core.standards.duties import duties
from openmappa.core.standards.explain import conditions_in_words, explain
from openmappa.core.standards.facts import Fact
from openmappa.core.standards.words import in_full
from tests.core.standards.cases import FORCES, LATER, PACK, histories, on

LICENCE = on("2004-04-01", "order_started", order="licence")


def steps(standard: str, facts: list[Fact], force: str = "A") -> list[tuple[str, ...]]:
    found = duties(facts, PACK, force=force, as_of=date(2004, 12, 31))
    return [explain(duty, PACK, force, facts) for duty in found if duty.standard == standard]


def test_working_days_name_the_bank_holidays_they_skip() -> None:
    assert steps("oasys-start", [LICENCE]) == [
        (
            "1 April 2004: Licence started.",
            "15 working days allowed, the first of them the next working day after that.",
            "Weekends do not count, nor Good Friday (9 April) and Easter Monday (12 April): due by the end of 26 April 2004.",
        )
    ]


def test_many_bank_holidays_are_counted() -> None:
    pack = replace(PACK, standards=(replace(PACK.standard("oasys-start"), allowed=Allowance(Unit.WORKING_DAYS, 250)),))
    (duty,) = duties([LICENCE], pack, force="A", as_of=date(2004, 12, 31))
    assert "nor the 10 bank holidays in between" in explain(duty, pack, "A", [LICENCE])[2]


def test_a_review_counts_from_the_one_before() -> None:
    first, second = steps("plan-review", [LICENCE, on("2004-06-01", "plan_reviewed")])
    assert first == ("From 1 April 2004: under supervision.", "16 weeks from that day: due by the end of 22 July 2004.")
    assert second[0] == "The one before was met on 1 June 2004: supervision plan reviewed."


def test_a_change_says_what_it_was_before() -> None:
    facts = [
        LICENCE,
        on("2004-05-04", "harm_level_set", level="low"),
        on("2004-06-01", "harm_level_set", level="very_high"),
    ]
    assert steps("risk-change-police", facts)[0][0] == (
        "On 1 June 2004, risk of harm set to very high. The risk of harm was low before."
    )


def test_an_action_has_the_day_that_was_agreed() -> None:
    agreed = on("2004-03-10", "action_agreed", action="A1", due_on=date(2004, 3, 31), service="police")
    assert steps("mappa-action", [agreed]) == [
        (
            "10 March 2004: Action A1 agreed for the police, due 31 March 2004.",
            "The day was agreed there: due on 31 March 2004.",
        )
    ]


REGISTERED = [
    on("2004-01-10", "registered"),
    on("2004-01-14", "rm2000_completed", band="medium", rank="constable"),
]


def test_an_interval_names_its_row_and_the_note_beside_it() -> None:
    assert steps("home-visit", REGISTERED, force="B") == [
        (
            "From 14 January 2004: registered, not in custody, likelihood of reconviction known.",
            "Force B, likelihood of reconviction medium (range of six to 12 months; 12 is the outer limit), "
            "in Table 1, 4.13: every 12 months. From that day this leads to 14 January 2005.",
            "Due by the end of 14 January 2005.",
        )
    ]


def test_a_shorter_and_a_longer_interval_are_followed_day_by_day() -> None:
    facts = [
        *REGISTERED,
        on("2004-03-01", "visit_interval_set", months=1),
        on("2004-03-02", "rm2000_completed", band="medium", rank="constable"),
        on("2004-03-20", "visit_interval_set", months=6),
    ]
    ((_, _, tightened, loosened, due),) = steps("home-visit", facts, force="B")
    assert tightened == (
        "On 1 March 2004 the interval changed. An interval was set for this case: every month. That is shorter, so it is "
        "due on the earlier of 14 January 2005 and that interval from the day it changed, 1 April 2004."
    )
    assert loosened == (
        "On 20 March 2004 the interval changed. An interval was set for this case: every 6 months. "
        "That is no shorter, so it counts again from 14 January 2004: 14 July 2004."
    )
    assert due == "Due by the end of 14 July 2004."


def test_conditions_read_as_a_practitioner_says_them() -> None:
    assert conditions_in_words(()) == "the case open"
    assert conditions_in_words((Condition("mappa_level", frozenset({3, 2})),)) == "MAPPA level 2 or 3"
    assert (
        conditions_in_words((Condition("harm", frozenset({"very_high", "high"})),)) == "risk of harm high or very high"
    )
    assert conditions_in_words((Condition("in_custody", frozenset({True})),)) == "in custody"
    assert conditions_in_words((Condition("visit_months", None),)) == "visit_months known"


def test_a_single_day_is_one_day() -> None:
    rule = replace(PACK.standard("rm2000-start"), allowed=Allowance(Unit.DAYS, 1), met_by=(Match("rm2000_completed"),))
    pack = replace(PACK, standards=(rule,))
    (duty,) = duties(REGISTERED, pack, force="A", as_of=LATER)
    assert explain(duty, pack, "A", REGISTERED)[1] == "1 day from that day: due by the end of 11 January 2004."


@given(histories(), FORCES)
def test_the_steps_of_every_duty_end_on_its_due_date(facts: list[Fact], force: str) -> None:
    for duty in duties(facts, PACK, force=force, as_of=LATER):
        assert in_full(duty.due_on) in explain(duty, PACK, force, facts)[-1]
