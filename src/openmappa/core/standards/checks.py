"""What cannot have happened: the objections to a fact that somebody is about to record.

A caseload file is taken as another system kept it, oddities and all; a person at a screen is told at once. Each
objection names the field it is about and says, in a sentence, what stands against it.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from openmappa.core.standards.facts import Fact
from openmappa.core.standards.state import State, state

REGISTRATION_KINDS = frozenset(
    {
        "registration_ended",
        "initial_notification_made",
        "annual_notification_made",
        "details_changed",
        "details_notified",
    }
)
ORDER_KINDS = frozenset({"order_ended", "isp_completed", "plan_reviewed"})


class Objection(NamedTuple):
    """Why a fact cannot stand: the field it is about (``on`` or a detail's name) and a sentence."""

    field: str
    sentence: str


def objections(fact: Fact, earlier: Sequence[Fact], *, born_on: date, today: date) -> tuple[Objection, ...]:
    """Everything that stands against recording ``fact`` on a case that has the facts ``earlier``. Empty: it may stand.

    ``earlier`` is whatever is on the case already, in any order; ``today`` is the day of recording.
    """
    if fact.on > today:
        return (Objection("on", f"The date must be today or in the past. {_day(fact.on)} has not come yet."),)
    if fact.on < born_on:
        return (Objection("on", f"The date must be after the person was born, {_day(born_on)}."),)
    before = state(earlier, fact.on - timedelta(days=1))
    same_day = state(earlier, fact.on)
    return (
        *_after_closing(fact, same_day),
        *_registration(fact, same_day, earlier),
        *_supervision(fact, same_day),
        *_custody(fact, before, same_day),
        *_visit(fact, before, same_day, earlier),
        *_action(fact, earlier),
        *_spans(fact),
    )


def leaning_on(fact: Fact, others: Sequence[Fact]) -> Fact | None:
    """The first fact that voiding ``fact`` would leave in the air: a signature under it, an action's completion.

    ``others`` are the facts that stand beside it. None when nothing leans on it.
    """
    later = [other for other in others if other.on >= fact.on]
    if fact.kind == "action_agreed":
        completed = (one for one in later if one.kind == "action_completed")
        return next((one for one in completed if one.details["action"] == fact.details["action"]), None)
    if fact.kind != "rm2000_completed":
        return None
    next_score = min((one.on for one in later if one.kind == "rm2000_completed" and one.on > fact.on), default=date.max)
    return next((one for one in later if one.kind == "rm2000_countersigned" and one.on < next_score), None)


def _after_closing(fact: Fact, now: State) -> Iterator[Objection]:
    if now.closed:
        yield Objection("on", "The case was closed on or before this day. Nothing can be recorded after that.")


def _registration(fact: Fact, now: State, earlier: Sequence[Fact]) -> Iterator[Objection]:
    if fact.kind in REGISTRATION_KINDS and not now.registered:
        first = min((known.on for known in earlier if known.kind == "registered"), default=None)
        if first is None:
            yield Objection("on", "This person is not registered. Record the registration first.")
        elif fact.on < first:
            yield Objection("on", f"The date must be on or after the day of registration, {_day(first)}.")
        else:
            yield Objection("on", "The registration had ended by this day.")
    if fact.kind == "rm2000_countersigned" and now.band is None:
        yield Objection("on", "There was no RM2000 to countersign by this day.")


def _supervision(fact: Fact, now: State) -> Iterator[Objection]:
    if fact.kind in ORDER_KINDS and not now.supervised:
        yield Objection("on", "There was no order or licence on this day. Record when it started first.")


def _custody(fact: Fact, before: State, now: State) -> Iterator[Objection]:
    if fact.kind == "custody_ended" and not now.in_custody:
        yield Objection("on", "This person was not in custody on this day, as far as the record shows.")
    if fact.kind == "custody_started" and before.in_custody and now.in_custody:
        yield Objection("on", "This person was already in custody on this day.")


def _visit(fact: Fact, before: State, now: State, earlier: Sequence[Fact]) -> Iterator[Objection]:
    if fact.kind != "home_visit":
        return
    starts = ("registered",) if fact.details["service"] == "police" else ("registered", "order_started")
    first = min((known.on for known in earlier if known.kind in starts), default=None)
    if first is None:
        yield Objection("on", "This person is not registered or on an order yet. Record that first.")
    elif fact.on < first:
        what = "registration" if starts == ("registered",) else "registration or order"
        yield Objection("on", f"A visit cannot be before the {what} began, {_day(first)}.")
    if fact.details["outcome"] == "seen" and before.in_custody and now.in_custody:
        yield Objection("outcome", "This person was in custody on this day and cannot have been seen at home.")


def _action(fact: Fact, earlier: Sequence[Fact]) -> Iterator[Objection]:
    agreed = {known.details["action"]: known for known in earlier if known.kind == "action_agreed"}
    if fact.kind == "action_agreed" and fact.details["action"] in agreed:
        yield Objection("action", "An action with this number is on the case already. Give it another.")
    if fact.kind == "action_completed":
        start = agreed.get(fact.details["action"])
        if start is None:
            yield Objection("action", "No action with this number was agreed on this case.")
        elif fact.on < start.on:
            yield Objection("on", f"The action was only agreed on {_day(start.on)}.")


def _spans(fact: Fact) -> Iterator[Objection]:
    for field in ("ends", "due_on"):
        end = fact.details.get(field)
        if isinstance(end, date) and end < fact.on:
            yield Objection(field, f"This must be on or after {_day(fact.on)}.")


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
