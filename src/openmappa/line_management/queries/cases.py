"""Cases as a line manager's lists show them: whose, how they stand. One query for a page, whatever it shows."""

from collections.abc import Iterable, Mapping

from openmappa.accounts.models import User
from openmappa.cases.models import Case


def cases_to_show(user: User, ids: Iterable[int]) -> Mapping[int, Case]:
    """These cases with what a list says of them, by id. One query."""
    return (
        Case.objects.visible_to(user)
        .select_related("person", "standing", "case_manager", "police_officer")
        .defer("person__name_keys")
        .in_bulk(set(ids))
    )
