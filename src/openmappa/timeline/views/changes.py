"""What changed on a case, who must know, and who knew when (9.10); saying that one knows."""

import uuid
from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.services import require
from openmappa.core.access import Permission
from openmappa.notes.errors import NotWritten
from openmappa.timeline.errors import NotRecorded
from openmappa.timeline.forms.changes_told import CircumstancesForm, CommentForm, TellForm, VictimRiskForm
from openmappa.timeline.queries.changes import changes_of, rules_in_service, shown, waiting_on
from openmappa.timeline.queries.frame import CaseFrame, case_frame
from openmappa.timeline.queries.who import people_who_must_know
from openmappa.timeline.services import acknowledge_change, tell_of_circumstances, tell_of_victim_risk

PAGE_SIZE = 25


@require_safe
def listing(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Every change that others were told of, newest first, with who knew of it when."""
    frame = case_frame(request.user, key)
    page = Paginator(changes_of(frame.case), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "frame": frame,
        "page": page,
        "changes": shown(list(page.object_list), frame.user),
        "waiting": waiting_on(frame.case, frame.user),
        "saved": request.GET.get("saved", ""),
    }
    return render(request, "timeline/changes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, key: uuid.UUID, notice: uuid.UUID) -> HttpResponse:
    """One change, and saying that one knows of it and what one did about it."""
    frame = case_frame(request.user, key)
    found = changes_of(frame.case).filter(key=notice).first()
    if found is None:
        raise Http404("No such change on this case")
    form = CommentForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            acknowledge_change(by=frame.user, notice=found, comment=form.cleaned_data["comment"])
            return redirect(f"{reverse('timeline:changes', kwargs={'key': key})}?saved=acknowledged#change-{notice}")
        except NotRecorded as refused:
            form.refuse(None, str(refused))
    return render(
        request, "timeline/change.html", {"frame": frame, "change": shown([found], frame.user)[0], "form": form}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Tell others that somebody's circumstances changed, in words."""
    frame = case_frame(request.user, key)
    require(frame.user, Permission.WRITE_NOTE)
    form = CircumstancesForm(_sent(request), frame=frame, topics=rules_in_service().topics)

    def write() -> object:
        answers = form.cleaned_data
        return tell_of_circumstances(
            by=frame.user,
            case=frame.case,
            topic=answers["topic"],
            text=answers["text"],
            on=answers["on"],
            basis=form.rests_on,
            compartment=form.stands_in,
            submission=form.submission_key,
        )

    return _told(request, frame, form, write, "timeline/tell.html")


@require_http_methods(["GET", "HEAD", "POST"])
def tell_victim_risk(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Tell others that the risk to a victim changed, without saying how but to those who may know."""
    frame = case_frame(request.user, key)
    require(frame.user, Permission.WRITE_NOTE)
    contacts = people_who_must_know(frame.case, but=[frame.user])
    form = VictimRiskForm(_sent(request), frame=frame, contacts=contacts)

    def write() -> object:
        answers = form.cleaned_data
        return tell_of_victim_risk(
            by=frame.user,
            case=frame.case,
            text=answers["text"],
            on=answers["on"],
            basis=form.rests_on,
            compartment=form.stands_in,
            urgent=form.is_urgent,
            contact=form.whom_to_ring,
            submission=form.submission_key,
        )

    return _told(request, frame, form, write, "timeline/tell_victim_risk.html")


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _told(
    request: HttpRequest, frame: CaseFrame, form: TellForm, write: Callable[[], object], template: str
) -> HttpResponse:
    if form.is_bound and form.is_valid():
        try:
            write()
            return redirect(f"{reverse('timeline:changes', kwargs={'key': frame.key})}?saved=told")
        except NotWritten as refused:
            form.refuse(None, str(refused))
    return render(request, template, {"frame": frame, "form": form})
