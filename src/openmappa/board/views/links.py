"""Other bodies: what was reported to each, and what came back."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.board.forms_keeping import AnswerForm, BodyForm, ReportForm
from openmappa.board.queries.links import bodies_of, body_of, exchange_of
from openmappa.board.queries.meetings import held_meetings
from openmappa.board.queries.rules import rules
from openmappa.board.queries.seats import seated_on
from openmappa.board.services.linking import add_body, note_answer, note_report
from openmappa.board.views.loading import back_to, to_keep, to_read
from openmappa.ui.answering import done, sent

BOTH = ["GET", "HEAD", "POST"]
SAVED = {
    "added": "The body is added",
    "reported": "The report is written down",
    "answered": "What came back is written down",
}


@require_safe
def links(request: HttpRequest) -> HttpResponse:
    """Every body that the board is linked to."""
    on = to_read(request)
    shown = {"bodies": bodies_of(on.area, on.today), "rules": rules()}
    return render(request, "board/links.html", {"on": on, "saved": SAVED.get(request.GET.get("saved", "")), **shown})


@require_http_methods(BOTH)
def add(request: HttpRequest) -> HttpResponse:
    """Add a body."""
    on = to_keep(request)
    form = BodyForm(sent(request), members=seated_on(on.area, on.today))

    def service() -> object:
        said = {name: form.cleaned_data[name] for name in ("kind", "name", "sits_on_both", "contact")}
        return add_body(by=on.user, area=on.area, submission=form.submission_key, **said)

    if done(form, service):
        return back_to("links", "added")
    return render(request, "board/body_form.html", {"on": on, "form": form})


@require_http_methods(BOTH)
def report(request: HttpRequest, body: uuid.UUID) -> HttpResponse:
    """Write down what was reported to a body."""
    on = to_keep(request)
    row = body_of(on.area, body)
    form = ReportForm(sent(request), meetings=held_meetings(on.area, on.today), initial={"on": on.today})
    if done(form, lambda: note_report(by=on.user, body=row, said=form.said(), submission=form.submission_key)):
        return back_to("links", "reported")
    return render(request, "board/report_form.html", {"on": on, "form": form, "body": row})


@require_http_methods(BOTH)
def answer(request: HttpRequest, exchange: uuid.UUID) -> HttpResponse:
    """Write down what came back."""
    on = to_keep(request)
    row = exchange_of(on.area, exchange)
    form = AnswerForm(sent(request), initial={"on": on.today})

    def service() -> object:
        said = form.cleaned_data
        return note_answer(by=on.user, exchange=row, on=said["on"], answer=said["answer"])

    if done(form, service):
        return back_to("links", "answered")
    return render(request, "board/answer.html", {"on": on, "form": form, "row": row})
