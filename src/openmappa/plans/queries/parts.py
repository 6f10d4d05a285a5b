"""The rows of a plan by step: one row of texts, or the parts of a list, and what they say."""

import uuid

from django.http import Http404

from openmappa.plans.models.parts import Intervention, Objective, PlanAction
from openmappa.plans.models.plan import Plan
from openmappa.plans.models.written import ConfidentialPart, Contingency, Liaison, PlanReview, RiskManagement
from openmappa.plans.steps import PARTS, Step

Part = Objective | Intervention | PlanAction | Contingency | Liaison
TextRow = Plan | RiskManagement | ConfidentialPart | PlanReview

COLUMNS: dict[str, tuple[str, ...]] = {
    "objective": (
        "what",
        "measure",
        "due_on",
        "owner_kind",
        "owner_id",
        "owner_agency",
        "plain_words",
        "insist_reason",
    ),
    "intervention": (
        "kind",
        "heading",
        "what",
        "provider",
        "why_now",
        "after_id",
        "starts_on",
        "ends_on",
        "plain_words",
    ),
    "action": ("what", "owner_kind", "owner_id", "owner_agency", "due_on"),
    "contingency": ("trigger", "what", "owner_kind", "owner_id", "owner_agency"),
    "liaison": ("who", "with_whom", "how_often", "about"),
}
"""What a person writes in each kind of part."""


def text_row(plan: Plan, step: Step) -> TextRow:
    """The row that a step's texts stand in; one not saved yet where there is none."""
    model = step.model
    if model is RiskManagement or model is ConfidentialPart or model is PlanReview:
        return model.objects.filter(plan=plan).first() or model(plan=plan, case_id=plan.case_id)
    return plan


def text_values(plan: Plan, step: Step) -> dict[str, object]:
    """What a step says now, by column."""
    row = text_row(plan, step)
    return {name: getattr(row, name) for name in step.columns_for(plan)}


def part_values(part: Part) -> dict[str, object]:
    """What a part says now, by column; an objective's grounds by their codes."""
    found = {name: getattr(part, name) for name in COLUMNS[name_of(part)]}
    if isinstance(part, Objective):
        found["grounds"] = sorted(ground.code for ground in part.grounds.all())
    return found


def name_of(part: Part) -> str:
    """What addresses call this kind of part."""
    return next(name for name, model in PARTS.items() if isinstance(part, model))


def part_on(plan: Plan, what: str, key: uuid.UUID) -> Part:
    """A part of a plan by its key. Raises Http404."""
    model = PARTS.get(what)
    found = model.objects.filter(plan=plan, key=key).first() if model else None
    if found is None:
        raise Http404("No such part")
    return found
