"""Recording one fact with a small form."""

import uuid
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openmappa.accounts.services import require
from openmappa.core.recording import TO_RECORD
from openmappa.timeline.forms.menu import menu_for
from openmappa.timeline.forms.record import FactForm
from openmappa.timeline.forms.registration import RegisteredForm
from openmappa.timeline.forms.saving import Saved, saved
from openmappa.timeline.forms.table import PAGES
from openmappa.timeline.queries.facts import already_recorded
from openmappa.timeline.queries.frame import CaseFrame, case_frame
from openmappa.timeline.services import Recording, record_fact


@require_safe
def record_menu(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Everything that this person's role may record on the case."""
    frame = case_frame(request.user, key)
    return render(request, "timeline/record_menu.html", {"frame": frame, "groups": menu_for(frame.user, key)})


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, key: uuid.UUID, what: str) -> HttpResponse:
    """One small form, for one kind of fact; pressing a button that only looks (``preview``) saves nothing."""
    frame = case_frame(request.user, key)
    page = PAGES.get(what)
    if page is None:
        raise Http404("There is no such form")
    require(frame.user, TO_RECORD[page.kind])
    form = page.form(request.POST if request.method == "POST" else None, frame=frame, given=request.GET.dict())
    outcome = _sent(frame, form) if form.is_bound and "preview" not in request.POST else Saved()
    if outcome.recording:
        return to_what_it_changed(key, outcome.recording.fact.pk)
    context = {"frame": frame, "page": page, "form": form, "conflict": outcome.conflict}
    return render(request, "timeline/record.html", context)


@require_POST
def preview_registration(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """How long a registration lasts by the answers so far, and why, as a piece of the page; nothing is saved."""
    frame = case_frame(request.user, key)
    require(frame.user, TO_RECORD[RegisteredForm.kind])
    form = RegisteredForm(request.POST, frame=frame)
    form.is_valid()
    return render(request, "timeline/notification_period.html", {"form": form})


def to_what_it_changed(key: uuid.UUID, pk: int) -> HttpResponseRedirect:
    """Go to the page that says what a fact changed, with word that it was saved."""
    return redirect(f"{reverse('timeline:recorded', kwargs={'key': key, 'pk': pk})}?saved=yes")


def _sent(frame: CaseFrame, form: FactForm) -> Saved:
    """Save the form; a double press whose first half changed what is asked gives what the first half recorded."""
    earlier = already_recorded(frame.case, form.submission_key)
    if earlier is not None and not form.is_valid():
        return Saved(Recording(earlier, replayed=True))
    return saved(form, partial(_record, frame, form))


def _record(frame: CaseFrame, form: FactForm, version: int, submission: uuid.UUID) -> Recording:
    return record_fact(by=frame.user, case=frame.case, fact=form.fact, version=version, submission=submission)
