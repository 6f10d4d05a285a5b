"""Whose an action is: who may do it, and who may decide about it."""

from django.db.models import Q
from django.utils import timezone

from openmappa.accounts.errors import NotAllowed
from openmappa.accounts.models import Cover, User
from openmappa.actions.models import Action
from openmappa.cases.models import Case
from openmappa.core.access import Permission, Role


def is_theirs(user: User, action: Action) -> bool:
    """Whether this person does the action: its owner, who covers for them, or who hands it over in their place.

    Where no person is named, anybody of its agency who reads it. Two queries at most.
    """
    if not user.may(Permission.DO_ACTION):
        return False
    if user.pk in (action.owner_id, action.stand_in_id):
        return True
    if action.owner_id is None:
        return user.agency_id == action.agency_id
    return covers_for(user, action.owner_id) or manages(user, action)


def covers_for(user: User, owner: int) -> bool:
    """Whether this person covers for the owner today."""
    return Cover.objects.in_force_on(timezone.localdate()).filter(absent=owner, covering=user).exists()


def manages(user: User, action: Action) -> bool:
    """Whether this person is a line manager of the owner, and sees the case."""
    if user.role != Role.LINE_MANAGER or action.owner is None or action.owner.unit_id is None:
        return False
    unit = action.owner.unit_id
    answers = unit == user.unit_id or user.managing.filter(unit_id=unit).exists()
    return answers and sees_case(user, action)


def is_offered_to(user: User, action: Action) -> bool:
    """Whether this person may take it on, or say that they do not."""
    if not action.is_offered or not user.may(Permission.DO_ACTION):
        return False
    if action.offered_to_id is not None:
        return user.pk == action.offered_to_id
    return user.agency_id == action.offered_agency_id


def sees_case(user: User, action: Action) -> bool:
    """Whether this person reads the record of its case. One query."""
    return user.may(Permission.READ_RECORD) and Case.objects.visible_to(user).filter(pk=action.case_id).exists()


def decides(user: User, action: Action, permission: Permission = Permission.CHAIR_MEETING) -> bool:
    """Whether this person decides about it: as a chair never of an action of their own, but as a meeting's minutes."""
    own = permission is Permission.CHAIR_MEETING and user.pk == action.owner_id
    return user.may(permission) and not own and sees_case(user, action)


def require_theirs(user: User, action: Action) -> None:
    """Raise NotAllowed unless this person does the action."""
    if not is_theirs(user, action):
        raise NotAllowed(user, Permission.DO_ACTION)


def require_decides(user: User, action: Action, permission: Permission = Permission.CHAIR_MEETING) -> None:
    """Raise NotAllowed unless this person decides about the action."""
    if not decides(user, action, permission):
        raise NotAllowed(user, permission)


def owned_by(user: User) -> Q:
    """The actions that are this person's to do: their own, those they cover, those they hand over, those offered."""
    today = timezone.localdate()
    absent = Cover.objects.in_force_on(today).filter(covering=user).values("absent")
    mine = Q(owner=user) | Q(owner__in=absent) | Q(stand_in=user)
    offered = Q(offered_to=user, offer_declined=False)
    if user.role == Role.PARTNER_MEMBER:
        mine |= Q(owner__isnull=True, agency=user.agency_id)
        offered |= Q(offered_to__isnull=True, offered_agency=user.agency_id, offer_declined=False)
    return mine | offered
