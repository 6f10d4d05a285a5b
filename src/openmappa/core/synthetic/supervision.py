"""The case manager's side: order or licence, OASys, plans, programme, victim contact, visits and enforcement."""

from collections.abc import Mapping
from datetime import date

from openmappa.core.standards.facts import Value
from openmappa.core.synthetic.history import History
from openmappa.core.synthetic.plan import FROM_PRISON, LEVELS
from openmappa.core.synthetic.registration import Stretch

HIGH = LEVELS[2:]
TRIES = 6
WORKING_WEEK = 10  # days that hold five working days, bank holidays and all
SEEN_BY_PROBATION: Mapping[str, Value] = {"service": "probation", "outcome": "seen", "announced": True, "joint": False}


def add_supervision(history: History) -> Stretch | None:
    """Add all that probation did; returns the recall to prison, if there was one."""
    plan = history.plan
    start, end = plan.order_on, plan.supervision_ends
    history.add(start, "order_started", {"order": plan.answers["order"], "ends": _order_ends(history)})
    _add_assessments(history, start, end)
    isp = history.after(start, "isp")
    if isp is not None and isp <= end:
        history.add(isp, "isp_completed")
    _add_reviews(history, "plan_review", "plan_reviewed", start, end)
    _add_programme(history, start, end)
    _add_victim_contact(history, start, end)
    recalled = _add_enforcement(history, start, end)
    _add_visits(history, start, end, recalled)
    if plan.order_ended_on is not None:
        history.add(end, "order_ended")
    return recalled


def _order_ends(history: History) -> date:
    """The day the order runs out: it ended then, or lies far enough ahead of the caseload's day."""
    plan = history.plan
    if plan.order_ended_on is not None:
        return history.calendar.date(plan.order_ended_on)
    months = 12 + 6 * history.dice.between(0, 3) + 12 * plan.has("order", "extended_licence")
    while (ends := history.months_after(plan.order_on, months)).toordinal() <= plan.until:
        months += 6
    return ends


def _add_incidents(history: History, start: int, end: int, reviews: list[int]) -> list[int]:
    """Add significant incidents; returns the days on which an OASys followed one."""
    assessed = set()
    for _ in range({"none": 0, "one": 1, "two": 2}[history.plan.answers["incident"]]):
        day = _quiet_day(history, start + 20, max(start + 20, end - 12), reviews)
        history.add(day, "significant_incident")
        done = history.after(day, "oasys_incident")
        if done is not None and done <= end:
            assessed.add(done)
    return sorted(assessed)


def _quiet_day(history: History, first: int, last: int, reviews: list[int]) -> int:
    """A day without an OASys review just after it, if one turns up: a review would answer for the incident too."""
    days = [history.dice.between(first, last) for _ in range(TRIES)]
    quiet = (day for day in days if not any(0 <= review - day <= WORKING_WEEK for review in reviews))
    return next(quiet, days[0])


def _add_assessments(history: History, start: int, end: int) -> None:
    """OASys at the start, after incidents, every 16 weeks and at the end; risk of harm and the plan that follows it."""
    plan = history.plan
    now = plan.answers["harm"]
    before = plan.answers.get("harm_before", now)
    first = history.after(start, "oasys_start")
    if first is not None and first > end:
        first = None
    known = first if plan.has("oasys_start", "on_time") and first else history.drawn_after(start, "harm_set")
    changed = _add_harm_change(history, known, end)

    def harm_on(day: int) -> str:
        return before if changed is None or day < changed else now

    if first is not None:
        history.add(first, "oasys_completed", {"stage": "start", "harm": harm_on(first)})
    if first != known and known <= end:
        history.add(known, "harm_level_set", {"level": before})
    reviews = _review_days(history, "oasys_review", start, end)
    for day in _add_incidents(history, start, end, reviews):
        history.add(day, "oasys_completed", {"stage": "incident", "harm": harm_on(day)})
    for day in reviews:
        history.add(day, "oasys_completed", {"stage": "review", "harm": harm_on(day)})
    if plan.order_ended_on is not None and first is not None:
        history.add(end, "oasys_completed", {"stage": "end", "harm": harm_on(end)})
    _add_risk_management_plan(history, known, changed, end, before, now)


def _add_harm_change(history: History, known: int, end: int) -> int | None:
    """Add a change of the risk of harm and its telling to the police; returns its day."""
    if not history.plan.has("harm_change", "changed") or end - known < 50:
        return None
    day = history.calendar.open_day(history.dice.between(known + 30, end - 14))
    history.add(day, "harm_level_set", {"level": history.plan.answers["harm"]})
    told = history.after(day, "harm_change_passed_on")
    if told is not None:
        history.add(told, "risk_change_acknowledged", {"service": "police"})
    return day


def _add_risk_management_plan(
    history: History, known: int, changed: int | None, end: int, before: str, now: str
) -> None:
    """A plan for each stretch in which risk of harm is high or very high, with its reviews."""
    stretches = []
    if before in HIGH:
        stretches.append((known, end if changed is None or now in HIGH else changed - 1))
    elif changed is not None and now in HIGH:
        stretches.append((changed, end))
    for first, last in stretches:
        day = history.after(first, "rmp")
        if day is not None and day <= last:
            history.add(day, "rmp_completed")
            _add_reviews(history, "rmp_review", "rmp_reviewed", first, last)


def _add_reviews(history: History, figure: str, kind: str, start: int, end: int) -> None:
    for day in _review_days(history, figure, start, end):
        history.add(day, kind)


def _review_days(history: History, figure: str, start: int, end: int) -> list[int]:
    """The days of a chain of reviews, each counted from the one before."""
    days: list[int] = []
    day = history.after(start, figure)
    while day is not None and day <= end:
        days.append(day)
        day = history.after(day, figure)
    return days


def _add_programme(history: History, start: int, end: int) -> None:
    if history.plan.has("programme", "required"):
        history.add(start, "programme_required")
        day = history.after(start, "programme_start")
        if day is not None and day <= end:
            history.add(day, "programme_started")


def _add_victim_contact(history: History, start: int, end: int) -> None:
    if history.plan.has("victim_contact", "eligible"):
        history.add(start, "victim_contact_eligible")
        day = history.after(start, "victim_referral")
        if day is not None and day <= end:
            history.add(day, "victim_unit_referred")


def _add_visits(history: History, start: int, end: int, recalled: Stretch | None) -> None:
    """The case manager's own home visits (9.12)."""
    if not history.plan.has("probation_visits", "yes"):
        return
    day = history.drawn_after(start, "first_probation_visit")
    while day <= end:
        if recalled is None or not recalled[0] <= day <= recalled[1]:
            history.add(day, "home_visit", SEEN_BY_PROBATION)
        day = history.drawn_after(day, "probation_visit_gap")


def _add_enforcement(history: History, start: int, end: int) -> Stretch | None:
    """A breach, what was done about it, and the recall to prison if there was one."""
    plan = history.plan
    if not plan.has("breach", "yes") or end - start < 60:
        return None
    day = history.calendar.open_day(history.dice.between(start + 30, end - 25))
    history.add(day, "breach_found")
    done = history.after(day, "enforcement")
    if done is not None and done <= end:
        history.add(done, "enforcement_taken")
    if not plan.has("order", *FROM_PRISON) or plan.has("recall", "not_recalled") or done is None or done > end:
        return None
    first = history.drawn_after(done, "recall_after")
    released = history.drawn_after(first, "recall_length")
    return first, plan.until + 1 if plan.has("recall", "still_inside") else released
