"""Made-up civil orders and breaches: rows as they stand in the tables, and what somebody records."""

from datetime import date
from typing import Any

from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.orders.breach import BreachDays
from openmappa.core.orders.life import Step
from openmappa.orders.models.breach import OrderBreach
from openmappa.orders.models.order import CivilOrder, OrderStep
from openmappa.orders.models.recall import Recall
from openmappa.orders.queries.orders import OrderShown, order_shown
from openmappa.orders.services.breaches import Breach, record_breach
from openmappa.orders.services.recording import Entry, record_order, record_step
from tests.timeline.build import ago, today

LINES = "Not to be alone with a child under 16.\nNot to enter Sample Park."
KIND = "shpo"


def made(on: date | None = None, **more: Any) -> Entry:
    """The entry of an order that was made until further order."""
    said: dict[str, Any] = {"court": "Sampleton Magistrates’ Court", "open_ended": True, "lines": LINES}
    return Entry(Step.MADE, on or ago(100), **(said | more))


def applied(on: date | None = None, **more: Any) -> Entry:
    return Entry(Step.APPLIED, on or ago(120), **({"applicant": "Sampleshire Police"} | more))


def ordered(by: User, case: Case, entry: Entry | None = None, kind: str = KIND) -> CivilOrder:
    """An order that somebody recorded: made, unless the entry says something else."""
    with as_person(by):
        return record_order(by=by, case=case, kind=kind, entry=entry or made())


def followed(by: User, order: CivilOrder, entry: Entry) -> OrderStep:
    with as_person(by):
        return record_step(by=by, order=order, entry=entry)


def breached(by: User, order: CivilOrder, days: int = 10, **more: Any) -> OrderBreach:
    breach = Breach(BreachDays(ago(days), ago(days - 1), **more), "Seen in Sample Park.")
    with as_person(by):
        return record_breach(by=by, order=order, breach=breach)


def shown_to(by: User, order: CivilOrder) -> OrderShown:
    with as_person(by):
        return order_shown(order.case, order.key, today())


def an_order_row(case: Case, by: User, **changed: Any) -> CivilOrder:
    """A row as it stands in the table, whatever a service would say of it."""
    plain: dict[str, Any] = {"case": case, "kind": KIND, "opened_by": by, "opened_at": timezone.now()}
    return CivilOrder.objects.create(**(plain | changed))


def a_step_row(order: CivilOrder, by: User, **changed: Any) -> OrderStep:
    plain: dict[str, Any] = {
        "order": order,
        "case": order.case,
        "step": "made",
        "on": ago(100),
        "open_ended": True,
        "lines": LINES,
        "recorded_by": by,
        "recorded_at": timezone.now(),
    }
    return OrderStep.objects.create(**(plain | changed))


def a_breach_row(order: CivilOrder, by: User, **changed: Any) -> OrderBreach:
    plain: dict[str, Any] = {
        "order": order,
        "case": order.case,
        "on": ago(10),
        "what": "Seen in Sample Park.",
        "reported_on": ago(9),
        "recorded_by": by,
        "recorded_at": timezone.now(),
    }
    return OrderBreach.objects.create(**(plain | changed))


def a_recall_row(case: Case, by: User, **changed: Any) -> Recall:
    plain: dict[str, Any] = {
        "case": case,
        "asked_on": ago(20),
        "asked_for_by": "Sample Officer, Sampleshire Probation",
        "reason": "behaviour",
        "words": "Seen near a school.",
        "recorded_by": by,
        "recorded_at": timezone.now(),
    }
    return Recall.objects.create(**(plain | changed))


def order_addresses(case: Case, by: User) -> dict[str, dict[str, Any]]:
    """What the addresses of orders and recalls hold, by the name that the access table gives it."""
    order = an_order_row(case, by)
    a_step_row(order, by)
    return {
        "order": {"order": order.key},
        "orders:record": {"step": "made"},
        "order_step": {"order": order.key, "step": "varied"},
        "order_breach": {"breach": a_breach_row(order, by).key},
        "recall": {"recall": a_recall_row(case, by).key},
    }


def everything_of_an_order(case: Case, by: User, secret: str) -> None:
    """A row in every table of orders, each with a word that must never be left behind."""
    order = an_order_row(case, by)
    step = a_step_row(order, by, lines=secret, words=secret, court=secret, applicant=secret)
    OrderStep.objects.filter(pk=step.pk).update(words=f"{secret} again")
    breach = a_breach_row(order, by, what=secret, outcome=secret)
    OrderBreach.objects.filter(pk=breach.pk).update(outcome=f"{secret} again")
    now = timezone.now()
    CivilOrder.objects.filter(pk=order.pk).update(set_aside_by=by, set_aside_at=now, set_aside_reason=secret)
    recall = a_recall_row(case, by, words=secret, asked_for_by=secret)
    Recall.objects.filter(pk=recall.pk).update(words=f"{secret} again")
    Recall.objects.filter(pk=recall.pk).update(set_aside_by=by, set_aside_at=now, set_aside_reason=secret)
