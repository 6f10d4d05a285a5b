"""Signing a plan, judging a signed one, giving up a draft."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from openmappa.accounts.services import require
from openmappa.core.access import Permission
from openmappa.plans.errors import NotPlanned
from openmappa.plans.forms.signing import AbandonForm, JudgeForm, SignForm
from openmappa.plans.queries.content import gaps_of
from openmappa.plans.queries.glance import glance
from openmappa.plans.queries.offender import offender_plan, warnings
from openmappa.plans.services.drafting import abandon_plan
from openmappa.plans.services.signing import COUNTERSIGNED_ALWAYS, RANKS, countersign_plan, return_plan, sign_plan
from openmappa.plans.steps import BY_SLUG
from openmappa.plans.views.loading import OnPlan, to_read, to_write
from openmappa.plans.words import Purpose
from openmappa.timeline.forms.saving import Saved, saved


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, key: uuid.UUID, plan: uuid.UUID) -> HttpResponse:
    """Check what is missing, and sign the plan."""
    here = to_write(request.user, key, plan)
    corrects = here.plan.purpose == Purpose.CORRECTION
    sent = request.POST if request.method == "POST" else None
    form = SignForm(sent, corrects=corrects, initial={"version": here.frame.case.version})
    outcome = _signed(here, form) if form.is_bound else Saved()
    if outcome.recording:
        pk = outcome.recording.fact.pk
        return redirect(f"{reverse('timeline:recorded', kwargs={'key': key, 'pk': pk})}?saved=yes")
    if not here.plan.is_draft:
        return redirect("plans:show", key=key, plan=plan)
    seen = glance(here.plan, here.frame.today)
    context = {"frame": here.frame, "plan": here.plan, "form": form, "conflict": outcome.conflict, "seen": seen}
    context["gaps"] = [(gap, BY_SLUG[gap.step]) for gap in gaps_of(here.plan)]
    context["words"] = warnings(here.frame, offender_plan(here.frame, seen)) if here.plan.is_supervision else ()
    context["always"] = here.frame.standing.harm_level in COUNTERSIGNED_ALWAYS
    return render(request, "plans/sign.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def judge(request: HttpRequest, key: uuid.UUID, plan: uuid.UUID) -> HttpResponse:
    """A line manager reads a signed plan, and countersigns or returns it."""
    here = to_read(request.user, key, plan)
    require(here.frame.user, Permission.COUNTERSIGN_ASSESSMENT)
    form = JudgeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        do = countersign_plan if form.cleaned_data["decision"] == "countersign" else return_plan
        try:
            do(by=here.frame.user, plan=here.plan, comment=form.cleaned_data["comment"])
        except NotPlanned as refused:
            form.refuse(None, str(refused))
        else:
            return redirect("plans:show", key=key, plan=plan)
    context = {"frame": here.frame, "plan": here.plan, "form": form, "seen": glance(here.plan, here.frame.today)}
    return render(request, "plans/judge.html", {**context, "ranks": RANKS})


@require_http_methods(["GET", "HEAD", "POST"])
def abandon(request: HttpRequest, key: uuid.UUID, plan: uuid.UUID) -> HttpResponse:
    """Give up a draft."""
    here = to_write(request.user, key, plan)
    form = AbandonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            abandon_plan(by=here.frame.user, plan=here.plan, reason=form.cleaned_data["reason"])
        except NotPlanned as refused:
            form.refuse(None, str(refused))
        else:
            return redirect("plans:list", key=key)
    return render(request, "plans/abandon.html", {"frame": here.frame, "plan": here.plan, "form": form})


def _signed(here: OnPlan, form: SignForm) -> Saved:
    return saved(
        form,
        lambda version, submission: sign_plan(
            by=here.frame.user,
            plan=here.plan,
            on=form.cleaned_data["on"],
            ask_countersignature=form.cleaned_data["ask"],
            void_reason=form.why_void,
            version=version,
            submission=submission,
        ),
    )
