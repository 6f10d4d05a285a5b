"""What pages of an audit begin with: who asks, of which area, and the audit."""

import uuid
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from openmappa.accounts.asking import whoever_asks
from openmappa.accounts.models import Area, User
from openmappa.accounts.queries import areas_for
from openmappa.case_audits.models.audits import CaseAudit
from openmappa.case_audits.queries.audits import audit_of
from openmappa.case_audits.services.beginning import require_work
from openmappa.core.access import Permission

NOT_YOURS = "There are no audits of your area here. Ask your administrator which area you belong to."


class OnAudits(NamedTuple):
    """The audits of an area, and who looks at them."""

    user: User
    area: Area
    areas: list[Area]

    @property
    def keeps(self) -> bool:
        """Whether they may begin one."""
        return self.user.may(Permission.KEEP_BOARD) and self.user.area_id == self.area.pk


def to_read(request: HttpRequest) -> OnAudits:
    """The audits of the reader's area, or of the one that the address names. Raises NotAllowed, PermissionDenied."""
    user = whoever_asks(request, Permission.VIEW_FIGURES)
    areas = areas_for(user)
    if not areas:
        raise PermissionDenied(NOT_YOURS)
    chosen = next((area for area in areas if area.code == request.GET.get("area")), areas[0])
    return OnAudits(user, chosen, areas)


def to_work(request: HttpRequest, key: uuid.UUID) -> tuple[User, CaseAudit]:
    """An audit that the reader works on. Raises NotAllowed, Http404, NotTheirs."""
    user = whoever_asks(request, Permission.AUDIT_CASES)
    audit = audit_of(areas_for(user), key)
    require_work(user, audit)
    return user, audit


def back_to(audit: CaseAudit, saved: str) -> HttpResponse:
    """To the page of the audit, which says what was saved."""
    return redirect(f"{reverse('case_audits:audit', kwargs={'audit': audit.key})}?saved={saved}")
