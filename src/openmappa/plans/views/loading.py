"""What pages of one plan begin with: the case, the plan, and whether this person may write on it."""

import uuid
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.core.access import Permission
from openmappa.plans.models.plan import Plan
from openmappa.plans.queries.plans import plan_on
from openmappa.timeline.queries.frame import CaseFrame, case_frame


class OnPlan(NamedTuple):
    """A plan, and the case around it as this person sees it."""

    frame: CaseFrame
    plan: Plan

    @property
    def may_write(self) -> bool:
        """Whether this person may write plans on this case."""
        return may_write(self.frame)


def to_read(user: User | AnonymousUser, key: uuid.UUID, plan: uuid.UUID) -> OnPlan:
    """The plan for somebody who reads the record of its case. Raises Http404, NotAllowed. Three queries."""
    frame = case_frame(user, key)
    return OnPlan(frame, plan_on(frame.case, plan))


def to_write(user: User | AnonymousUser, key: uuid.UUID, plan: uuid.UUID) -> OnPlan:
    """The plan for somebody who writes plans. Raises Http404, NotAllowed."""
    frame = case_frame(user, key)
    require(frame.user, Permission.RECORD_ASSESSMENT)
    return OnPlan(frame, plan_on(frame.case, plan))


def may_write(frame: CaseFrame) -> bool:
    """Whether this person may write plans on this case now."""
    return frame.user.may(Permission.RECORD_ASSESSMENT) and not frame.standing.closed
