"""What the front sheet says of movements: a release that is expected, a stay elsewhere."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.http import HttpRequest

from openmappa.accounts.models import User
from openmappa.movements.models.move import TemporaryMove
from openmappa.movements.models.release import ReleaseNotice
from openmappa.movements.queries.releases import RELEASED
from openmappa.timeline.models import Fact
from openmappa.timeline.queries.frame import CaseFrame
from openmappa.ui.formats import day


@dataclass(frozen=True)
class Flag:
    """What the front sheet must not leave out; ``is_late``: somebody should have done something by now."""

    tag: str
    words: str
    is_late: bool = False


def movement_flags(frame: CaseFrame) -> Sequence[Flag]:
    """A release that is expected, and a stay elsewhere, of today. Two queries."""
    out = Fact.objects.standing().filter(case=frame.case, kind=RELEASED, on__gte=OuterRef("given_on"))
    expected = ReleaseNotice.objects.standing().filter(~Exists(out), case=frame.case).order_by("expected_on").first()
    away = TemporaryMove.objects.away_on(frame.today).filter(case=frame.case).select_related("to_area").first()
    flags = []
    if expected is not None:
        late = expected.expected_on < frame.today
        flags.append(
            Flag("Release", f"Release {'was ' if late else ''}expected {day(expected.expected_on)}", is_late=late)
        )
    if away is not None:
        where = away.to_area.name if away.to_area else "abroad"
        late = away.is_overdue(frame.today)
        until = f"return overdue since {day(away.until_on)}" if late else f"until {day(away.until_on)}"
        flags.append(Flag("Away", f"Temporarily at {away.place} ({where}), {until}", is_late=late))
    return flags


def for_the_front_sheet(request: HttpRequest) -> dict[str, Callable[[CaseFrame], Sequence[Flag]]]:
    """A context processor: the front sheet asks only where it is shown."""
    return {"movement_flags": movement_flags} if isinstance(getattr(request, "user", None), User) else {}
