"""Screening a referral: by when it is decided, who sits in which seat, and whether all have said what they think."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from openmappa.core.dates import add_working_days, is_working_day
from openmappa.core.packs.mappa_referral_rules import MappaReferralRules, ScreeningTime, Seat
from openmappa.core.posts import RANKS_OF_AGENCY
from openmappa.core.standards.words import in_full


@dataclass(frozen=True, slots=True)
class Pause:
    """More was asked of the referrer on one day, and answered on another (None: not yet)."""

    asked_on: date
    answered_on: date | None


@dataclass(frozen=True, slots=True)
class Clock:
    """By when a referral is decided, and how that came about. ``stands``: it waits for an answer."""

    due_on: date
    steps: tuple[str, ...]
    stands: bool


def clock(sent_on: date, pauses: Sequence[Pause], time: ScreeningTime, *, urgent: bool, today: date) -> Clock:
    """By when a referral sent on a day is decided. The working days spent waiting for answers are added to it."""
    allowed = time.urgent_working_days if urgent else time.working_days
    steps = [f"Sent on {in_full(sent_on)}: {_days(allowed)}{', since it is urgent' if urgent else ''}"]
    waited = 0
    for pause in pauses:
        until = pause.answered_on or max(today, pause.asked_on)
        days = working_days_between(pause.asked_on, until)
        waited += days
        end = f"answered on {in_full(until)}" if pause.answered_on else "not answered yet, so the clock stands still"
        steps.append(f"More was asked on {in_full(pause.asked_on)}, {end}: {_days(days)} more")
    due_on = add_working_days(sent_on, allowed + waited)
    steps.append(f"To be decided by {in_full(due_on)}")
    return Clock(due_on, tuple(steps), any(pause.answered_on is None for pause in pauses))


def working_days_between(first: date, last: date) -> int:
    """How many working days come after ``first``, up to and including ``last``."""
    return sum(is_working_day(first + timedelta(days=day)) for day in range(1, (last - first).days + 1))


def is_late(due_on: date, decided_on: date | None, today: date) -> bool:
    """Whether it was decided after its day, or is not decided though its day is over."""
    return (decided_on or today) > due_on


def seat_of(service: str | None, rank: str, rules: MappaReferralRules) -> Seat | None:
    """The seat that somebody of this service and rank may sit in; None where there is none."""
    return next((seat for seat in rules.seats if sits(seat, service, rank)), None)


def sits(seat: Seat, service: str | None, rank: str) -> bool:
    """Whether somebody of this service and rank is of the seat's service and has at least its rank."""
    ranks = [each.value for each in RANKS_OF_AGENCY[seat.service]]
    return service == seat.service and rank in ranks and ranks.index(rank) >= ranks.index(seat.from_rank)


def missing(views: Mapping[str, str], rules: MappaReferralRules) -> tuple[str, ...]:
    """Why a referral cannot be decided yet: one sentence for each seat whose view (by seat) is not there."""
    return tuple(
        f"The view of the {seat.label[0].lower()}{seat.label[1:]} is missing."
        if seat.id in views
        else f"Nobody has been asked to screen it as {seat.label[0].lower()}{seat.label[1:]}."
        for seat in rules.seats
        if not views.get(seat.id)
    )


def dissent(outcome: str, views: Mapping[str, str]) -> tuple[str, ...]:
    """The seats whose view was another than the outcome."""
    return tuple(seat for seat, view in views.items() if view and view != outcome)


def _days(count: int) -> str:
    return f"{count} working day{'' if count == 1 else 's'}"
