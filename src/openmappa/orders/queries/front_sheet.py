"""What the front sheet and a print of the case say of civil orders: those in force, what they prohibit, what is due."""

from collections.abc import Callable, Sequence

from django.http import HttpRequest

from openmappa.accounts.models import User
from openmappa.orders.models.recall import Recall
from openmappa.orders.queries.orders import OrderShown, orders_of_case
from openmappa.orders.queries.recalls import open_recall
from openmappa.timeline.queries.frame import CaseFrame


def orders_in_force(frame: CaseFrame) -> Sequence[OrderShown]:
    """The civil orders that are in force today. Three queries."""
    return [each for each in orders_of_case(frame.case, frame.today) if each.in_force]


def recall_flag(frame: CaseFrame) -> Recall | None:
    """The recall that waits for a decision, or on which the person is at large. One query."""
    return open_recall(frame.case)


def for_the_front_sheet(request: HttpRequest) -> dict[str, Callable[[CaseFrame], object]]:
    """A context processor: the front sheet asks only where it is shown."""
    if not isinstance(getattr(request, "user", None), User):
        return {}
    return {"civil_orders_in_force": orders_in_force, "recall_flag": recall_flag}
