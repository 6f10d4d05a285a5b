"""House rule 8: the database refuses. Each named constraint has a row that breaks it; a new one without a row fails."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.utils import timezone
from tests.house import (
    breaking,
    breaking_actions,
    breaking_annual_report,
    breaking_around,
    breaking_assessing,
    breaking_board,
    breaking_case_audits,
    breaking_findings,
    breaking_good_practice,
    breaking_inspections,
    breaking_interviews,
    breaking_line_management,
    breaking_meetings,
    breaking_minutes,
    breaking_movements,
    breaking_oasys,
    breaking_orders,
    breaking_past,
    breaking_plans,
    breaking_posts,
    breaking_referrals,
    breaking_samples,
    breaking_targets,
    breaking_transfers,
    breaking_workload,
)
from tests.timeline.build import ago, make_case, make_person, today, write

from openmappa.accounts.models import Agency, User
from openmappa.assessments.models import NoRm2000, Rm2000Score
from openmappa.audit.models import Event
from openmappa.audit.services import log
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.notes.models import Note
from openmappa.timeline.models import Duty, Fact, Standing
from openmappa.visits.models import HomeVisit

pytestmark = pytest.mark.django_db

OURS = (
    "actions",
    "accounts",
    "annual_report",
    "assessing",
    "assessments",
    "audit",
    "board",
    "case_audits",
    "cases",
    "emergency",
    "findings",
    "further_offences",
    "good_practice",
    "inspections",
    "interviews",
    "involved",
    "line_management",
    "minutes",
    "movements",
    "meetings",
    "notes",
    "notices",
    "oasys",
    "orders",
    "oversight",
    "past",
    "people",
    "plans",
    "referrals",
    "retention",
    "samples",
    "signin",
    "timeline",
    "transfers",
    "visits",
    "workload",
)


def duty(case: Case, **changed: object) -> None:
    plain: dict[str, object] = {
        "standard": "oasys-start",
        "of": "case_manager",
        "opened_on": ago(20),
        "due_on": ago(5),
        "because_kind": "order_started",
        "because_on": ago(20),
    }
    Duty.objects.create(case=case, area=case.area, **(plain | changed))


WHOLE_V = {
    "violent_appearances": 1,
    "burglary": False,
    "v_points": 3,
    "v_band": "medium",
    "c_points": 2,
    "c_band": "medium",
}


def score(case: Case, **changed: object) -> None:
    plain: dict[str, object] = {
        "age_at_risk": 30,
        "sexual_appearances": 1,
        "criminal_appearances": 1,
        "male_victim": False,
        "stranger_victim": False,
        "single": False,
        "non_contact": False,
        "s_points": 1,
        "s_first_band": "medium",
        "s_band": "medium",
    }
    fact = write(case, "rm2000_completed", ago(1), band="medium", rank="constable")
    Rm2000Score.objects.create(
        fact=fact, case=case, scored_by=make_person(Role.POLICE_OFFICER), pack="any", **(plain | changed)
    )


def no_score(case: Case, **changed: object) -> None:
    by = make_person(Role.POLICE_OFFICER)
    plain = {"compartment": "open", "basis": "fact", "concerns": "offender", "on": today(), "agency": by.agency}
    note = Note.objects.create(case=case, written_by=by, text="No RM2000 is made.", **plain)
    NoRm2000.objects.create(
        case=case, note=note, code="other", pack="any", decided_on=today(), decided_by=by, rank="constable", **changed
    )


def no_score_twice(case: Case) -> None:
    no_score(case)
    no_score(case)


def standing(case: Case, **changed: object) -> None:
    Standing(case=case, **changed).save(force_insert=True)


def visit(case: Case, **notes: object) -> None:
    fact = write(case, "home_visit", ago(1), service="police", outcome="seen", announced=False, joint=False)
    HomeVisit.objects.create(fact=fact, case=case, visited_by=make_person(Role.POLICE_OFFICER), **notes)


def fact(case: Case, **changed: object) -> None:
    Fact.objects.create(case=case, on=ago(1), recorded_on=today(), **({"kind": "significant_incident"} | changed))


def twice(case: Case) -> None:
    duty(case)
    duty(case)


def same_reference(case: Case) -> None:
    other = make_case()
    Case.objects.filter(pk=other.pk).update(reference=case.reference, source=case.source)


BREAKS: dict[str, Callable[[Case], object]] = {
    "agency_kind_is_known": lambda case: Agency.objects.create(code="x", name="X", kind="army"),
    "user_role_is_known": lambda case: User.objects.filter(pk=make_person(Role.AUDITOR).pk).update(role="king"),
    "user_rank_is_known": lambda case: User.objects.filter(pk=make_person(Role.AUDITOR).pk).update(rank="duke"),
    "case_reference_is_unique_in_its_source": same_reference,
    "fact_kind_is_known": lambda case: fact(case, kind="coffee_break"),
    "fact_voided_by_somebody_with_a_reason": lambda case: fact(case, voided_at=timezone.now(), void_reason="No one"),
    "duty_opens_once": twice,
    "duty_is_not_both_met_and_closed": lambda case: duty(case, met_on=ago(1), closed_on=ago(1)),
    "duty_is_met_after_it_opens": lambda case: duty(case, met_on=ago(21)),
    "duty_closes_after_it_opens": lambda case: duty(case, closed_on=ago(21)),
    "standing_band_is_known": lambda case: standing(make_case(), band="enormous"),
    "standing_harm_level_is_known": lambda case: standing(make_case(), harm_level="enormous"),
    "standing_mappa_level_is_1_to_3": lambda case: standing(make_case(), mappa_level=4),
    "home_visit_concern_is_said": lambda case: visit(case, has_concern=True),
    "rm2000_bands_are_known": lambda case: score(case, s_band="enormous"),
    "rm2000_is_for_adults": lambda case: score(case, age_at_risk=17),
    "rm2000_follows_a_sexual_appearance": lambda case: score(case, sexual_appearances=0),
    "rm2000_sexual_appearances_are_criminal_ones": lambda case: score(case, sexual_appearances=2),
    "rm2000_violent_appearances_are_criminal_ones": lambda case: score(case, **(WHOLE_V | {"violent_appearances": 2})),
    "rm2000_scale_v_is_whole_or_absent": lambda case: score(case, **(WHOLE_V | {"burglary": None})),
    "no_rm2000_has_one_reason_at_a_time": no_score_twice,
    "no_rm2000_is_withdrawn_by_somebody": lambda case: no_score(case, withdrawn_at=timezone.now()),
}


@pytest.fixture
def case() -> Case:
    case = make_case()
    write(case, "registered", ago(30))
    return case


BREAKS |= breaking.BREAKS
BREAKS |= breaking_actions.BREAKS
BREAKS |= breaking_annual_report.BREAKS
BREAKS |= breaking_around.BREAKS
BREAKS |= breaking_board.BREAKS
BREAKS |= breaking_posts.BREAKS
BREAKS |= breaking_workload.BREAKS
BREAKS |= breaking_case_audits.BREAKS
BREAKS |= breaking_good_practice.BREAKS
BREAKS |= breaking_oasys.BREAKS
BREAKS |= breaking_line_management.BREAKS
BREAKS |= breaking_meetings.BREAKS
BREAKS |= breaking_plans.BREAKS
BREAKS |= breaking_referrals.BREAKS
BREAKS |= breaking_minutes.BREAKS
BREAKS |= breaking_samples.BREAKS
BREAKS |= breaking_findings.BREAKS
BREAKS |= breaking_assessing.BREAKS
BREAKS |= breaking_inspections.BREAKS
BREAKS |= breaking_interviews.BREAKS
BREAKS |= breaking_movements.BREAKS
BREAKS |= breaking_orders.BREAKS
BREAKS |= breaking_transfers.BREAKS
BREAKS |= breaking_targets.BREAKS
BREAKS |= breaking_past.BREAKS


def constraints() -> set[str]:
    named = (models.CheckConstraint, models.UniqueConstraint)
    return {
        constraint.name
        for label in OURS
        for model in apps.get_app_config(label).get_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, named)
    }


def test_every_constraint_stands_in_the_table() -> None:
    assert constraints() == set(BREAKS)


def outcome(name: str, case: Case) -> str:
    """What comes of the row that breaks it: nothing is left of it, so that each begins with the case as it was."""
    try:
        with transaction.atomic():
            BREAKS[name](case)
            transaction.set_rollback(True)
    except IntegrityError as refusal:
        return "refused" if name in str(refusal) else f"refused for another reason: {refusal}"
    except Exception as mistake:
        return f"did not get so far: {mistake!r}"
    return "let through"


def test_the_database_refuses_what_breaks_each_constraint(case: Case) -> None:
    assert len(BREAKS) > 300
    found = {name: outcome(name, Case.objects.get(pk=case.pk)) for name in sorted(BREAKS)}
    assert {name: what for name, what in found.items() if what != "refused"} == {}


@pytest.mark.parametrize("statement", ["UPDATE audit_event SET verb = 'nothing'", "DELETE FROM audit_event"])
def test_the_application_cannot_touch_what_the_log_says(statement: str) -> None:
    log(by=None, verb="look")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Event.objects.filter(verb="look").count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM timeline_fact",
        "UPDATE timeline_fact SET kind = 'case_closed'",
        "UPDATE timeline_fact SET \"on\" = '2000-01-01'",
        "UPDATE timeline_fact SET details = '{}'",
        "TRUNCATE timeline_fact CASCADE",
    ],
)
def test_the_application_cannot_edit_or_delete_a_fact(statement: str, case: Case) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Fact.objects.get(case=case).on == today() - timedelta(days=30)
