"""The actions of one case: all of them, agreeing one, and one that is known only as a fact."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openmappa.accounts.services import require
from openmappa.actions.forms import AgreeForm
from openmappa.actions.queries.of_case import ActionLine, actions_of_case
from openmappa.actions.services.agreeing import action_of_fact, agree_action
from openmappa.core.access import Permission
from openmappa.timeline.errors import Impossible, NotRecorded
from openmappa.timeline.queries.frame import CaseFrame, case_frame

FIELDS = {"on": "on", "due_on": "due_on"}


@require_safe
def of_case(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Every action agreed on the case: the open ones first, soonest due first."""
    frame = case_frame(request.user, key)
    return render(request, "actions/of_case.html", {"frame": frame, "lines": actions_of_case(frame.case)})


@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Write down an action that was agreed outside the minutes of a meeting."""
    frame = case_frame(request.user, key)
    require(frame.user, Permission.RECORD_ACTION)
    bound = request.POST if request.method == "POST" else None
    form = AgreeForm(bound, area=frame.case.area, agency=frame.user.agency)
    if form.is_bound and form.is_valid():
        try:
            made = agree_action(by=frame.user, case=frame.case, submission=form.submission_key, **form.answers())
            return redirect("actions:show", action=made.key)
        except Impossible as refused:
            for objection in refused.objections:
                form.refuse(FIELDS.get(objection.field), objection.sentence)
        except NotRecorded as refused_otherwise:
            form.refuse(None, str(refused_otherwise))
    return render(request, "actions/agree.html", {"frame": frame, "form": form})


@require_safe
def by_number(request: HttpRequest, key: uuid.UUID, number: str) -> HttpResponse:
    """The page of the action with this number, or what is known of one that is known only as a fact."""
    frame = case_frame(request.user, key)
    line = _line(frame, number)
    if line.action is not None:
        return redirect("actions:show", action=line.action.key)
    return render(request, "actions/without_text.html", {"frame": frame, "line": line})


@require_POST
def take_up(request: HttpRequest, key: uuid.UUID, number: str) -> HttpResponse:
    """Give an action that is known only as a fact a page of its own, and open it."""
    frame = case_frame(request.user, key)
    require(frame.user, Permission.RECORD_ACTION)
    line = _line(frame, number)
    action = line.action or action_of_fact(by=frame.user, case=frame.case, number=number)
    return redirect("actions:show", action=action.key)


def _line(frame: CaseFrame, number: str) -> ActionLine:
    line = next((each for each in actions_of_case(frame.case) if each.name == number), None)
    if line is None:
        raise Http404("No action with this number was agreed on this case")
    return line
