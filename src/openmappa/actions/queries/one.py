"""One action as its page shows it: with its steps, and of its case no more than its reader may know."""

import uuid
from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404

from openmappa.accounts.models import User
from openmappa.actions.models import Action, ActionStep
from openmappa.actions.whose import owned_by
from openmappa.cases.models import Case, Person
from openmappa.core.access import Permission


@dataclass(frozen=True)
class OnePage:
    """An action and its steps; the person's ``name`` while the reader sees the case, ``case`` where they read it."""

    action: Action
    steps: tuple[ActionStep, ...]
    name: str
    case: Case | None


def one_action(user: User, key: uuid.UUID) -> OnePage:
    """The action with this key. Raises Http404 unless the reader reads its case or it names them. Four queries.

    The database lets through no other; the same is asked here, so that neither alone has to hold.
    """
    rows = Action.objects.select_related("owner", "agency", "offered_to", "offered_agency", "stand_in", "area")
    found = rows.select_related("agreed_by").filter(key=key).first()
    if found is None or not user.is_active:
        raise Http404("No such action")
    case = Case.objects.visible_to(user).select_related("person").filter(pk=found.case_id).first()
    reads = case is not None and user.may(Permission.READ_RECORD)
    if not reads and not Action.objects.filter(owned_by(user) | _declined_by(user), pk=found.pk).exists():
        raise Http404("No such action")
    steps = found.steps.select_related("by", "person", "agency")
    name = case.person.full_name if case is not None and user.reads(Person, "family_name") else ""
    return OnePage(found, tuple(steps), name, case if reads else None)


def _declined_by(user: User) -> Q:
    """What was offered to them stays open to them after they declined it, until it is offered to somebody else."""
    return Q(offered_to=user)
