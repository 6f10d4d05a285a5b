"""Referring somebody: one's own referrals, the form, what became of each, and what the coordinator asked."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openmappa.accounts.asking import whoever_asks
from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.looks import shows
from openmappa.core.access import Permission
from openmappa.referrals.errors import NotReferred
from openmappa.referrals.forms.referring import AnswerForm, ReferralForm, said_in
from openmappa.referrals.models.referral import Referral
from openmappa.referrals.queries.referrals import OwnReferral, own_referral, own_referrals
from openmappa.referrals.queries.rules import referral_rules
from openmappa.referrals.services.referring import answer, discard_draft, save_draft, send_referral
from openmappa.timeline.queries.frame import CaseFrame, case_frame

DONE = {
    "sent": "The referral was sent to the MAPPA coordinator",
    "draft": "The draft was saved. Only you can see it",
    "answered": "Your answer was sent",
    "discarded": "The draft was thrown away",
}


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The referrals that the reader sent or began, and what became of each."""
    user = whoever_asks(request)
    require(user, Permission.REFER_TO_MAPPA)
    rows = list(own_referrals(user)[:100])
    begun_here = [row.case_id for row in rows if row.case_id and row.matched_by_id == user.pk]
    shows(request, begun_here)
    done = DONE.get(request.GET.get("done", ""))
    return render(request, "referrals/mine.html", {"rows": rows, "done": done, "user": user})


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Refer somebody by name."""
    user = whoever_asks(request)
    require(user, Permission.REFER_TO_MAPPA)
    return _form(request, user)


@require_http_methods(["GET", "HEAD", "POST"])
def refer(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Refer a case."""
    frame = case_frame(request.user, key)
    require(frame.user, Permission.REFER_TO_MAPPA)
    return _form(request, frame.user, frame=frame)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, referral: uuid.UUID) -> HttpResponse:
    """Go on with a draft; a sent one is shown."""
    own = _own(request, referral)
    if not own.referral.is_draft:
        return redirect("referrals:show", referral=referral)
    return _form(request, whoever_asks(request), own=own)


@require_safe
def show(request: HttpRequest, referral: uuid.UUID) -> HttpResponse:
    """One of one's own referrals and what became of it."""
    own = _own(request, referral)
    if own.referral.is_draft:
        return redirect("referrals:edit", referral=referral)
    context = {"own": own, "form": AnswerForm(), "done": DONE.get(request.GET.get("done", ""))}
    return render(request, "referrals/show.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def answer_page(request: HttpRequest, referral: uuid.UUID) -> HttpResponse:
    """Answer what the coordinator asked."""
    own = _own(request, referral)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            answer(by=whoever_asks(request), referral=own.referral, words=form.cleaned_data["words"])
        except NotReferred as refused:
            form.refuse(None, str(refused))
        else:
            return redirect(f"{reverse('referrals:show', kwargs={'referral': referral})}?done=answered")
    return render(request, "referrals/answer.html", {"own": own, "form": form})


@require_POST
def discard(request: HttpRequest, referral: uuid.UUID) -> HttpResponse:
    """Throw a draft away."""
    own = _own(request, referral)
    if own.referral.is_draft:
        discard_draft(by=whoever_asks(request), draft=own.referral)
        return redirect(f"{reverse('referrals:mine')}?done=discarded")
    return redirect("referrals:show", referral=referral)


def _own(request: HttpRequest, key: uuid.UUID) -> OwnReferral:
    """One of the reader's own referrals; else Http404, whether or not there is such a one."""
    user = whoever_asks(request)
    found = own_referral(user, key)
    if found is None:
        raise Http404("No such referral")
    require(user, Permission.REFER_TO_MAPPA)
    begun_here = found.referral.case_id is not None and found.referral.matched_by_id == user.pk
    shows(request, [found.referral.case_id] if begun_here and found.referral.case_id else [])
    return found


def _form(
    request: HttpRequest, user: User, *, frame: CaseFrame | None = None, own: OwnReferral | None = None
) -> HttpResponse:
    """The form: sent, saved as a draft, or shown with what is missing."""
    draft = own.referral if own else None
    case = frame.case if frame else draft.case if draft else None
    saving = "draft" in request.POST
    form = ReferralForm(
        request.POST if request.method == "POST" else None,
        typed=frame is None and (draft is None or draft.case_id is None),
        draft=saving,
        initial=said_in(draft, own.victims) if own and draft else None,
    )
    if form.is_bound and form.is_valid():
        try:
            row = _kept(user, form, frame, draft) if saving else _sent(user, form, frame, draft)
        except NotReferred as refused:
            form.refuse(None, str(refused))
        else:
            page = "referrals:mine" if saving else "referrals:show"
            where = reverse(page) if saving else reverse(page, kwargs={"referral": row.key})
            return redirect(f"{where}?done={'draft' if saving else 'sent'}")
    context = {"form": form, "frame": frame, "own": own, "case": case, "rules": referral_rules()}
    return render(request, "referrals/refer_case.html" if frame else "referrals/refer.html", context)


def _kept(user: User, form: ReferralForm, frame: CaseFrame | None, draft: Referral | None) -> Referral:
    return save_draft(by=user, said=form.said(), case=frame.case if frame else None, draft=draft)


def _sent(user: User, form: ReferralForm, frame: CaseFrame | None, draft: Referral | None) -> Referral:
    return send_referral(
        by=user,
        said=form.said(),
        case=frame.case if frame else None,
        draft=draft,
        submission=form.submission_key,
    )
