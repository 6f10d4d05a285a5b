"""Why a duty is due when it is, step by step: what started it, what the rule allows, how the days were counted."""

from collections.abc import Iterator, Sequence
from datetime import date

from openmappa.core.dates import add_months, bank_holidays
from openmappa.core.packs.model import Condition, Pack, Standard, Unit
from openmappa.core.standards.clocks import ENGINE_FIELDS, Clock, plan_for
from openmappa.core.standards.duties import Duty
from openmappa.core.standards.facts import Fact, Value
from openmappa.core.standards.state import EFFECTS, state
from openmappa.core.standards.words import describe, describe_in_sentence, in_full, interval_words

MOST_HOLIDAYS_NAMED = 6

_TRUE_OR_FALSE = {
    "supervised": ("under supervision", "not under supervision"),
    "in_custody": ("in custody", "not in custody"),
    "registered": ("registered", "not registered"),
}
_LEVELS = {
    "band": "likelihood of reconviction",
    "harm": "risk of harm",
    "mappa_level": "MAPPA level",
    "mappa_category": "MAPPA category",
}


def explain(duty: Duty, pack: Pack, force: str, facts: Sequence[Fact]) -> tuple[str, ...]:
    """The steps from what happened to the due date, one sentence each.

    ``pack`` is the one that judged the duty, ``facts`` are the same, in the same order, as were given to ``duties``.
    """
    standard = pack.standard(duty.standard)
    clock = next(clock for clock in plan_for(pack).clocks if clock.standard is standard)
    return (_started(duty, standard, facts), *_counted(duty, clock, force, facts))


def conditions_in_words(conditions: Sequence[Condition]) -> str:
    """Conditions as they stand in a sentence: "registered, not in custody, likelihood of reconviction known"."""
    return ", ".join(map(_condition, conditions)) or "the case open"


def _condition(condition: Condition) -> str:
    field, allowed = condition
    if allowed is None:
        return f"{_LEVELS.get(field, field)} known"
    if field in _TRUE_OR_FALSE:
        yes, no = _TRUE_OR_FALSE[field]
        return yes if True in allowed else no
    return f"{_LEVELS[field]} {_either(sorted(allowed, key=_step))}"


def _step(value: Value) -> tuple[int, str]:
    text = str(value)
    return (
        (("low", "medium", "high", "very_high").index(text), "")
        if text in ("low", "medium", "high", "very_high")
        else (0, text)
    )


def _either(values: Sequence[Value]) -> str:
    return " or ".join(str(value).replace("_", " ") for value in values)


def _started(duty: Duty, standard: Standard, facts: Sequence[Fact]) -> str:
    """The first step: what started the clock."""
    day = in_full(duty.because_on)
    if duty.because_position is None:
        return f"From {day}: {conditions_in_words(standard.while_)}."
    fact = facts[duty.because_position]
    if standard.on_change:
        before = getattr(state(facts, date.fromordinal(fact.on.toordinal() - 1)), standard.on_change)
        was = str(before).replace("_", " ")
        return f"On {day}, {describe_in_sentence(fact)}. The {_LEVELS[standard.on_change]} was {was} before."
    if standard.clock == "every":
        return f"The one before was met on {day}: {describe_in_sentence(fact)}."
    return f"{day}: {describe(fact)}."


def _counted(duty: Duty, clock: Clock, force: str, facts: Sequence[Fact]) -> Iterator[str]:
    """The other steps: what is allowed from there, and the day this leads to."""
    allowed = clock.standard.allowed
    due = in_full(duty.due_on)
    if allowed.unit is Unit.TABLE:
        yield from _looked_up(duty, clock, force, facts)
    elif allowed.unit is Unit.FACT:
        yield f"The day was agreed there: due on {due}."
    elif allowed.unit is Unit.WORKING_DAYS:
        yield f"{_many(allowed.amount, 'working day')} allowed, the first of them the next working day after that."
        closed = list(_holidays_between(duty.opened_on, duty.due_on))
        without = f", nor {_and(closed)}" if closed else ""
        yield f"Weekends do not count{without}: due by the end of {due}."
    else:
        yield f"{_many(allowed.amount, allowed.unit.value.removesuffix('s'))} from that day: due by the end of {due}."


def _holidays_between(first: date, last: date) -> Iterator[str]:
    """The bank holidays after ``first`` and up to ``last`` that fall on a Monday to Friday, by name and day."""
    for year in range(first.year, last.year + 1):
        for day, name in sorted(bank_holidays(year).items()):
            if first < day <= last and day.weekday() < 5:
                yield f"{name} ({day.day} {day:%B})"


def _looked_up(duty: Duty, clock: Clock, force: str, facts: Sequence[Fact]) -> Iterator[str]:
    """The interval that the state gave on the first day, and each change of it while the duty was open."""
    interval = clock.interval(_values(facts, duty.opened_on), force)
    due_on = add_months(duty.opened_on, interval or 0)
    reason = _reason(clock, force, facts, duty.opened_on)
    yield f"{reason}: {interval_words(interval)}. From that day this leads to {in_full(due_on)}."
    ended_on = duty.met_on or duty.closed_on or date.max
    for day in _days_that_may_change_it(clock, facts, duty.opened_on, ended_on):
        changed = clock.interval(_values(facts, day), force)
        if changed is None or changed == interval:
            continue
        from_opening, from_today = add_months(duty.opened_on, changed), add_months(day, changed)
        reason = (
            f"On {in_full(day)} the interval changed. {_reason(clock, force, facts, day)}: {interval_words(changed)}."
        )
        if from_opening >= due_on:
            due_on = from_opening
            yield f"{reason} That is no shorter, so it counts again from {in_full(duty.opened_on)}: {in_full(due_on)}."
        else:
            earlier = due_on
            due_on = min(due_on, from_today)
            yield (
                f"{reason} That is shorter, so it is due on the earlier of {in_full(earlier)} "
                f"and that interval from the day it changed, {in_full(from_today)}."
            )
        interval = changed
    yield f"Due by the end of {in_full(duty.due_on)}."


def _days_that_may_change_it(clock: Clock, facts: Sequence[Fact], after: date, before: date) -> list[date]:
    """The days strictly between on which a fact touched what the table is looked up by."""
    fields = {clock.table.first, *clock.table.by} if clock.table is not None else set()
    kinds = {kind for kind, effects in EFFECTS.items() if any(effect.field in fields for effect in effects)}
    return sorted({fact.on for fact in facts if fact.kind in kinds and after < fact.on < before})


def _values(facts: Sequence[Fact], day: date) -> list[Value]:
    now = state(facts, day)
    return [getattr(now, name) for name in ENGINE_FIELDS]


def _reason(clock: Clock, force: str, facts: Sequence[Fact], day: date) -> str:
    """Where the interval comes from on a day: one of the case's own, or the row of the table."""
    now = state(facts, day)
    table = clock.table
    if table is None or (table.first and getattr(now, table.first) is not None):
        return "An interval was set for this case"
    parts = [
        f"force {force}" if name == "force" else f"{_LEVELS[name]} {_either([getattr(now, name)])}" for name in table.by
    ]
    row = ", ".join(parts)
    key = tuple(force if name == "force" else getattr(now, name) for name in table.by)
    note = f" ({table.notes[key]})" if key in table.notes else ""
    return f"{row[0].upper()}{row[1:]}{note}, in {table.source}"


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _and(names: Sequence[str]) -> str:
    """A list in a sentence, the middle of a long one counted."""
    if len(names) > MOST_HOLIDAYS_NAMED:
        return f"the {len(names)} bank holidays in between"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
