"""The pages of retention: whose review is due, how a case stands, deciding, approving, and what was disposed of."""

import uuid
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit import looks
from openmappa.core.access import Permission
from openmappa.core.compartments import FieldClass
from openmappa.retention import queries, services
from openmappa.retention.forms import HoldForm, JudgeForm, LiftForm, ReviewForm, Sent, WithdrawForm, sent
from openmappa.retention.models import Decision, Disposal, Hold
from openmappa.signin.step_up import stepped_up
from openmappa.timeline.forms.saving import seen_version
from openmappa.timeline.queries.frame import CaseFrame, case_frame
from openmappa.ui.forms import CaseForm

PAGE = 50
SAVED = {
    "keep": "The decision to keep this case was recorded",
    "dispose": "The disposal waits for approval by a MAPPA coordinator",
    "withdraw": "The disposal was withdrawn",
    "refuse": "The disposal was refused, and the case is kept",
    "hold": "The hold was placed: this case cannot be disposed of",
    "lift": "The hold was lifted",
}


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """The cases of a line manager's units whose review is due, or will be within a year."""
    user = _signed_in(request)
    require(user, Permission.REVIEW_RETENTION)
    today = timezone.localdate()
    lines = queries.reviews_due(user, today)
    page = Paginator(lines, PAGE).get_page(request.GET.get("page"))
    looks.shows(request, [line.case.pk for line in page], {FieldClass.PERSONAL})
    due = sum(line.is_due(today) for line in lines)
    return render(request, "retention/reviews.html", {"page": page, "due": due, "later": len(lines) - due})


@require_safe
def disposals(request: HttpRequest) -> HttpResponse:
    """What waits for approval, and the certificates of what was disposed of."""
    user = _signed_in(request)
    wanted = (Permission.APPROVE_DISPOSAL, Permission.REVIEW_RETENTION, Permission.READ_AUDIT)
    if not any(user.may(permission) for permission in wanted):
        raise PermissionDenied("Disposals are for line managers, MAPPA coordinators and auditors.")
    waiting = list(queries.disposals_waiting(user))
    looks.shows(request, [disposal.case_id for disposal in waiting], {FieldClass.PERSONAL})
    page = Paginator(queries.certificates(user), PAGE).get_page(request.GET.get("page"))
    return render(request, "retention/disposals.html", {"waiting": waiting, "page": page})


@require_safe
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """The certificate of one disposal, to read and to print."""
    left = queries.certificate(_signed_in(request), number)
    if left is None:
        raise Http404("No such certificate")
    grounds = queries.grounds_in_words(left.says["grounds"])
    shown = {"left": left, "says": left.says, "grounds": grounds, "erased": queries.erased_in_words(left)}
    return render(request, "retention/certificate.html", shown)


@require_safe
def case(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """How long this case is kept and why, and what people decided about it."""
    frame = case_frame(request.user, key)
    require(frame.user, Permission.READ_RECORD)
    shown = {
        "frame": frame,
        "kept": queries.case_retention(frame.case),
        "saved": SAVED.get(request.GET.get("saved", "")),
        "may_review": frame.user.may(Permission.REVIEW_RETENTION) and queries.answers_for(frame.user, frame.case),
        "may_hold": frame.user.may(Permission.HOLD_DISPOSAL),
        "may_judge": frame.user.may(Permission.APPROVE_DISPOSAL) and queries.coordinates(frame.user, frame.case),
        "grounds_in_words": queries.grounds_in_words,
    }
    return render(request, "retention/case.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Decide whether a case is kept."""
    frame = case_frame(request.user, key)
    services.require_answers_for(frame.user, frame.case)
    form = ReviewForm(_posted(request), initial={"version": frame.case.version}, rules=queries.rules())
    outcome = sent(form, lambda: _decide(frame, form))
    if outcome.written:
        return _to_case(key, form.cleaned_data["decision"])
    now = queries.case_retention(frame.case)
    shown = {"kept": now, "obstacles": queries.obstacles(frame.case)}
    return _form_page(request, "review", frame, form, outcome, shown)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take back a disposal that waits for approval."""
    frame = case_frame(request.user, key)
    services.require_answers_for(frame.user, frame.case)
    disposal = _waiting(frame)

    def write(words: str) -> object:
        services.withdraw_disposal(by=frame.user, disposal=disposal, words=words)
        return disposal

    return _reason_page(request, "withdraw", frame, WithdrawForm, write)


@require_http_methods(["GET", "HEAD", "POST"])
@stepped_up
def judge(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Approve a disposal, which erases the case and leads to its certificate, or refuse it."""
    frame = case_frame(request.user, key)
    services.require_coordinates(frame.user, frame.case)
    disposal = _waiting(frame)
    form = JudgeForm(_posted(request), initial={"version": frame.case.version})
    outcome = sent(form, lambda: _judge(frame.user, disposal, form))
    if isinstance(outcome.written, str):
        return redirect("retention:certificate", number=outcome.written)
    if outcome.written:
        return _to_case(key, "refuse")
    shown = {"disposal": disposal, "grounds": queries.grounds_in_words(disposal.review.grounds)}
    kept = {"kept": queries.case_retention(frame.case), "obstacles": queries.obstacles(frame.case)}
    return _form_page(request, "judge", frame, form, outcome, {**shown, **kept})


@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Keep a case from being disposed of."""
    frame = case_frame(request.user, key)
    require(frame.user, Permission.HOLD_DISPOSAL)
    form = HoldForm(_posted(request), initial={"version": frame.case.version})

    def write() -> object:
        reason = form.cleaned_data["reason"]
        return services.hold_disposal(by=frame.user, case=frame.case, reason=reason, submission=form.submission_key)

    outcome = sent(form, write)
    if outcome.written:
        return _to_case(key, "hold")
    return _form_page(request, "hold", frame, form, outcome, {})


@require_http_methods(["GET", "HEAD", "POST"])
def lift(request: HttpRequest, key: uuid.UUID, pk: int) -> HttpResponse:
    """Lift a hold."""
    frame = case_frame(request.user, key)
    require(frame.user, Permission.HOLD_DISPOSAL)
    placed = Hold.objects.filter(case=frame.case, pk=pk).select_related("placed_by").first()
    if placed is None:
        raise Http404("No such hold on this case")
    if not placed.is_standing:
        return _to_case(key, "")

    def write(reason: str) -> object:
        return services.lift_hold(by=frame.user, hold=placed, reason=reason)

    return _reason_page(request, "lift", frame, LiftForm, write, {"hold": placed})


def _decide(frame: CaseFrame, form: ReviewForm) -> object:
    answers = form.cleaned_data
    seen: dict[str, Any] = {"version": seen_version(form), "submission": form.submission_key}
    if answers["decision"] == Decision.KEEP:
        return services.keep_case(
            by=frame.user,
            case=frame.case,
            grounds=answers["keep_grounds"],
            words=answers["words"],
            again_on=answers["again_on"],
            **seen,
        )
    ground, words = answers["dispose_ground"], answers["words"]
    return services.propose_disposal(by=frame.user, case=frame.case, ground=ground, words=words, **seen)


def _judge(by: User, disposal: Disposal, form: JudgeForm) -> object:
    """The number of the certificate where it was approved; else the disposal."""
    words = form.cleaned_data["words"]
    if form.cleaned_data["outcome"] == "approve":
        return services.approve_disposal(by=by, disposal=disposal, words=words).number
    services.refuse_disposal(by=by, disposal=disposal, words=words)
    return disposal


def _reason_page(
    request: HttpRequest,
    what: str,
    frame: CaseFrame,
    kind: type[CaseForm],
    write: Callable[[str], object],
    shown: dict[str, Any] | None = None,
) -> HttpResponse:
    """A form that asks for a reason and nothing else."""
    form = kind(_posted(request), initial={"version": frame.case.version})
    outcome = sent(form, lambda: write(form.cleaned_data["reason"]))
    if outcome.written:
        return _to_case(frame.key, what)
    return _form_page(request, what, frame, form, outcome, shown or {})


def _form_page(
    request: HttpRequest, what: str, frame: CaseFrame, form: CaseForm, outcome: Sent, shown: dict[str, Any]
) -> HttpResponse:
    context = {"frame": frame, "form": form, "conflict": outcome.conflict, **shown}
    return render(request, f"retention/{what}.html", context)


def _waiting(frame: CaseFrame) -> Disposal:
    """The disposal of this case that waits for approval; Http404 where none does."""
    found = Disposal.objects.waiting().filter(case=frame.case).select_related("case", "review__by", "decided_by")
    disposal = found.first()
    if disposal is None:
        raise Http404("No disposal of this case waits for approval")
    return disposal


def _to_case(key: uuid.UUID, saved: str) -> HttpResponseRedirect:
    address = reverse("retention:case", kwargs={"key": key})
    return redirect(f"{address}?saved={saved}" if saved else address)


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _signed_in(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
