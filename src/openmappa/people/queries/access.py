"""What one person can open, in plain words: for whoever confirms it, and for the person themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from openmappa.accounts.models import Cover, Unit, User
from openmappa.accounts.queries import permissions_in_words
from openmappa.core.access import PERMISSIONS, ROLES, Permission, Role
from openmappa.core.compartments import COMPARTMENTS_OF, Compartment
from openmappa.core.involvement import GIVEN_TO, RESPONSIBLE, WORKING, InvolvementKind
from openmappa.ui.formats import day, joined, lower_first


@dataclass(frozen=True)
class Opens:
    """What a person can open: which cases, what of them, and what they may do; each a phrase."""

    sentence: str
    cases: tuple[str, ...]
    compartments: tuple[Compartment, ...]
    may: tuple[str, ...]


def opens(person: User, today: date) -> Opens:
    """What this person can open today. Two queries."""
    role = Role(person.role)
    if not person.is_active:
        return Opens("Without access: nothing can be opened.", (), (), ())
    return Opens(
        ROLES[role].sentence,
        tuple(_cases(person, role, today)),
        tuple(each for each in Compartment if each in COMPARTMENTS_OF[role]),
        permissions_in_words(role),
    )


def further_units(person: User) -> list[Unit]:
    """The units that a line manager was given besides their own. One query."""
    if person.role != Role.LINE_MANAGER:
        return []
    return list(Unit.objects.filter(managed__manager=person).select_related("area").order_by("name"))


def _cases(person: User, role: Role, today: date) -> Iterator[str]:
    if role not in PERMISSIONS[Permission.VIEW_CASE]:
        yield "No case"
        return
    if role in RESPONSIBLE:
        yield "Cases that they are responsible for themselves"
        units = [person.unit, *further_units(person)] if person.unit else further_units(person)
        if units:
            yield f"Every case of {joined([unit.name for unit in units])}"
    if role is Role.MAPPA_COORDINATOR:
        yield f"Every case of {person.area.name}" if person.area else "No area yet, so no case of an area"
    if role in WORKING:
        for cover in Cover.objects.in_force_on(today).filter(covering=person).select_related("absent"):
            yield f"What {cover.absent.full_name} could open, for whom they cover until {day(cover.until_on)}"
    kinds = [kind for kind in InvolvementKind if role in GIVEN_TO[kind] and kind is not InvolvementKind.BREAK_GLASS]
    if kinds:
        reasons = joined([lower_first(kind.label) for kind in kinds], "or")
        yield f"Single cases they were given for a time ({reasons})"
    if role in GIVEN_TO[InvolvementKind.BREAK_GLASS]:
        yield "Any other case in an emergency, for a few hours, with a reason that is judged afterwards"


def covers_touching(person: User, today: date) -> list[Cover]:
    """The covers that this person has or gives, today or later. One query."""
    found = Cover.objects.filter(Q(absent=person) | Q(covering=person), ended_on__isnull=True, until_on__gte=today)
    return list(found.select_related("absent__unit", "covering__unit", "arranged_by"))
