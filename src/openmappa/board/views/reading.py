"""What every page of figures begins with: who reads, over which area, in which period, and by which reading."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.asking import whoever_asks
from openmappa.accounts.models import Area, User
from openmappa.accounts.queries import areas_for
from openmappa.board.forms_figures import AsOf, AsOfForm
from openmappa.board.queries.scope import PERIODS, Scope, period_asked
from openmappa.core.access import Permission
from openmappa.past.queries.days import Past, past

NOT_YOURS = "There are no figures for your area here. Ask your administrator which area you belong to."
PAGES = (
    ("Overview", "board:overview"),
    ("Any table", "board:tables"),
    ("Tables of the report", "board:report"),
    ("Groups compared", "board:groups"),
    ("What explains a fall", "board:staff"),
    ("Targets", "board:targets"),
    ("What if", "workload:list"),
)


@dataclass(frozen=True)
class Tab:
    """One of the pages: what the tabs' macro shows."""

    text: str
    href: str
    current: bool


@dataclass(frozen=True)
class Reader:
    """Who reads figures, of which areas they may see any, and the one that was asked for."""

    user: User
    areas: list[Area]
    area: Area
    today: date

    @property
    def area_asked(self) -> dict[str, str]:
        """The part of an address that asks for this area; empty where there is but one."""
        return {"area": self.area.code} if len(self.areas) > 1 else {}

    @property
    def chosen(self) -> str:
        """The same as a query string."""
        return urlencode(self.area_asked)

    @property
    def opens_cases(self) -> bool:
        """Whether this person may see lists of cases behind counts."""
        return self.user.may(Permission.FIND_CASE)


@dataclass(frozen=True)
class Asking:
    """What a page of figures was asked for. ``scope`` is None while a past day is yet to be worked out."""

    who: Reader
    form: AsOfForm
    scope: Scope | None
    past: Past | None
    address: str

    @property
    def context(self) -> dict[str, Any]:
        """What the frame of every such page shows."""
        return {"asking": self, "who": self.who, "form": self.form, "periods": PERIODS}


def reader(request: HttpRequest, *needs: Permission) -> Reader:
    """Whoever asks, with the area of the query string, or the first of theirs. Raises PermissionDenied."""
    user = whoever_asks(request, Permission.VIEW_FIGURES)
    for each in needs:
        whoever_asks(request, each)
    areas = areas_for(user)
    if not areas:
        raise PermissionDenied(NOT_YOURS)
    code = request.GET.get("area", "")
    area = next((each for each in areas if each.code == code), areas[0])
    return Reader(user, areas, area, timezone.localdate())


def asking(request: HttpRequest, *needs: Permission, form: type[AsOfForm] = AsOfForm) -> Asking:
    """What was asked for, by whoever asks: one area, in a period that ends today or on a past day."""
    who = reader(request, *needs)
    answers = form(request.GET, today=who.today)
    then = past_asked([who.area], answers)
    period = period_asked(answers.months_asked, answers.until)
    scope = Scope([who.area], period, then) if then is None or then.is_ready else None
    shown = answers if answers.errors else form(answers.answers, today=who.today)
    return Asking(who, shown, scope, then, "?" + urlencode({**answers.answers, **who.area_asked}))


def past_asked(areas: Sequence[Area], answers: AsOfForm) -> Past | None:
    """The past day that a form asks for over these areas; None for the present."""
    if answers.as_of is AsOf.NOW:
        return None
    return past(areas, answers.until, known=answers.as_of is AsOf.KNOWN)


def tabs(current: str) -> list[Tab]:
    """The pages of figures, with the one that is open."""
    return [Tab(text, reverse(name), name == current) for text, name in PAGES]
