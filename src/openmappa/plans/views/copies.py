"""A plan on paper: the offender's own copy, and a copy for a file."""

import uuid

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from openmappa.accounts.services import require
from openmappa.core.access import Permission
from openmappa.plans.errors import NamesShared
from openmappa.plans.forms.copies import FileCopyForm, OffenderCopyForm
from openmappa.plans.models.written import ConfidentialPart
from openmappa.plans.queries.glance import glance
from openmappa.plans.queries.offender import offender_plan, warnings
from openmappa.plans.services.copies import copy_for_a_file, copy_for_the_offender
from openmappa.plans.views.loading import OnPlan, to_read, to_write
from openmappa.signin.step_up import stepped_up


@require_http_methods(["GET", "HEAD", "POST"])
def offender_copy(request: HttpRequest, key: uuid.UUID, plan: uuid.UUID) -> HttpResponse:
    """Read what the offender's copy will say, then make it."""
    here = to_write(request.user, key, plan)
    if not here.plan.is_supervision:
        raise Http404("A risk management plan is not given to the offender")
    copy = offender_plan(here.frame, glance(here.plan, here.frame.today))
    found = warnings(here.frame, copy)
    form = OffenderCopyForm(request.POST if request.method == "POST" else None, found=found)
    if form.is_bound and form.is_valid():
        try:
            made = copy_for_the_offender(
                by=here.frame.user, frame=here.frame, plan=here.plan, harmless=form.cleaned_data.get("harmless", ())
            )
        except NamesShared as shared:
            form.refuse(None, str(shared))
        else:
            return _pdf(made, f"plan-for-the-offender-version-{here.plan.version}.pdf")
    context = {"frame": here.frame, "plan": here.plan, "copy": copy, "found": found, "form": form}
    return render(request, "plans/offender_copy.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def file_copy(request: HttpRequest, key: uuid.UUID, plan: uuid.UUID) -> HttpResponse:
    """Ask for whom and why, then make the plan at a glance as a marked file."""
    here = to_read(request.user, key, plan)
    require(here.frame.user, Permission.EXPORT_CASE)
    return _file_copy(request, here)


@stepped_up
def _file_copy(request: HttpRequest, here: OnPlan) -> HttpResponse:
    has_more = ConfidentialPart.objects.filter(plan=here.plan).exists()
    form = FileCopyForm(request.POST if request.method == "POST" else None, confidential=has_more)
    if not form.is_bound or not form.is_valid():
        return render(request, "plans/file_copy.html", {"frame": here.frame, "plan": here.plan, "form": form})
    user = here.frame.user
    made = copy_for_a_file(
        by=user,
        frame=here.frame,
        plan=here.plan,
        sharing=form.sharing_by(f"{user.display_name}, {user.role_label}, {user.agency_name}"),
        confidential=bool(form.cleaned_data.get("confidential")),
        marking=settings.OPENMAPPA_MARKING,
    )
    return _pdf(made, f"plan-version-{here.plan.version}.pdf")


def _pdf(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
