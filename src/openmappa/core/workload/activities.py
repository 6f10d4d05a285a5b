"""Whose time a piece of work takes, and how much of it."""

from collections.abc import Mapping
from typing import NamedTuple

from openmappa.core.packs.workload_rules import WorkloadRules

SLOT_OF: Mapping[str, str] = {
    "case_manager": "case_manager",
    "probation": "case_manager",
    "police_officer": "police_officer",
    "police": "police_officer",
}
"""Who a duty is of, as the slot of the case's staff that holds the person."""

UNIT_OF: Mapping[str, str] = {
    "case_manager": "probation",
    "police_officer": "police",
    "police_manager": "police",
    "mappa_coordinator": "MAPPA coordination",
}
"""The unit of an area that somebody in a role belongs to: a caseload file names none, an import makes one a service."""


class Whose(NamedTuple):
    """Who does the work: the case's area, a role, and the sign-in name of the person ("" where the file gives none)."""

    area: str
    role: str
    person: str


def whose(standard: str, of: str, area: str, staff: Mapping[str, str], rules: WorkloadRules) -> Whose:
    """Who meets this standard on a case: the person that the case names for the role, if it names one."""
    activity = rules.activities.get(standard)
    of = activity.done_by if activity is not None and activity.done_by else of
    role = SLOT_OF.get(of, of)
    return Whose(area, role, staff.get(role, ""))
