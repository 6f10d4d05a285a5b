"""The OASys tab of a case: the list, one OASys as a whole, starting one, abandoning a draft."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.services import require
from openmappa.core.access import Permission
from openmappa.oasys.errors import DraftExists
from openmappa.oasys.forms import STAGE_HINTS, STAGES, AbandonForm, StartForm
from openmappa.oasys.queries.listing import components_of, entries_of, later_version_of, unsigned_of
from openmappa.oasys.queries.next_steps import plans_page
from openmappa.oasys.queries.oasys import draft_of, latest_signed, oasys_on, written
from openmappa.oasys.queries.section_page import counted_by_section
from openmappa.oasys.queries.summary import sheet_of
from openmappa.oasys.services.drafting import abandon_draft, start_oasys
from openmappa.timeline.errors import NotRecorded
from openmappa.timeline.forms.table import page_for_kind
from openmappa.timeline.queries.frame import CaseFrame, case_frame


@require_safe
def oasys_list(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Every OASys of a case: the draft, what is signed with its versions, what came from another system."""
    frame = case_frame(request.user, key)
    unsigned = unsigned_of(frame.case)
    context = {
        "frame": frame,
        "entries": entries_of(frame.case),
        "draft": next((one for one in unsigned if one.is_draft), None),
        "abandoned": [one for one in unsigned if not one.is_draft],
        "stages": STAGES,
        "elsewhere": page_for_kind("oasys_completed"),
        "may_write": frame.user.may(Permission.RECORD_ASSESSMENT) and not frame.standing.closed,
    }
    return render(request, "oasys/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Start an OASys, or go on with the draft that there is."""
    frame = case_frame(request.user, key)
    require(frame.user, Permission.RECORD_ASSESSMENT)
    draft, last = draft_of(frame.case), latest_signed(frame.case)
    stage = request.GET.get("stage", "")
    form = StartForm(
        request.POST if request.method == "POST" else None,
        initial={"version": frame.case.version, "stage": stage if stage in STAGES else ""},
        can_copy=last is not None,
    )
    if form.is_bound and form.is_valid():
        try:
            row = start_oasys(
                by=frame.user,
                case=frame.case,
                stage=form.cleaned_data["stage"],
                copy_last=form.cleaned_data.get("begin") == "copy",
                submission=form.submission_key,
            )
            return redirect("oasys:show", key=key, oasys=row.key)
        except DraftExists as exists:
            draft = exists.draft
            form.refuse(None, str(exists))
        except NotRecorded as refused:
            form.refuse(None, str(refused))
    context = {"frame": frame, "form": form, "draft": draft, "last": last, "hints": STAGE_HINTS}
    context |= {"stages": STAGES, "elsewhere": page_for_kind("oasys_completed")}
    return render(request, "oasys/start.html", context)


@require_safe
def show(request: HttpRequest, key: uuid.UUID, oasys: uuid.UUID) -> HttpResponse:
    """One OASys as a whole: a draft with what is missing, a signed one with its summary sheet."""
    frame = case_frame(request.user, key)
    found = written(oasys_on(frame.case, oasys))
    context = {
        **sheet_of(frame, found),
        "components": components_of(found),
        "missing": counted_by_section(found.missing) if found.oasys.is_draft else {},
        "later": later_version_of(found.oasys),
        "plans_page": plans_page(frame),
        "may": _may(frame),
    }
    return render(request, "oasys/overview.html" if found.oasys.is_draft else "oasys/signed.html", context)


@require_safe
def summary(request: HttpRequest, key: uuid.UUID, oasys: uuid.UUID) -> HttpResponse:
    """Component 3: the summary sheet, drawn from components 1 and 2."""
    frame = case_frame(request.user, key)
    return render(request, "oasys/summary.html", sheet_of(frame, written(oasys_on(frame.case, oasys))))


@require_http_methods(["GET", "HEAD", "POST"])
def abandon(request: HttpRequest, key: uuid.UUID, oasys: uuid.UUID) -> HttpResponse:
    """Give up a draft, with the reason."""
    frame = case_frame(request.user, key)
    row = oasys_on(frame.case, oasys)
    require(frame.user, Permission.RECORD_ASSESSMENT)
    form = AbandonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            abandon_draft(by=frame.user, oasys=row, reason=form.cleaned_data["reason"])
            return redirect("oasys:list", key=key)
        except NotRecorded as refused:
            form.refuse(None, str(refused))
    return render(request, "oasys/abandon.html", {"frame": frame, "oasys": row, "form": form, "stages": STAGES})


def _may(frame: CaseFrame) -> dict[str, bool]:
    """What this person may do with an OASys of the case."""
    writes = frame.user.may(Permission.RECORD_ASSESSMENT)
    return {"write": writes, "countersign": frame.user.may(Permission.COUNTERSIGN_ASSESSMENT)}
