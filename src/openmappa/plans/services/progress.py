"""What became of an objective, an intervention or an action, with the evidence."""

import uuid
from datetime import date

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.core.access import Permission
from openmappa.plans.errors import NotPlanned
from openmappa.plans.models.parts import Progress
from openmappa.plans.models.plan import Plan
from openmappa.plans.queries.plans import is_current
from openmappa.plans.steps import PARTS

STATES_OF = ("objective", "intervention", "action")


def record_progress(
    *, by: User, plan: Plan, what: str, key: uuid.UUID, state: str, on: date, evidence: str, submission: uuid.UUID
) -> None:
    """Say where a part stands, since when, and what shows it.

    In a draft (a review) it is written into the part. A signed plan does not change: it is added beside it, and the
    next version takes it over. The same form sent again adds nothing.

    Raises NotAllowed, NotPlanned (no evidence, a day to come, a plan that no longer stands).
    """
    require(by, Permission.RECORD_ASSESSMENT)
    if not evidence.strip():
        raise NotPlanned("Say what shows it: what you saw, read or were told, and by whom.")
    if on > timezone.localdate():
        raise NotPlanned("The day is still to come. Give the day on which it stood like this.")
    with transaction.atomic():
        locked = Plan.objects.select_for_update(of=("self",)).select_related("case").get(pk=plan.pk)
        part = PARTS[what].objects.filter(plan=locked, key=key).first() if what in STATES_OF else None
        if part is None:
            raise NotPlanned("This is no longer in the plan. Go back to the plan.")
        said = {"state": state, "state_on": on, "evidence": evidence.strip()}
        if locked.is_draft:
            for name, value in said.items():
                setattr(part, name, value)
            part.save(update_fields=list(said))
        elif not is_current(locked):
            raise NotPlanned("A newer plan stands in place of this one. Record progress there.")
        elif not Progress.objects.filter(key=submission).exists():
            Progress.objects.create(
                key=submission, plan=locked, case_id=locked.case_id, recorded_by=by, **{what: part}, **said
            )
        log(by=by, verb=f"record progress of {what}", case_id=locked.case_id, about={"plan": locked.pk, "state": state})
