"""Whom one can choose for a sitting: who chairs, who takes minutes, who is invited."""

from django.db.models import Q

from openmappa.accounts.models import Agency, User
from openmappa.core.access import PERMISSIONS, Permission, Role
from openmappa.core.involvement import GIVEN_TO, InvolvementKind


def chairs_of(area_id: int) -> list[User]:
    """Who may chair in an area. One query."""
    return _of(area_id, Permission.CHAIR_MEETING)


def minute_takers_of(area_id: int) -> list[User]:
    """Who may take minutes in an area. One query."""
    return _of(area_id, Permission.TAKE_MINUTES)


def people_to_invite(area_id: int) -> list[User]:
    """Everybody of an area, and of partner agencies, to whom an invitation opens a case. One query."""
    roles = [role.value for role in GIVEN_TO[InvolvementKind.INVITED]]
    near = Q(area_id=area_id) | Q(role=Role.PARTNER_MEMBER)
    return list(User.objects.filter(near, role__in=roles, is_active=True).order_by("agency__name", "full_name", "pk"))


def people_of_the_directory(area_id: int) -> list[User]:
    """Everybody who can hold a post of the directory of an area. One query."""
    near = Q(area_id=area_id) | Q(role=Role.PARTNER_MEMBER)
    held = [Role.ADMINISTRATOR.value, Role.AUDITOR.value]
    rows = User.objects.filter(near, is_active=True).exclude(role__in=held)
    return list(rows.order_by("agency__name", "full_name", "pk"))


def agencies() -> list[Agency]:
    """Every agency. One query."""
    return list(Agency.objects.order_by("name"))


def _of(area_id: int, permission: Permission) -> list[User]:
    roles = [role.value for role in PERMISSIONS[permission]]
    return list(User.objects.filter(area_id=area_id, role__in=roles, is_active=True).order_by("full_name", "pk"))
