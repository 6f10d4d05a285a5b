"""Whose record a fact belongs to: that of the police, that of probation, or what both services share.

An inspector reads the two side by side, so that what one file has and the other lacks is seen (7.8, 9.10). It is a way
to lay out one record, not a wall: both services write on the same case.
"""

from enum import StrEnum

from openmappa.core.standards.facts import Fact


class Side(StrEnum):
    """A column of the record as an inspector reads it."""

    POLICE = "police"
    PROBATION = "probation"
    BOTH = "both"

    @property
    def label(self) -> str:
        """What pages call it."""
        return {Side.POLICE: "Police record", Side.PROBATION: "Probation record", Side.BOTH: "Both services"}[self]


POLICE = frozenset(
    {
        *("registered", "registration_ended", "initial_notification_made", "annual_notification_made"),
        *("details_changed", "details_notified", "rm2000_completed", "rm2000_countersigned", "visit_interval_set"),
    }
)
PROBATION = frozenset(
    {
        *("order_started", "order_ended", "oasys_completed", "harm_level_set", "isp_completed", "plan_reviewed"),
        *("rmp_completed", "rmp_reviewed", "programme_required", "programme_started", "victim_contact_eligible"),
        *("victim_unit_referred", "breach_found", "enforcement_taken"),
    }
)


def side_of(fact: Fact) -> Side:
    """The column of a fact: by the service that it names, else by its kind."""
    if "service" in fact.details:
        return Side(str(fact.details["service"]))
    if fact.kind in POLICE:
        return Side.POLICE
    return Side.PROBATION if fact.kind in PROBATION else Side.BOTH
