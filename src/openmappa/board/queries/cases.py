"""Cases as the list behind a row shows them. One query for a page, whatever it shows."""

from collections.abc import Mapping, Sequence

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.ui.paging import A_PAGE, Page, number_within


def cases_page(user: User, counted: Sequence[tuple[int, int]], number: int) -> Page[tuple[Case, int]]:
    """The page with this number of these cases, in their order, each with its count. One query."""
    number = number_within(number, len(counted))
    some = counted[(number - 1) * A_PAGE : number * A_PAGE]
    cases = (
        Case.objects.visible_to(user)
        .select_related("person", "standing", "case_manager", "police_officer")
        .defer("person__name_keys")
        .in_bulk([pk for pk, _ in some])
    )
    return Page([(cases[pk], count) for pk, count in some if pk in cases], len(counted), number)


def page_number(query: Mapping[str, object]) -> int:
    """The number of the page that a query string asks for; 1 where it makes no sense."""
    asked = str(query.get("page", ""))
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 1
