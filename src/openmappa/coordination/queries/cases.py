"""Cases as the lists here show them: who, where they stand, who holds them. One query for a page, whatever it shows."""

from collections.abc import Iterable, Mapping, Sequence

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.ui.paging import A_PAGE, Page, number_within


def cases_to_show(user: User, ids: Iterable[int]) -> Mapping[int, Case]:
    """Those of these cases that this person sees, with what a list says of them, by id. One query."""
    return (
        Case.objects.visible_to(user)
        .select_related("person", "standing", "case_manager", "police_officer")
        .defer("person__name_keys")
        .in_bulk(set(ids))
    )


def cases_page(user: User, ids: Sequence[int], number: int) -> Page[Case]:
    """The page with this number of these cases, in their order. One query."""
    number = number_within(number, len(ids))
    some = ids[(number - 1) * A_PAGE : number * A_PAGE]
    cases = cases_to_show(user, some) if some else {}
    return Page([cases[pk] for pk in some if pk in cases], len(ids), number)
