"""How long the record of a person is kept, and when that is looked at again (MoPI: review, retention and disposal).

The first group that any fact gives is the case's group. A group that is kept until an age is reviewed in even steps
from the day it began. Any other is kept until a clear period has passed, which starts again with every fact that shows
risk. The day on which keeping ends is the first on which disposal is an ordinary decision; people decide, nothing goes
by itself. docs/explanation/retention.md says it at length.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from openmappa.core.dates import add_months
from openmappa.core.packs.retention_rules import GivesGroup, Ground, RetentionGroup, RetentionRules
from openmappa.core.sources import Source
from openmappa.core.standards.facts import Fact
from openmappa.core.standards.words import describe_in_sentence, in_full


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of how a date was found, and where the rule comes from."""

    sentence: str
    source: Source


@dataclass(frozen=True, slots=True)
class PastReview:
    """The last review of a case: its day, and the earlier day that was asked for, if any, instead of the rule's own."""

    on: date
    again_on: date | None = None


@dataclass(frozen=True, slots=True)
class Retention:
    """How a case stands.

    `review_on` is the day its next review is due and `keep_until` the first day on which disposing of it is an ordinary
    decision; both are None where nothing has been recorded, and then nothing says how long to keep it.
    """

    group: RetentionGroup
    review_on: date | None
    keep_until: date | None
    began_under_age: bool
    reasons: tuple[Reason, ...]

    @property
    def rests_on_memory(self) -> bool:
        """Whether any reason comes from a source that was remembered, not read."""
        return any(reason.source.is_remembered for reason in self.reasons)

    def allows(self, ground: Ground, on: date) -> bool:
        """Whether a case may be disposed of on this ground on a day: an exceptional one does not wait."""
        return ground.exceptional or (self.keep_until is not None and self.keep_until <= on)


@dataclass(frozen=True, slots=True)
class _Given:
    """What puts a case into its group: the rule, and the earliest fact that it applies to."""

    by: GivesGroup
    fact: Fact


def retention(
    facts: Sequence[Fact], *, born_on: date, rules: RetentionRules, last_review: PastReview | None = None
) -> Retention:
    """How long a case with these facts is kept, and when it is reviewed next. The order of the facts does not matter.

    Only the first and the last fact that say the same count, so that a list of cases can be judged from those alone.
    """
    if not facts:
        nothing = Reason("Nothing has been recorded, so nothing says how long to keep it.", rules.otherwise.source)
        return Retention(rules.otherwise.group, None, None, False, (nothing,))
    first = min(fact.on for fact in facts)
    given = _given(facts, rules)
    group = given.by.group
    reasons = [Reason(_given_sentence(given), given.by.source)]
    if group.keep_until_age is not None:
        keep_until = birthday(born_on, group.keep_until_age)
        sentence = f"Kept until the person is {group.keep_until_age}, on {in_full(keep_until)}."
        reasons.append(Reason(sentence, group.source))
        review_on, steps = _in_even_steps(group, given.fact.on, keep_until, last_review)
    else:
        start = _clear_from(facts, rules)
        keep_until = add_months(start.on, group.clear_months or 0)
        reasons.append(Reason(_clear_sentence(group, start, keep_until), rules.clear_period.source))
        review_on, steps = _after_clear_period(group, start.on, keep_until, last_review)
    review_on, asked = _as_asked(review_on, last_review)
    reasons += [Reason(sentence, group.source) for sentence in (*steps, *asked)]
    under_age = first < birthday(born_on, rules.child.age)
    if under_age:
        reasons.append(Reason(rules.child.words, rules.child.source))
    return Retention(group, review_on, keep_until, under_age, tuple(reasons))


def birthday(born_on: date, age: int) -> date:
    """The day on which a person reaches an age; 1 March for who was born on 29 February, in a year without one."""
    if born_on.year + age > date.max.year:
        return date.max
    if (born_on.month, born_on.day) == (2, 29):
        return date.fromordinal(date(born_on.year + age, 2, 28).toordinal() + 1)
    return born_on.replace(year=born_on.year + age)


def _given(facts: Sequence[Fact], rules: RetentionRules) -> _Given:
    """The first group, in the pack's order, that a fact gives; of the facts that give it, the earliest."""
    for group in rules.groups:
        found = [_Given(by, fact) for by in rules.gives if by.group is group for fact in _fitting(by, facts)]
        if found:
            return min(found, key=lambda given: given.fact.on)
    return _Given(rules.otherwise, min(facts, key=lambda fact: fact.on))


def _fitting(by: GivesGroup, facts: Iterable[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact.kind == by.fact.kind and by.fact.fits(fact.details)]


def _clear_from(facts: Sequence[Fact], rules: RetentionRules) -> Fact:
    """The fact with which the clear period starts: the last that shows risk, else the last of all."""
    risky = [fact for fact in facts if fact.kind in rules.clear_period.starts_with]
    return max(risky or facts, key=lambda fact: fact.on)


def _in_even_steps(
    group: RetentionGroup, began_on: date, keep_until: date, last: PastReview | None
) -> tuple[date, list[str]]:
    due_on = add_months(last.on if last else began_on, group.review_every_months)
    since = f"the last review, {in_full(last.on)}" if last else f"the day the group began, {in_full(began_on)}"
    steps = [f"Reviewed every {_length(group.review_every_months)}: from {since}, that is {in_full(due_on)}."]
    if keep_until < due_on and (last is None or last.on < keep_until):
        due_on = keep_until
        steps.append(f"The time for keeping it ends before that, so it is reviewed then: {in_full(keep_until)}.")
    return due_on, steps


def _after_clear_period(
    group: RetentionGroup, clear_from: date, ends_on: date, last: PastReview | None
) -> tuple[date, list[str]]:
    if last is None or last.on < clear_from:
        return ends_on, [f"Reviewed first when the clear period ends: {in_full(ends_on)}."]
    due_on = add_months(last.on, group.review_every_months)
    again = f"Nothing that shows risk since the last review, {in_full(last.on)}"
    return due_on, [f"{again}: reviewed again {_length(group.review_every_months)} after it, {in_full(due_on)}."]


def _as_asked(due_on: date, last: PastReview | None) -> tuple[date, list[str]]:
    """An earlier day that the last review asked for goes before what the rules give."""
    if last is None or last.again_on is None or last.again_on >= due_on:
        return due_on, []
    return last.again_on, [f"The last review asked for it sooner: {in_full(last.again_on)}."]


def _given_sentence(given: _Given) -> str:
    if not given.by.fact.kind:
        return f"{given.by.group.name}: {given.by.because}."
    return f"{given.by.group.name}: {given.by.because} ({describe_in_sentence(given.fact)}, {in_full(given.fact.on)})."


def _clear_sentence(group: RetentionGroup, start: Fact, ends_on: date) -> str:
    what = f"{describe_in_sentence(start)}, {in_full(start.on)}"
    return f"Kept until {_length(group.clear_months or 0)} clear have passed since {what}: {in_full(ends_on)}."


def _length(months: int) -> str:
    """Months in words, in years where they are whole: "10 years", "6 months"."""
    count, unit = (months // 12, "year") if months % 12 == 0 else (months, "month")
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
