"""Reading civil orders: of a case, one of them, and one breach."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from openmappa.cases.models import Case
from openmappa.core.orders.kinds import OrderKind
from openmappa.core.orders.life import Happened, OrderState, Step, possible_next, stood
from openmappa.orders.models.breach import OrderBreach
from openmappa.orders.models.order import CivilOrder, OrderStep


@dataclass(frozen=True)
class OrderShown:
    """An order with its steps and breaches, and how it stands today; ``state`` is None where it was a mistake."""

    order: CivilOrder
    steps: Sequence[OrderStep]
    breaches: Sequence[OrderBreach]
    state: OrderState | None
    today: date

    @property
    def kind(self) -> OrderKind:
        """What the law says of its kind."""
        return self.order.of

    @property
    def in_force(self) -> bool:
        """Whether it is to be obeyed today."""
        return self.state is not None and self.state.in_force

    @property
    def ends_soon(self) -> bool:
        """Whether it ends within three months."""
        return self.state is not None and self.state.ends_soon(self.today)

    @property
    def stands(self) -> str:
        """How it stands, in a word or two."""
        return "Recorded in error" if self.state is None else self.state.stands.value

    @property
    def can_follow(self) -> tuple[Step, ...]:
        """What can happen to it next."""
        return () if self.state is None else possible_next(self.kind, self.state)

    @property
    def open_breaches(self) -> list[OrderBreach]:
        """The breaches that neither a conviction nor a decision has ended."""
        standing = [each for each in self.breaches if each.is_standing]
        return [each for each in standing if each.convicted_on is None and each.dropped_on is None]

    @property
    def last_step(self) -> OrderStep | None:
        """The last step that stands, which alone can be set aside: what came before it carries it."""
        return next((each for each in reversed(self.steps) if each.is_standing), None)


def orders_of_case(case: Case, today: date) -> list[OrderShown]:
    """Every civil order of a case: those in force first, then those applied for, the newest first. Three queries."""
    found = [_shown(row, today) for row in _rows(CivilOrder.objects.filter(case=case)).order_by("-id")]
    places = {True: 0, False: 2}
    return sorted(found, key=lambda one: 1 if one.stands == "Applied for" else places[one.in_force])


def order_shown(case: Case, key: uuid.UUID, today: date) -> OrderShown:
    """One civil order of this case. Raises Http404. Three queries."""
    row = _rows(CivilOrder.objects.filter(case=case, key=key)).first()
    if row is None:
        raise Http404("No such order")
    return _shown(row, today)


def breach_of(case: Case, key: uuid.UUID) -> OrderBreach:
    """One breach on this case. Raises Http404. One query."""
    row = OrderBreach.objects.filter(case=case, key=key).select_related("order", "case", "recorded_by").first()
    if row is None:
        raise Http404("No such breach")
    return row


def steps_that_stand(order: CivilOrder) -> list[Happened]:
    """What happened to an order, in its order, without what was set aside. One query."""
    return [row.happened() for row in order.steps.filter(set_aside_at__isnull=True).order_by("on", "id")]


def _rows(orders: QuerySet[CivilOrder]) -> QuerySet[CivilOrder]:
    steps = OrderStep.objects.select_related("recorded_by__agency", "set_aside_by").order_by("on", "id")
    breaches = OrderBreach.objects.select_related("recorded_by__agency", "set_aside_by").order_by("-on", "-id")
    return orders.select_related("set_aside_by").prefetch_related(
        Prefetch("steps", steps), Prefetch("breaches", breaches)
    )


def _shown(row: CivilOrder, today: date) -> OrderShown:
    steps = list(row.steps.all())
    standing = [each.happened() for each in steps if each.is_standing]
    state = stood(standing, today) if row.is_standing else None
    return OrderShown(row, steps, list(row.breaches.all()), state, today)
