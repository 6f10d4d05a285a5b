"""Late actions of which members of the board were told: what each notice says, and no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.utils import timezone

from openmappa.accounts.models import Area

TOLD = """
SELECT case_id, reference, number, agency, due_on, told_at, completed_on, is_open FROM board_told_upwards(%s, %s, %s)
"""


@dataclass(frozen=True)
class ToldUpwards:
    """One late action. ``reference`` is empty where the case is restricted."""

    case_id: int
    reference: str
    number: str
    agency: str
    due_on: date
    told_at: datetime
    completed_on: date | None
    is_open: bool

    @property
    def stands(self) -> str:
        """What has become of it."""
        if self.completed_on is not None:
            return "Done since"
        return "Still to be done" if self.is_open else "Withdrawn"


def told_upwards(area: Area, since: date, until: date) -> Sequence[ToldUpwards]:
    """Those told of between two days, both included, the latest first. For those who keep a board. One query."""
    end = until + timedelta(days=1)
    with connection.cursor() as cursor:
        cursor.execute(TOLD, [area.pk, *(timezone.make_aware(datetime.combine(day, time.min)) for day in (since, end))])
        return [ToldUpwards(*row) for row in cursor.fetchall()]
