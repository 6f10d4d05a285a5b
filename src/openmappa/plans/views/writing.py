"""Writing a draft step by step: the list of steps, texts, parts, reasons, progress."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openmappa.accounts.services import require
from openmappa.core.access import Permission
from openmappa.plans.errors import NotPlanned, SavedMeanwhile
from openmappa.plans.forms.parts import ProgressForm
from openmappa.plans.forms.texts import StepForm
from openmappa.plans.queries.content import gaps_of
from openmappa.plans.queries.glance import glance
from openmappa.plans.queries.parts import part_on, text_values
from openmappa.plans.revisions import mark_of
from openmappa.plans.services.drafting import save_texts, start_plan
from openmappa.plans.services.progress import STATES_OF, record_progress
from openmappa.plans.steps import BY_SLUG, Step, steps_of
from openmappa.plans.views.loading import OnPlan, to_write
from openmappa.plans.words import PlanKind, Purpose
from openmappa.timeline.queries.frame import case_frame


@require_POST
def start(request: HttpRequest, key: uuid.UUID, kind: str, purpose: str) -> HttpResponse:
    """Start a draft, or open the one that there is."""
    frame = case_frame(request.user, key)
    require(frame.user, Permission.RECORD_ASSESSMENT)
    if kind not in PlanKind.values or purpose not in Purpose.values:
        raise Http404("There is no such plan")
    try:
        plan = start_plan(by=frame.user, case=frame.case, kind=PlanKind(kind), purpose=Purpose(purpose))
    except NotPlanned:
        return redirect("plans:list", key=key)
    return redirect("plans:edit", key=key, plan=plan.key)


@require_safe
def edit(request: HttpRequest, key: uuid.UUID, plan: uuid.UUID) -> HttpResponse:
    """The steps of a draft, with what each still lacks."""
    here = to_write(request.user, key, plan)
    if not here.plan.is_draft:
        return redirect("plans:show", key=key, plan=plan)
    gaps = gaps_of(here.plan)
    steps = [(step, [gap for gap in gaps if gap.step == step.slug]) for step in steps_of(here.plan)]
    return render(request, "plans/edit.html", {"frame": here.frame, "plan": here.plan, "steps": steps, "gaps": gaps})


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, key: uuid.UUID, plan: uuid.UUID, step: str) -> HttpResponse:
    """One step of a draft: its texts, or the list of its parts."""
    here = to_write(request.user, key, plan)
    found = BY_SLUG.get(step)
    if found is None or not found.is_for(here.plan):
        raise Http404("There is no such step")
    if not here.plan.is_draft:
        return redirect("plans:show", key=key, plan=plan)
    seen = glance(here.plan, here.frame.today)
    context: dict[str, object] = {"frame": here.frame, "plan": here.plan, "step": found, "seen": seen}
    context["gaps"] = [gap for gap in gaps_of(here.plan) if gap.step == step]
    if not found.columns:
        context["grounds"] = here.plan.grounds.order_by("-kind", "id")
        context["answered"] = {ground.pk for line in seen.objectives for ground in line.part.grounds.all()}
        return render(request, "plans/step_parts.html", context)
    form = _step_form(request, here, found)
    meanwhile = None
    if form.is_bound and form.is_valid():
        try:
            save_texts(by=here.frame.user, plan=here.plan, step=found, values=form.texts(), seen=form.mark)
        except SavedMeanwhile as saved:
            meanwhile = saved
        except NotPlanned as refused:
            form.refuse(None, str(refused))
        else:
            return redirect(after(here, found))
    return render(request, "plans/step_texts.html", {**context, "form": form, "meanwhile": meanwhile})


@require_http_methods(["GET", "HEAD", "POST"])
def progress(request: HttpRequest, key: uuid.UUID, plan: uuid.UUID, what: str, part: uuid.UUID) -> HttpResponse:
    """Say where an objective, an intervention or an action stands, with the evidence."""
    here = to_write(request.user, key, plan)
    if what not in STATES_OF:
        raise Http404("There is no such part")
    row = part_on(here.plan, what, part)
    form = ProgressForm(request.POST if request.method == "POST" else None, what=what)
    if form.is_bound and form.is_valid():
        answers = {"state": form.cleaned_data["state"], "on": form.cleaned_data["on"]}
        answers |= {"evidence": form.cleaned_data["evidence"], "submission": form.submission_key}
        try:
            record_progress(by=here.frame.user, plan=here.plan, what=what, key=part, **answers)
        except NotPlanned as refused:
            form.refuse(None, str(refused))
        else:
            return redirect(_after_progress(here))
    context = {"frame": here.frame, "plan": here.plan, "part": row, "what": what, "form": form}
    return render(request, "plans/progress.html", {**context, "back_to": _after_progress(here)})


def after(here: OnPlan, step: Step) -> str:
    """The page after a step: the next one, or the list of steps."""
    steps = steps_of(here.plan)
    place = steps.index(step) + 1
    parts = {"key": here.frame.key, "plan": here.plan.key}
    if place == len(steps):
        return reverse("plans:edit", kwargs=parts)
    return reverse("plans:step", kwargs={**parts, "step": steps[place].slug})


def _step_form(request: HttpRequest, here: OnPlan, step: Step) -> StepForm:
    now = text_values(here.plan, step)
    sent = request.POST if request.method == "POST" else None
    return StepForm(sent, plan=here.plan, step=step, initial={**now, "seen": mark_of(now)})


def _after_progress(here: OnPlan) -> str:
    parts = {"key": here.frame.key, "plan": here.plan.key}
    if here.plan.is_draft and here.plan.purpose == Purpose.REVIEW:
        return reverse("plans:step", kwargs={**parts, "step": "review"})
    return reverse("plans:show", kwargs=parts)
