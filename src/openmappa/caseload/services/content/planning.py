"""The generated plans, version by version: each is written as a draft with its parts and then signed, as anybody would.

The database lets nobody add to a signed plan, and a case has one draft of a kind at a time: so all first versions are
written and signed, then all second ones, and so on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from django.db import connection, models

from openmappa.accounts.models import User
from openmappa.assessments.queries import PACK
from openmappa.caseload.services.content.filed import Filed
from openmappa.caseload.services.content.moments import countersigned_at, signed_at, started_at
from openmappa.caseload.services.copying import copy_rows, reserved_ids
from openmappa.core.bands import HarmLevel
from openmappa.core.synthetic.content.plan_words import MANAGER, OFFENDER
from openmappa.core.synthetic.content.planned import ActionText, ObjectiveText, PlanText
from openmappa.plans.models.parts import (
    Intervention,
    Objective,
    ObjectiveGround,
    PlanAction,
    PlanGround,
    Progress,
)
from openmappa.plans.models.plan import Plan
from openmappa.plans.models.written import ConfidentialPart, Contingency, Liaison, PlanReview, RiskManagement
from openmappa.plans.words import Heading

ALWAYS_COUNTERSIGNED = (HarmLevel.HIGH, HarmLevel.VERY_HIGH)
SIGN = """
UPDATE plans_plan SET fact_id = v.fact, signed_by_id = v.signed_by, signed_at = v.signed_at,
    needs_countersignature = v.needs, countersigned_by_id = v.countersigned_by, countersigned_at = v.countersigned_at
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::timestamptz[], %s::boolean[], %s::bigint[], %s::timestamptz[])
    AS v (id, fact, signed_by, signed_at, needs, countersigned_by, countersigned_at)
WHERE plans_plan.id = v.id
"""
HEADINGS = {
    "office": Heading.OFFICE,
    "programme": Heading.PROGRAMME,
    "premises": Heading.APPROVED_PREMISES,
    "movements": Heading.MOVEMENTS,
    "associations": Heading.ASSOCIATIONS,
    "residence": Heading.RESIDENCE,
    "prohibited": Heading.PROHIBITED_AREAS,
    "curfew": Heading.CURFEW,
    "possessions": Heading.ACTIVITIES,
    "tagging": Heading.TAGGING,
    "surveillance": Heading.SURVEILLANCE,
}
AT_ONCE = 500
IN_ORDER: tuple[type[models.Model], ...] = (
    *(PlanGround, Objective, ObjectiveGround, Intervention, PlanAction, Contingency, Liaison, RiskManagement),
    *(ConfidentialPart, PlanReview, Progress),
)


@dataclass
class Rows:
    """Rows of every table of plans that are waiting to be written."""

    by_model: dict[type[models.Model], list[Any]] = field(default_factory=dict)

    def add(self, row: models.Model) -> None:
        """Put a row with the others of its table."""
        self.by_model.setdefault(type(row), []).append(row)

    def write(self, model: type[models.Model]) -> None:
        """Write the rows of one table with COPY; their keys are given beforehand."""
        fields = tuple(each.attname for each in model._meta.concrete_fields)
        copy_rows(model, fields, map(attrgetter(*fields), self.by_model.pop(model, [])))


class Keys:
    """Primary keys, reserved some hundred at a time."""

    def __init__(self) -> None:
        self._left: dict[type[models.Model], list[int]] = {}

    def next(self, model: type[models.Model]) -> int:
        """A key that no other row of the model has."""
        left = self._left.setdefault(model, [])
        if not left:
            left.extend(reversed(reserved_ids(model, AT_ONCE)))
        return left.pop()


class Planning:
    """Writes the plans of many cases."""

    def __init__(self) -> None:
        self._keys = Keys()
        self._parts: dict[tuple[int, str], dict[int, Objective | PlanAction]] = {}

    def write(self, cases: Sequence[Filed]) -> int:
        """Write what stands behind the plans of these cases; returns how many versions there are."""
        plans = [(filed, plan) for filed in cases if filed.manager for plan in filed.content.plans]
        for version in range(1, max((plan.version for _, plan in plans), default=0) + 1):
            self._write_round([(filed, plan) for filed, plan in plans if plan.version == version])
        return len(plans)

    def _write_round(self, plans: Sequence[tuple[Filed, PlanText]]) -> None:
        rows, written = Rows(), []
        for filed, text in plans:
            plan = self._draft(filed, text)
            rows.add(plan)
            written.append((filed, text, plan))
            self._add_parts(rows, filed, text, plan)
        rows.write(Plan)
        for model in IN_ORDER:
            rows.write(model)
        _sign(written)

    def _draft(self, filed: Filed, text: PlanText) -> Plan:
        day = filed.known.facts[text.fact].on
        before = self._parts.get((filed.case.pk, text.kind))
        return Plan(
            pk=self._keys.next(Plan),
            case=filed.case,
            kind=text.kind,
            purpose=text.purpose,
            version=text.version,
            replaces_id=next(iter(before.values())).plan_id if before else None,
            pack=PACK,
            harm_level=text.harm.value,
            mappa_actions=list(text.mappa_actions),
            started_by=filed.manager,
            started_at=started_at(day),
            shared_on=text.shared_on,
            agreed=True if text.shared_on else None,
            **{name: text.texts[name] for name in PLAN_TEXTS} if text.objectives else {},
        )

    def _add_parts(self, rows: Rows, filed: Filed, text: PlanText, plan: Plan) -> None:
        of = {"plan": plan, "case": filed.case}
        grounds = {
            each.code: PlanGround(pk=self._keys.next(PlanGround), **of, **_ground(each)) for each in text.grounds
        }
        for ground in grounds.values():
            rows.add(ground)
        self._add_progress(rows, filed, text)
        parts: dict[int, Objective | PlanAction] = {}
        for objective in text.objectives:
            row = Objective(
                pk=self._keys.next(Objective),
                **of,
                **_owner(filed, objective.owner),
                **_taken(objective, "number", "what", "measure", "due_on", "state", "state_on", "evidence"),
                plain_words=objective.plain,
                insist_reason=objective.insist,
            )
            parts[row.number] = row
            rows.add(row)
            for code in objective.grounds:
                if code in grounds:
                    key = self._keys.next(ObjectiveGround)
                    rows.add(ObjectiveGround(pk=key, **of, objective=row, ground=grounds[code]))
        for action in text.actions:
            taken = _taken(action, "number", "what", "due_on", "state", "state_on", "evidence")
            key = self._keys.next(PlanAction)
            parts[action.number] = PlanAction(pk=key, **of, **_owner(filed, action.owner), **taken)
            rows.add(parts[action.number])
        self._parts[filed.case.pk, text.kind] = parts
        self._add_steps(rows, text, of)
        self._add_words(rows, filed, text, of)

    def _add_steps(self, rows: Rows, text: PlanText, of: dict[str, Any]) -> None:
        by_number: dict[int, Intervention] = {}
        for step in text.steps:
            taken = _taken(step, "number", "kind", "what", "provider", "why_now", "starts_on", "ends_on")
            taken |= _taken(step, "state", "state_on", "evidence")
            taken["heading"] = HEADINGS[step.name]
            after = by_number[step.after] if step.after else None
            row = Intervention(pk=self._keys.next(Intervention), **of, **taken, plain_words=step.plain, after=after)
            by_number[step.number] = row
            rows.add(row)

    def _add_words(self, rows: Rows, filed: Filed, text: PlanText, of: dict[str, Any]) -> None:
        for number, each in enumerate(text.contingencies, 1):
            key = self._keys.next(Contingency)
            words = {"number": number, "trigger": each.trigger, "what": each.what}
            rows.add(Contingency(pk=key, **of, **_owner(filed, each.owner), **words))
        liaison = _taken(text.liaison, "who", "with_whom", "how_often", "about")
        rows.add(Liaison(pk=self._keys.next(Liaison), **of, number=1, **liaison))
        if text.actions:
            words = {name: text.texts[RENAMED.get(name, name)] for name in RISK_TEXTS}
            rows.add(RiskManagement(pk=self._keys.next(RiskManagement), **of, **words))
        hidden = {name: text.texts[name] for name in HIDDEN_TEXTS}
        rows.add(ConfidentialPart(pk=self._keys.next(ConfidentialPart), **of, **hidden))
        if text.review:
            rows.add(PlanReview(pk=self._keys.next(PlanReview), **of, **text.review))

    def _add_progress(self, rows: Rows, filed: Filed, text: PlanText) -> None:
        """What the review wrote down of each part of the version before that was still open."""
        before = self._parts.get((filed.case.pk, text.kind), {})
        fact = filed.known.facts[text.fact]
        parts: list[ObjectiveText | ActionText] = [*text.objectives, *text.actions]
        for part in parts:
            if not part.going:
                continue
            of = before[part.number]
            row = Progress(
                pk=self._keys.next(Progress),
                case=filed.case,
                plan_id=of.plan_id,
                objective=of if isinstance(of, Objective) else None,
                action=of if isinstance(of, PlanAction) else None,
                state=part.state,
                state_on=fact.on,
                evidence=part.going,
                recorded_by=filed.manager,
                recorded_at=started_at(fact.recorded_on),
            )
            rows.add(row)


PLAN_TEXTS = ("own_words", "why_not_shared", "diversity", "adapted", "community", "contact")
RISK_TEXTS = ("other_agencies", "existing_controls", "added_measures", "conditions", "contact", "comments")
HIDDEN_TEXTS = ("victim_issues", "victim_safety", "third_party", "hidden_controls")
RENAMED = {"contact": "rm_contact"}


def _taken(text: object, *names: str) -> dict[str, Any]:
    return {name: getattr(text, name) for name in names}


def _ground(text: object) -> dict[str, Any]:
    return _taken(text, "kind", "code", "label", "must")


def _owner(filed: Filed, owner: str) -> dict[str, Any]:
    if owner == OFFENDER:
        return {"owner_kind": "offender"}
    person: User | None = filed.manager if owner == MANAGER else filed.officer
    return {"owner_kind": "person", "owner": person} if person else {"owner_kind": "agency", "owner_agency": "Police"}


def _sign(written: Iterable[tuple[Filed, PlanText, Plan]]) -> None:
    """Sign drafts, all in one statement."""
    signatures = [_signature(filed, text, plan) for filed, text, plan in written]
    with connection.cursor() as cursor:
        cursor.execute(SIGN, [list(column) for column in zip(*signatures, strict=True)])


def _signature(filed: Filed, text: PlanText, plan: Plan) -> tuple[object, ...]:
    """A plan's key, its fact, who signed when, whether a manager has to, who did and when; in the order of SIGN."""
    fact = filed.known.facts[text.fact]
    manager = filed.managers.probation if text.countersigned else None
    return (
        plan.pk,
        filed.ids[text.fact],
        filed.case.case_manager_id,
        signed_at(fact.recorded_on),
        text.harm in ALWAYS_COUNTERSIGNED,
        manager.pk if manager else None,
        countersigned_at(fact.recorded_on) if manager else None,
    )
