"""The plans of a case, and one plan at a glance."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openmappa.actions.queries.of_case import actions_of_case
from openmappa.core.access import Permission
from openmappa.plans.queries.glance import glance, next_duties
from openmappa.plans.queries.plans import is_current, plans_of
from openmappa.plans.views.loading import may_write, to_read
from openmappa.timeline.forms.table import PAGES
from openmappa.timeline.queries.frame import case_frame

ELSEWHERE = {
    "supervision": ("isp", "plan-review"),
    "risk_management": ("risk-management-plan", "risk-management-plan-review"),
}
"""The small forms for plans that were made in another system."""


@require_safe
def plan_list(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The supervision plans and risk management plans of a case, those from elsewhere too, and what is due."""
    frame = case_frame(request.user, key)
    context = {
        "frame": frame,
        "kinds": plans_of(frame.case),
        "duties": {kind: next_duties(frame, kind) for kind in ELSEWHERE},
        "mappa": actions_of_case(frame.case),
        "elsewhere": {kind: [PAGES[slug] for slug in slugs] for kind, slugs in ELSEWHERE.items()},
        "may_write": may_write(frame),
    }
    return render(request, "plans/list.html", context)


@require_safe
def show(request: HttpRequest, key: uuid.UUID, plan: uuid.UUID) -> HttpResponse:
    """One plan at a glance."""
    here = to_read(request.user, key, plan)
    found = here.plan
    context = {
        "frame": here.frame,
        "plan": found,
        "seen": glance(found, here.frame.today),
        "duties": next_duties(here.frame, found.kind),
        "current": found.signed_at is not None and is_current(found),
        "may_write": here.may_write,
        "may_judge": here.frame.user.may(Permission.COUNTERSIGN_ASSESSMENT)
        and here.frame.user.can_countersign
        and found.signed_by_id != here.frame.user.pk
        and found.fact is not None
        and not found.fact.is_voided
        and found.countersigned_at is None
        and found.returned_at is None,
        "may_export": here.frame.user.may(Permission.EXPORT_CASE),
    }
    return render(request, "plans/show.html", context)
