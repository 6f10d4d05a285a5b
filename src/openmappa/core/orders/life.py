"""The life of a civil order: applied for, made, varied, renewed, ended; and how it stood on a day.

An order is what was recorded of it, step by step. How it stands is worked out from its steps and never stored.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from openmappa.core.dates import add_days, add_months
from openmappa.core.orders.kinds import OrderKind
from openmappa.core.standards.words import in_full

SOON_MONTHS = 3
"""An order that ends within so many months is flagged (A): time to decide on another and to apply for it."""


class Step(StrEnum):
    """What happens to an order."""

    APPLIED = "applied"
    INTERIM = "interim"
    MADE = "made"
    VARIED = "varied"
    RENEWED = "renewed"
    DISCHARGED = "discharged"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The step as pages say it."""
        return _STEPS[self]


_STEPS = {
    Step.APPLIED: "Applied for",
    Step.INTERIM: "Interim order made",
    Step.MADE: "Order made",
    Step.VARIED: "Varied",
    Step.RENEWED: "Renewed",
    Step.DISCHARGED: "Discharged",
    Step.REFUSED: "Refused",
    Step.WITHDRAWN: "Application withdrawn",
}
LASTING = (Step.INTERIM, Step.MADE, Step.RENEWED)
"""The steps that say until when."""


class Stands(StrEnum):
    """How an order stands."""

    APPLIED = "Applied for"
    INTERIM = "Interim order in force"
    IN_FORCE = "In force"
    ENDED = "Ended"
    DISCHARGED = "Discharged"
    REFUSED = "Refused"
    WITHDRAWN = "Application withdrawn"


@dataclass(frozen=True, slots=True)
class Happened:
    """One step on one day. ``until_on`` is the last day of the order; neither it nor ``open_ended``: none was said.

    ``lines`` are what the order prohibits or requires from then on.
    """

    step: Step
    on: date
    until_on: date | None = None
    open_ended: bool = False
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderState:
    """How an order stood at the end of a day, since when, and what it prohibited or required."""

    stands: Stands
    since: date
    until_on: date | None = None
    open_ended: bool = False
    lines: tuple[str, ...] = ()

    @property
    def in_force(self) -> bool:
        """Whether it was to be obeyed, an interim order included."""
        return self.stands in (Stands.INTERIM, Stands.IN_FORCE)

    def ends_soon(self, day: date) -> bool:
        """Whether it is in force and ends within three months of the day."""
        return self.in_force and self.until_on is not None and self.until_on <= add_months(day, SOON_MONTHS)


_OVER = {
    Step.DISCHARGED: Stands.DISCHARGED,
    Step.REFUSED: Stands.REFUSED,
    Step.WITHDRAWN: Stands.WITHDRAWN,
}


def stood(steps: Sequence[Happened], day: date) -> OrderState | None:
    """How an order stood at the end of a day; None where nothing had happened yet. ``steps`` are in their order."""
    state: OrderState | None = None
    for each in steps:
        if each.on <= day:
            state = _after(None if state is None else _as_of(state, each.on), each)
    return None if state is None else _as_of(state, day)


def _after(state: OrderState | None, step: Happened) -> OrderState:
    if step.step is Step.APPLIED:
        return OrderState(Stands.APPLIED, step.on)
    if step.step is Step.DISCHARGED and state is not None and state.stands is Stands.INTERIM:
        return OrderState(Stands.APPLIED, step.on)  # the interim order is gone, the application is not
    if step.step in _OVER:
        return OrderState(_OVER[step.step], step.on)
    lines = step.lines or (state.lines if state is not None else ())
    if step.step in (Step.INTERIM, Step.MADE):
        stands = Stands.INTERIM if step.step is Step.INTERIM else Stands.IN_FORCE
        return OrderState(stands, step.on, step.until_on, step.open_ended, lines)
    before = state or OrderState(Stands.IN_FORCE, step.on)
    if step.step is Step.RENEWED:
        return OrderState(before.stands, before.since, step.until_on, step.open_ended, lines)
    return OrderState(before.stands, before.since, before.until_on, before.open_ended, lines)


def _as_of(state: OrderState, day: date) -> OrderState:
    """The state once its last day has passed: an order has ended; after an interim one the application still waits."""
    if not state.in_force or state.until_on is None or day <= state.until_on:
        return state
    if state.stands is Stands.INTERIM:
        return OrderState(Stands.APPLIED, add_days(state.until_on, 1))
    return OrderState(Stands.ENDED, add_days(state.until_on, 1), state.until_on)


def possible_next(kind: OrderKind, state: OrderState | None) -> tuple[Step, ...]:
    """What can happen to an order that stands so; of one that is over, nothing more."""
    if state is None:
        return (Step.APPLIED, Step.MADE)
    if state.stands is Stands.APPLIED:
        interim = (Step.INTERIM,) if kind.may_be_interim else ()
        return (Step.MADE, *interim, Step.REFUSED, Step.WITHDRAWN)
    if state.stands is Stands.INTERIM:
        return (Step.MADE, Step.VARIED, Step.RENEWED, Step.DISCHARGED, Step.REFUSED, Step.WITHDRAWN)
    if state.stands is Stands.IN_FORCE:
        return (Step.VARIED, Step.RENEWED, Step.DISCHARGED)
    return ()


def step_problems(kind: OrderKind, earlier: Sequence[Happened], new: Happened, today: date) -> dict[str, str]:
    """What is wrong with another step of an order, by field: "on", "until_on", "lines", "" for the step itself."""
    if new.on > today:
        return {"on": "The day must be today or in the past"}
    if earlier and new.on < earlier[-1].on:
        last = earlier[-1]
        return {"on": f"The day must not be before {in_full(last.on)}, the day of what came last: {last.step.label}"}
    state = stood(earlier, new.on)
    if new.step not in possible_next(kind, state):
        how = "no step of it is recorded" if state is None else f"it stood as “{state.stands}”"
        return {"": f"“{new.step.label}” cannot follow: on {in_full(new.on)} {how}."}
    applied = next((one.on for one in earlier if one.step is Step.APPLIED), None)
    problems = _law_problems(kind, applied, new) | _length_problems(kind, state, new)
    if kind.prohibits and new.step in (Step.INTERIM, Step.MADE, Step.VARIED) and not new.lines:
        problems["lines"] = "Enter what the order prohibits or requires, one to a line"
    return problems


def _law_problems(kind: OrderKind, applied_on: date | None, new: Happened) -> dict[str, str]:
    if new.step not in (Step.APPLIED, Step.INTERIM, Step.MADE) or kind.could_be_made_on(new.on, applied_on):
        return {}
    if new.on < kind.from_on:
        return {"on": f"The law has had this order only since {in_full(kind.from_on)}. Was it another kind?"}
    until = in_full(kind.until_on or new.on)
    return {"on": f"This order could be applied for until {until}. Was it another kind, or applied for earlier?"}


def _length_problems(kind: OrderKind, state: OrderState | None, new: Happened) -> dict[str, str]:
    if new.step not in LASTING:
        return {}
    interim = new.step is Step.INTERIM or (new.step is Step.RENEWED and state and state.stands is Stands.INTERIM)
    if new.open_ended:
        if interim:
            return {"until_on": "An interim order has a last day: enter it"}
        return {} if kind.until_further_order else {"until_on": "This order has a last day: enter it"}
    if new.until_on is None:
        return {"until_on": "Enter the last day of the order"}
    if new.until_on < new.on:
        return {"until_on": "The last day must not be before the day on which it was made"}
    if new.step is Step.RENEWED and state and state.until_on and new.until_on <= state.until_on:
        return {"until_on": f"A renewed order must end later than it did: after {in_full(state.until_on)}"}
    return {} if interim else _bounds(kind, new.step, new.on, new.until_on)


def _bounds(kind: OrderKind, step: Step, on: date, until_on: date) -> dict[str, str]:
    earliest = kind.earliest_end(on) if step is Step.MADE else None
    latest = kind.latest_end(on)
    if earliest is not None and until_on < earliest:
        least = f"{(kind.shortest or 0) // 12} years"
        return {"until_on": f"This order lasts at least {least}: until {in_full(earliest)} or later"}
    if latest is not None and until_on > latest:
        return {"until_on": f"Made on that day, this order lasts until {in_full(latest)} at the latest"}
    return {}
