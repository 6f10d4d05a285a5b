"""The offender's own views, for the assessor: what they said, handing a tablet over, paper, typing it in."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.services import require
from openmappa.core.access import Permission
from openmappa.core.instruments.oasys.self_assessment import differing_views
from openmappa.core.packs.load import load_self_assessment
from openmappa.oasys.forms_around import SelfForm
from openmappa.oasys.middleware import lock
from openmappa.oasys.queries.around import said, self_assessment_of
from openmappa.oasys.queries.oasys import oasys_on, written
from openmappa.oasys.services import self_assessment as services
from openmappa.signin.step_up import session_of
from openmappa.timeline.errors import NotRecorded
from openmappa.timeline.queries.frame import case_frame


@require_safe
def show(request: HttpRequest, key: uuid.UUID, oasys: uuid.UUID) -> HttpResponse:
    """What the offender said, and where the assessor's scores say otherwise."""
    frame = case_frame(request.user, key)
    found = written(oasys_on(frame.case, oasys))
    row = self_assessment_of(found.oasys)
    rules = load_self_assessment(found.oasys.pack)
    context = {
        "frame": frame,
        "oasys": found.oasys,
        "row": row,
        "lines": said(rules, row.answers) if row else [],
        "differing": differing_views(rules, row.answers, found.rules, found.answers) if row else (),
        "may_write": frame.user.may(Permission.RECORD_ASSESSMENT) and found.oasys.is_draft,
    }
    return render(request, "oasys/around/self_assessment.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, key: uuid.UUID, oasys: uuid.UUID) -> HttpResponse:
    """What handing over does; then sign the officer out here, and leave the offender's questions alone."""
    frame = case_frame(request.user, key)
    row = oasys_on(frame.case, oasys)
    require(frame.user, Permission.RECORD_ASSESSMENT)
    refused = ""
    by_password = frame.user.has_usable_password() and not session_of(request).provider
    if request.method == "POST" and by_password:
        try:
            lock(request, services.hand_over(by=frame.user, oasys=row))
            answer = redirect("your_views:start")
            answer["Clear-Site-Data"] = '"cache"'
            return answer
        except NotRecorded as problem:
            refused = str(problem)
    context = {"frame": frame, "oasys": row, "by_password": by_password, "refused": refused}
    return render(request, "oasys/around/hand_over.html", {**context, "page_has_errors": bool(refused)})


@require_safe
def paper(request: HttpRequest, key: uuid.UUID, oasys: uuid.UUID) -> HttpResponse:
    """The questions on paper, blank: nothing of the case stands on them."""
    frame = case_frame(request.user, key)
    row = oasys_on(frame.case, oasys)
    return render(request, "oasys/around/paper.html", {"rules": load_self_assessment(row.pack)})


@require_http_methods(["GET", "HEAD", "POST"])
def type_in(request: HttpRequest, key: uuid.UUID, oasys: uuid.UUID) -> HttpResponse:
    """Type in what the offender wrote on paper."""
    frame = case_frame(request.user, key)
    row = oasys_on(frame.case, oasys)
    require(frame.user, Permission.RECORD_ASSESSMENT)
    rules = load_self_assessment(row.pack)
    before = self_assessment_of(row)
    data = request.POST if request.method == "POST" else None
    form = SelfForm(rules, rules.questions, data, initial=dict(before.answers) if before else {})
    if form.is_bound and form.is_valid():
        try:
            services.type_in(by=frame.user, oasys=row, answers=form.answers)
            return redirect("oasys:self_assessment", key=key, oasys=oasys)
        except NotRecorded as refused:
            form.refuse(None, str(refused))
    context = {"frame": frame, "oasys": row, "form": form, "rules": rules}
    return render(request, "oasys/around/type_in.html", context)
