"""Who may do what, in plain words, for people to read."""

from collections.abc import Mapping
from dataclasses import dataclass

from openmappa.accounts.models import User
from openmappa.core.access import PERMISSIONS, ROLES, Permission, Role

WORDS: Mapping[Permission, str] = {
    Permission.VIEW_CASE: "Open the cases of your area",
    Permission.VIEW_FIGURES: "See figures, without names",
    Permission.RECORD_HOME_VISIT: "Record a home visit",
    Permission.SCORE_RM2000: "Score an RM2000",
    Permission.COUNTERSIGN_RM2000: "Countersign an RM2000 that somebody else scored",
    Permission.SET_HARM_LEVEL: "Set the risk of harm",
    Permission.SET_MAPPA_LEVEL: "Set the MAPPA level and category",
    Permission.RECORD_MEETING: "Record a MAPPA meeting, its minutes and the actions it agreed",
    Permission.RECORD_ACTION: "Record that an action was completed",
    Permission.RECORD_REGISTRATION: "Record registration and notifications",
    Permission.NOTE_INCIDENT: "Note a significant incident",
    Permission.RECORD_ORDER: "Record an order or licence, programmes and victim contact",
    Permission.RECORD_CUSTODY: "Record custody and release",
    Permission.RECORD_ASSESSMENT: "Record an OASys, a supervision plan, a risk management plan and their reviews",
    Permission.ACKNOWLEDGE_CHANGE: "Acknowledge a change of risk",
    Permission.SET_VISIT_INTERVAL: "Set how often to visit",
    Permission.INFORM_OFFENDER: "Record that the offender was informed of a meeting",
    Permission.RECORD_ENFORCEMENT: "Record a breach and the enforcement that followed",
    Permission.CLOSE_CASE: "Close a case",
    Permission.VOID_OWN_FACT: "Void a mistake of your own",
    Permission.VOID_ANY_FACT: "Void anybody's mistake on a case you can open",
}


@dataclass(frozen=True)
class RoleRow:
    """One role, its sentence, and what it may do."""

    label: str
    sentence: str
    may: tuple[str, ...]


def roles_in_words() -> list[RoleRow]:
    """Every role with what it may do, in the order of the table of permissions."""
    return [RoleRow(facts.label, facts.sentence, permissions_in_words(role)) for role, facts in ROLES.items()]


def permissions_in_words(role: Role) -> tuple[str, ...]:
    """What a role may do, one phrase each."""
    return tuple(WORDS[permission] for permission, holders in PERMISSIONS.items() if role in holders)


def permission_table() -> list[tuple[str, tuple[bool, ...]]]:
    """For each permission, whether each role has it, in the order of ``ROLES``."""
    return [(WORDS[each], tuple(role in PERMISSIONS[each] for role in ROLES)) for each in Permission]


def with_places(user: User) -> User:
    """The person with agency, area and unit loaded. One query."""
    return User.objects.select_related("agency", "area", "unit").get(pk=user.pk)
