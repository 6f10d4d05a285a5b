"""Minutes on a case: the list, one version, its draft, issuing, correcting, copies."""

import uuid

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.looks import shows
from openmappa.core.access import Permission
from openmappa.core.compartments import Compartment, FieldClass
from openmappa.meetings.queries.sittings import meetings_of_case
from openmappa.minutes.forms.minutes import DraftForm, LineForm, NewLineForm, ReasonForm
from openmappa.minutes.models.copies import Copy, Filing, Telling
from openmappa.minutes.models.minutes import Line
from openmappa.minutes.queries.minutes import copies_of, copy_with, lines_read, minutes_of_case, own_copies
from openmappa.minutes.queries.page import places_of
from openmappa.minutes.services.copying import take_copy
from openmappa.minutes.services.draft import (
    add_line,
    chair_of,
    change_line,
    check_minutes,
    correct_minutes,
    take_out_line,
)
from openmappa.minutes.services.issuing import file_minutes, issue_minutes, withdraw_copy
from openmappa.minutes.views.loading import OnMinutes, on_minutes
from openmappa.signin.step_up import stepped_up
from openmappa.timeline.errors import NotRecorded
from openmappa.timeline.forms.table import page_for_kind
from openmappa.timeline.queries.frame import case_frame

BARE_FACTS = ("mappa_meeting_held", "minutes_filed", "offender_informed")
"""What can be recorded of a meeting that was minuted elsewhere."""


DONE = {
    "closed": "The meeting is closed, and its minutes are drafted. The chair reads them below, then checks them",
    "line": "The draft is changed. The chair checks it again before it is issued",
    "checked": "The draft is checked. It can be issued and filed now",
    "issued": "The minutes are issued and on the record of each agency. Everybody with a copy is told",
    "begun": "The correction is begun. Change its lines below, then have it checked and issue it",
    "withdrawn": "The copy is withdrawn",
}
"""What was just done, by its word in the address, and what comes next."""


def shown_after(key: uuid.UUID, minutes: uuid.UUID, done: str) -> HttpResponse:
    """To the minutes, which say what was just done."""
    return redirect(f"{reverse('minutes:show', kwargs={'key': key, 'minutes': minutes})}?done={done}")


@require_safe
def of_case(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The meetings on a case and their minutes, the newest first."""
    frame = case_frame(request.user, key)
    meetings = list(meetings_of_case(frame.case))
    small = [page for page in map(page_for_kind, BARE_FACTS) if page is not None and page.may(frame.user)]
    minutes = minutes_of_case(frame.case, frame.user)
    context = {"frame": frame, "meetings": meetings, "minutes": minutes, "elsewhere": small}
    return render(request, "minutes/case.html", context)


@require_safe
def show(request: HttpRequest, key: uuid.UUID, minutes: uuid.UUID) -> HttpResponse:
    """One version of minutes: the parts that the reader opens, and what is to be done with it."""
    here = on_minutes(request.user, key, minutes)
    walled = any(one.compartment == Compartment.VICTIM for one in lines_read(here.minutes, here.frame.user))
    return (stepped_up(_shown) if walled else _shown)(request, here)


@require_http_methods(["GET", "HEAD", "POST"])
def line(request: HttpRequest, key: uuid.UUID, minutes: uuid.UUID, line: uuid.UUID) -> HttpResponse:
    """Change one line of a draft, or take it out."""
    here = on_minutes(request.user, key, minutes, Permission.TAKE_MINUTES)
    row = next((one for one in lines_read(here.minutes, here.frame.user) if one.key == line), None)
    if row is None or not here.minutes.is_draft:
        raise Http404("No such line of a draft")
    return (stepped_up(_line) if row.compartment == Compartment.VICTIM else _line)(request, here, row)


def _line(request: HttpRequest, here: OnMinutes, row: Line) -> HttpResponse:
    start = {"text": row.text, "plain_words": row.plain_words, "compartment": row.compartment}
    form = LineForm(
        request.POST if request.method == "POST" else None,
        initial={**start, "revision": here.minutes.revision},
        is_decision=row.kind == "decision",
        places=places_of(here.frame.user, here.minutes.meeting),
    )
    if form.is_bound and (request.POST.get("remove") or form.is_valid()):
        try:
            return _line_done(request, here, row, form)
        except NotRecorded as refused:
            form.is_valid()
            form.refuse(None, str(refused))
    return render(request, "minutes/line_form.html", {**_context(here), "form": form, "row": row})


@require_http_methods(["GET", "HEAD", "POST"])
def new_line(request: HttpRequest, key: uuid.UUID, minutes: uuid.UUID) -> HttpResponse:
    """Add a line that a draft lacks."""
    here = on_minutes(request.user, key, minutes, Permission.TAKE_MINUTES)
    if not here.minutes.is_draft:
        raise Http404("No draft")
    form = NewLineForm(request.POST if request.method == "POST" else None, initial={"revision": here.minutes.revision})
    if form.is_bound and form.is_valid():
        try:
            add_line(by=here.frame.user, minutes=here.minutes, **form.cleaned_data)
        except NotRecorded as refused:
            form.refuse(None, str(refused))
        else:
            return shown_after(key, minutes, "line")
    return render(request, "minutes/line_form.html", {**_context(here), "form": form, "row": None})


@require_POST
def check(request: HttpRequest, key: uuid.UUID, minutes: uuid.UUID) -> HttpResponse:
    """Say, as the chair, that the draft is right."""
    here = on_minutes(request.user, key, minutes, Permission.CHAIR_MEETING)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _shown(request, here, "Open the minutes again, then check them.")
    try:
        check_minutes(by=here.frame.user, minutes=here.minutes, revision=form.cleaned_data["revision"])
    except NotRecorded as refused:
        return _shown(request, here, str(refused))
    return shown_after(key, minutes, "checked")


@require_POST
def issue(request: HttpRequest, key: uuid.UUID, minutes: uuid.UUID) -> HttpResponse:
    """Issue checked minutes with their numbered copies, and file them to the record of each agency, in one step."""
    here = on_minutes(request.user, key, minutes, Permission.ISSUE_MINUTES)
    form = DraftForm(request.POST)
    form.is_valid()
    try:
        if here.minutes.is_draft:
            issue_minutes(by=here.frame.user, minutes=here.minutes, revision=form.cleaned_data.get("revision", -1))
            here.minutes.refresh_from_db(fields=["issued_at", "issued_by"])
        file_minutes(by=here.frame.user, minutes=here.minutes)
    except NotRecorded as refused:
        return _shown(request, here, str(refused))
    return shown_after(key, minutes, "issued")


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, key: uuid.UUID, minutes: uuid.UUID) -> HttpResponse:
    """Begin a correction: a draft with the next number, for a reason that every recipient reads."""
    here = on_minutes(request.user, key, minutes, Permission.ISSUE_MINUTES)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            draft = correct_minutes(by=here.frame.user, minutes=here.minutes, reason=form.cleaned_data["reason"])
        except NotRecorded as refused:
            form.refuse("reason", str(refused))
        else:
            return shown_after(key, draft.key, "begun")
    return render(request, "minutes/correct.html", {**_context(here), "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, key: uuid.UUID, minutes: uuid.UUID, copy: uuid.UUID) -> HttpResponse:
    """Withdraw a copy that should not have been given."""
    here = on_minutes(request.user, key, minutes, Permission.ISSUE_MINUTES)
    row = next((one for one in copies_of(here.minutes) if one.key == copy), None)
    if row is None:
        raise Http404("No such copy")
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        withdraw_copy(by=here.frame.user, copy=row, reason=form.cleaned_data["reason"])
        return shown_after(key, minutes, "withdrawn")
    return render(request, "minutes/withdraw.html", {**_context(here), "form": form, "copy": row})


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The copies of minutes made out to the reader: all that a partner agency has of them."""
    reader = _reader(request.user)
    copies = own_copies(reader)
    shows(request, [row.case_id for row in copies])
    return render(request, "minutes/mine.html", {"copies": copies})


@require_safe
def copy(request: HttpRequest, copy: uuid.UUID) -> HttpResponse:
    """A numbered copy as a PDF file, for its recipient or for whoever sends it to them."""
    reader = _reader(request.user)
    row = copy_with(copy)
    if row is None:
        raise Http404("No such copy")
    return (stepped_up(_copy) if Compartment.VICTIM in row.compartments else _copy)(request, reader, row)


def _copy(request: HttpRequest, reader: User, row: Copy) -> HttpResponse:
    try:
        made = take_copy(by=reader, copy=row)
    except NotRecorded as refused:
        return render(request, "minutes/no_copy.html", {"refused": str(refused)}, status=409)
    return pdf(made, f"minutes-copy-{row.number}.pdf")


def pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF file that is not kept by the browser."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _reader(user: User | AnonymousUser) -> User:
    if not isinstance(user, User):
        raise Http404("Nobody")
    require(user, Permission.CONTRIBUTE_TO_MEETING)
    return user


def _line_done(request: HttpRequest, here: OnMinutes, row: Line, form: LineForm) -> HttpResponse:
    by, minutes = here.frame.user, here.minutes
    if request.POST.get("remove"):
        form.is_valid()
        take_out_line(by=by, minutes=minutes, key=row.key, revision=form.cleaned_data.get("revision", -1))
    else:
        said = {"plain_words": row.plain_words if row.kind == "decision" else ""} | form.cleaned_data
        change_line(by=by, minutes=minutes, key=row.key, **said)
    return shown_after(here.frame.key, minutes.key, "line")


def _shown(request: HttpRequest, here: OnMinutes, refused: str = "") -> HttpResponse:
    row, user = here.minutes, here.frame.user
    lines = lines_read(row, user)
    if any(one.compartment == Compartment.VICTIM for one in lines):
        shows(request, [], [FieldClass.VICTIM])
    copies: list[Copy] = copies_of(row)
    context = {
        **_context(here),
        "lines": lines,
        "copies": copies,
        "own": next((one for one in copies if one.person_id == user.pk and one.withdrawn_at is None), None),
        "filings": list(Filing.objects.filter(minutes=row).select_related("agency", "filed_by")),
        "tellings": list(Telling.objects.filter(minutes=row).select_related("told_by")),
        "chair": chair_of(row),
        "refused": refused,
        "done": "" if refused else DONE.get(request.GET.get("done", ""), ""),
        "draft": DraftForm(initial={"revision": row.revision}),
    }
    return render(request, "minutes/show.html", context, status=422 if refused else 200)


def _context(here: OnMinutes) -> dict[str, object]:
    return {"frame": here.frame, "minutes": here.minutes}
