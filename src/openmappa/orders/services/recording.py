"""Civil orders: applied for, made, varied, renewed, ended; and what was recorded by mistake, set aside."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.cases.models import Case
from openmappa.cases.services import lock_case
from openmappa.core.access import Permission
from openmappa.core.orders.kinds import KINDS
from openmappa.core.orders.life import Happened, Step, step_problems
from openmappa.orders.errors import SENT_BEFORE, ChangedSince, NotRecorded
from openmappa.orders.models.order import CivilOrder, OrderStep
from openmappa.orders.queries.orders import steps_that_stand
from openmappa.orders.services.telling import note, tell_on_case
from openmappa.ui.formats import day

NEEDS = Permission.RECORD_CIVIL_ORDER
LONGEST_LINE = 300


@dataclass(frozen=True)
class Entry:
    """What a form says of one step of an order. ``lines`` are what it prohibits or requires, one to a line."""

    step: Step
    on: date
    applicant: str = ""
    court: str = ""
    until_on: date | None = None
    open_ended: bool = False
    lines: str = ""
    words: str = ""

    @property
    def tidy_lines(self) -> tuple[str, ...]:
        """The lines without empty ones and without space around them."""
        return tuple(" ".join(line.split()) for line in self.lines.splitlines() if line.strip())

    def happened(self) -> Happened:
        """As the core takes it."""
        return Happened(self.step, self.on, self.until_on, self.open_ended, self.tidy_lines)

    def fields(self) -> dict[str, object]:
        """The columns that say so."""
        return {
            "step": self.step.value,
            "on": self.on,
            "applicant": self.applicant.strip(),
            "court": self.court.strip(),
            "until_on": self.until_on,
            "open_ended": self.open_ended,
            "lines": "\n".join(self.tidy_lines),
            "words": self.words.strip(),
        }


def record_order(*, by: User, case: Case, kind: str, entry: Entry, submission: uuid.UUID | None = None) -> CivilOrder:
    """Record an order from its application on, or from the day it was made. The same form sent again returns the first.

    Raises NotAllowed, NotRecorded.
    """
    require(by, NEEDS)
    if kind not in KINDS:
        raise NotRecorded({"kind": "Select the kind of order"})
    with transaction.atomic():
        locked = lock_case(case)
        earlier = _sent_before(locked, entry, submission, kind=kind)
        if earlier is not None:
            return earlier.order
        order = CivilOrder(case=locked, kind=kind, opened_by=by, opened_at=timezone.now())
        _refuse(order, [], entry)
        order.save(force_insert=True)
        _step(by, order, entry, submission)
        return order


def record_step(
    *, by: User, order: CivilOrder, entry: Entry, version: int | None = None, submission: uuid.UUID | None = None
) -> OrderStep:
    """Record what happened to an order next. The same form sent again returns the first step.

    Raises NotAllowed, NotRecorded, ChangedSince.
    """
    require(by, NEEDS)
    with transaction.atomic():
        locked = lock_case(order.case)
        earlier = _sent_before(locked, entry, submission, order=order)
        if earlier is not None:
            return earlier
        row = locked_order(order, version)
        _refuse(row, steps_that_stand(row), entry)
        made = _step(by, row, entry, submission)
        _count(row)
        return made


def set_last_step_aside(*, by: User, order: CivilOrder, reason: str, version: int | None = None) -> OrderStep:
    """Say that the last step of an order was recorded by mistake, and why; it stays, and counts no more.

    The first is the order itself: that is set aside whole. Raises NotAllowed, NotRecorded, ChangedSince.
    """
    with transaction.atomic():
        case = lock_case(order.case)
        row = locked_order(order, version)
        standing = list(row.steps.filter(set_aside_at__isnull=True).order_by("on", "id"))
        _refuse_setting_aside(by, standing[-1].recorded_by_id, reason)
        if len(standing) == 1:
            raise NotRecorded({"what": "This is all that is recorded of the order: set the whole order aside"})
        if row.breaches.filter(set_aside_at__isnull=True, on__gte=standing[-1].on).exists():
            raise NotRecorded({"": "A breach is recorded from that day on. Set the breach aside first."})
        last = standing[-1]
        _aside(last, by, reason)
        _count(row)
        log(by=by, verb="set aside order step", case_id=case.pk, about={"order": row.pk, "step": last.pk})
        note(by, case, f"{row.of.label}: “{last.label}”, {day(last.on)}, was recorded by mistake. {reason.strip()}")
        return last


def set_order_aside(*, by: User, order: CivilOrder, reason: str, version: int | None = None) -> CivilOrder:
    """Say that a whole order was recorded by mistake, and why; it stays to be read, and counts no more.

    Raises NotAllowed, NotRecorded, ChangedSince.
    """
    with transaction.atomic():
        case = lock_case(order.case)
        row = locked_order(order, version)
        _refuse_setting_aside(by, row.opened_by_id, reason)
        if row.breaches.filter(set_aside_at__isnull=True).exists():
            raise NotRecorded({"": "A breach of this order is recorded. Set the breach aside first."})
        row.set_aside_by, row.set_aside_at, row.set_aside_reason = by, timezone.now(), reason.strip()
        row.version += 1
        row.save(update_fields=["set_aside_by", "set_aside_at", "set_aside_reason", "version"])
        log(by=by, verb="set aside order", case_id=case.pk, about={"order": row.pk})
        note(by, case, f"{row.of.label}: recorded by mistake. {reason.strip()}")
        return row


def locked_order(order: CivilOrder, version: int | None) -> CivilOrder:
    """The order, locked, while it stands and is as it was seen. Raises NotRecorded, ChangedSince."""
    row = CivilOrder.objects.select_for_update(of=("self",)).select_related("case__person").get(pk=order.pk)
    if not row.is_standing:
        raise NotRecorded({"": "This order was set aside meanwhile. Nothing was saved."})
    if version is not None and version != row.version:
        raise ChangedSince
    return row


def _refuse(order: CivilOrder, earlier: list[Happened], entry: Entry) -> None:
    problems = step_problems(order.of, earlier, entry.happened(), timezone.localdate())
    born_on = order.case.person.born_on
    if "on" not in problems and entry.on < born_on:
        problems["on"] = "The day must not be before the person was born"
    if entry.step is Step.APPLIED and not entry.applicant.strip():
        problems["applicant"] = "Enter who applied, such as the force"
    if any(len(line) > LONGEST_LINE for line in entry.tidy_lines):
        problems["lines"] = f"Each line must be {LONGEST_LINE} characters or fewer: press Enter between them"
    if problems:
        raise NotRecorded(problems)


def _step(by: User, order: CivilOrder, entry: Entry, submission: uuid.UUID | None) -> OrderStep:
    row = OrderStep(
        order=order,
        case=order.case,
        submission=submission,
        recorded_by=by,
        recorded_at=timezone.now(),
        **entry.fields(),
    )
    row.save(force_insert=True)
    about = {"order": order.pk, "step": row.pk, "kind": order.kind}
    log(by=by, verb=f"record order {row.step}", case_id=order.case_id, about=about)
    note(by, order.case, _in_words(order, row))
    tell_on_case(by, order.case, f"{order.of.label}: {row.label.lower()}")
    return row


def _sent_before(
    case: Case,
    entry: Entry,
    submission: uuid.UUID | None,
    *,
    kind: str = "",
    order: CivilOrder | None = None,
) -> OrderStep | None:
    """The step that this very form made before. Raises NotRecorded where it said something else then."""
    rows = OrderStep.objects.select_related("order__case")
    earlier = rows.filter(submission=submission).first() if submission else None
    if earlier is None:
        return None
    said = entry.fields()
    same = all(getattr(earlier, name) == value for name, value in said.items())
    here = earlier.order_id == order.pk if order else earlier.order.kind == kind
    if earlier.case_id != case.pk or not (same and here and earlier.is_standing and earlier.order.is_standing):
        raise NotRecorded({"": SENT_BEFORE})
    return earlier


def _refuse_setting_aside(by: User, recorded_by: int | None, reason: str) -> None:
    require(by, NEEDS)
    require(by, Permission.VOID_OWN_FACT if recorded_by == by.pk else Permission.VOID_ANY_FACT)
    if not reason.strip():
        raise NotRecorded({"reason": "Say why it was a mistake. The reason stays with it."})


def _aside(row: OrderStep, by: User, reason: str) -> None:
    row.set_aside_by, row.set_aside_at, row.set_aside_reason = by, timezone.now(), reason.strip()
    row.save(update_fields=["set_aside_by", "set_aside_at", "set_aside_reason"])


def _count(order: CivilOrder) -> None:
    order.version += 1
    order.save(update_fields=["version"])


def _in_words(order: CivilOrder, row: OrderStep) -> str:
    lines = [f"{order.of.label}: {row.label.lower()}, {day(row.on)}."]
    lines += [f"Applied for by {row.applicant}."] if row.applicant else []
    lines += [f"Court: {row.court}."] if row.court else []
    if row.open_ended:
        lines.append("Until further order.")
    elif row.until_on is not None:
        lines.append(f"Until {day(row.until_on)}.")
    lines += [f"– {line}" for line in row.prohibits]
    lines += [row.words] if row.words else []
    return "\n".join(lines)
