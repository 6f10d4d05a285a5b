"""One drawn case: its form, and replacing it."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from openmappa.audit.looks import shows
from openmappa.case_audits.errors import ChangedSince
from openmappa.case_audits.forms import FINISH, CaseForm, ReplaceForm
from openmappa.case_audits.queries.cases import drawn_case, is_concerned
from openmappa.case_audits.services.auditing import finish_form, save_form
from openmappa.case_audits.services.beginning import replace_audited
from openmappa.case_audits.views.loading import back_to, to_work
from openmappa.samples.models import Ground
from openmappa.ui.answering import done, sent

BOTH = ["GET", "HEAD", "POST"]


@require_http_methods(BOTH)
def case(request: HttpRequest, audit: uuid.UUID, drawn: str) -> HttpResponse:
    """The form of a drawn case: saved as far as it is, or finished, which tells those concerned."""
    user, row = to_work(request, audit)
    on = drawn_case(row, drawn)
    shows(request, [on.case.pk])
    form = CaseForm(sent(request), drawn=on)
    finishes = request.POST.get("what") == FINISH
    theirs = []

    def service() -> object:
        try:
            return (finish_form if finishes else save_form)(by=user, drawn=on, said=form.said(), version=form.seen)
        except ChangedSince:
            theirs.append(drawn_case(row, drawn))
            raise

    if done(form, service):
        if finishes:
            return back_to(row, "finished")
        return redirect(f"{reverse('case_audits:case', kwargs={'audit': audit, 'drawn': drawn})}?saved=1")
    shown = {"form": form, "concerned": is_concerned(user, on.case), "theirs": theirs[0] if theirs else None}
    return render(request, "case_audits/case.html", {"on": on, "audit": row, "saved": "saved" in request.GET, **shown})


@require_http_methods(BOTH)
def replace(request: HttpRequest, audit: uuid.UUID, drawn: str) -> HttpResponse:
    """Put the next reserve in the place of a case that cannot be audited."""
    user, row = to_work(request, audit)
    form = ReplaceForm(sent(request))

    def service() -> object:
        said = form.cleaned_data
        return replace_audited(by=user, audit=row, key=drawn, ground=Ground(said["ground"]), words=said["words"])

    if done(form, service):
        return back_to(row, "replaced")
    return render(request, "case_audits/replace.html", {"form": form, "audit": row, "drawn": drawn})
