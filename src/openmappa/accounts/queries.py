"""Who may do what, in plain words, for people to read; and the areas whose figures somebody may see."""

from dataclasses import dataclass

from openmappa.accounts.models import Area, User
from openmappa.core.access import PERMISSIONS, ROLES, Permission, Role
from openmappa.core.compartments import COMPARTMENTS, COMPARTMENTS_OF, READS, Compartment, FieldClass
from openmappa.core.involvement import GIVEN_TO, InvolvementKind
from openmappa.core.role_words import CLASS_WORDS, GROUPS, WORDS

SEES_EVERY_AREA = frozenset({Role.INSPECTOR.value, Role.AUDITOR.value})
Row = tuple[str, tuple[bool, ...]]
"""A phrase, and for each role, in the order of ``ROLES``, whether it holds."""


@dataclass(frozen=True)
class RoleRow:
    """One role: its name in addresses within the page, its sentence, and what it opens and may do."""

    slug: str
    label: str
    sentence: str
    compartments: tuple[str, ...]
    given: tuple[str, ...]
    may: tuple[str, ...]


def roles_in_words() -> list[RoleRow]:
    """Every role with what it opens and may do, in the order of the table of permissions."""
    return [
        RoleRow(
            role.value.replace("_", "-"),
            facts.label,
            facts.sentence,
            tuple(each.label for each in Compartment if each in COMPARTMENTS_OF[role]),
            tuple(kind.label for kind in InvolvementKind if role in GIVEN_TO[kind]),
            permissions_in_words(role),
        )
        for role, facts in ROLES.items()
    ]


def permissions_in_words(role: Role) -> tuple[str, ...]:
    """What a role may do, one phrase each, in the order of the groups."""
    return tuple(WORDS[each] for group in GROUPS.values() for each in group if role in PERMISSIONS[each])


def permission_table() -> list[tuple[str, list[Row]]]:
    """Each group of permissions, with a row for each permission."""
    return [
        (title, [(WORDS[each], tuple(role in PERMISSIONS[each] for role in ROLES)) for each in permissions])
        for title, permissions in GROUPS.items()
    ]


def compartment_table() -> list[tuple[str, str, tuple[bool, ...]]]:
    """Each compartment: its label, who reads it in a sentence, and whether each role opens it."""
    return [
        (facts.label, facts.sentence, tuple(each in COMPARTMENTS_OF[role] for role in ROLES))
        for each, facts in COMPARTMENTS.items()
    ]


def class_table() -> list[Row]:
    """Each class of fields in words, and whether each role reads it on a case that it sees."""
    return [(CLASS_WORDS[each], tuple(role in READS[each] for role in ROLES)) for each in FieldClass]


def with_places(user: User) -> User:
    """The person with agency, area and unit loaded. One query."""
    return User.objects.select_related("agency", "area", "unit").get(pk=user.pk)


def areas_for(user: User) -> list[Area]:
    """The areas whose figures this person may see: their own, or all for an inspector or auditor without one."""
    if not user.may(Permission.VIEW_FIGURES):
        return []
    if user.area_id is not None:
        return list(Area.objects.filter(pk=user.area_id))
    return list(Area.objects.all()) if user.role in SEES_EVERY_AREA else []
