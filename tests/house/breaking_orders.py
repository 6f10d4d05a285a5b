"""For each constraint on civil orders and recalls: a row that breaks it."""

from collections.abc import Callable

from django.utils import timezone
from tests.orders.build import a_breach_row, a_recall_row, a_step_row, an_order_row
from tests.timeline.build import ago, make_person, write

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Role

NOW = timezone.now


def by() -> User:
    return make_person(Role.LINE_MANAGER)


def order(case: Case, **changed: object) -> None:
    an_order_row(case, by(), **changed)


def step(case: Case, **changed: object) -> None:
    who = by()
    a_step_row(an_order_row(case, who), who, **changed)


def breach(case: Case, **changed: object) -> None:
    who = by()
    a_breach_row(an_order_row(case, who), who, **changed)


def recall(case: Case, **changed: object) -> None:
    a_recall_row(case, by(), **changed)


BREAKS: dict[str, Callable[[Case], object]] = {
    "civil_order_kind_is_known": lambda case: order(case, kind="king"),
    "civil_order_set_aside_for_a_reason": lambda case: order(case, set_aside_at=NOW()),
    "order_step_is_known": lambda case: step(case, step="king", open_ended=False),
    "order_step_says_until_when": lambda case: step(case, open_ended=False),
    "order_step_says_who_applied": lambda case: step(case, step="applied", open_ended=False),
    "order_step_set_aside_for_a_reason": lambda case: step(case, set_aside_reason="A mistake"),
    "order_breach_says_what": lambda case: breach(case, what=""),
    "order_breach_reported_after_it_happened": lambda case: breach(case, reported_on=ago(11)),
    "order_breach_charged_after_it_was_reported": lambda case: breach(case, charged_on=ago(10)),
    "order_breach_convicted_after_the_charge": lambda case: breach(case, convicted_on=ago(1)),
    "order_breach_ends_in_one_way": lambda case: breach(
        case, charged_on=ago(5), convicted_on=ago(1), dropped_on=ago(1)
    ),
    "order_breach_set_aside_for_a_reason": lambda case: breach(case, set_aside_at=NOW()),
    "recall_says_why": lambda case: recall(case, words=""),
    "recall_decided_after_it_was_asked_for": lambda case: recall(case, decision="revoked"),
    "recall_returned_once_revoked": lambda case: recall(case, returned=write(case, "custody_started", ago(3))),
    "recall_released_once_returned": lambda case: recall(
        case, decision="revoked", decided_on=ago(3), released=write(case, "order_started", ago(3), order="licence")
    ),
    "recall_set_aside_for_a_reason": lambda case: recall(case, set_aside_at=NOW()),
}
