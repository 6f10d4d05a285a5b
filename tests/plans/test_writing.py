"""A plan from its first step to its countersignature: two people at once, double clicks, versions, progress."""

import uuid
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.errors import NotAllowed
from openmappa.accounts.models import User
from openmappa.actions.queries.of_case import actions_of_case
from openmappa.audit.models import Event
from openmappa.cases.models import Case
from openmappa.core.access import Rank, Role
from openmappa.core.packs.load import load_oasys
from openmappa.core.plans.smart import Wording
from openmappa.notes.models import Note
from openmappa.notices.models import Notice
from openmappa.plans.errors import NotPlanned, NotReady, NotSmart, SavedMeanwhile
from openmappa.plans.models.parts import Progress
from openmappa.plans.models.plan import Plan
from openmappa.plans.queries.content import gaps_of
from openmappa.plans.queries.glance import glance
from openmappa.plans.queries.parts import text_values
from openmappa.plans.queries.plans import latest_signed, plans_of, waiting_for_countersignature
from openmappa.plans.revisions import mark_of
from openmappa.plans.services.drafting import abandon_plan, explain_ground, save_part, save_texts, start_plan
from openmappa.plans.services.objectives import save_objective
from openmappa.plans.services.progress import record_progress
from openmappa.plans.services.signing import countersign_plan, return_plan, sign_plan
from openmappa.plans.steps import BY_SLUG
from openmappa.plans.words import PlanKind, Purpose
from openmappa.timeline.models import Duty, Fact
from openmappa.timeline.services import void_fact
from tests.oasys.build import draft_row, section_row
from tests.plans.build import a_ground, a_liaison, a_manager, an_action, an_intervention, an_objective, an_spo, in_days
from tests.timeline.build import ago, make_area, make_case, make_person, today, write

pytestmark = pytest.mark.django_db
SUPERVISION, RISK = PlanKind.SUPERVISION, PlanKind.RISK_MANAGEMENT
TEXTS: dict[str, dict[str, Any]] = {
    "participation": {
        "shared_on": ago(1),
        "agreed": True,
        "own_words": "I want to stop drinking.",
        "why_not_shared": "",
        "diversity": "Reads slowly; asked on the first day.",
        "adapted": "Large print.",
    },
    "community": {"community": "Lives with his sister.", "contact": "Every Tuesday at 10, at the office."},
    "victims": {
        "victim_issues": "The contact unit was told.",
        "victim_safety": "",
        "third_party": "",
        "hidden_controls": "",
    },
}
SMART = Wording(
    "Completes the 12 sessions of the alcohol course.",
    "The register shows 12 of 12 sessions.",
    "The offender",
    in_days(60),
)
COLUMNS: dict[str, Any] = {
    "what": SMART.what,
    "measure": SMART.measure,
    "due_on": SMART.due_on,
    "owner_kind": "offender",
    "owner_id": None,
    "owner_agency": "",
    "plain_words": "You go to all 12 sessions.",
    "insist_reason": "",
}


@pytest.fixture
def case() -> Case:
    case = make_case()
    write(case, "order_started", ago(20), order="community_order", ends=in_days(700))
    return case


@pytest.fixture
def by() -> User:
    return a_manager()


def started(by: User, case: Case, purpose: Purpose = Purpose.INITIAL, kind: PlanKind = SUPERVISION) -> Plan:
    return start_plan(by=by, case=case, kind=kind, purpose=purpose)


def written(by: User, case: Case) -> Plan:
    """A supervision plan that lacks nothing, by way of the services."""
    plan = started(by, case)
    for slug, values in TEXTS.items():
        save_texts(by=by, plan=plan, step=BY_SLUG[slug], values=values)
    grounds = [plan.grounds.first()]
    save_objective(by=by, plan=plan, key=uuid.uuid4(), wording=SMART, values=COLUMNS, grounds=grounds)  # type: ignore[arg-type]
    an_intervention(plan)
    a_liaison(plan)
    plan.refresh_from_db()
    return plan


def signed(by: User, plan: Plan, on: date | None = None, **more: Any) -> Plan:
    sign_plan(by=by, plan=plan, on=on or today(), **more)
    plan.refresh_from_db()
    return plan


def test_a_plan_is_written_signed_and_meets_its_duty(by: User, case: Case) -> None:
    plan = written(by, case)
    assert gaps_of(plan) == ()
    plan = signed(by, plan, on=ago(1))
    assert plan.fact is not None
    assert (plan.fact.kind, plan.fact.on, plan.fact.recorded_by) == ("isp_completed", ago(1), by)
    assert Duty.objects.get(case=case, standard="isp-start").met_on == ago(1)
    assert (plan.needs_countersignature, plan.harm_level) == (False, "")
    assert Event.objects.filter(case_id=case.pk, verb="start plan").count() == 1


def test_starting_twice_opens_the_same_draft_for_both(by: User, case: Case) -> None:
    assert started(by, case) == started(a_manager(), case)
    assert Plan.objects.filter(case=case).count() == 1


def test_it_cannot_be_signed_while_something_is_missing(by: User, case: Case) -> None:
    plan = started(by, case)
    with pytest.raises(NotReady) as refused:
        sign_plan(by=by, plan=plan, on=today())
    assert {gap.step for gap in refused.value.gaps} == {
        "objectives",
        "interventions",
        "participation",
        "community",
        "liaison",
        "victims",
    }
    assert not Fact.objects.filter(case=case, kind="isp_completed").exists()


def test_the_same_signature_sent_twice_records_one_fact(by: User, case: Case) -> None:
    plan, submission = written(by, case), uuid.uuid4()
    first = sign_plan(by=by, plan=plan, on=today(), submission=submission)
    again = sign_plan(by=by, plan=plan, on=today(), submission=submission)
    assert (first.fact, again.replayed) == (again.fact, True)
    with pytest.raises(NotPlanned, match="no longer a draft"):
        sign_plan(by=by, plan=plan, on=today(), submission=uuid.uuid4())
    assert Fact.objects.filter(case=case, kind="isp_completed").count() == 1


def test_a_vague_objective_is_kept_only_with_a_reason_and_never_without_a_day_in_time(by: User, case: Case) -> None:
    plan = started(by, case)
    vague = SMART.__class__("Engages with supervision as planned", SMART.measure, SMART.owner, SMART.due_on)
    values = {**COLUMNS, "what": vague.what}
    send: dict[str, Any] = {"by": by, "plan": plan, "key": uuid.uuid4(), "grounds": []}
    with pytest.raises(NotSmart, match="“Engages” describes an attitude"):
        save_objective(**send, wording=vague, values=values)
    assert plan.objectives.count() == 0
    save_objective(**send, wording=vague, values={**values, "insist_reason": "Agreed with the court in these words."})
    assert plan.objectives.get().insist_reason == "Agreed with the court in these words."
    late = SMART.__class__(vague.what, SMART.measure, SMART.owner, ago(1))
    with pytest.raises(NotSmart, match="The day has passed already"):
        save_objective(**send, wording=late, values={**values, "insist_reason": "All the same."})


def test_a_part_sent_twice_is_added_once_and_numbers_go_up(by: User, case: Case) -> None:
    plan = started(by, case)
    values = {"who": "Case manager", "with_whom": "Police", "how_often": "Mondays", "about": "Changes"}
    key = uuid.uuid4()
    for each in (key, key, uuid.uuid4()):
        save_part(by=by, plan=plan, what="liaison", key=each, values=values, seen="")
    assert [row.number for row in plan.liaisons.all()] == [1, 2]


def test_two_people_at_one_step_overwrite_nothing_silently(by: User, case: Case) -> None:
    plan, step = started(by, case), BY_SLUG["community"]
    opened = mark_of(text_values(plan, step))
    mine, theirs = {"community": "Mine", "contact": ""}, {"community": "Theirs", "contact": ""}
    save_texts(by=a_manager(), plan=plan, step=step, values=theirs, seen=opened)
    with pytest.raises(SavedMeanwhile) as refused:
        save_texts(by=by, plan=plan, step=step, values=mine, seen=opened)
    assert refused.value.now["community"] == "Theirs"
    assert text_values(Plan.objects.get(pk=plan.pk), step)["community"] == "Theirs"
    save_texts(by=by, plan=plan, step=step, values=mine, seen=refused.value.seen)
    assert text_values(Plan.objects.get(pk=plan.pk), step)["community"] == "Mine"
    save_texts(by=by, plan=plan, step=step, values=mine, seen=opened), "the same once more changes nothing"


def test_two_people_at_two_steps_do_not_disturb_each_other(by: User, case: Case) -> None:
    plan = started(by, case)
    marks = {slug: mark_of(text_values(plan, BY_SLUG[slug])) for slug in TEXTS}
    for slug, values in TEXTS.items():
        save_texts(by=a_manager(), plan=plan, step=BY_SLUG[slug], values=values, seen=marks[slug])
    plan.refresh_from_db()
    assert (plan.own_words, plan.community) == ("I want to stop drinking.", "Lives with his sister.")


def test_high_harm_waits_for_a_line_manager_who_is_somebody_else(by: User, case: Case) -> None:
    write(case, "harm_level_set", ago(3), level="high")
    manager = an_spo()
    plan = signed(by, written(by, case))
    assert (plan.harm_level, plan.waits_for_countersignature) == ("high", True)
    assert list(waiting_for_countersignature(manager)) == [plan]
    assert list(waiting_for_countersignature(by)) == []
    with pytest.raises(NotAllowed):
        countersign_plan(by=by, plan=plan)
    countersign_plan(by=manager, plan=plan, comment="Good work.")
    countersign_plan(by=manager, plan=plan)
    plan.refresh_from_db()
    assert (plan.countersigned_by, plan.countersign_comment) == (manager, "Good work.")
    assert list(waiting_for_countersignature(manager)) == []
    assert Note.objects.get(case=case).text == "Supervision plan, version 1, was countersigned."


def test_who_has_not_the_rank_neither_countersigns_nor_returns_a_plan_and_none_waits_for_them(
    by: User, case: Case
) -> None:
    write(case, "harm_level_set", ago(3), level="high")
    plan = signed(by, written(by, case))
    for rank in (Rank.NONE, Rank.CONSTABLE):
        manager = make_person(Role.LINE_MANAGER, rank=rank)
        for deed in (countersign_plan, return_plan):
            with pytest.raises(NotPlanned, match="A sergeant, a senior probation officer, or somebody above them"):
                deed(by=manager, plan=plan, comment="Say more.")
        assert list(waiting_for_countersignature(manager)) == []
    plan.refresh_from_db()
    assert (plan.countersigned_at, plan.returned_at) == (None, None)


def test_a_voided_plan_is_not_countersigned(by: User, case: Case) -> None:
    plan = signed(by, written(by, case), ask_countersignature=True)
    assert plan.fact is not None
    void_fact(by=by, fact=plan.fact, reason="Signed on the wrong case.")
    with pytest.raises(NotPlanned, match="its entry on the timeline was a mistake"):
        countersign_plan(by=an_spo(), plan=plan)


def test_nobody_countersigns_their_own_plan_and_nobody_of_another_area_sees_it_wait(case: Case) -> None:
    write(case, "harm_level_set", ago(3), level="very_high")
    manager = an_spo()
    plan = signed(manager, written(manager, case))
    with pytest.raises(NotPlanned, match="signed this plan yourself"):
        countersign_plan(by=manager, plan=plan)
    assert list(waiting_for_countersignature(manager)) == []
    elsewhere = make_person(Role.LINE_MANAGER, area=make_area("eastmarch", "B"))
    assert list(waiting_for_countersignature(elsewhere)) == []
    assert [row.pk for row in waiting_for_countersignature(an_spo())] == [plan.pk]


def test_a_returned_plan_is_corrected_in_a_new_version_and_stands_until_then(by: User, case: Case) -> None:
    write(case, "harm_level_set", ago(3), level="high")
    manager = an_spo()
    plan = signed(by, written(by, case), on=ago(2))
    with pytest.raises(NotPlanned, match="Say what has to change"):
        return_plan(by=manager, plan=plan, comment=" ")
    return_plan(by=manager, plan=plan, comment="Say who drives him there.")
    assert Notice.objects.filter(to=by, kind="plan_returned").count() == 1
    assert latest_signed(case, SUPERVISION) == plan
    second = started(by, case, Purpose.CORRECTION)
    assert (second.version, second.replaces, second.own_words) == (2, plan, "I want to stop drinking.")
    assert second.objectives.get().what == SMART.what
    assert [ground.code for ground in second.objectives.get().grounds.all()] == [
        ground.code for ground in plan.objectives.get().grounds.all()
    ]
    second = signed(by, second, void_reason="The plan named nobody who drives.")
    plan.refresh_from_db()
    assert plan.fact is not None and second.fact is not None
    assert (plan.fact.is_voided, second.fact.kind) == (True, "isp_completed")
    assert list(waiting_for_countersignature(manager)) == [second]


def test_progress_stands_beside_a_signed_plan_and_a_review_takes_it_over_and_asks_for_the_rest(
    by: User, case: Case
) -> None:
    plan = written(by, case)
    an_objective(plan, number=2, what="y").ties.create(plan=plan, case=case, ground=plan.grounds.first())
    plan.objectives.filter(number=2).update(plain_words="y")
    plan = signed(by, plan, on=ago(2))
    first, submission = plan.objectives.get(number=1), uuid.uuid4()
    for _ in range(2):
        record_progress(
            by=by,
            plan=plan,
            what="objective",
            key=first.key,
            state="achieved",
            on=ago(1),
            evidence="The certificate.",
            submission=submission,
        )
    assert Progress.objects.filter(objective=first).count() == 1
    assert glance(plan, today()).tally.sentence == "1 of 2 done, 1 open"
    review = started(by, case, Purpose.REVIEW)
    assert [(row.number, row.state, row.evidence) for row in review.objectives.all()] == [
        (1, "achieved", "The certificate."),
        (2, "open", ""),
    ]
    assert review.shared_on is None, "a review is shared afresh"
    asked = [gap.sentence for gap in gaps_of(review) if gap.step == "review"]
    assert asked[-1] == "Write down how objective 2 is going."
    second = review.objectives.get(number=2)
    record_progress(
        by=by,
        plan=review,
        what="objective",
        key=second.key,
        state="open",
        on=ago(0),
        evidence="Two sessions so far.",
        submission=uuid.uuid4(),
    )
    said = {"why_now": "16 weeks are over.", "what_changed": "A new address.", "mappa_taken_in": ""}
    save_texts(by=by, plan=review, step=BY_SLUG["review"], values=said)
    save_texts(by=by, plan=review, step=BY_SLUG["participation"], values=TEXTS["participation"])
    review = signed(by, review)
    assert review.fact is not None and review.fact.kind == "plan_reviewed"
    with pytest.raises(NotPlanned, match="newer plan stands"):
        record_progress(
            by=by,
            plan=plan,
            what="objective",
            key=first.key,
            state="open",
            on=ago(0),
            evidence="x",
            submission=uuid.uuid4(),
        )


def test_progress_needs_evidence_and_a_day_that_has_come(by: User, case: Case) -> None:
    plan = written(by, case)
    send: dict[str, Any] = {"by": by, "plan": plan, "what": "objective", "key": plan.objectives.get().key}
    with pytest.raises(NotPlanned, match="what shows it"):
        record_progress(**send, state="achieved", on=today(), evidence=" ", submission=uuid.uuid4())
    with pytest.raises(NotPlanned, match="still to come"):
        record_progress(**send, state="achieved", on=in_days(1), evidence="x", submission=uuid.uuid4())


def test_a_risk_management_plan_meets_its_duty_and_holds_the_open_actions_of_meetings(by: User, case: Case) -> None:
    write(case, "harm_level_set", ago(3), level="high")
    write(case, "mappa_level_set", ago(3), level=2, category=1)
    write(case, "action_agreed", ago(2), action="A1", due_on=ago(1), service="police")
    write(case, "action_agreed", ago(2), action="A2", due_on=in_days(9), service="probation")
    write(case, "action_completed", ago(0), action="A2")
    found = [(one.name, one.is_open, one.is_overdue(today()), one.completed_on) for one in actions_of_case(case)]
    assert found == [("A1", True, True, None), ("A2", False, False, ago(0))]
    plan = started(by, case, kind=RISK)
    texts = {
        "controls": dict.fromkeys(["other_agencies", "existing_controls", "contact"], "The council knows."),
        "victims": {"victim_safety": "An alarm at her home."},
    }
    for slug, values in texts.items():
        save_texts(by=by, plan=plan, step=BY_SLUG[slug], values=values)
    an_action(plan)
    a_liaison(plan)
    owner = {"owner_kind": "person", "owner_id": by.pk, "owner_agency": ""}
    save_part(by=by, plan=plan, what="contingency", key=uuid.uuid4(), values={"trigger": "x", "what": "y", **owner})
    plan = signed(by, plan)
    assert (plan.mappa_actions, plan.needs_countersignature) == (["A1"], True)
    assert Duty.objects.get(case=case, standard="rmp-start").met_on == today()


def test_interventions_that_wait_for_each_other_are_refused(by: User, case: Case) -> None:
    plan = started(by, case)
    first, second = an_intervention(plan), an_intervention(plan, number=2)
    save_part(by=by, plan=plan, what="intervention", key=first.key, values={"after_id": second.pk})
    with pytest.raises(NotPlanned, match="wait for the other"):
        save_part(by=by, plan=plan, what="intervention", key=second.key, values={"after_id": first.pk})


def test_a_draft_is_given_up_with_a_reason_and_another_may_be_started(by: User, case: Case) -> None:
    plan = started(by, case)
    with pytest.raises(NotPlanned, match="Say why"):
        abandon_plan(by=by, plan=plan, reason="")
    abandon_plan(by=by, plan=plan, reason="Started on the wrong case.")
    with pytest.raises(NotPlanned, match="no longer a draft"):
        save_texts(by=by, plan=plan, step=BY_SLUG["community"], values=TEXTS["community"])
    assert started(by, case).version == 2
    assert [one.version for one in plans_of(case)[SUPERVISION].abandoned] == [1]


def test_needs_that_the_last_oasys_found_have_to_be_answered_and_others_are_not_offered(by: User, case: Case) -> None:
    oasys = draft_row(case, by)
    harm = load_oasys("england-wales-2005").section("accommodation").linked_to_harm
    section_row(oasys, answers={**dict.fromkeys(["item_3_3", "item_3_4", "item_3_5", "item_3_6"], 2), harm: True})
    oasys.fact = write(case, "oasys_completed", ago(2), by=by, stage="start", harm="medium")
    oasys.signed_by, oasys.signed_at, oasys.harm_level = by, timezone.now(), "medium"
    oasys.save()
    plan = started(by, case)
    assert sorted((row.kind, row.code, row.label, row.must) for row in plan.grounds.all()) == [
        ("harm", "harm:accommodation", "Accommodation, linked to serious harm", True),
        ("need", "need:accommodation", "Accommodation", True),
    ]
    assert "“Accommodation” has no objective. Write one, or say why not yet." in [gap.sentence for gap in gaps_of(plan)]


def test_a_need_without_an_objective_is_explained(by: User, case: Case) -> None:
    plan = started(by, case)
    ground = a_ground(plan, code="need:x", must=True)
    explain_ground(by=by, plan=plan, key=ground.key, why_not_yet=" After the trial. ")
    assert plan.grounds.get(code="need:x").why_not_yet == "After the trial."


def test_a_plan_made_elsewhere_is_listed_and_can_be_reviewed_here(by: User, case: Case) -> None:
    fact = write(case, "isp_completed", ago(10), by=by)
    listed = plans_of(case)[SUPERVISION]
    assert ([one.fact for one in listed.recorded], listed.current, listed.newest is None) == ([fact], None, False)
    assert started(by, case, Purpose.REVIEW).version == 1
    with pytest.raises(NotPlanned, match="no signed plan"):
        start_plan(by=by, case=make_case(), kind=SUPERVISION, purpose=Purpose.CORRECTION)


@pytest.mark.parametrize("role", [Role.POLICE_OFFICER, Role.MAPPA_COORDINATOR, Role.VICTIM_CONTACT_OFFICER])
def test_who_does_not_assess_starts_no_plan(role: Role, case: Case) -> None:
    person = make_person(role)
    with as_person(person), pytest.raises(NotAllowed):
        start_plan(by=person, case=case, kind=SUPERVISION, purpose=Purpose.INITIAL)
    assert not Plan.objects.exists()
