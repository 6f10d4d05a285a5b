"""Feedback to areas: sending it, reading it as the area, remarking on a finding, answering the remark."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.findings.errors import NotTheirs
from openmappa.findings.forms.asking import AnswerForm, FeedbackForm, RemarkForm
from openmappa.findings.models import Feedback
from openmappa.findings.queries.inspected import criteria_of, title_of
from openmappa.findings.queries.reading import feedback_to, finding_in, findings_fed_back, findings_of, speaks_for_area
from openmappa.findings.services.feedback import NOT_SPEAKING, answer_remark, remark_on, send_feedback
from openmappa.findings.views.loading import back_to, finding_cited, known, tell_log, what_was_done, working
from openmappa.samples.queries import areas_of, leads
from openmappa.ui.answering import done
from openmappa.ui.answering import sent as sent_form

NOT_SENT = "Nothing has been sent to your area from this inspection yet."


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, inspection: uuid.UUID) -> HttpResponse:
    """What was sent to which area and what it remarked; and sending it to another."""
    on = working(request, inspection)
    rows = list(Feedback.objects.filter(exercise=on.exercise).select_related("area", "sent_by"))
    told = {row.area_id for row in rows}
    form = FeedbackForm(sent_form(request), areas=[area for area in areas_of(on.exercise) if area.pk not in told])
    if form.is_bound and done(
        form,
        lambda: send_feedback(
            by=on.user,
            exercise=on.exercise,
            area=form.areas[form.cleaned_data["area"]],
            due_on=form.cleaned_data["due_on"],
            words=form.cleaned_data["words"],
        ),
    ):
        return back_to("feedback", "sent", inspection=inspection)
    remarked = list(findings_of(on.exercise).filter(remark__isnull=False))
    return render(
        request,
        "findings/feedback.html",
        {
            **{"exercise": on.exercise, "title": title_of(on.exercise), "rows": rows, "form": form},
            **{"remarked_rows": remarked, "leads": leads(on.user, on.exercise), "done": what_was_done(request)},
        },
    )


@require_safe
def received(request: HttpRequest, inspection: uuid.UUID) -> HttpResponse:
    """What was found in the reader's own area."""
    on = known(request, inspection)
    found = feedback_to(on.user, on.exercise)
    if found is None:
        raise NotTheirs(NOT_SENT)
    rows = list(findings_fed_back(on.user, on.exercise))
    tell_log(request, on.exercise, rows)
    context = {"exercise": on.exercise, "title": title_of(on.exercise), "feedback": found, "rows": rows}
    context |= {"criteria": criteria_of(on.exercise), "done": what_was_done(request)}
    open_still = timezone.localdate() <= found.due_on
    return render(request, "findings/received.html", context | {"remarks": speaks_for_area(on.user) and open_still})


@require_http_methods(["GET", "HEAD", "POST"])
def remark(request: HttpRequest, inspection: uuid.UUID, finding: uuid.UUID) -> HttpResponse:
    """Say, for the area, what is wrong in a finding on it."""
    on = known(request, inspection)
    if feedback_to(on.user, on.exercise) is None or not speaks_for_area(on.user):
        raise NotTheirs(NOT_SPEAKING)
    row = finding_in(findings_fed_back(on.user, on.exercise), finding)
    tell_log(request, on.exercise, [row])
    said = getattr(row, "remark", None)
    form = RemarkForm(sent_form(request), initial={"words": said.words if said else ""})
    if form.is_bound and done(form, lambda: remark_on(by=on.user, finding=row, words=form.cleaned_data["words"])):
        return back_to("received", "remarked", inspection=inspection)
    context = {"exercise": on.exercise, "title": title_of(on.exercise), "finding": row, "form": form}
    return render(request, "findings/remark.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, inspection: uuid.UUID, finding: uuid.UUID) -> HttpResponse:
    """Answer an area's remark: change the finding or not, and say why."""
    on = working(request, inspection)
    row = finding_cited(request, on, finding)
    form = AnswerForm(sent_form(request), initial={"text": row.text})
    if form.is_bound and done(form, lambda: answer_remark(by=on.user, finding=row, **form.cleaned_data)):
        return back_to("feedback", "answered", inspection=inspection)
    context = {"exercise": on.exercise, "title": title_of(on.exercise), "finding": row, "form": form}
    return render(request, "findings/answer.html", context | {"remark": getattr(row, "remark", None)})
