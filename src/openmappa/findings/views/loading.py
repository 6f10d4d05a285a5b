"""What pages of findings begin and end with: the inspection, who reads it, and what was just done."""

import uuid
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from openmappa.accounts.asking import whoever_asks
from openmappa.accounts.models import User
from openmappa.audit.looks import shows
from openmappa.core.access import Permission
from openmappa.findings.models import Finding
from openmappa.findings.queries.reading import exercise_known_to, finding_in, findings_of, refuse_unless_working
from openmappa.samples.models import Exercise, SampledCase

DONE = {
    "written": "The finding is kept as a draft",
    "changed": "The finding is changed. It is a draft until it is agreed",
    "agreed": "The finding is agreed",
    "taken-away": "The draft is taken away",
    "sent": "The feedback is sent. The area’s coordinators and line managers are told",
    "remarked": "Your remark is sent to those who inspect",
    "answered": "Your answer is sent to the area",
    "recommended": "The recommendation is added",
    "published": "The report is published. The areas are told",
    "followed-up": "What you wrote stands with the recommendation",
}
"""What was just done, by its word in the address."""


class On(NamedTuple):
    """Who reads, and the inspection."""

    user: User
    exercise: Exercise


def known(request: HttpRequest, inspection: uuid.UUID) -> On:
    """An inspection that this person knows of. Raises NotAllowed, Http404."""
    user = whoever_asks(request, Permission.READ_INSPECTION_REPORTS)
    return On(user, exercise_known_to(user, inspection))


def working(request: HttpRequest, inspection: uuid.UUID) -> On:
    """An inspection that this person works on. Raises NotAllowed, Http404, NotTheirs."""
    on = known(request, inspection)
    refuse_unless_working(on.user, on.exercise)
    return on


def finding_cited(request: HttpRequest, on: On, key: uuid.UUID) -> Finding:
    """A finding, of which the reading log is told the cases it cites. Raises Http404."""
    row = finding_in(findings_of(on.exercise), key)
    tell_log(request, on.exercise, [row])
    return row


def tell_log(request: HttpRequest, exercise: Exercise, rows: list[Finding]) -> None:
    """Tell the reading log which cases these findings cite, as far as the reader sees them. One query."""
    keys = {key for row in rows for key in row.cases}
    cited = SampledCase.objects.filter(sample__exercise=exercise, key__in=keys)
    shows(request, cited.values_list("case_id", flat=True))


def back_to(name: str, done: str, **parts: object) -> HttpResponse:
    """To a page of findings, which says what was just done."""
    return redirect(f"{reverse(f'findings:{name}', kwargs=parts)}?done={done}")


def what_was_done(request: HttpRequest) -> str:
    """What a page that a deed led to says of it; nothing on any other."""
    return DONE.get(request.GET.get("done", ""), "")
