"""Writing a draft: starting one, saving its texts and parts step by step, abandoning it."""

import uuid
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.cases.models import Case
from openmappa.cases.services import lock_case
from openmappa.core.access import Permission
from openmappa.plans.errors import NotPlanned
from openmappa.plans.models.parts import Intervention, Objective, ObjectiveGround, PlanGround
from openmappa.plans.models.plan import Plan
from openmappa.plans.queries.content import PACK
from openmappa.plans.queries.grounds import grounds_for
from openmappa.plans.queries.parts import part_values, text_row, text_values
from openmappa.plans.queries.plans import latest_signed
from openmappa.plans.revisions import refuse_if_saved
from openmappa.plans.services.copying import add_grounds, copy_parts, texts_from
from openmappa.plans.steps import PARTS, PartModel, Step
from openmappa.plans.words import PlanKind, Purpose

GONE = "This plan is no longer a draft: it was signed or abandoned meanwhile. Go back to the plans of the case."


def start_plan(*, by: User, case: Case, kind: PlanKind, purpose: Purpose) -> Plan:
    """Start a draft, copied from the last signed plan of its kind where there is one; or the draft that there is.

    A second press, or a colleague's, opens the same draft. Raises NotAllowed, NotPlanned (nothing to correct).
    """
    require(by, Permission.RECORD_ASSESSMENT)
    with transaction.atomic():
        locked = lock_case(case)
        draft = Plan.objects.filter(case=locked, kind=kind).drafts().first()
        if draft is not None:
            return draft
        last = latest_signed(locked, kind)
        if purpose == Purpose.CORRECTION and last is None:
            raise NotPlanned("There is no signed plan here to correct. Start a new one.")
        highest = Plan.objects.filter(case=locked, kind=kind).aggregate(highest=Max("version"))["highest"]
        made = Plan.objects.create(
            case=locked,
            kind=kind,
            purpose=purpose,
            version=(highest or 0) + 1,
            replaces=last,
            pack=PACK,
            started_by=by,
            started_at=timezone.now(),
            **(texts_from(last, purpose) if last else {}),
        )
        if last is not None:
            copy_parts(last, made)
        if made.is_supervision:
            add_grounds(made, grounds_for(locked))
        _logged(by, made, "start plan", purpose=purpose)
        return made


def save_texts(*, by: User, plan: Plan, step: Step, values: Mapping[str, object], seen: str | None = None) -> None:
    """Save one step's texts. ``seen`` is the mark of what the page showed; None accepts what was saved since.

    Raises NotAllowed, NotPlanned (no draft any more), SavedMeanwhile.
    """
    require(by, Permission.RECORD_ASSESSMENT)
    with transaction.atomic():
        locked = locked_draft(plan)
        now = text_values(locked, step)
        if _same(now, values):
            return
        refuse_if_saved(now, seen)
        row = text_row(locked, step)
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        _logged(by, locked, "save plan step", step=step.slug)


def save_part(
    *,
    by: User,
    plan: Plan,
    what: str,
    key: uuid.UUID,
    values: Mapping[str, object],
    grounds: Sequence[PlanGround] = (),
    seen: str | None = None,
) -> None:
    """Add a part under this key, or save the part that has it: the same form sent twice adds one.

    ``grounds`` are those that an objective answers. Raises NotAllowed, NotPlanned, SavedMeanwhile.
    """
    require(by, Permission.RECORD_ASSESSMENT)
    with transaction.atomic():
        locked = locked_draft(plan)
        model = PARTS[what]
        row = model.objects.filter(plan=locked, key=key).first()
        added = row is None
        if row is None:
            row = model(plan=locked, case_id=locked.case_id, key=key, number=_next_number(model, locked))
        elif not _same(part_values(row), {**values, **_codes(what, grounds)}):
            refuse_if_saved(part_values(row), seen)
        for name, value in values.items():
            setattr(row, name, value)
        _refuse_a_circle(row)
        row.save()
        if isinstance(row, Objective):
            _tie(row, grounds)
        _logged(by, locked, f"{'add' if added else 'save'} plan {what}", number=row.number)


def remove_part(*, by: User, plan: Plan, what: str, key: uuid.UUID) -> None:
    """Take a part out of a draft. What it said stays in the history. Raises NotAllowed, NotPlanned."""
    require(by, Permission.RECORD_ASSESSMENT)
    with transaction.atomic():
        locked = locked_draft(plan)
        row = PARTS[what].objects.filter(plan=locked, key=key).first()
        if row is None:
            return
        if isinstance(row, Intervention):
            for then in row.then.all():
                then.after = None
                then.save(update_fields=["after"])
        number = row.number
        row.delete()
        _logged(by, locked, f"remove plan {what}", number=number)


def explain_ground(*, by: User, plan: Plan, key: uuid.UUID, why_not_yet: str) -> None:
    """Say why a need or harm factor has no objective yet. Raises NotAllowed, NotPlanned."""
    require(by, Permission.RECORD_ASSESSMENT)
    with transaction.atomic():
        locked = locked_draft(plan)
        ground = PlanGround.objects.filter(plan=locked, key=key).first()
        if ground is None:
            raise NotPlanned("This need or harm factor is no longer in the plan. Go back to the plan.")
        ground.why_not_yet = why_not_yet.strip()
        ground.save(update_fields=["why_not_yet"])
        _logged(by, locked, "explain ground", ground=ground.code)


def abandon_plan(*, by: User, plan: Plan, reason: str) -> None:
    """Give up a draft, with the reason. It stays readable. Raises NotAllowed, NotPlanned."""
    require(by, Permission.RECORD_ASSESSMENT)
    if not reason.strip():
        raise NotPlanned("Say why this draft is given up. The reason stays with it.")
    with transaction.atomic():
        locked = locked_draft(plan)
        locked.abandoned_by, locked.abandoned_at = by, timezone.now()
        locked.abandon_reason = reason.strip()
        locked.save(update_fields=["abandoned_by", "abandoned_at", "abandon_reason"])
        _logged(by, locked, "abandon plan")


def locked_draft(plan: Plan) -> Plan:
    """The plan, locked until the transaction ends. Raises NotPlanned where it is no draft any more."""
    locked = Plan.objects.select_for_update(of=("self",)).select_related("case", "replaces").get(pk=plan.pk)
    if not locked.is_draft:
        raise NotPlanned(GONE)
    return locked


def _next_number(model: PartModel, plan: Plan) -> int:
    """A number that neither this version nor the one before gave to another part: numbers go along with their part."""
    plans = [plan.pk, *([plan.replaces_id] if plan.replaces_id else [])]
    highest = model.objects.filter(plan__in=plans).aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


def _tie(objective: Objective, grounds: Sequence[PlanGround]) -> None:
    wanted = {ground.pk for ground in grounds}
    objective.ties.exclude(ground__in=wanted).delete()
    held = set(objective.ties.values_list("ground", flat=True))
    for ground in grounds:
        if ground.pk not in held:
            ObjectiveGround.objects.create(
                plan_id=objective.plan_id, case_id=objective.case_id, objective=objective, ground=ground
            )


def _refuse_a_circle(row: object) -> None:
    """Raise NotPlanned where an intervention would have to come before itself."""
    passed = set()
    one = row if isinstance(row, Intervention) else None
    while one is not None:
        if one.key in passed:
            raise NotPlanned("These interventions would each have to wait for the other. Choose another order.")
        passed.add(one.key)
        one = one.after


def _codes(what: str, grounds: Sequence[PlanGround]) -> dict[str, object]:
    return {"grounds": sorted(ground.code for ground in grounds)} if what == "objective" else {}


def _same(now: Mapping[str, object], values: Mapping[str, object]) -> bool:
    return all(now[name] == value for name, value in values.items())


def _logged(by: User, plan: Plan, verb: str, **about: object) -> None:
    log(by=by, verb=verb, case_id=plan.case_id, about={"plan": plan.pk, "kind": plan.kind, **about})
