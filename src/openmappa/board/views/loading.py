"""What pages of a board begin with: who asks, of which area, and whether they keep its board."""

from datetime import date
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.asking import whoever_asks
from openmappa.accounts.models import Area, User
from openmappa.accounts.queries import areas_for
from openmappa.core.access import Permission

NOT_YOURS = "There is no board of your area here. Ask your administrator which area you belong to."


class OnBoard(NamedTuple):
    """A board, and who looks at it."""

    user: User
    area: Area
    areas: list[Area]
    today: date

    @property
    def keeps(self) -> bool:
        """Whether they keep this board."""
        return self.user.may(Permission.KEEP_BOARD) and self.user.area_id == self.area.pk

    @property
    def query(self) -> str:
        """What the addresses of this board's pages end with, where one may look at several."""
        return f"?area={self.area.code}" if len(self.areas) > 1 else ""

    def of(self, area: Area) -> "OnBoard":
        """The same person on the board of this area."""
        return self._replace(area=area)


def to_read(request: HttpRequest) -> OnBoard:
    """The board of the reader's area, or of the one that the address names. Raises NotAllowed, PermissionDenied."""
    user = whoever_asks(request, Permission.VIEW_FIGURES)
    areas = areas_for(user)
    if not areas:
        raise PermissionDenied(NOT_YOURS)
    chosen = next((area for area in areas if area.code == request.GET.get("area")), areas[0])
    return OnBoard(user, chosen, areas, timezone.localdate())


def to_keep(request: HttpRequest) -> OnBoard:
    """The board of the reader's own area, for somebody who keeps it. Raises NotAllowed, PermissionDenied."""
    whoever_asks(request, Permission.KEEP_BOARD)
    return to_read(request)


def back_to(name: str, saved: str, **parts: object) -> HttpResponse:
    """To a page of the board, which says what was saved."""
    return redirect(f"{reverse(f'board:{name}', kwargs=parts)}?saved={saved}")
