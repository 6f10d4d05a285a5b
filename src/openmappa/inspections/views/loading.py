"""What pages of an inspection begin with: the inspection, who asks, and what they may see of it."""

import uuid
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from openmappa.accounts.asking import whoever_asks
from openmappa.accounts.models import User
from openmappa.core.access import Permission
from openmappa.inspections.errors import NotTheirs
from openmappa.inspections.models import Inspection
from openmappa.inspections.queries.inspections import inspection_for, leads, reads_sample, works_on
from openmappa.samples.models import DrawnSample
from openmappa.samples.queries import drawn_of

NOT_A_MEMBER = "You do not work on this inspection. Whoever leads it can add you."
NOT_READ = "How an inspection was drawn is seen by those who work on it and by managers of its areas."


class OnInspection(NamedTuple):
    """An inspection, and who looks at it."""

    user: User
    inspection: Inspection
    works: bool
    leads: bool
    reads: bool

    @property
    def shown(self) -> dict[str, Any]:
        """What every page of an inspection is given."""
        return {"inspection": self.inspection, "on": self}


def to_inspection(request: HttpRequest, key: uuid.UUID) -> OnInspection:
    """An inspection, for somebody who may know of it. Raises NotAllowed, Http404."""
    user = whoever_asks(request, Permission.SEE_INSPECTIONS)
    row = inspection_for(user, key)
    works = works_on(user, row)
    return OnInspection(user, row, works, works and leads(user, row), works or reads_sample(user, row))


def to_work(request: HttpRequest, key: uuid.UUID) -> OnInspection:
    """An inspection, for somebody who works on it. Raises NotAllowed, Http404, NotTheirs."""
    on = to_inspection(request, key)
    if not on.works:
        raise NotTheirs(NOT_A_MEMBER)
    return on


def to_lead(request: HttpRequest, key: uuid.UUID) -> OnInspection:
    """An inspection, for somebody who leads it while it is open. Raises NotAllowed, Http404, NotTheirs."""
    on = to_inspection(request, key)
    if not on.leads:
        raise NotTheirs("Whoever leads this inspection does that, while it is open.")
    return on


def to_sample(request: HttpRequest, key: uuid.UUID) -> tuple[OnInspection, DrawnSample]:
    """An inspection and its sample, for somebody who sees how it was drawn. Raises NotAllowed, Http404, NotTheirs."""
    on = to_inspection(request, key)
    if not on.reads:
        raise NotTheirs(NOT_READ)
    drawn = drawn_of(on.inspection.exercise)
    if drawn is None:
        raise Http404("Nothing is drawn yet")
    return on, drawn


def back_to(on: OnInspection, page: str, saved: str) -> HttpResponse:
    """To a page of the inspection, which says what was saved."""
    return redirect(f"{reverse(f'inspections:{page}', kwargs={'inspection': on.inspection.key})}?saved={saved}")
