"""Signing an OASys, what comes next, countersigning or returning it, starting a new version."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.services import require
from openmappa.core.access import Permission
from openmappa.oasys.errors import DraftExists, NotComplete
from openmappa.oasys.forms import STAGES, JudgeForm, SignForm
from openmappa.oasys.models import Oasys
from openmappa.oasys.queries.next_steps import steps_after
from openmappa.oasys.queries.oasys import Written, oasys_on, written
from openmappa.oasys.queries.section_page import counted_by_section
from openmappa.oasys.queries.summary import sheet_of
from openmappa.oasys.services.judging import countersign_oasys, return_oasys
from openmappa.oasys.services.signing import Signature, correct_oasys, needs_countersignature, revision_of, sign_oasys
from openmappa.timeline.errors import NotRecorded
from openmappa.timeline.forms.saving import Saved, saved
from openmappa.timeline.queries.frame import CaseFrame, case_frame
from openmappa.timeline.services import Recording


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, key: uuid.UUID, oasys: uuid.UUID) -> HttpResponse:
    """Read the summary and sign; or everything that is missing, each a link."""
    frame = case_frame(request.user, key)
    found = written(oasys_on(frame.case, oasys))
    require(frame.user, Permission.RECORD_ASSESSMENT)
    form = _sign_form(request, frame, found)
    outcome = _signed(frame, found, form) if form.is_bound else Saved()
    if outcome.recording or found.oasys.signed_at:
        return redirect("oasys:next", key=key, oasys=oasys)
    context = {
        **sheet_of(frame, found),
        "missing": counted_by_section(found.missing),
        "form": form,
        "conflict": outcome.conflict,
        "needs_countersignature": needs_countersignature(found),
    }
    return render(request, "oasys/sign.html", context)


@require_safe
def next_steps(request: HttpRequest, key: uuid.UUID, oasys: uuid.UUID) -> HttpResponse:
    """What signing did, and what comes next."""
    frame = case_frame(request.user, key)
    found = written(oasys_on(frame.case, oasys))
    if found.oasys.signed_at is None:
        return redirect("oasys:show", key=key, oasys=oasys)
    context = {"frame": frame, "oasys": found.oasys, "steps": steps_after(found, frame), "stages": STAGES}
    return render(request, "oasys/next.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def countersign(request: HttpRequest, key: uuid.UUID, oasys: uuid.UUID) -> HttpResponse:
    """Read the summary sheet and what the overall level rests on; countersign, or return it with comments."""
    frame = case_frame(request.user, key)
    found = written(oasys_on(frame.case, oasys))
    require(frame.user, Permission.COUNTERSIGN_ASSESSMENT)
    form = JudgeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            _judge(frame, found.oasys, form)
            return redirect("oasys:show", key=key, oasys=oasys)
        except NotRecorded as refused:
            form.refuse(None, str(refused))
    return render(request, "oasys/countersign.html", {**sheet_of(frame, found), "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, key: uuid.UUID, oasys: uuid.UUID) -> HttpResponse:
    """Start a new version of a signed OASys, after saying what that means."""
    frame = case_frame(request.user, key)
    row = oasys_on(frame.case, oasys)
    require(frame.user, Permission.RECORD_ASSESSMENT)
    refused, draft = "", None
    if request.method == "POST":
        try:
            return redirect("oasys:show", key=key, oasys=correct_oasys(by=frame.user, oasys=row).key)
        except DraftExists as exists:
            refused, draft = str(exists), exists.draft
        except NotRecorded as why:
            refused = str(why)
    context = {"frame": frame, "oasys": row, "refused": refused, "draft": draft, "stages": STAGES}
    return render(request, "oasys/correct.html", context)


def _sign_form(request: HttpRequest, frame: CaseFrame, found: Written) -> SignForm:
    return SignForm(
        request.POST if request.method == "POST" else None,
        initial={"version": frame.case.version, "revision": revision_of(found)},
        corrects=found.oasys.replaces_id is not None,
    )


def _signed(frame: CaseFrame, found: Written, form: SignForm) -> Saved:
    """Sign; what is missing is on the page already, and said once more at its top."""

    def record(version: int, submission: uuid.UUID) -> Recording:
        at = Signature(
            form.cleaned_data["on"], form.cleaned_data["revision"], form.cleaned_data.get("earlier") == "wrong"
        )
        return sign_oasys(by=frame.user, oasys=found.oasys, signature=at, version=version, submission=submission)

    try:
        return saved(form, record)
    except NotComplete as refused:
        form.refuse(None, str(refused))
        return Saved()


def _judge(frame: CaseFrame, oasys: Oasys, form: JudgeForm) -> None:
    comment = form.cleaned_data["comment"]
    if form.cleaned_data["decision"] == "countersign":
        countersign_oasys(by=frame.user, oasys=oasys, comment=comment)
    else:
        return_oasys(by=frame.user, oasys=oasys, comment=comment)
