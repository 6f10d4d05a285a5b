"""Which agencies do their actions late, and which again and again (8.1): counts for the coordinator and the board."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils import timezone

from openmappa.accounts.models import Area
from openmappa.core.dates import add_months
from openmappa.core.mappa.actions import fails_repeatedly
from openmappa.core.packs.actions_rules import ActionRules
from openmappa.core.packs.load import load_actions

PACK = "england-wales-2005"
COUNTED = "SELECT agency, name, due, on_time, done_late, still_open FROM actions_by_agency(%s, %s, %s, %s)"


@dataclass(frozen=True)
class AgencyActions:
    """How an agency did the actions that were due in a time: on time, late, and not at all so far."""

    agency: int
    name: str
    due: int
    on_time: int
    done_late: int
    still_open: int
    fails_again: bool

    @property
    def late(self) -> int:
        """Those that were done late or are open although their day has passed."""
        return self.done_late + self.still_open


def rules_in_service() -> ActionRules:
    """The days and counts of the pack that is in service."""
    return load_actions(PACK)


def late_actions_by_agency(area: Area, from_on: date, to_on: date) -> list[AgencyActions]:
    """For each agency the actions of an area whose day came in a time, both ends in it; the most late first.

    For who sees figures of the area; nobody else gets a row. Withdrawn ones count for nobody, today's are not late yet.
    One query over one index.
    """
    rules = rules_in_service()
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, [area.pk, from_on, to_on, timezone.localdate()])
        rows = cursor.fetchall()
    return [
        AgencyActions(
            agency, name, due, on_time, done_late, still_open, fails_repeatedly(done_late + still_open, rules)
        )
        for agency, name, due, on_time, done_late, still_open in rows
    ]


def failing_agencies(area: Area, today: date) -> list[AgencyActions]:
    """The agencies that were late again and again in the pack's months up to yesterday."""
    since = add_months(today, -rules_in_service().failing_months)
    return [row for row in late_actions_by_agency(area, since, today) if row.fails_again]
