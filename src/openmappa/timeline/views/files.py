"""Attaching a file, taking it out again, and saying that it was a mistake."""

import uuid

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.services import require
from openmappa.core.access import Permission
from openmappa.core.compartments import Compartment
from openmappa.notes.models import Attachment
from openmappa.notes.queries import file_of
from openmappa.notes.services import attach_file, open_file, void_attachment
from openmappa.timeline.forms.notes import FileForm
from openmappa.timeline.forms.writing import written
from openmappa.timeline.queries.frame import CaseFrame, case_frame
from openmappa.timeline.views import walls

SANDBOX = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""Should a browser show a file as a page after all, nothing in it runs, loads or belongs to us."""


@require_http_methods(["GET", "HEAD", "POST"])
def attach(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Attach a file to the case."""
    frame = case_frame(request.user, key)
    require(frame.user, Permission.ATTACH_FILE)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    most = settings.OPENMAPPA_UPLOAD_MEGABYTES
    too_large = most if getattr(request, "file_too_large", False) else 0
    form = FileForm(*sent, frame=frame, too_large=too_large)
    if written(form, frame, lambda *also: _attach(frame, form, *also)).done:
        return walls.to_timeline(key, "file")
    return render(request, "timeline/attachment.html", {"frame": frame, "form": form, "megabytes": most})


@require_safe
def download(request: HttpRequest, key: uuid.UUID, file: uuid.UUID) -> HttpResponse:
    """A file for the reader to keep; the browser never opens it as a page of ours."""
    frame = case_frame(request.user, key)
    return walls.show(request, frame, file_of(frame.user, frame.case, file), _send)


@require_http_methods(["GET", "HEAD", "POST"])
def void(request: HttpRequest, key: uuid.UUID, file: uuid.UUID) -> HttpResponse:
    """Say that a file was a mistake, and why; nobody can open it afterwards."""
    frame = case_frame(request.user, key)
    return walls.show(request, frame, file_of(frame.user, frame.case, file), _void)


def _attach(frame: CaseFrame, form: FileForm, version: int, submission: uuid.UUID) -> Attachment:
    return attach_file(
        by=frame.user,
        case=frame.case,
        name=form.upload.name or "",
        content=form.upload.read(),
        title=form.cleaned_data["title"],
        description=form.cleaned_data["description"],
        placed=form.placed,
        submission=submission,
    )


def _send(request: HttpRequest, frame: CaseFrame, file: Attachment) -> HttpResponse:
    if file.is_voided:
        raise Http404("The file was voided")
    answer = HttpResponse(open_file(by=frame.user, file=file), content_type=file.media_type)
    answer["Content-Disposition"] = content_disposition_header(True, file.file_name) or "attachment"
    answer["Content-Security-Policy"] = SANDBOX
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer


def _void(request: HttpRequest, frame: CaseFrame, file: Attachment) -> HttpResponse:
    return walls.void(request, frame, file, lambda *asked: _void_it(frame, *asked))


def _void_it(frame: CaseFrame, file: Attachment, reason: str, version: int, retreat_to: Compartment | None) -> None:
    void_attachment(by=frame.user, file=file, reason=reason, version=version, retreat_to=retreat_to)
