"""Feedback of audits, for those who answer for the cases: read, acknowledged, answered."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.asking import whoever_asks
from openmappa.audit.looks import shows
from openmappa.case_audits.forms import AcknowledgeForm
from openmappa.case_audits.queries.feedback import feedback_for, feedback_of, feedback_shown
from openmappa.case_audits.services.auditing import acknowledge_feedback
from openmappa.core.access import Permission
from openmappa.ui.answering import done, sent


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What audits said of cases that the reader answers for."""
    user = whoever_asks(request, Permission.READ_RECORD)
    found = feedback_for(user)
    shows(request, [one.case_id for one in found])
    return render(request, "case_audits/feedback_list.html", {"found": found, "saved": "saved" in request.GET})


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, feedback: uuid.UUID) -> HttpResponse:
    """One case's feedback, criterion by criterion."""
    user = whoever_asks(request, Permission.READ_RECORD)
    row = feedback_of(user, feedback)
    shows(request, [row.case_id])
    form = AcknowledgeForm(sent(request))
    if done(form, lambda: acknowledge_feedback(by=user, feedback=row, answer=form.cleaned_data["answer"])):
        return redirect(f"{reverse('case_audits:feedback_list')}?saved=1")
    return render(request, "case_audits/feedback.html", {"form": form, "row": row, "shown": feedback_shown(row)})
