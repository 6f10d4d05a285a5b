"""Registration, prison and notification: the offender's own duties, and where he or she was when."""

from collections.abc import Mapping

from openmappa.core.standards.facts import Value
from openmappa.core.synthetic.history import History
from openmappa.core.synthetic.plan import PERIOD_YEARS

PERIODS = ("period_community", "period_suspended", "period_licence", "period_extended")
Stretch = tuple[int, int]  # first and last day at liberty


def add_registration(history: History, recalled: Stretch | None) -> list[Stretch]:
    """Add registration, prison and notifications; returns the stretches at liberty as a registered person.

    `recalled` is the first and the last day of a recall to prison; the last is after the case's last day if it goes on.
    """
    plan = history.plan
    if plan.sentenced_on is not None:
        history.add(plan.sentenced_on, "custody_started")
        history.add(plan.order_on, "custody_ended")
    if recalled:
        history.add(recalled[0], "custody_started")
        history.add(recalled[1], "custody_ended")
    if plan.closed_on is not None:
        history.add(plan.closed_on, "case_closed")
    if not plan.registered:
        return []
    period = next(plan.answers[name] for name in PERIODS if name in plan.answers)
    day = plan.registered_on
    ends: Mapping[str, Value] = (
        {} if period == "indefinite" else {"ends": history.months_after(day, 12 * PERIOD_YEARS[period])}
    )
    history.add(day, "registered", ends)
    if plan.closed_on is not None:
        history.add(plan.closed_on, "registration_ended")
    stretches = [(plan.order_on, plan.last_day)]
    if recalled:
        stretches = [(plan.order_on, recalled[0])]
        if recalled[1] < plan.last_day:
            stretches.append((recalled[1], plan.last_day))
    _add_notifications(history, stretches)
    return stretches


def _add_notifications(history: History, stretches: list[Stretch]) -> None:
    """The first notification of each stretch, changes of address, and one notification a year."""
    starts = stretches[0][0]
    changes = {"none": 0, "one": 1, "two": 2}[history.plan.answers["address_changes"]]
    changed = sorted(history.dice.between(starts + 30, max(starts + 31, stretches[-1][1])) for _ in range(changes))
    for first, last in stretches:
        told = _notified(history, first)
        history.add(told, "initial_notification_made")
        due_from = told
        for day in changed:
            if first < day <= last:
                due_from = _add_yearly(history, due_from, day)
                what = history.dice.one_of(("address", "address", "address", "name", "travel", "other"))
                history.add(day, "details_changed", {"what": what})
                told = _notified(history, day)
                if told <= last and history.add(told, "details_notified", {"what": what}):
                    due_from = told
        _add_yearly(history, due_from, last)


def _notified(history: History, day: int) -> int:
    return day + history.drawn("notified_on_time" if history.happens("notified_on_time") else "notified_late")


def _add_yearly(history: History, since: int, until: int) -> int:
    """Add the annual notifications between two days; returns the day of the last one, or `since`."""
    while True:
        kept = history.happens("annual_kept")
        day = since + history.drawn("annual_on_time" if kept else "annual_late")
        if day >= until:
            return since
        history.add(day, "annual_notification_made")
        since = day
