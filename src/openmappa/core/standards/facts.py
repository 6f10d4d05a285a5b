"""Facts: what happened on a case on one day, and what each kind of fact has to say (standards, section 1)."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

Value = str | int | bool | date | None
DetailType = Literal["choice", "text", "date", "integer", "boolean"]

BANDS = ("low", "medium", "high", "very_high")
SERVICES = ("police", "probation")
NO_DETAILS: Mapping[str, Value] = {}


class Detail(NamedTuple):
    """One detail of a kind of fact. ``choices`` holds what a choice or an integer may be, ``minimum`` bounds one."""

    name: str
    type: DetailType
    choices: tuple[str | int, ...] = ()
    optional: bool = False
    nullable: bool = False
    minimum: int | None = None


class FactKind(NamedTuple):
    """A kind of fact: its name, and its details in the order they are written."""

    name: str
    details: tuple[Detail, ...] = ()


class Fact(NamedTuple):
    """Something that happened on a case on one day, and the day it was written down."""

    kind: str
    on: date
    details: Mapping[str, Value]
    recorded_on: date


def _choice(name: str, *choices: str | int, optional: bool = False) -> Detail:
    return Detail(name, "integer" if isinstance(choices[0], int) else "choice", choices, optional)


_SERVICE = _choice("service", *SERVICES)
_ACTION = Detail("action", "text")

KINDS: Mapping[str, FactKind] = {
    kind.name: kind
    for kind in (
        FactKind(
            "order_started",
            (
                _choice("order", "community_order", "suspended_sentence", "licence", "extended_licence"),
                Detail("ends", "date", optional=True),
            ),
        ),
        FactKind("order_ended"),
        FactKind("custody_started"),
        FactKind("custody_ended"),
        FactKind("registered", (Detail("ends", "date", optional=True),)),
        FactKind("registration_ended"),
        FactKind("initial_notification_made"),
        FactKind("annual_notification_made"),
        FactKind("details_changed", (_choice("what", "name", "address", "travel", "other"),)),
        FactKind("details_notified", (_choice("what", "name", "address", "travel", "other"),)),
        FactKind("rm2000_completed", (_choice("band", *BANDS), Detail("rank", "text"))),
        FactKind("rm2000_countersigned"),
        FactKind(
            "oasys_completed",
            (_choice("stage", "start", "review", "incident", "end"), _choice("harm", *BANDS, optional=True)),
        ),
        FactKind("harm_level_set", (_choice("level", *BANDS),)),
        FactKind("isp_completed"),
        FactKind("plan_reviewed"),
        FactKind("rmp_completed"),
        FactKind("rmp_reviewed"),
        FactKind("significant_incident"),
        FactKind("programme_required"),
        FactKind("programme_started"),
        FactKind(
            "home_visit",
            (
                _SERVICE,
                _choice("outcome", "seen", "not_seen", "refused"),
                Detail("announced", "boolean"),
                Detail("joint", "boolean"),
            ),
        ),
        FactKind("visit_interval_set", (Detail("months", "integer", nullable=True, minimum=1),)),
        FactKind("victim_contact_eligible"),
        FactKind("victim_unit_referred"),
        FactKind("mappa_level_set", (_choice("level", 1, 2, 3), _choice("category", 1, 2, 3))),
        FactKind("mappa_meeting_held", (_choice("level", 2, 3),)),
        FactKind("minutes_filed", (_SERVICE,)),
        FactKind("action_agreed", (_ACTION, Detail("due_on", "date"), _SERVICE)),
        FactKind("action_completed", (_ACTION,)),
        FactKind("offender_informed"),
        FactKind("risk_change_acknowledged", (_SERVICE,)),
        FactKind("breach_found"),
        FactKind("enforcement_taken"),
        FactKind("case_closed"),
    )
}
"""Every kind of fact, by name."""


def details_to_json(fact: Fact) -> dict[str, Any]:
    """A fact's details as JSON holds them, in the order of its kind; days become ISO text."""
    found = fact.details
    named = [detail.name for detail in KINDS[fact.kind].details if detail.name in found]
    return {name: _written(found[name]) for name in named}


def fact_from_row(kind: str, on: date, details: Mapping[str, Any], recorded_on: date) -> Fact:
    """A fact from its stored parts, which were checked when they were stored."""
    if not details:
        return Fact(kind, on, NO_DETAILS, recorded_on)
    days = {detail.name for detail in KINDS[kind].details if detail.type == "date"}
    read = {
        name: date.fromisoformat(value) if name in days and value is not None else value
        for name, value in details.items()
    }
    return Fact(kind, on, read, recorded_on)


def _written(value: Value) -> str | int | bool | None:
    return value.isoformat() if isinstance(value, date) else value
