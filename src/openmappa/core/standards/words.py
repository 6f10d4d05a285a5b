"""Facts in plain words: what a kind of fact is called, and what one fact says, as pages and lists show it."""

from collections.abc import Callable, Mapping
from datetime import date

from openmappa.core.standards.facts import Fact, Value

LABELS: Mapping[str, str] = {
    "order_started": "Order or licence started",
    "order_ended": "Order or licence ended",
    "custody_started": "Taken into custody",
    "custody_ended": "Released from custody",
    "registered": "Registered",
    "registration_ended": "Registration ended",
    "initial_notification_made": "Initial notification made",
    "annual_notification_made": "Annual notification made",
    "details_changed": "Details changed",
    "details_notified": "Change of details notified",
    "rm2000_completed": "RM2000 completed",
    "rm2000_countersigned": "RM2000 countersigned",
    "oasys_completed": "OASys completed",
    "harm_level_set": "Risk of harm set",
    "isp_completed": "Initial supervision plan completed",
    "plan_reviewed": "Supervision plan reviewed",
    "rmp_completed": "Risk management plan completed",
    "rmp_reviewed": "Risk management plan reviewed",
    "significant_incident": "Significant incident",
    "programme_required": "Programme required",
    "programme_started": "Programme started",
    "home_visit": "Home visit",
    "visit_interval_set": "Visit interval set",
    "victim_contact_eligible": "Victim entitled to contact",
    "victim_unit_referred": "Referred to the victim contact unit",
    "mappa_level_set": "MAPPA level set",
    "mappa_meeting_held": "MAPPA meeting held",
    "minutes_filed": "Minutes filed",
    "action_agreed": "Action agreed",
    "action_completed": "Action completed",
    "offender_informed": "Offender told the outcome",
    "risk_change_acknowledged": "Change acknowledged",
    "breach_found": "Breach found",
    "enforcement_taken": "Enforcement action taken",
    "case_closed": "Case closed",
}
"""What each kind of fact is called."""

_ORDERS = {
    "community_order": "Community order",
    "suspended_sentence": "Suspended sentence order",
    "licence": "Licence",
    "extended_licence": "Extended licence",
}
_WHAT = {"name": "name", "address": "address", "travel": "travel plans", "other": "other details"}
_STAGES = {
    "start": "at the start",
    "review": "review",
    "incident": "after an incident",
    "end": "at the end",
}
_OUTCOMES = {"seen": "seen", "not_seen": "not seen", "refused": "entry refused"}


def kind_label(kind: str) -> str:
    """What a kind of fact is called: "Home visit"."""
    return LABELS[kind]


def describe(fact: Fact) -> str:
    """What a fact says, in one line without its day: "Police home visit, unannounced: seen"."""
    say = _SAYINGS.get(fact.kind)
    return say(fact.details) if say else LABELS[fact.kind]


def describe_in_sentence(fact: Fact) -> str:
    """The same inside a sentence: "police home visit, unannounced: seen"; names such as OASys keep their capitals."""
    said = describe(fact)
    return said if said[1:2].isupper() else said[:1].lower() + said[1:]


def order_label(order: Value) -> str:
    """What an order is called: "Extended licence"."""
    return _ORDERS[str(order)]


def level_label(level: Value) -> str:
    """A step of either scale in words: "Very high"."""
    return str(level).replace("_", " ").capitalize()


def interval_words(months: int | None) -> str:
    """A visit interval in words: "every 3 months", "every month", "no fixed interval"."""
    if months is None:
        return "no fixed interval"
    return "every month" if months == 1 else f"every {months} months"


def in_full(day: date) -> str:
    """A day in words: "3 May 2004"."""
    return f"{day.day} {day:%B} {day.year}"


def _until(value: Value) -> str:
    return f" until {in_full(value)}" if isinstance(value, date) else ""


def _order_started(details: Mapping[str, Value]) -> str:
    return f"{order_label(details['order'])} started{_ends(details)}"


def _ends(details: Mapping[str, Value]) -> str:
    end = details.get("ends")
    return f", to end on {in_full(end)}" if isinstance(end, date) else ""


def _registered(details: Mapping[str, Value]) -> str:
    return f"Registered{_until(details.get('ends')) or ' indefinitely'}"


def _rm2000(details: Mapping[str, Value]) -> str:
    rank = str(details["rank"]).replace("_", " ").strip()
    by = f", scored by a {rank}" if rank and rank != "none" else ""
    return f"RM2000 completed: {level_label(details['band']).lower()} likelihood{by}"


def _oasys(details: Mapping[str, Value]) -> str:
    harm = details.get("harm")
    found = f": {level_label(harm).lower()} risk of harm" if harm else ""
    return f"OASys completed, {_STAGES[str(details['stage'])]}{found}"


def _harm(details: Mapping[str, Value]) -> str:
    return f"Risk of harm set to {level_label(details['level']).lower()}"


def _visit(details: Mapping[str, Value]) -> str:
    service = str(details["service"]).capitalize()
    announced = "announced" if details["announced"] else "unannounced"
    joint = ", joint with the other service" if details["joint"] else ""
    return f"{service} home visit, {announced}{joint}: {_OUTCOMES[str(details['outcome'])]}"


def _interval(details: Mapping[str, Value]) -> str:
    months = details["months"]
    if not isinstance(months, int):
        return "Visit interval put back to the force’s table"
    return f"Visit interval set to {interval_words(months)}"


def _mappa_level(details: Mapping[str, Value]) -> str:
    return f"MAPPA level set to {details['level']}, category {details['category']}"


def _meeting(details: Mapping[str, Value]) -> str:
    name = "MAPPP, level 3" if details["level"] == 3 else "level 2"
    return f"MAPPA meeting held ({name})"


def _action_agreed(details: Mapping[str, Value]) -> str:
    due_on = details["due_on"]
    due = f", due {in_full(due_on)}" if isinstance(due_on, date) else ""
    return f"Action {details['action']} agreed for {_the_service(details)}{due}"


def _the_service(details: Mapping[str, Value]) -> str:
    return "the police" if details["service"] == "police" else "probation"


_SAYINGS: Mapping[str, Callable[[Mapping[str, Value]], str]] = {
    "order_started": _order_started,
    "registered": _registered,
    "details_changed": lambda details: f"Details changed: {_WHAT[str(details['what'])]}",
    "details_notified": lambda details: f"Change of details notified: {_WHAT[str(details['what'])]}",
    "rm2000_completed": _rm2000,
    "oasys_completed": _oasys,
    "harm_level_set": _harm,
    "home_visit": _visit,
    "visit_interval_set": _interval,
    "mappa_level_set": _mappa_level,
    "mappa_meeting_held": _meeting,
    "minutes_filed": lambda details: f"Minutes put on the {details['service']} file",
    "action_agreed": _action_agreed,
    "action_completed": lambda details: f"Action {details['action']} completed",
    "risk_change_acknowledged": lambda details: f"Change acknowledged by {_the_service(details)}",
}
