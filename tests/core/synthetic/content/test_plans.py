"""Behind each generated plan and review stand objectives, interventions or actions, tied to the OASys of the day."""

from datetime import date
from itertools import pairwise

from openmappa.core.synthetic.content.case import CaseContent
from openmappa.core.synthetic.content.plan_words import AIMS
from openmappa.core.synthetic.content.planned import OPEN, RISK_MANAGEMENT, SUPERVISION, PlanText
from openmappa.core.synthetic.content.profile import NEEDS
from openmappa.core.synthetic.content.step_words import STEPS
from tests.core.synthetic.content.making import made

KINDS = ("isp_completed", "plan_reviewed", "rmp_completed", "rmp_reviewed")


def plans(contents: list[CaseContent], kind: str, purpose: str) -> list[PlanText]:
    return [plan for content in contents for plan in content.plans if (plan.kind, plan.purpose) == (kind, purpose)]


def test_every_plan_and_review_among_the_facts_is_there(contents: list[CaseContent]) -> None:
    for content in contents:
        assert [plan.fact for plan in content.plans] == [place for place, _ in content.known.of_kind(*KINDS)]
    both = (SUPERVISION, RISK_MANAGEMENT)
    counts = [len(plans(contents, kind, purpose)) for kind in both for purpose in ("initial", "review")]
    assert counts == [408, 1188, 222, 547]


def test_versions_count_up_and_numbers_stay_with_their_objective(contents: list[CaseContent]) -> None:
    for content in contents:
        for kind in (SUPERVISION, RISK_MANAGEMENT):
            of_kind = [plan for plan in content.plans if plan.kind == kind]
            assert [plan.version for plan in of_kind] == list(range(1, len(of_kind) + 1))
            for before, after in pairwise(of_kind):
                was = {part.number: part.what for part in (*before.objectives, *before.actions)}
                now = {part.number: part.what for part in (*after.objectives, *after.actions)}
                assert {number: now[number] for number in now if number in was}.items() <= was.items()


def test_a_review_says_of_each_part_that_was_open_how_it_is_going(contents: list[CaseContent]) -> None:
    for content in contents[:200]:
        for kind in (SUPERVISION, RISK_MANAGEMENT):
            for before, after in pairwise([plan for plan in content.plans if plan.kind == kind]):
                was_open = {part.number for part in (*before.objectives, *before.actions) if part.state == OPEN}
                said = {part.number for part in (*after.objectives, *after.actions) if part.going}
                assert said == was_open


def test_what_is_done_has_a_day_and_evidence(contents: list[CaseContent]) -> None:
    written = [plan for content in contents for plan in content.plans]
    parts = [part for plan in written for part in (*plan.objectives, *plan.actions, *plan.steps)]
    assert {bool(part.evidence) for part in parts if part.state in (OPEN, "planned")} == {False}
    assert {bool(part.evidence and part.state_on) for part in parts if part.state not in (OPEN, "planned")} == {True}


def test_objectives_answer_grounds_of_their_own_plan(contents: list[CaseContent]) -> None:
    first = plans(contents, SUPERVISION, "initial")
    for plan in first:
        known = {ground.code for ground in plan.grounds}
        assert {code for objective in plan.objectives for code in objective.grounds} <= known
    assert sum(bool(objective.grounds) for plan in first for objective in plan.objectives) > 600


def test_there_is_an_aim_for_each_need_and_for_harm_and_a_step_for_each_figure(contents: list[CaseContent]) -> None:
    assert set(AIMS) == {*NEEDS, "harm"}
    assert {step.what for plan in plans(contents, SUPERVISION, "initial") for step in plan.steps} == {
        step.what for step in STEPS.values()
    }


def test_interventions_in_sequence_start_after_what_comes_first(contents: list[CaseContent]) -> None:
    for plan in plans(contents, SUPERVISION, "initial"):
        by_number = {step.number: step for step in plan.steps}
        assert all(step.starts_on > by_number[step.after].starts_on for step in plan.steps if step.after)


def test_a_plan_without_an_oasys_has_one_objective_about_harm() -> None:
    content = made(("order_started", "2003-01-06", {"order": "licence"}), ("isp_completed", "2003-02-03", {}))
    (plan,) = content.plans
    assert (plan.grounds, len(plan.objectives), plan.objectives[0].grounds) == ((), 1, ())


def test_a_plan_before_the_first_oasys_is_tied_to_that_one() -> None:
    content = made(
        ("isp_completed", "2003-02-03", {}), ("oasys_completed", "2003-02-10", {"stage": "start", "harm": "high"})
    )
    assert {ground.kind for ground in content.plans[0].grounds} >= {"harm"}


def test_objectives_are_due_before_the_order_ends() -> None:
    content = made(
        ("order_started", "2003-01-06", {"order": "licence", "ends": date(2003, 2, 20)}),
        ("oasys_completed", "2003-01-20", {"stage": "start", "harm": "high"}),
        ("isp_completed", "2003-02-03", {}),
    )
    assert max(objective.due_on for objective in content.plans[0].objectives) <= date(2003, 2, 20)


def test_actions_of_meetings_that_are_open_stand_in_the_plan() -> None:
    content = made(
        ("action_agreed", "2003-01-06", {"action": "A1", "due_on": date(2003, 3, 1), "service": "police"}),
        ("action_agreed", "2003-01-06", {"action": "A2", "due_on": date(2003, 3, 1), "service": "police"}),
        ("action_completed", "2003-01-20", {"action": "A1"}),
        ("rmp_completed", "2003-02-03", {}),
        ("action_agreed", "2003-02-04", {"action": "A3", "due_on": date(2003, 3, 1), "service": "police"}),
    )
    assert content.plans[0].mappa_actions == ("A2",)


def test_nothing_is_planned_where_no_plan_was_written() -> None:
    assert made(("order_started", "2003-01-06", {"order": "licence"})).plans == []
