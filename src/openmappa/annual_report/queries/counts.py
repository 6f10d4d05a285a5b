"""What is counted of cases for a report: numbers that the database's own function gives, and no case."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import connection

from openmappa.accounts.models import Area
from openmappa.core.board.years import BoardYear
from openmappa.core.inspection.proportions import Proportion

NOUGHT = Proportion(0, 0)
CIVIL = ("applied", "made", "in_force")
"""What is counted of civil orders: applied for and made in the year, in force at its end."""
RECALLS = ("asked", "revoked", "returned")
COUNTS = "SELECT what, one, other, k FROM annual_report_counts(%s, %s, %s)"


@dataclass(frozen=True)
class Counted:
    """Counts of people, of an area and a year, as they are: small ones among them, so nothing of it is shown as it is.

    ``at_the_end`` and ``in_the_year`` are by category and level, ``orders`` by what was ordered. ``further_offences``
    are reviews by the level that the case had at the offence. ``civil`` are people by kind of civil order, for each of
    CIVIL; ``recalls`` people with a recall asked for, revoked of these, and returned to custody of those; where none is
    recorded ``recalled`` says how many on licence went into custody.
    """

    at_the_end: Mapping[tuple[int, int], int] = field(default_factory=dict)
    in_the_year: Mapping[tuple[int, int], int] = field(default_factory=dict)
    orders: Mapping[str, int] = field(default_factory=dict)
    breaches: Proportion = NOUGHT
    recalled: int = 0
    civil: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    civil_breached: int = 0
    recalls: tuple[int, int, int] = (0, 0, 0)
    further_offences: Mapping[int, int] = field(default_factory=dict)
    concluded: Proportion = NOUGHT


def counted(area: Area, year: BoardYear) -> Counted:
    """The counts of an area and a year, for those who see its figures; nought for everybody else. One query."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, [area.pk, year.since, year.until])
        rows = cursor.fetchall()
    found: dict[str, dict[tuple[str, int], int]] = {}
    for what, one, other, count in rows:
        found.setdefault(what, {})[one or "", other] = int(count)
    names = ["breach", "enforced", "recalled", "concluded", "civil_breached", *(f"recall_{each}" for each in RECALLS)]
    plain = {name: found.get(name, {}).get(("", 0), 0) for name in names}
    civil = {what: {kind: count for (kind, _), count in found.get(f"civil_{what}", {}).items()} for what in CIVIL}
    asked, revoked, returned = (plain[f"recall_{each}"] for each in RECALLS)
    reviews = {level: count for (_, level), count in found.get("further_offence", {}).items()}
    return Counted(
        at_the_end=_people(found.get("at_the_end", {})),
        in_the_year=_people(found.get("in_the_year", {})),
        orders={one: count for (one, _), count in found.get("order", {}).items()},
        breaches=Proportion(plain["enforced"], plain["breach"]),
        recalled=plain["recalled"],
        civil={what: counts for what, counts in civil.items() if counts},
        civil_breached=plain["civil_breached"],
        recalls=(asked, revoked, returned),
        further_offences=reviews,
        concluded=Proportion(plain["concluded"], sum(reviews.values())),
    )


def _people(rows: Mapping[tuple[str, int], int]) -> dict[tuple[int, int], int]:
    return {(int(category), level): count for (category, level), count in rows.items()}
