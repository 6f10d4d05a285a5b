"""Signing a plan, which records its fact; countersigning it; returning it."""

import uuid
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.actions.queries.of_case import open_actions_of_case
from openmappa.audit.services import log
from openmappa.core.access import Permission
from openmappa.core.compartments import Compartment
from openmappa.core.grading import Basis, Concern
from openmappa.core.standards.facts import Fact
from openmappa.notes.services import Placed, write_note
from openmappa.notices.services import tell
from openmappa.plans.errors import NotPlanned, NotReady
from openmappa.plans.models.plan import Plan
from openmappa.plans.queries.content import gaps_of
from openmappa.plans.queries.plans import fact_kind
from openmappa.plans.services.drafting import GONE
from openmappa.timeline.models import Standing
from openmappa.timeline.services import Recording, record_fact, void_fact

COUNTERSIGNED_ALWAYS = frozenset({"high", "very_high"})
RANKS = "A sergeant, a senior probation officer, or somebody above them countersigns a plan or returns it."


def sign_plan(
    *,
    by: User,
    plan: Plan,
    on: date,
    ask_countersignature: bool = False,
    void_reason: str = "",
    version: int | None = None,
    submission: uuid.UUID | None = None,
) -> Recording:
    """Sign a draft: its fact is recorded, the clocks move, and from now on the plan does not change.

    A line manager countersigns where the harm level is high or very high, or where that is asked for. With
    ``void_reason`` the fact of the plan that this corrects is voided as a mistake. The same form sent again returns the
    first recording.

    Raises NotAllowed, NotReady (something is missing), NotPlanned, and what ``record_fact`` and ``void_fact`` raise.
    """
    require(by, Permission.RECORD_ASSESSMENT)
    with transaction.atomic():
        locked = (
            Plan.objects.select_for_update(of=("self",))
            .select_related("case", "fact", "replaces__fact")
            .get(pk=plan.pk)
        )
        if locked.fact is not None and submission is not None and locked.fact.submission == submission:
            return Recording(locked.fact, replayed=True)
        if not locked.is_draft:
            raise NotPlanned(GONE)
        missing = gaps_of(locked)
        if missing:
            raise NotReady(missing)
        open_actions = [action.name for action in open_actions_of_case(locked.case)]
        fact = Fact(fact_kind(locked), on, {}, on)
        recording = record_fact(by=by, case=locked.case, fact=fact, version=version, submission=submission)
        if void_reason.strip() and locked.replaces and locked.replaces.fact:
            void_fact(by=by, fact=locked.replaces.fact, reason=void_reason)
        _sign(locked, by, recording, ask_countersignature, open_actions)
        return recording


def countersign_plan(*, by: User, plan: Plan, comment: str = "") -> None:
    """Countersign a signed plan. Doing it again changes nothing.

    Raises NotAllowed, NotPlanned (own work, rank too low, not signed, voided, returned before). Source: 7.4.
    """
    require(by, Permission.COUNTERSIGN_ASSESSMENT)
    with transaction.atomic():
        locked = _to_judge(plan, by)
        if locked.countersigned_at is not None:
            return
        locked.countersigned_by, locked.countersigned_at = by, timezone.now()
        locked.countersign_comment = comment.strip()
        locked.save(update_fields=["countersigned_by", "countersigned_at", "countersign_comment"])
        _noted(by, locked, "was countersigned")
        log(by=by, verb="countersign plan", case_id=locked.case_id, about={"plan": locked.pk, "kind": locked.kind})


def return_plan(*, by: User, plan: Plan, comment: str) -> None:
    """Return a signed plan to its author, who corrects it in a new version. Raises NotAllowed, NotPlanned."""
    require(by, Permission.COUNTERSIGN_ASSESSMENT)
    if not comment.strip():
        raise NotPlanned("Say what has to change. Whoever signed the plan reads it.")
    with transaction.atomic():
        locked = _to_judge(plan, by)
        if locked.countersigned_at is not None:
            raise NotPlanned("This plan has been countersigned already. If it has to change, start a correction.")
        locked.returned_by, locked.returned_at = by, timezone.now()
        locked.return_comment = comment.strip()
        locked.save(update_fields=["returned_by", "returned_at", "return_comment"])
        _noted(by, locked, "was returned to whoever signed it")
        log(by=by, verb="return plan", case_id=locked.case_id, about={"plan": locked.pk, "kind": locked.kind})
        if locked.signed_by is not None:
            link = reverse("plans:show", kwargs={"key": locked.case.key, "plan": locked.key})
            words = (
                f"A plan that you signed on case {locked.case.reference} was returned to you. Read why, and correct it."
            )
            tell(people=[locked.signed_by], kind="plan_returned", words=words, case_id=locked.case_id, link=link)


def _sign(plan: Plan, by: User, recording: Recording, asked: bool, open_actions: list[str]) -> None:
    standing = Standing.objects.filter(case=plan.case).first()
    plan.fact, plan.signed_by, plan.signed_at = recording.fact, by, timezone.now()
    plan.harm_level = (standing.harm_level if standing else None) or ""
    plan.needs_countersignature = asked or plan.harm_level in COUNTERSIGNED_ALWAYS
    plan.mappa_actions = open_actions
    plan.save()


def _noted(by: User, plan: Plan, what: str) -> None:
    """A note on the timeline, which has no kind of fact for it. Comments stay with the plan."""
    placed = Placed(Compartment.OPEN, Basis.FACT, Concern.OFFENDER, timezone.localdate())
    text = f"{plan.get_kind_display()}, version {plan.version}, {what}."
    write_note(by=by, case=plan.case, text=text, placed=placed, submission=uuid.uuid4())


def _to_judge(plan: Plan, by: User) -> Plan:
    locked = Plan.objects.select_for_update(of=("self",)).select_related("case", "signed_by", "fact").get(pk=plan.pk)
    if locked.fact is None:
        raise NotPlanned("This plan is not signed yet.")
    if locked.fact.is_voided:
        raise NotPlanned("This plan was voided: its entry on the timeline was a mistake.")
    if locked.signed_by_id == by.pk:
        raise NotPlanned("You signed this plan yourself. Somebody else has to countersign it.")
    if not by.can_countersign:
        raise NotPlanned(RANKS)
    if locked.returned_at is not None:
        raise NotPlanned("This plan was returned already. Its author corrects it in a new version.")
    return locked
