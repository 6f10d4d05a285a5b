"""What the offender's copy says, and what must not be in it."""

from collections.abc import Iterator

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.compartments import Compartment
from openmappa.core.plans.offender import Found, OffenderActivity, OffenderPlan, OffenderStep, names_shared
from openmappa.notes.models import Note
from openmappa.oasys.models_around import ConfidentialSection
from openmappa.plans.models.parts import Objective
from openmappa.plans.models.plan import Plan
from openmappa.plans.models.written import ConfidentialPart
from openmappa.plans.queries.content import plan_rules
from openmappa.plans.queries.glance import Glance, next_duties
from openmappa.plans.words import ObjectiveState, OwnerKind
from openmappa.timeline.queries.frame import CaseFrame

HIDDEN = (Compartment.CONFIDENTIAL, Compartment.VICTIM)


def offender_plan(frame: CaseFrame, seen: Glance) -> OffenderPlan:
    """The copy for the offender: texts written for them, and who, when and how it stands. Nothing else has a place."""
    plan, case = seen.plan, frame.case
    review = [line.duty.due_on for line in next_duties(frame, plan.kind)]
    return OffenderPlan(
        name=case.person.full_name,
        written_by=_by_name(plan),
        written_on=plan.fact.on if plan.fact else frame.today,
        contact=plan.contact,
        adapted=plan.adapted,
        own_words=plan.own_words,
        agreed=plan.agreed,
        steps=tuple(_steps(seen, case)),
        activities=tuple(_activities(seen)),
        review_by=min(review, default=None),
        is_draft=plan.is_draft,
    )


def warnings(frame: CaseFrame, copy: OffenderPlan) -> tuple[Found, ...]:
    """Words of the copy that may be names from what the offender must not see, as far as this person reads it."""
    case = frame.case
    staff = [person.full_name for person in (case.case_manager, case.police_officer) if person]
    known = [case.person.full_name, copy.written_by, *staff, case.area.name]
    return names_shared(copy, hidden_texts(frame.user, case), known, plan_rules().hidden_names)


def hidden_texts(user: User, case: Case) -> list[str]:
    """What the offender must not see, of plans, OASys and notes, as far as this person opens it. Three queries."""
    parts = ConfidentialPart.objects.filter(case=case)
    sections = ConfidentialSection.objects.filter(case=case)
    notes = Note.objects.open_to(user, case).filter(compartment__in=[each.value for each in HIDDEN])
    columns = ("victim_issues", "victim_safety", "third_party", "hidden_controls")
    return [
        *(getattr(part, column) for part in parts for column in columns),
        *notes.values_list("text", flat=True),
        *sections.values_list("text", flat=True),
    ]


def _steps(seen: Glance, case: Case) -> Iterator[OffenderStep]:
    for line in seen.objectives:
        if line.part.plain_words:
            state = str(ObjectiveState(line.state).label)
            yield OffenderStep(line.part.plain_words, _who(line.part, case), line.part.due_on, state)


def _activities(seen: Glance) -> Iterator[OffenderActivity]:
    for line in seen.interventions:
        if line.part.plain_words:
            yield OffenderActivity(line.part.plain_words, line.part.starts_on, line.part.ends_on)


def _who(objective: Objective, case: Case) -> str:
    """Who does it, as the offender knows them: staff by what they do, an agency by its name."""
    if objective.owner_kind == OwnerKind.OFFENDER:
        return "You"
    if objective.owner is None:
        return objective.owner_agency
    if objective.owner.pk == case.case_manager_id:
        return "Your case manager"
    if objective.owner.pk == case.police_officer_id:
        return "Your police officer"
    return "Somebody from the police" if objective.owner.service == "police" else "Somebody from probation"


def _by_name(plan: Plan) -> str:
    return (plan.signed_by or plan.started_by).full_name
