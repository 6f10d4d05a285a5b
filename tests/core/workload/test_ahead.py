"""The quick answer is the whole answer: whatever a draft changes, it counts what going through cases in full gives."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openmappa.core.caseload import CaseRecord
from openmappa.core.packs.model import Allowance, Match, Pack, Unit
from openmappa.core.packs.workload_rules import WorkloadRules
from openmappa.core.standards.facts import Fact
from openmappa.core.synthetic.generate import generate
from openmappa.core.workload import ahead
from openmappa.core.workload.what_if import Counted, Question, WhatIf, whole
from tests.core.standards.cases import FORCES, LATER, histories, on
from tests.core.synthetic.samples import sample
from tests.core.workload.drafted import drafts
from tests.core.workload.in_full import in_full
from tests.core.workload.made import PACK, STAFF, TIMES, allowing, weeks, with_standard, without

NEW = {name: replace(TIMES.activities["plan-review"], standard=name) for name in ("new-1", "new-2")}
TIMED: WorkloadRules = replace(TIMES, activities={**TIMES.activities, **NEW})
TAKES_OVER = st.one_of(st.none(), st.dates(LATER - timedelta(days=30), LATER + timedelta(days=300)))
CREWS = st.sampled_from(({}, STAFF, {"case_manager": "n.probation2"}))


def quickly(question: Question, records: list[CaseRecord]) -> tuple[Counted, ...]:
    counting = WhatIf(question)
    for record in records:
        counting.add(record)
    return whole(question, [counting.counted()])


def caseload(cases: list[tuple[list[Fact], str, dict[str, str]]]) -> list[CaseRecord]:
    return [
        CaseRecord(f"TST-{number}", "northshire", force, None, staff, tuple(facts))
        for number, (facts, force, staff) in enumerate(cases)
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(histories(), FORCES, CREWS), min_size=1, max_size=4),
    drafts(),
    drafts(),
    st.booleans(),
    TAKES_OVER,
    st.integers(1, 14),
)
def test_whatever_two_drafts_change_the_quick_answer_is_the_whole_answer(
    cases: list[tuple[list[Fact], str, dict[str, str]]],
    one: Pack,
    other: Pack,
    from_the_draft: bool,
    takes_over: date | None,
    months: int,
) -> None:
    base = other if from_the_draft else PACK
    question = Question(base, (replace(one, in_force_from=takes_over), PACK), TIMED, LATER, months)
    records = caseload(cases)
    assert quickly(question, records) == in_full(question, records)
    question = Question(base, (one, other), TIMED, LATER, months)
    assert quickly(question, records) == in_full(question, records)


def test_for_a_hundred_generated_cases_it_is_too_however_little_is_remembered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    records = list(generate(sample(areas=5, cases=20, until=date(2005, 3, 31), facts=40)))
    monthly = with_standard(PACK, "home-visit", lambda one: replace(one, allowed=Allowance(Unit.MONTHS, 1)))
    reviews = allowing("plan-review", weeks(12), allowing("oasys-review", weeks(12)))
    for draft in (without("mappa-review", monthly), allowing("mappa-action", Allowance(Unit.DAYS, 5), monthly)):
        question = Question(PACK, (draft, reviews), TIMED, date(2005, 3, 31))
        wanted = in_full(question, records)
        assert quickly(question, records) == wanted
        with monkeypatch.context() as patched:
            patched.setattr(ahead, "MOST_KEPT", 3)
            assert quickly(question, records) == wanted


def test_facts_that_are_assumed_may_change_the_state_and_end_an_order() -> None:
    """A draft that asks for orders to be ended early, and for a likelihood to be worked out as high."""
    ended = with_standard(PACK, "isp-start", lambda one: replace(one, met_by=(Match("order_ended"),)))
    high = with_standard(
        ended,
        "rm2000-start",
        lambda one: replace(one, met_by=(Match("rm2000_completed", (("band", frozenset({"high"})),)),)),
    )
    facts = [
        on("2004-05-01", "order_started", order="licence", ends=LATER + timedelta(days=90)),
        on("2004-05-01", "registered"),
        on("2004-05-02", "rm2000_completed", band="low", rank="constable"),
        on("2004-05-20", "isp_completed"),
    ]
    records = caseload([(facts, "A", STAFF), (facts[:3], "A", STAFF), (facts[:2], "B", {})])
    for pack in (PACK, high):
        question = Question(pack, (high, ended, PACK), TIMED, LATER)
        assert quickly(question, records) == in_full(question, records)
    now, ends, works_out, _ = (
        {entry.standard for entry in quickly(Question(pack, (), TIMED, LATER), records[at:])[0].ahead}
        for pack, at in ((PACK, 1), (ended, 1), (high, 2), (PACK, 2))
    )
    assert {"oasys-review", "plan-review"} <= now - ends, "whose order has ended is not reviewed"
    assert "home-visit" in works_out, "who is found of high likelihood is visited"


def test_several_open_actions_of_the_same_words_are_met_together() -> None:
    """What an action says matters only where another says the same."""
    agreed = [on("2004-05-01", "mappa_level_set", level=2, category=1)]
    agreed += [
        on("2004-05-02", "action_agreed", action=text, due_on=LATER + timedelta(days=30), service="police")
        for text in ("A1", "A1", "A2", "")
    ]
    question = Question(PACK, (without("home-visit"),), TIMED, LATER)
    records = [*caseload([(agreed, "A", STAFF)]), *caseload([(agreed[:-2], "A", STAFF)])]
    quick = quickly(question, records)
    assert quick == in_full(question, records)
    assert sum(count.number for entry, count in quick[0].ahead.items() if entry.standard == "mappa-action") == 3 + 1
