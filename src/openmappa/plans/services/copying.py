"""A new version of a plan: everything of the last one copied, with what became of each part since."""

from collections.abc import Mapping
from typing import TypeVar

from openmappa.core.plans.progress import is_open
from openmappa.plans.models.parts import Intervention, Objective, ObjectiveGround, PlanAction, PlanGround
from openmappa.plans.models.plan import Plan
from openmappa.plans.models.written import ConfidentialPart, Contingency, Liaison, RiskManagement
from openmappa.plans.queries.grounds import GroundRow
from openmappa.plans.words import Purpose

NOT_COPIED = frozenset({"id", "key", "plan"})
ALWAYS = ("community", "contact", "diversity", "adapted")
NOT_FOR_A_REVIEW = ("shared_on", "agreed", "own_words", "why_not_shared")
Part = TypeVar("Part", Objective, Intervention, PlanAction)
Row = TypeVar(
    "Row", Objective, Intervention, PlanAction, PlanGround, Contingency, Liaison, RiskManagement, ConfidentialPart
)


def texts_from(plan: Plan, purpose: str) -> dict[str, object]:
    """The plan's own columns that its next version begins with. A review is shared with the offender afresh."""
    names = ALWAYS if purpose == Purpose.REVIEW else (*ALWAYS, *NOT_FOR_A_REVIEW)
    return {name: getattr(plan, name) for name in names}


def copy_parts(source: Plan, made: Plan) -> None:
    """Copy every part. For a review, what is still open has to be looked at again."""
    review = made.purpose == Purpose.REVIEW
    grounds = {row.pk: _again(row, made) for row in source.grounds.all()}
    for objective in source.objectives.prefetch_related("ties", "progress"):
        copy = _moved_on(objective, made, review)
        for tie in objective.ties.all():
            ObjectiveGround.objects.create(
                plan=made, case_id=made.case_id, objective=copy, ground=grounds[tie.ground_id]
            )
    for action in source.actions.prefetch_related("progress"):
        _moved_on(action, made, review)
    _copy_interventions(source, made)
    for contingency in source.contingencies.all():
        _again(contingency, made)
    for liaison in source.liaisons.all():
        _again(liaison, made)
    for risk_management in RiskManagement.objects.filter(plan=source):
        _again(risk_management, made)
    for confidential in ConfidentialPart.objects.filter(plan=source):
        _again(confidential, made)


def add_grounds(plan: Plan, rows: tuple[GroundRow, ...]) -> None:
    """Take the grounds of the last assessment into a draft; those that it has already keep what was said of them."""
    known = {ground.code: ground for ground in plan.grounds.all()}
    for row in rows:
        ground = known.get(row.code)
        if ground is None:
            plan.grounds.create(case_id=plan.case_id, kind=row.kind, code=row.code, label=row.label, must=row.must)
        elif (ground.label, ground.must) != (row.label, row.must):
            ground.label, ground.must = row.label, row.must
            ground.save(update_fields=["label", "must"])


def _copy_interventions(source: Plan, made: Plan) -> None:
    copies: dict[int, Intervention] = {}
    rows = list(source.interventions.prefetch_related("progress"))
    for row in rows:
        copies[row.pk] = _moved_on(row, made, review=False, after=None)
    for row in rows:
        if row.after_id is not None:
            copies[row.pk].after = copies[row.after_id]
            copies[row.pk].save(update_fields=["after"])


def _moved_on(row: Part, made: Plan, review: bool, **changed: object) -> Part:
    """The part as its progress since the signature leaves it; where it is open, a review asks for it again."""
    last = list(row.progress.all())[-1:]
    moved: dict[str, object] = {}
    for progress in last:
        moved = {"state": progress.state, "state_on": progress.state_on, "evidence": progress.evidence}
    if review and is_open(str(moved.get("state", row.state))):
        moved = {"state": "open", "state_on": None, "evidence": ""}
    return _again(row, made, **moved, **changed)


def _again(row: Row, made: Plan, **changed: object) -> Row:
    """The same row in the new version."""
    fields: Mapping[str, object] = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in NOT_COPIED and field.name not in changed
    }
    model = type(row)
    copy = model(**{**fields, "plan_id": made.pk, **changed})
    copy.save(force_insert=True)
    return copy
