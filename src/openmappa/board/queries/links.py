"""Other bodies that the board is linked to, with what was reported to each and what came back."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.http import Http404

from openmappa.accounts.models import Area
from openmappa.board.models.links import Exchange, OtherBody
from openmappa.board.queries.rules import rules
from openmappa.core.dates import add_months


@dataclass(frozen=True)
class BodyShown:
    """A body, what was said to it, the latest first, and whether it is long since."""

    body: OtherBody
    label: str
    exchanges: Sequence[Exchange]
    is_quiet: bool

    @property
    def waits(self) -> int:
        """How many reports nothing has come back to."""
        return sum(each.answered_on is None for each in self.exchanges)


def bodies_of(area: Area, today: date) -> list[BodyShown]:
    """The bodies of an area in the pack's order, each with its exchanges. Two queries."""
    exchanges = Exchange.objects.select_related("meeting")
    rows = OtherBody.objects.filter(area=area).select_related("sits_on_both__person", "area")
    order = [one.id for one in rules().bodies]
    found = sorted(rows.prefetch_related(Prefetch("exchanges", exchanges)), key=lambda one: _place(order, one))
    return [_shown(row, today) for row in found]


def body_of(area: Area, key: uuid.UUID) -> OtherBody:
    """One body linked to this board. Raises Http404. One query."""
    row = OtherBody.objects.filter(area=area, key=key).select_related("area", "sits_on_both__person").first()
    if row is None:
        raise Http404("No such body")
    return row


def exchange_of(area: Area, key: uuid.UUID) -> Exchange:
    """One report to a body linked to this board. Raises Http404. One query."""
    row = Exchange.objects.filter(body__area=area, key=key).select_related("body").first()
    if row is None:
        raise Http404("No such report")
    return row


def kind_label(kind: str) -> str:
    """What a kind of body is called; its id where the pack does not know it."""
    return next((one.label for one in rules().bodies if one.id == kind), kind)


def _shown(row: OtherBody, today: date) -> BodyShown:
    exchanges = list(row.exchanges.all())
    quiet_before = add_months(today, -rules().links.months)
    is_quiet = not exchanges or exchanges[0].reported_on < quiet_before
    return BodyShown(row, kind_label(row.kind), exchanges, is_quiet)


def _place(order: Sequence[str], row: OtherBody) -> tuple[int, str]:
    return (order.index(row.kind) if row.kind in order else len(order), row.name)
