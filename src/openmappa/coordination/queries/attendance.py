"""Who comes to meetings, by agency and by rank or grade (4.12, Table 6): counts of an area, no case and no name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from openmappa.accounts.models import Area
from openmappa.core.access import Rank
from openmappa.core.inspection.proportions import Proportion

RANKS = {rank.value: rank.label for rank in Rank}


@dataclass(frozen=True)
class Came:
    """How often those of one agency, or of one rank of it, came of the times that it was written down."""

    name: str
    noted: int
    attended: int
    deputy: int
    apologies: int
    absent: int

    @property
    def there(self) -> Proportion:
        """In person or by a deputy, of the times noted."""
        return Proportion(self.attended + self.deputy, self.noted)


@dataclass(frozen=True)
class AgencyCame:
    """The same of an agency, and of each rank or grade of its people who were there; the most often there first."""

    of_all: Came
    ranks: Sequence[Came]


def attendance(area: Area, since: date, until: date) -> list[AgencyCame]:
    """Attendance at the meetings of an area held from one day to another, by agency's name. One query.

    For whoever sees figures of the area; nobody else gets a row.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM mappa_attendance(%s, %s, %s)", [area.pk, since, until])
        rows = cursor.fetchall()
    found: dict[str, list[Came]] = {}
    for agency, rank, *counts in rows:
        found.setdefault(agency, []).append(Came(RANKS.get(rank) or rank or "Not written down", *counts))
    return [AgencyCame(_together(name, found[name]), _by_often(found[name])) for name in sorted(found)]


def _together(name: str, some: Sequence[Came]) -> Came:
    counts = ("noted", "attended", "deputy", "apologies", "absent")
    return Came(name, *(sum(getattr(each, count) for each in some) for count in counts))


def _by_often(some: Sequence[Came]) -> list[Came]:
    there = [each for each in some if each.there.k]
    return sorted(there, key=lambda each: (-each.there.k, each.name))
