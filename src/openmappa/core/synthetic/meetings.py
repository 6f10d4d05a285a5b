"""MAPPA: the level, the Level 2 and 3 meetings, their minutes and actions, and telling the offender."""

from openmappa.core.synthetic.history import History

REGISTERED, OTHER_OFFENDER = 1, 2  # MAPPA categories
SERVICES = ("probation", "police")
HOW_MANY = {"one": 1, "two": 2, "three": 3}


def add_meetings(history: History) -> None:
    """Add the levels, and the meetings for as long as the level and the supervision last."""
    plan = history.plan
    category = REGISTERED if plan.registered else OTHER_OFFENDER
    day, end = plan.clocks["level"], plan.supervision_ends
    level = plan.level
    earlier = {"from_3": 3, "from_1": 1}.get(plan.answers.get("level_change", ""), level)
    history.add(day, "mappa_level_set", {"level": earlier, "category": category})
    changed = day
    if earlier != level:
        changed = history.drawn_after(day, "level_change")
        history.add(changed, "mappa_level_set", {"level": level, "category": category})
    if plan.order_ended_on is not None and level > 1:
        history.add(end, "mappa_level_set", {"level": 1, "category": category})
    if level > 1:
        _hold_meetings(history, changed if earlier == 1 else day, changed, earlier, end)


def _hold_meetings(history: History, start: int, changed: int, earlier: int, end: int) -> None:
    figure = f"mappa_review_{history.plan.level}"
    if history.plan.has(figure, "none"):
        return
    actions = 0
    short = True
    day = start
    while True:
        if history.plan.has(figure, "irregular"):
            day = history.drawn_after(day, "meeting_short_gap" if short else "meeting_long_gap")
            short = not short
        else:
            day = history.after(day, figure) or end
        if day >= end:
            return
        history.add(day, "mappa_meeting_held", {"level": earlier if day < changed else history.plan.level})
        actions = _add_outcome(history, day, actions)


def _add_outcome(history: History, day: int, actions: int) -> int:
    """Minutes, actions and the word to the offender; returns the number of actions agreed so far."""
    for service in SERVICES:
        if history.plan.has(f"minutes_{service}", "yes"):
            filed = history.drawn_after(
                day, "minutes_on_time" if history.happens("minutes_on_time") else "minutes_late"
            )
            history.add(filed, "minutes_filed", {"service": service})
    if history.plan.has("offender_informed", "yes"):
        history.add(history.drawn_after(day, "informed"), "offender_informed")
    for _ in range(HOW_MANY[history.dice.answer(history.shape.figures["actions_agreed"])]):
        actions += 1
        _add_action(history, day, f"A{actions}")
    return actions


def _add_action(history: History, day: int, action: str) -> None:
    due = history.drawn_after(day, "action_term")
    service = "probation" if history.happens("action_for_probation") else "police"
    history.add(day, "action_agreed", {"action": action, "due_on": history.calendar.date(due), "service": service})
    figure = history.shape.figures["action_done"]
    span = figure.spans.get(history.dice.answer(figure))
    if span is not None:
        done = max(day + 1, due + history.dice.within(span))
        history.add(history.calendar.open_day(done), "action_completed", {"action": action})
