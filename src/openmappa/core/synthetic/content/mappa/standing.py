"""What the agencies at a meeting would know of a case from its record on that day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from openmappa.core.standards.facts import Fact

RECENT = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands. Days are those of the last such fact; None where there was none."""

    harm: str = ""
    band: str = ""
    level: int = 1
    category: int = 1
    in_custody: bool = False
    supervised: bool = False
    order: str = ""
    seen_on: date | None = None
    missed_on: date | None = None
    refused_on: date | None = None
    incident_on: date | None = None
    breach_on: date | None = None
    moved_on: date | None = None
    released_on: date | None = None
    oasys_on: date | None = None
    plan_on: date | None = None
    rmp_on: date | None = None
    programme_required: bool = False
    programme_on: date | None = None
    victim: bool = False
    victim_referred: bool = False
    meetings: int = 0

    def recent(self, day: date | None, today: date) -> bool:
        """Whether this happened in the last four months."""
        return day is not None and today - RECENT <= day <= today


def standing_after(facts: Iterable[Fact]) -> Standing:
    """Where a case stands after these facts, which are in order."""
    state = Standing()
    for fact in facts:
        state = after(state, fact)
    return state


def after(state: Standing, fact: Fact) -> Standing:
    """Where it stands after one more."""
    if fact.kind == "home_visit":
        return _after_visit(state, fact)
    changed: dict[str, Any] = dict(FLAGS.get(fact.kind, {}))
    if fact.kind in DAYS:
        changed[DAYS[fact.kind]] = fact.on
    changed |= {name: fact.details[of] for name, of in TAKEN.get(fact.kind, {}).items() if of in fact.details}
    if fact.kind == "details_changed" and fact.details["what"] == "address":
        changed["moved_on"] = fact.on
    if fact.kind == "mappa_meeting_held":
        changed["meetings"] = state.meetings + 1
    return replace(state, **changed) if changed else state


def _after_visit(state: Standing, fact: Fact) -> Standing:
    if fact.details["service"] != "police":
        return state
    if fact.details["outcome"] == "seen":
        return replace(state, seen_on=fact.on)
    if fact.details["outcome"] == "refused":
        return replace(state, refused_on=fact.on)
    return replace(state, missed_on=fact.on)


DAYS: Mapping[str, str] = {
    "significant_incident": "incident_on",
    "breach_found": "breach_on",
    "custody_ended": "released_on",
    "oasys_completed": "oasys_on",
    "isp_completed": "plan_on",
    "plan_reviewed": "plan_on",
    "rmp_completed": "rmp_on",
    "rmp_reviewed": "rmp_on",
    "programme_started": "programme_on",
}
FLAGS: Mapping[str, Mapping[str, bool]] = {
    "custody_started": {"in_custody": True},
    "custody_ended": {"in_custody": False},
    "order_started": {"supervised": True},
    "order_ended": {"supervised": False},
    "programme_required": {"programme_required": True},
    "victim_contact_eligible": {"victim": True},
    "victim_unit_referred": {"victim_referred": True},
}
TAKEN: Mapping[str, Mapping[str, str]] = {
    "oasys_completed": {"harm": "harm"},
    "harm_level_set": {"harm": "level"},
    "rm2000_completed": {"band": "band"},
    "mappa_level_set": {"level": "level", "category": "category"},
    "order_started": {"order": "order"},
}
