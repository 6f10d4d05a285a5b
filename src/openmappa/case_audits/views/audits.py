"""Audits of an area: listed, begun, drawn, who works on them, closed, with what came of each."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openmappa.accounts.asking import whoever_asks
from openmappa.audit.looks import shows
from openmappa.case_audits.forms import BeginForm, CloseForm, DrawForm, JoinForm
from openmappa.case_audits.queries.audits import audit_of, audit_shown, audits_of, results_in_lines, results_of
from openmappa.case_audits.queries.people import people_to_audit
from openmappa.case_audits.queries.rules import form_in_service
from openmappa.case_audits.services.auditing import close_audit
from openmappa.case_audits.services.beginning import begin_audit, draw_for_audit, end_auditing, let_audit
from openmappa.case_audits.views.loading import back_to, to_read, to_work
from openmappa.core.access import Permission
from openmappa.core.compartments import FieldClass
from openmappa.samples.errors import NotDrawn
from openmappa.samples.queries import drawn_again, drawn_of, members_of, replacements_of
from openmappa.ui.answering import done, sent

BOTH = ["GET", "HEAD", "POST"]
SAVED = {
    "begun": "The audit is begun, and the cases of the day are listed. Draw from the list next",
    "drawn": "The cases are drawn, and open to those who audit",
    "joined": "They audit as well now",
    "left": "They no longer audit, and what was open to them for it is closed",
    "finished": "The form is finished, and those who answer for the case are told",
    "replaced": "The next reserve is in its place",
    "closed": "The audit is closed. Its cases are open to nobody for it any more",
}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every audit of an area, and what all closed ones together came to."""
    on = to_read(request)
    audits = audits_of(on.area)
    together = results_in_lines(results_of(audits))
    closed = sum(audit.closed_at is not None for audit in audits)
    shown = {"audits": audits, "together": together, "closed": closed, "form_rules": form_in_service()}
    return render(request, "case_audits/list.html", {"on": on, **shown})


@require_http_methods(BOTH)
def begin(request: HttpRequest) -> HttpResponse:
    """Begin an audit."""
    user = whoever_asks(request, Permission.KEEP_BOARD)
    area = user.area
    if area is None:
        raise Http404("Only somebody of an area begins an audit of it")
    form = BeginForm(sent(request), initial={"on": timezone.localdate(), "whom": "mappa"})
    made = []

    def service() -> None:
        made.append(begin_audit(by=user, area=area, submission=form.submission_key, **form.details()))

    if done(form, service):
        return back_to(made[0], "begun")
    return render(request, "case_audits/begin.html", {"form": form, "area": area})


@require_safe
def show(request: HttpRequest, audit: uuid.UUID) -> HttpResponse:
    """An audit: its list and draw, its cases for those who audit, and what came of it."""
    on = to_read(request)
    row = audit_of(on.areas, audit)
    shown = audit_shown(on.user, row)
    shows(request, [line.sampled.case_id for line in shown.lines], [FieldClass.PERSONAL] if shown.lines else [])
    context = {
        "shown": shown,
        "audit": row,
        "members": list(members_of(row.exercise)),
        "replacements": list(replacements_of(shown.drawn)) if shown.drawn else [],
        "form_rules": form_in_service(),
        "saved": SAVED.get(request.GET.get("saved", "")),
    }
    return render(request, "case_audits/show.html", {"on": on, **context})


@require_http_methods(BOTH)
def draw(request: HttpRequest, audit: uuid.UUID) -> HttpResponse:
    """Draw the cases."""
    user, row = to_work(request, audit)
    form = DrawForm(sent(request))
    if done(form, lambda: draw_for_audit(by=user, audit=row, said=form.said())):
        return back_to(row, "drawn")
    shown = audit_shown(user, row)
    return render(request, "case_audits/draw.html", {"form": form, "audit": row, "shown": shown})


@require_safe
def again(request: HttpRequest, audit: uuid.UUID) -> HttpResponse:
    """Draw again from the list that was kept, and say whether it is the same."""
    user = whoever_asks(request, Permission.AUDIT_CASES)
    row = audit_of(to_read(request).areas, audit)
    drawn = drawn_of(row.exercise)
    if drawn is None:
        raise Http404("Nothing is drawn yet, or it is not for you to draw again")
    return render(
        request, "case_audits/again.html", {"audit": row, "drawn": drawn, "found": drawn_again(drawn), "user": user}
    )


@require_http_methods(BOTH)
def people(request: HttpRequest, audit: uuid.UUID) -> HttpResponse:
    """Who audits, and letting somebody else."""
    user, row = to_work(request, audit)
    form = JoinForm(sent(request), people=people_to_audit(row))
    if done(form, lambda: let_audit(by=user, audit=row, person=form.chosen)):
        return back_to(row, "joined")
    shown = {"members": list(members_of(row.exercise)), "audit": row, "user": user}
    return render(request, "case_audits/people.html", {"form": form, "refused": None, **shown})


@require_POST
def leave(request: HttpRequest, audit: uuid.UUID, member: int) -> HttpResponse:
    """End somebody's work on it."""
    user, row = to_work(request, audit)
    found = members_of(row.exercise).filter(pk=member).first()
    if found is None:
        raise Http404("Nobody of this audit")
    try:
        end_auditing(by=user, audit=row, member=found)
    except NotDrawn as refused:
        shown = {"members": list(members_of(row.exercise)), "audit": row, "refused": str(refused), "user": user}
        form = JoinForm(people=people_to_audit(row))
        return render(request, "case_audits/people.html", {"form": form, **shown}, status=422)
    return back_to(row, "left")


@require_http_methods(BOTH)
def close(request: HttpRequest, audit: uuid.UUID) -> HttpResponse:
    """Close an audit: its results are kept, its cases close."""
    user, row = to_work(request, audit)
    form = CloseForm(sent(request))

    def service() -> object:
        said = form.cleaned_data
        return close_audit(by=user, audit=row, strengths=said["strengths"], improvements=said["improvements"])

    if done(form, service):
        return back_to(row, "closed")
    return render(request, "case_audits/close.html", {"form": form, "audit": row, "shown": audit_shown(user, row)})
