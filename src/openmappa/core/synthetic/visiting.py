"""The police officer's side: RM2000 and home visits, planned and made."""

from collections.abc import Mapping

from openmappa.core.packs.model import Pack
from openmappa.core.standards.facts import Value
from openmappa.core.synthetic.history import History
from openmappa.core.synthetic.registration import Stretch

Policy = Mapping[tuple[str, str], int | None]  # (force, band): months between planned visits; None: none planned
MONTH = 30.4375
OUTCOMES = ("seen", "not_seen", "refused")


def policy_of(pack: Pack) -> Policy:
    """The pack's table of visit intervals, by force and band (Table 1)."""
    table = next(table for table in pack.tables.values() if set(table.by) == {"force", "band"})
    rows = ((dict(zip(table.by, key, strict=True)), months) for key, months in table.rows.items())
    return {(str(key["force"]), str(key["band"])): months for key, months in rows}


def visit(outcome: str, *, announced: bool = False, joint: bool = False) -> Mapping[str, Value]:
    """The details of a police home visit."""
    return {"service": "police", "outcome": outcome, "announced": announced, "joint": joint}


PLAIN = {outcome: visit(outcome) for outcome in OUTCOMES}
ANNOUNCED = visit("seen", announced=True)
JOINT = visit("seen", joint=True)


def add_police_work(history: History, policy: Policy, at_liberty: list[Stretch]) -> None:
    """Add the RM2000, its countersigning and its repeat, the visit interval where it is not the force's, the visits."""
    if "rm2000" not in history.plan.clocks:
        return
    again = _add_rm2000(history)
    _set_interval(history, policy, again)
    starts = history.plan.clocks["visiting"]
    joint = history.plan.has("joint_visits", "yes")
    for first, last in at_liberty:
        if last > starts:
            joint = _add_visits(history, max(first, starts), last, joint)


def _add_rm2000(history: History) -> int | None:
    """Add the scorings; returns the day of the second one, if it fell in another band."""
    plan = history.plan
    day = plan.clocks["rm2000"]
    band = plan.answers["band"]
    rank = plan.answers["rm2000_rank"]
    history.add(day, "rm2000_completed", {"band": plan.answers.get("band_before", band), "rank": rank})
    signed = history.after(day, "rm2000_countersigned")
    if signed is not None:
        history.add(signed, "rm2000_countersigned")
    again = history.after(day, "band_change")
    if again is None:
        return None
    again = min(again, max(day + 1, plan.last_day - 10))
    history.add(again, "rm2000_completed", {"band": band, "rank": rank})
    if not plan.has("band_change", "changed"):
        return None
    told = history.after(again, "band_change_passed_on")
    if told is not None:
        history.add(told, "risk_change_acknowledged", {"service": "probation"})
    return again


def _set_interval(history: History, policy: Policy, again: int | None) -> None:
    """Set the interval when the force's table does not already give the one that is planned."""
    plan = history.plan
    planned, band = plan.planned_months, plan.answers["band"]
    if policy[plan.force, plan.answers.get("band_before", band)] != planned:
        history.add(plan.clocks["visiting"], "visit_interval_set", {"months": planned})
    elif again is not None and policy[plan.force, band] != planned:
        history.add(again, "visit_interval_set", {"months": planned})


def _add_visits(history: History, start: int, end: int, joint: bool) -> bool:
    """Add the visits of one stretch at liberty; returns whether a joint visit is still to be made."""
    made = int(history.plan.answers[f"actual_visits_{history.plan.planned_months}"])
    wobble = min(9, int(made * MONTH * 0.12))
    day = start + history.drawn("first_police_visit")
    before = start
    while day <= end:
        day = day if history.happens("weekend_visit") else history.calendar.open_day(day)
        _add_attempt(history, before, day, end)
        history.add(day, "home_visit", JOINT if joint else PLAIN["seen"])
        joint = False
        if history.happens("announced_visit"):
            again = history.drawn_after(day, "failed_attempt_before")
            if again < end:
                history.add(again, "home_visit", ANNOUNCED)
        before = day
        day += int(made * MONTH) - 1 + history.dice.between(-wobble, wobble)
    _add_attempt(history, before, day, end)
    return joint


def _add_attempt(history: History, since: int, day: int, end: int) -> None:
    """A visit that found nobody in, or no way in, a few days before the one that did."""
    rolled = history.dice.roll()
    chances = history.shape.chances
    if rolled < chances["not_seen_first"] + chances["refused_first"]:
        outcome = "not_seen" if rolled < chances["not_seen_first"] else "refused"
        tried = max(since + 1, day - history.drawn("failed_attempt_before"))
        if tried < min(day, end):
            history.add(tried, "home_visit", PLAIN[outcome])
