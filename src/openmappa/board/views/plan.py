"""The business plan: begun, agreed, given aims and actions, looked at again at each meeting."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.board.forms_keeping import ActionForm, AgreeForm, AimForm, PlanForm, ProgressForm
from openmappa.board.queries.meetings import held_meetings
from openmappa.board.queries.plan import action_shown, aim_of, business_action_of, plan_in_force, plan_of, plans_of
from openmappa.board.queries.plan import plan_shown as as_shown
from openmappa.board.queries.rules import rules
from openmappa.board.queries.seats import every_agency, seated_on
from openmappa.board.services.planning import add_aim, add_business_action, agree_plan, begin_plan, note_progress
from openmappa.board.views.loading import back_to, to_keep, to_read
from openmappa.core.board.plan import Step
from openmappa.ui.answering import done, sent

BOTH = ["GET", "HEAD", "POST"]
SAVED = {
    "begun": "The plan is begun. Add its aims",
    "agreed": "The meeting that agreed the plan is on record",
    "aim": "The aim is added. Add what is done for it",
    "action": "The action is added",
    "noted": "What was said is written down",
}


@require_safe
def current(request: HttpRequest) -> HttpResponse:
    """The plan of today, or the latest; without one, how to begin."""
    on = to_read(request)
    plan = plan_in_force(on.area, on.today)
    shown = {"shown": as_shown(plan, on.today) if plan else None, "plans": plans_of(on.area), "rules": rules()}
    return render(request, "board/plan.html", {"on": on, "saved": None, **shown})


@require_safe
def show(request: HttpRequest, plan: uuid.UUID) -> HttpResponse:
    """One plan."""
    on = to_read(request)
    row = plan_of(on.areas, plan)
    on = on.of(row.area)
    shown = {"shown": as_shown(row, on.today), "plans": plans_of(on.area), "rules": rules()}
    return render(request, "board/plan.html", {"on": on, "saved": SAVED.get(request.GET.get("saved", "")), **shown})


@require_http_methods(BOTH)
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a plan."""
    on = to_keep(request)
    form = PlanForm(sent(request))
    made = []

    def service() -> None:
        said = {name: form.cleaned_data[name] for name in ("title", "from_on", "until_on")}
        made.append(begin_plan(by=on.user, area=on.area, submission=form.submission_key, **said))

    if done(form, service):
        return back_to("plan_of", "begun", plan=made[0].key)
    return render(request, "board/plan_form.html", {"on": on, "form": form})


@require_http_methods(BOTH)
def agree(request: HttpRequest, plan: uuid.UUID) -> HttpResponse:
    """Say which meeting agreed the plan."""
    on = to_keep(request)
    row = plan_of([on.area], plan)
    form = AgreeForm(sent(request), meetings=held_meetings(on.area, on.today))
    if done(form, lambda: agree_plan(by=on.user, plan=row, meeting=form.cleaned_data["meeting"])):
        return back_to("plan_of", "agreed", plan=row.key)
    return render(request, "board/agree.html", {"on": on, "form": form, "plan": row})


@require_http_methods(BOTH)
def aim(request: HttpRequest, plan: uuid.UUID) -> HttpResponse:
    """Add an aim."""
    on = to_keep(request)
    row = plan_of([on.area], plan)
    form = AimForm(sent(request))

    def service() -> object:
        said = form.cleaned_data
        return add_aim(by=on.user, plan=row, text=said["text"], because=said["because"], submission=form.submission_key)

    if done(form, service):
        return back_to("plan_of", "aim", plan=row.key)
    return render(request, "board/aim.html", {"on": on, "form": form, "plan": row})


@require_http_methods(BOTH)
def add_action(request: HttpRequest, aim: uuid.UUID) -> HttpResponse:
    """Add an action to an aim."""
    on = to_keep(request)
    row = aim_of([on.area], aim)
    form = ActionForm(sent(request), members=seated_on(on.area, on.today), agencies=every_agency())

    def service() -> object:
        return add_business_action(by=on.user, aim=row, said=form.said(), submission=form.submission_key)

    if done(form, service):
        return back_to("plan_of", "action", plan=row.plan.key)
    return render(request, "board/action_form.html", {"on": on, "form": form, "aim": row})


@require_safe
def action(request: HttpRequest, action: uuid.UUID) -> HttpResponse:
    """One action with everything that was said of it, and the figure that measures it."""
    on = to_read(request)
    row = business_action_of(on.areas, action)
    on = on.of(row.aim.plan.area)
    shown = {"row": row, "shown": action_shown(row, on.today), "saved": SAVED.get(request.GET.get("saved", ""))}
    return render(request, "board/action.html", {"on": on, "rules": rules(), **shown})


@require_http_methods(BOTH)
def progress(request: HttpRequest, action: uuid.UUID) -> HttpResponse:
    """Say how an action stands."""
    on = to_keep(request)
    row = business_action_of([on.area], action)
    initial = {"on": on.today}
    form = ProgressForm(sent(request), action=row, meetings=held_meetings(on.area, on.today), initial=initial)

    def service() -> object:
        return note_progress(
            by=on.user, action=row, said=form.said(), version=form.seen, submission=form.submission_key
        )

    if done(form, service):
        return back_to("action", "noted", action=row.key)
    return render(request, "board/progress.html", {"on": on, "form": form, "row": row, "Step": Step})
