"""Handing somebody's cases over to a colleague."""

from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.cases.errors import NotGiven
from openmappa.cases.models import Case
from openmappa.cases.services import assign_case
from openmappa.core.access import Permission
from openmappa.notices.services import tell
from openmappa.people.errors import NotChanged
from openmappa.people.queries.cases import could_take_over
from openmappa.ui.formats import plural


@transaction.atomic
def hand_over(*, by: User, person: User, cases: Sequence[Case], to: User, reason: str) -> int:
    """Hand cases of one person to a colleague, all or none; how many. Each is an event of its own.

    Raises NotChanged when the colleague cannot hold them, NotAllowed when the actor may not do it.
    """
    require(by, Permission.ASSIGN_CASE)
    if not could_take_over(by, person).filter(pk=to.pk).exists():
        raise NotChanged(f"{to.full_name} cannot take them over: choose a colleague of the same unit", "to")
    try:
        for case in cases:
            assign_case(by=by, case=case, to=to, reason=reason)
    except NotGiven as refused:
        raise NotChanged(str(refused), "to") from None
    words = f"{plural(len(cases), 'case')} of {person.full_name}’s {'is' if len(cases) == 1 else 'are'} yours now."
    tell(people=[to], kind="people", words=words, link=reverse("cases:mine"))
    return len(cases)
