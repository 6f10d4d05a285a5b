"""Breaches of civil orders: recorded, followed to their end, and set aside where they were a mistake."""

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.cases.services import lock_case
from openmappa.core.access import Permission
from openmappa.core.orders.breach import BreachDays, breach_problems
from openmappa.orders.errors import SENT_BEFORE, ChangedSince, NotRecorded
from openmappa.orders.models.breach import OrderBreach
from openmappa.orders.models.order import CivilOrder
from openmappa.orders.queries.orders import steps_that_stand
from openmappa.orders.services.recording import NEEDS, locked_order
from openmappa.orders.services.telling import note, tell_on_case
from openmappa.ui.formats import day


@dataclass(frozen=True)
class Breach:
    """What a form says of a breach: its days, what happened, and what came of it."""

    days: BreachDays
    what: str
    outcome: str = ""

    def fields(self) -> dict[str, object]:
        """The columns that say so."""
        days = self.days
        return {
            "on": days.on,
            "reported_on": days.reported_on,
            "charged_on": days.charged_on,
            "convicted_on": days.convicted_on,
            "dropped_on": days.dropped_on,
            "what": self.what.strip(),
            "outcome": self.outcome.strip(),
        }


def record_breach(*, by: User, order: CivilOrder, breach: Breach, submission: uuid.UUID | None = None) -> OrderBreach:
    """Record a breach of an order; those who must know are told. The same form sent again returns the first.

    Raises NotAllowed, NotRecorded.
    """
    require(by, NEEDS)
    with transaction.atomic():
        case = lock_case(order.case)
        earlier = OrderBreach.objects.filter(submission=submission).first() if submission else None
        if earlier is not None:
            same = all(getattr(earlier, name) == value for name, value in breach.fields().items())
            if earlier.order_id != order.pk or not (same and earlier.is_standing):
                raise NotRecorded({"": SENT_BEFORE})
            return earlier
        row = locked_order(order, None)
        _refuse(row, breach)
        made = OrderBreach(
            order=row,
            case=case,
            submission=submission,
            recorded_by=by,
            recorded_at=timezone.now(),
            **breach.fields(),
        )
        made.save(force_insert=True)
        log(by=by, verb="record order breach", case_id=case.pk, about={"order": row.pk, "breach": made.pk})
        note(by, case, f"Breach of the {row.of.label}, {day(made.on)}: {made.what}\n{_in_words(made)}")
        tell_on_case(by, case, f"a breach of the {row.of.label} was recorded")
        return made


def follow_breach(*, by: User, breach: OrderBreach, now: Breach, version: int | None = None) -> OrderBreach:
    """Record what became of a breach: charged, convicted, no further action.

    Raises NotAllowed, NotRecorded, ChangedSince.
    """
    require(by, NEEDS)
    with transaction.atomic():
        case = lock_case(breach.case)
        row = _locked(breach, version)
        _refuse(row.order, now)
        before = row.days.words
        for name, value in now.fields().items():
            setattr(row, name, value)
        row.version += 1
        row.save(update_fields=[*now.fields(), "version"])
        log(by=by, verb="follow order breach", case_id=case.pk, about={"breach": row.pk, "stands": row.days.words})
        note(by, case, f"Breach of the {row.order.of.label}, {day(row.on)}. {_in_words(row)}")
        if row.days.words != before:
            tell_on_case(by, case, f"breach of the {row.order.of.label}: {row.days.words.lower()}")
        return row


def set_breach_aside(*, by: User, breach: OrderBreach, reason: str, version: int | None = None) -> OrderBreach:
    """Say that a breach was recorded by mistake, and why; it stays to be read.

    Raises NotAllowed, NotRecorded, ChangedSince.
    """
    require(by, NEEDS)
    with transaction.atomic():
        case = lock_case(breach.case)
        row = _locked(breach, version)
        require(by, Permission.VOID_OWN_FACT if row.recorded_by_id == by.pk else Permission.VOID_ANY_FACT)
        if not reason.strip():
            raise NotRecorded({"reason": "Say why it was a mistake. The reason stays with it."})
        row.set_aside_by, row.set_aside_at, row.set_aside_reason = by, timezone.now(), reason.strip()
        row.version += 1
        row.save(update_fields=["set_aside_by", "set_aside_at", "set_aside_reason", "version"])
        log(by=by, verb="set aside order breach", case_id=case.pk, about={"breach": row.pk})
        words = f"The breach of the {row.order.of.label}, {day(row.on)}, was recorded by mistake. {reason.strip()}"
        note(by, case, words)
        tell_on_case(by, case, f"a breach of the {row.order.of.label} was recorded by mistake")
        return row


def _refuse(order: CivilOrder, breach: Breach) -> None:
    problems = breach_problems(steps_that_stand(order), breach.days, timezone.localdate())
    if not breach.what.strip():
        problems["what"] = "Say what the person did"
    if problems:
        raise NotRecorded(problems)


def _locked(breach: OrderBreach, version: int | None) -> OrderBreach:
    rows = OrderBreach.objects.select_for_update(of=("self",)).select_related("order__case")
    row = rows.get(pk=breach.pk)
    if not row.is_standing:
        raise NotRecorded({"": "This breach was set aside meanwhile. Nothing was saved."})
    if version is not None and version != row.version:
        raise ChangedSince
    return row


def _in_words(row: OrderBreach) -> str:
    days = [
        ("Reported", row.reported_on),
        ("Charged", row.charged_on),
        ("Convicted", row.convicted_on),
        ("No further action", row.dropped_on),
    ]
    said = " ".join(f"{what}: {day(on)}." for what, on in days if on is not None)
    return f"{said} {row.outcome}".strip()
