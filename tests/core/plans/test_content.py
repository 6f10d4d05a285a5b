"""What a plan lacks before it can be signed, the sequence of its interventions, and how far it has come."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openmappa.core.packs.load import load_plans
from openmappa.core.plans.content import (
    Content,
    Ground,
    PlannedIntervention,
    PlannedObjective,
    gaps,
    out_of_sequence,
    unanswered,
)
from openmappa.core.plans.progress import Item, tally

RULES = load_plans("england-wales-2005")
DAY = date(2026, 3, 2)
NEED = Ground("need:9", "Alcohol misuse", must=True)
COURSE = PlannedIntervention(1, "Alcohol course", DAY, DAY + timedelta(days=60))
SUPERVISION = Content(
    is_supervision=True,
    grounds=(NEED,),
    objectives=(PlannedObjective(1, "open", frozenset({"need:9"})),),
    interventions=(COURSE,),
    liaisons=1,
    shared=True,
    agreed=True,
    texts={
        "own_words": "I want to stop.",
        "diversity": "Reads slowly; asked at the first appointment.",
        "adapted": "Large print.",
        "community": "Lives with his sister.",
        "contact": "Every Tuesday.",
        "victim_issues": "The victim contact unit was told on 1 March.",
    },
)
RISK = Content(
    is_supervision=False,
    actions=(PlannedObjective(1, "open", frozenset()),),
    contingencies=1,
    liaisons=1,
    texts={
        "other_agencies": "The council's housing office.",
        "existing_controls": "A curfew.",
        "rmp_contact": "Twice a week, once at home.",
        "victim_safety": "An alarm at her home.",
    },
)


def without(content: Content, *names: str, **changed: Any) -> Content:
    texts = {name: text for name, text in content.texts.items() if name not in names}
    return replace(content, texts=texts | changed.pop("texts", {}), **changed)


def steps(content: Content) -> list[str]:
    return [gap.step for gap in gaps(content, RULES)]


def test_a_whole_plan_lacks_nothing() -> None:
    assert (gaps(SUPERVISION, RULES), gaps(RISK, RULES)) == ((), ())


@pytest.mark.parametrize(
    ("content", "step"),
    [
        (without(SUPERVISION, objectives=(), grounds=()), "objectives"),
        (without(SUPERVISION, objectives=(PlannedObjective(1, "open", frozenset()),), grounds=()), "objectives"),
        (
            without(SUPERVISION, objectives=(replace(SUPERVISION.objectives[0], needs_plain_words=True),)),
            "objectives",
        ),
        (without(SUPERVISION, interventions=()), "interventions"),
        (without(SUPERVISION, shared=False), "participation"),
        (without(SUPERVISION, agreed=None), "participation"),
        (without(SUPERVISION, agreed=False), "participation"),
        (without(SUPERVISION, "own_words"), "participation"),
        (without(SUPERVISION, "diversity"), "participation"),
        (without(SUPERVISION, texts={"diversity": "Not applicable"}), "participation"),
        (without(SUPERVISION, "community"), "community"),
        (without(SUPERVISION, "contact"), "community"),
        (without(SUPERVISION, "victim_issues"), "victims"),
        (without(SUPERVISION, liaisons=0), "liaison"),
        (without(RISK, "other_agencies"), "controls"),
        (without(RISK, "existing_controls"), "controls"),
        (without(RISK, "rmp_contact"), "controls"),
        (without(RISK, "victim_safety"), "victims"),
        (without(RISK, actions=()), "actions"),
        (without(RISK, contingencies=0), "contingency"),
        (without(RISK, liaisons=0), "liaison"),
    ],
)
def test_each_part_is_asked_for_in_its_step(content: Content, step: str) -> None:
    assert steps(content) == [step]


def test_not_shared_with_a_reason_is_enough_and_so_is_a_disagreement_with_one() -> None:
    why = {"texts": {"why_not_shared": "In hospital until May."}}
    assert steps(without(SUPERVISION, "own_words", shared=False, agreed=None, **why)) == []
    assert steps(without(SUPERVISION, agreed=False, **why)) == []


def test_not_applicable_is_answered_with_how_that_was_found_out() -> None:
    (gap,) = gaps(without(SUPERVISION, texts={"diversity": "N/A"}), RULES)
    assert "“Not applicable” is an answer only with how that was found out." in gap.sentence


def test_a_need_that_the_assessment_found_has_an_objective_or_a_reason_why_not_yet() -> None:
    dropped = PlannedObjective(1, "dropped", frozenset({"need:9"}))
    reasoned = replace(NEED, why_not_yet="After the trial in May.")
    optional = replace(NEED, must=False)
    assert list(unanswered((NEED,), (dropped,))) == [NEED]
    assert list(unanswered((reasoned, optional), (dropped,))) == []
    assert list(unanswered((NEED,), SUPERVISION.objectives)) == []
    assert steps(without(SUPERVISION, grounds=(NEED, Ground("harm:children", "Children", must=True)))) == ["objectives"]


def test_nothing_starts_before_what_has_to_come_first_is_over() -> None:
    early = PlannedIntervention(2, "Job club", DAY + timedelta(days=59), after=1)
    assert list(out_of_sequence((COURSE, early))) == [
        "“Job club” starts before “Alcohol course” ends, which has to come first. Change a date."
    ]
    assert list(out_of_sequence((COURSE, replace(early, starts_on=DAY + timedelta(days=60))))) == []
    assert steps(without(SUPERVISION, interventions=(COURSE, early))) == ["interventions"]


def test_what_has_no_end_has_to_have_begun() -> None:
    endless = replace(COURSE, ends_on=None)
    before = PlannedIntervention(2, "Job club", DAY - timedelta(days=1), after=1)
    assert list(out_of_sequence((endless, before))) == [
        "“Job club” starts before “Alcohol course”, which has to come first. Change a date."
    ]
    assert list(out_of_sequence((endless, replace(before, starts_on=DAY)))) == []
    assert list(out_of_sequence((replace(before, after=9),))) == []


def test_a_review_says_why_now_what_changed_and_how_each_open_part_is_going() -> None:
    first = replace(SUPERVISION.objectives[0], looked_at=False)
    new = PlannedObjective(2, "open", frozenset({"need:9"}), looked_at=False, is_new=True)
    closed = PlannedObjective(3, "achieved", frozenset({"need:9"}), looked_at=False)
    review = without(SUPERVISION, is_review=True, objectives=(first, new, closed), mappa_actions=2)
    sentences = [gap.sentence for gap in gaps(review, RULES) if gap.step == "review"]
    assert sentences == [
        "Say why the plan is reviewed now: it was due, or what happened.",
        "Say what changed since the last plan, or that you checked and nothing did.",
        "Say how the actions of MAPPA meetings are taken into the plan (7.8).",
        "Write down how objective 1 is going.",
    ]
    said = {"why_now": "16 weeks are over.", "what_changed": "A new address."}
    done = without(review, texts=said, mappa_actions=0, objectives=(replace(first, looked_at=True), new, closed))
    assert steps(done) == []


def test_a_review_does_not_leave_an_objective_open_past_its_day() -> None:
    said = {"why_now": "16 weeks are over.", "what_changed": "A new address."}
    late = replace(SUPERVISION.objectives[0], day_has_passed=True)
    review = without(SUPERVISION, is_review=True, texts=said, objectives=(late,))
    assert [gap.sentence for gap in gaps(review, RULES)] == [
        "The day of objective 1 has passed. Give it a new day, or record that it is achieved, partly achieved or "
        "dropped, and what shows that or why."
    ]
    assert [gap.step for gap in gaps(review, RULES)] == ["review"]
    for state in ("achieved", "partly", "dropped"):
        other = replace(late, number=2, state=state)
        assert steps(without(review, objectives=(replace(late, day_has_passed=False), other))) == []
    assert steps(without(review, is_review=False)) == []


def test_an_action_of_a_risk_management_plan_is_looked_at_in_a_review_too() -> None:
    stale = replace(RISK.actions[0], looked_at=False)
    said = {"why_now": "An incident on 1 March.", "what_changed": "The curfew begins at 6."}
    assert [gap.sentence for gap in gaps(without(RISK, is_review=True, actions=(stale,), texts=said), RULES)] == [
        "Write down how action 1 is going."
    ]


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 50), st.booleans()), max_size=8))
def test_a_chain_in_which_each_starts_when_the_last_ends_is_always_in_sequence(
    rows: list[tuple[int, int, bool]],
) -> None:
    made: list[PlannedIntervention] = []
    starts_on = DAY
    for number, (gap, length, tied) in enumerate(rows, start=1):
        starts_on += timedelta(days=gap)
        ends_on = starts_on + timedelta(days=length)
        made.append(PlannedIntervention(number, "x", starts_on, ends_on, number - 1 if tied and number > 1 else None))
        starts_on = ends_on
    assert list(out_of_sequence(tuple(made))) == []


# ---- progress

ITEMS = st.lists(
    st.builds(
        Item,
        st.sampled_from(
            ["open", "planned", "running", "achieved", "done", "completed", "partly", "dropped", "stopped"]
        ),
        st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    )
)


def test_a_tally_in_words() -> None:
    items = [Item("achieved", DAY), Item("partly", DAY), Item("dropped", DAY), Item("open", DAY), Item("open", DAY)]
    assert tally(items, DAY).sentence == "1 of 5 done, 1 partly, 1 given up, 2 open"
    assert tally(items, DAY + timedelta(days=1)).sentence == "1 of 5 done, 1 partly, 1 given up, 2 open (2 overdue)"
    assert tally([], DAY).sentence == "None yet"


@settings(deadline=None, max_examples=50)
@given(ITEMS)
def test_every_item_is_counted_once_and_only_open_ones_are_overdue(items: list[Item]) -> None:
    found = tally(items, DAY)
    assert found.total == len(items)
    assert found.overdue <= found.still_open


@settings(deadline=None, max_examples=50)
@given(ITEMS, st.integers(0, 400))
def test_as_days_pass_nothing_becomes_less_overdue(items: list[Item], days: int) -> None:
    assert tally(items, DAY + timedelta(days=days)).overdue >= tally(items, DAY).overdue
