"""Saving an objective, which has to be SMART, or to have a reason why it is worded otherwise."""

import uuid
from collections.abc import Mapping, Sequence

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.core.access import Permission
from openmappa.core.plans.smart import Wording
from openmappa.plans.errors import NotSmart
from openmappa.plans.models.parts import PlanGround
from openmappa.plans.models.plan import Plan
from openmappa.plans.queries.smart import refusals_on
from openmappa.plans.services.drafting import save_part


def save_objective(
    *,
    by: User,
    plan: Plan,
    key: uuid.UUID,
    wording: Wording,
    values: Mapping[str, object],
    grounds: Sequence[PlanGround],
    seen: str | None = None,
) -> None:
    """Save an objective, if nothing speaks against its words, or a reason is given for keeping them.

    ``wording`` is what is checked, ``values`` what is saved. Raises NotSmart, and what ``save_part`` raises.
    """
    require(by, Permission.RECORD_ASSESSMENT)
    found = refusals_on(plan.case, wording)
    insists = bool(str(values.get("insist_reason", "")).strip())
    if any(not (insists and one.can_be_kept) for one in found):
        raise NotSmart(found)
    kept = dict(values) if found else {**values, "insist_reason": ""}
    save_part(by=by, plan=plan, what="objective", key=key, values=kept, grounds=grounds, seen=seen)
