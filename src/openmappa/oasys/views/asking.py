"""Requests for information to other parties: the list, asking, the letter, chasing, what came."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.services import require
from openmappa.core.access import Permission
from openmappa.oasys.forms_around import AnswerForm, AskForm, ChaseForm
from openmappa.oasys.models_around import InformationRequest
from openmappa.oasys.queries.around import requests_on, require_confidential
from openmappa.oasys.services import asking
from openmappa.timeline.errors import NotRecorded
from openmappa.timeline.queries.frame import CaseFrame, case_frame
from openmappa.ui.forms import Form


@require_safe
def requests(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Everything that was asked of others on this case: what is overdue first."""
    frame = _frame(request, key)
    context = {"frame": frame, "requests": requests_on(frame.case), "may_write": _may_write(frame)}
    return render(request, "oasys/around/requests.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Ask somebody for information."""
    frame = _frame(request, key)
    require(frame.user, Permission.RECORD_ASSESSMENT)
    form = AskForm(request.POST if request.method == "POST" else None, initial={"version": frame.case.version})
    if form.is_bound and form.is_valid():
        names = ("agency", "post", "question", "way", "due_on")
        said: dict[str, Any] = {name: form.cleaned_data[name] for name in names}
        try:
            asking.ask_for_information(by=frame.user, case=frame.case, submission=form.submission_key, **said)
            return redirect("oasys:requests", key=key)
        except NotRecorded as refused:
            form.refuse("due_on", str(refused))
    return render(request, "oasys/around/ask.html", {"frame": frame, "form": form})


@require_safe
def letter(request: HttpRequest, key: uuid.UUID, asked: uuid.UUID) -> HttpResponse:
    """The letter to print: who asks whom for what and until when, and no more of the case than whose it is."""
    frame = _frame(request, key)
    return render(request, "oasys/around/letter.html", {"frame": frame, "asked": _asked(frame, asked)})


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, key: uuid.UUID, asked: uuid.UUID) -> HttpResponse:
    """What came, and when."""
    frame = _frame(request, key)
    row = _asked(frame, asked)
    require(frame.user, Permission.RECORD_ASSESSMENT)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            said = form.cleaned_data
            asking.record_answer(by=frame.user, request=row, on=said["answered_on"], answer=said["answer"])
            return redirect("oasys:requests", key=key)
        except NotRecorded as refused:
            form.refuse("answered_on", str(refused))
    return _about(request, frame, row, form, "oasys/around/answer.html")


@require_http_methods(["GET", "HEAD", "POST"])
def chase(request: HttpRequest, key: uuid.UUID, asked: uuid.UUID) -> HttpResponse:
    """That they were asked once more."""
    frame = _frame(request, key)
    row = _asked(frame, asked)
    require(frame.user, Permission.RECORD_ASSESSMENT)
    form = ChaseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            asking.chase_information(
                by=frame.user, request=row, on=said["chased_on"], way=said["way"], words=said["words"]
            )
            return redirect("oasys:requests", key=key)
        except NotRecorded as refused:
            form.refuse("chased_on", str(refused))
    return _about(request, frame, row, form, "oasys/around/chase.html")


def _frame(request: HttpRequest, key: uuid.UUID) -> CaseFrame:
    """The case, for those to whom what is confidential is open on it."""
    frame = case_frame(request.user, key)
    require_confidential(frame.user, frame.case)
    return frame


def _asked(frame: CaseFrame, key: uuid.UUID) -> InformationRequest:
    rows = InformationRequest.objects.select_related("asked_by__agency", "asked_by__unit", "case")
    found = rows.filter(case=frame.case, key=key).first()
    if found is None:
        raise Http404("No such request")
    return found


def _about(request: HttpRequest, frame: CaseFrame, row: InformationRequest, form: Form, template: str) -> HttpResponse:
    return render(request, template, {"frame": frame, "asked": row, "form": form})


def _may_write(frame: CaseFrame) -> bool:
    return frame.user.may(Permission.RECORD_ASSESSMENT)
