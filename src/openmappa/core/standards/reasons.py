"""Why something is due, in one short line: "16 weeks after the plan review of 20 April 2026".

The long form, step by step with every rule and source, is the case page's; this is for lists.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, Protocol

from openmappa.core.dates import add_months
from openmappa.core.packs.model import Pack, Standard, Unit
from openmappa.core.standards.explain import conditions_in_words
from openmappa.core.standards.facts import KINDS
from openmappa.core.standards.words import in_full

LONGEST_INTERVAL: Final = 60
"""Months up to which an interval is recognised from the two days it lies between."""

AFTER: Mapping[str, str] = {
    "order_started": "the order or licence started on",
    "order_ended": "the order or licence ended on",
    "custody_started": "custody began on",
    "custody_ended": "release on",
    "registered": "registration on",
    "registration_ended": "registration ended on",
    "initial_notification_made": "the initial notification of",
    "annual_notification_made": "the annual notification of",
    "details_changed": "the change of details on",
    "details_notified": "the notification of",
    "rm2000_completed": "the RM2000 of",
    "rm2000_countersigned": "the countersignature of",
    "oasys_completed": "the OASys of",
    "harm_level_set": "the risk of harm was set on",
    "isp_completed": "the supervision plan of",
    "plan_reviewed": "the plan review of",
    "rmp_completed": "the risk management plan of",
    "rmp_reviewed": "the risk management plan review of",
    "significant_incident": "the incident of",
    "programme_required": "the programme was required on",
    "programme_started": "the programme started on",
    "home_visit": "the home visit of",
    "visit_interval_set": "the visit interval was set on",
    "victim_contact_eligible": "the victim became entitled to contact on",
    "victim_unit_referred": "the referral of",
    "mappa_level_set": "the MAPPA level was set on",
    "mappa_meeting_held": "the meeting of",
    "minutes_filed": "the minutes were filed on",
    "action_agreed": "the action was agreed on",
    "action_completed": "the action was completed on",
    "offender_informed": "the offender was told on",
    "risk_change_acknowledged": "the change was acknowledged on",
    "breach_found": "the breach found on",
    "enforcement_taken": "the enforcement of",
    "case_closed": "the case was closed on",
}
"""What stands between "after" and the day, for each kind of fact that can start a clock."""

CHANGED: Mapping[str, str] = {
    "harm": "the risk of harm changed on",
    "band": "the likelihood of reconviction changed on",
    "mappa_level": "the MAPPA level changed on",
}

UNITS: Mapping[Unit, tuple[str, str]] = {
    Unit.DAYS: ("day", "days"),
    Unit.WEEKS: ("week", "weeks"),
    Unit.MONTHS: ("month", "months"),
    Unit.WORKING_DAYS: ("working day", "working days"),
}

OF: Mapping[str, str] = {
    "case_manager": "Case manager",
    "probation": "Case manager",
    "police_officer": "Police officer",
    "police": "Police officer",
    "police_manager": "Police line manager",
    "mappa_coordinator": "MAPPA coordinator",
    "offender": "Offender",
}
"""Who answers for a duty, in words."""


class Dated(Protocol):
    """What a reason needs to know of a duty: the engine's duty has it, and so has a stored one."""

    standard: str
    opened_on: date
    due_on: date
    because_kind: str
    because_on: date


def whose(of: str) -> str:
    """Whose duty it is, in words; a name that a later pack brings reads as it is written."""
    return OF.get(of, of.replace("_", " ").capitalize())


def standard_of(duty: Dated, packs: Sequence[Pack]) -> Standard:
    """The version of the duty's standard in force when its clock started. Raises KeyError for an unknown standard."""
    ids = [pack for pack in packs if any(one.id == duty.standard for one in pack.standards)]
    in_force = [pack for pack in ids if pack.in_force_on(duty.opened_on)]
    chosen = next(iter(in_force or ids), None)
    if chosen is None:
        raise KeyError(duty.standard)
    return chosen.standard(duty.standard)


def reason(duty: Dated, standard: Standard) -> str:
    """How the due date came about: how long, after what, and when. No full stop."""
    if standard.allowed.unit is Unit.FACT:
        return f"The day that was agreed on {in_full(duty.because_on)}"
    long = _how_long(duty, standard)
    if long is None:
        return f"Moved when the interval changed, after {in_full(duty.opened_on)}"
    return f"{long} {_after_what(duty, standard)}"


def _how_long(duty: Dated, standard: Standard) -> str | None:
    """The allowance in words; for a table, the months between the two days, or None if the interval changed since."""
    if standard.allowed.unit is not Unit.TABLE:
        return _counted(standard.allowed.amount, standard.allowed.unit)
    months = (duty.due_on.year - duty.opened_on.year) * 12 + duty.due_on.month - duty.opened_on.month
    exact = 1 <= months <= LONGEST_INTERVAL and add_months(duty.opened_on, months) == duty.due_on
    return _counted(months, Unit.MONTHS) if exact else None


def _counted(amount: int, unit: Unit) -> str:
    one, many = UNITS[unit]
    return f"{amount} {one if amount == 1 else many}"


def _after_what(duty: Dated, standard: Standard) -> str:
    day = in_full(duty.because_on)
    if standard.on_change:
        return f"after {CHANGED.get(standard.on_change, 'the change on')} {day}"
    if duty.because_kind in KINDS:
        return f"after {AFTER[duty.because_kind]} {day}"
    return f"from {day} (since then {conditions_in_words(standard.while_)})" if standard.while_ else f"from {day}"
