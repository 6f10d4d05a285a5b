"""The forms of a recall from licence: asked for, decided, returned, released, set aside."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from openmappa.accounts.services import require
from openmappa.core.orders.recall import Decision
from openmappa.orders.forms import CustodyForm, DecideRecallForm, RecallForm, SetAsideForm
from openmappa.orders.models.recall import Recall
from openmappa.orders.queries.recalls import recall_of, releases_that_may_be, returns_that_may_be
from openmappa.orders.services.recalls import (
    NEEDS,
    decide_recall,
    record_recall,
    record_release,
    record_return,
    set_recall_aside,
)
from openmappa.orders.views.orders import back_to_orders
from openmappa.timeline.queries.frame import CaseFrame, case_frame
from openmappa.ui.answering import done, sent
from openmappa.ui.formats import day
from openmappa.ui.forms import Form


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Record that a recall was asked for."""
    frame = case_frame(request.user, key)
    require(frame.user, NEEDS)
    form = RecallForm(sent(request), initial={"asked_for_by": f"{frame.user.full_name}, {frame.user.agency_name}"})

    def service() -> object:
        keys = form.submission_key
        return record_recall(by=frame.user, case=frame.case, request=form.request(), submission=keys)

    if done(form, service):
        return back_to_orders(key, "recall")
    return _page(request, frame, form, "Record a request for recall")


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, key: uuid.UUID, recall: uuid.UUID) -> HttpResponse:
    """Record whether the licence was revoked."""
    frame, row = _loaded(request, key, recall)
    form = DecideRecallForm(sent(request), initial={"version": row.version})

    def service() -> object:
        said = form.cleaned_data
        decision = Decision(said["decision"])
        return decide_recall(by=frame.user, recall=row, decision=decision, on=said["decided_on"], version=form.seen)

    if done(form, service):
        return back_to_orders(key, "decided")
    return _page(request, frame, form, "Record the decision on a recall", row)


@require_http_methods(["GET", "HEAD", "POST"])
def returned(request: HttpRequest, key: uuid.UUID, recall: uuid.UUID) -> HttpResponse:
    """Record the return to custody: by the entry that says so, or a new one."""
    frame, row = _loaded(request, key, recall)
    form = CustodyForm(
        sent(request),
        label="Day of the return",
        offered=returns_that_may_be(row),
        initial={"version": row.version},
    )
    if done(form, lambda: record_return(by=frame.user, recall=row, version=form.seen, **form.chosen)):
        return back_to_orders(key, "custody")
    return _page(request, frame, form, "Record the return to custody", row)


@require_http_methods(["GET", "HEAD", "POST"])
def released(request: HttpRequest, key: uuid.UUID, recall: uuid.UUID) -> HttpResponse:
    """Record the release after a recall: by the entry that says so, or a new one."""
    frame, row = _loaded(request, key, recall)
    form = CustodyForm(
        sent(request),
        label="Day of the release",
        offered=releases_that_may_be(row),
        initial={"version": row.version},
    )
    if done(form, lambda: record_release(by=frame.user, recall=row, version=form.seen, **form.chosen)):
        return back_to_orders(key, "custody")
    return _page(request, frame, form, "Record the release after a recall", row)


@require_http_methods(["GET", "HEAD", "POST"])
def set_aside(request: HttpRequest, key: uuid.UUID, recall: uuid.UUID) -> HttpResponse:
    """Say that a recall was recorded by mistake."""
    frame, row = _loaded(request, key, recall)
    form = SetAsideForm(sent(request), initial={"version": row.version})

    def service() -> object:
        return set_recall_aside(by=frame.user, recall=row, reason=form.cleaned_data["reason"], version=form.seen)

    if done(form, service):
        return back_to_orders(key, "aside")
    about = f"Recall of {day(row.asked_on)}"
    return render(request, "orders/set_aside.html", {"frame": frame, "form": form, "about": about})


def _loaded(request: HttpRequest, key: uuid.UUID, recall: uuid.UUID) -> tuple[CaseFrame, Recall]:
    frame = case_frame(request.user, key)
    require(frame.user, NEEDS)
    return frame, recall_of(frame.case, recall)


def _page(request: HttpRequest, frame: CaseFrame, form: Form, title: str, recall: Recall | None = None) -> HttpResponse:
    shown = {"frame": frame, "form": form, "title": title, "recall": recall}
    return render(request, "orders/recall.html", shown)
