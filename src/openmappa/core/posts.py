"""Which post a person can hold, and what a change of post gives them.

A *post* is a role with a rank, in an agency and mostly in a unit. Which roles an agency has follows from what it is: a
housing association has no police officers. What a change gives is read from the tables of ``core.access`` and
``core.compartments``, so that a permission added there needs a second person here without another word.
"""

from collections.abc import Mapping

from openmappa.core.access import COUNTERSIGNING_RANKS, PERMISSIONS, Permission, Rank, Role
from openmappa.core.compartments import COMPARTMENTS_OF, READS, Compartment, FieldClass

_EVERYWHERE = (Role.SMB_MEMBER, Role.ADMINISTRATOR, Role.AUDITOR)

ROLES_OF_AGENCY: Mapping[str, tuple[Role, ...]] = {
    "police": (Role.POLICE_OFFICER, Role.LINE_MANAGER, Role.MAPPA_COORDINATOR, *_EVERYWHERE),
    "probation": (
        Role.CASE_MANAGER,
        Role.LINE_MANAGER,
        Role.MAPPA_COORDINATOR,
        Role.VICTIM_CONTACT_OFFICER,
        *_EVERYWHERE,
    ),
    "prison": (Role.PARTNER_MEMBER, Role.MAPPA_COORDINATOR, *_EVERYWHERE),
    "partner": (Role.PARTNER_MEMBER, Role.INSPECTOR, *_EVERYWHERE),
}
"""The roles that people of each kind of agency hold. The coordinator may belong to any of the three services (4.12)."""

_POLICE_RANKS = (
    Rank.CONSTABLE,
    Rank.DETECTIVE_CONSTABLE,
    Rank.SERGEANT,
    Rank.DETECTIVE_SERGEANT,
    Rank.INSPECTOR,
    Rank.DETECTIVE_INSPECTOR,
    Rank.CHIEF_INSPECTOR,
    Rank.DETECTIVE_CHIEF_INSPECTOR,
    Rank.SUPERINTENDENT,
    Rank.DETECTIVE_SUPERINTENDENT,
    Rank.ASSISTANT_CHIEF_CONSTABLE,
)
_PROBATION_RANKS = (
    Rank.PROBATION_SERVICE_OFFICER,
    Rank.PROBATION_OFFICER,
    Rank.SENIOR_PROBATION_OFFICER,
    Rank.ASSISTANT_CHIEF_OFFICER,
    Rank.CHIEF_OFFICER,
)
RANKS_OF_AGENCY: Mapping[str, tuple[Rank, ...]] = {
    "police": (Rank.NONE, *_POLICE_RANKS),
    "probation": (Rank.NONE, *_PROBATION_RANKS),
    "prison": (Rank.NONE,),
    "partner": (Rank.NONE,),
}
"""The ranks and grades that each kind of agency gives."""

IN_A_UNIT: frozenset[Role] = frozenset(
    {Role.POLICE_OFFICER, Role.CASE_MANAGER, Role.LINE_MANAGER, Role.VICTIM_CONTACT_OFFICER}
)
"""Roles that work in a unit: without one they would see nothing, and nobody would manage them."""

IN_AN_AREA: frozenset[Role] = frozenset({Role.MAPPA_COORDINATOR, Role.PARTNER_MEMBER, Role.SMB_MEMBER})
"""Roles that belong to an area though not to a unit."""


def permissions_of(role: Role | None) -> frozenset[Permission]:
    """What a role may do; nothing without a role."""
    return frozenset(permission for permission, holders in PERMISSIONS.items() if role in holders)


def compartments_of(role: Role | None) -> frozenset[Compartment]:
    """What a role opens of a case it is fully involved in; nothing without a role."""
    return COMPARTMENTS_OF[role] if role is not None else frozenset()


def classes_of(role: Role | None) -> frozenset[FieldClass]:
    """The classes of fields that a role reads; nothing without a role."""
    return frozenset(each for each, readers in READS.items() if role in readers)


def signs(role: Role | None, rank: Rank) -> bool:
    """Whether role and rank together may countersign an RM2000 (7.4)."""
    return Permission.COUNTERSIGN_RM2000 in permissions_of(role) and rank in COUNTERSIGNING_RANKS


def gives_more(before: Role | None, before_rank: Rank, after: Role, after_rank: Rank) -> bool:
    """Whether a change of role or rank lets a person do or read anything they could not before.

    ``before`` is None for somebody who has no access yet, or none any more. Another unit gives no more in this sense:
    it is other cases, not another kind of access.
    """
    return (
        not permissions_of(after) <= permissions_of(before)
        or not compartments_of(after) <= compartments_of(before)
        or not classes_of(after) <= classes_of(before)
        or (signs(after, after_rank) and not signs(before, before_rank))
    )


def objections(kind: str, role: Role, rank: Rank, *, has_unit: bool, has_area: bool) -> dict[str, str]:
    """Why a person of an agency of this kind cannot hold this post: a sentence by field; empty when they can."""
    found = {}
    if role not in ROLES_OF_AGENCY.get(kind, ()):
        found["role"] = f"Nobody of your agency can be {_a(role.label)}. Choose another role"
    if rank not in RANKS_OF_AGENCY.get(kind, ()):
        found["rank"] = f"Your agency has no rank or grade “{rank.label}”. Choose another"
    if role in IN_A_UNIT and not has_unit:
        found["unit"] = f"Choose a unit: {_a(role.label)} works in one"
    elif role in IN_AN_AREA and not (has_unit or has_area):
        found["area"] = f"Choose an area: {_a(role.label)} belongs to one"
    return found


def _a(label: str) -> str:
    """A role's label inside a sentence, with its article."""
    article = "an" if label[0] in "AEIO" or label.startswith("SMB") else "a"
    return f"{article} {label if label[:2].isupper() else label[:1].lower() + label[1:]}"
