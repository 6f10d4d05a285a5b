"""How long a person stays registered, and the last day of it (Sexual Offences Act 2003, section 82).

The period hangs on how the person was dealt with and, under 18 on the relevant date, is halved. It begins
with the relevant date, so that day is its first, and its last is the day before the same date when it runs
out: ten years beginning with 1 March 2004 end with 28 February 2014. Where there is no such date in the last
month (29 February in an ordinary year, or the 31st), it ends with the last day of that month.
docs/reference/notification-periods.md has examples.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from openmappa.core.answers import AnswersRefused, counted, whole_number_problem
from openmappa.core.dates import add_months
from openmappa.core.packs.registration_rules import WITH_LENGTH, DisposalKind, Period, RegistrationRules
from openmappa.core.sources import Source

_LONGEST_TERM_MONTHS = 1200
_MOST_DAYS = 30


@dataclass(frozen=True, slots=True)
class Disposal:
    """How a person was dealt with.

    `months` and `days` are the length of a term of imprisonment or a conditional discharge, as the court gave
    it, and are left out for everything else. Consecutive terms are added up before they come here; a
    suspended term counts in full.
    """

    kind: DisposalKind
    months: int | None = None
    days: int = 0


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of how the period was found, and where the rule comes from."""

    sentence: str
    source: Source


@dataclass(frozen=True, slots=True)
class NotificationPeriod:
    """How long a person is registered.

    `ends_on` is the last day on which they are; None when there is no end.

    `months` and `days` are the length of the period; `months` is None when it is indefinite.
    """

    begins_on: date
    ends_on: date | None
    months: int | None
    days: int
    halved: bool
    explanation: tuple[Reason, ...]

    @property
    def is_indefinite(self) -> bool:
        """Whether the period has no end."""
        return self.ends_on is None

    @property
    def rests_on_memory(self) -> bool:
        """Whether any reason comes from a source that was remembered, not read."""
        return any(reason.source.is_remembered for reason in self.explanation)

    @property
    def length(self) -> str:
        """The length in words: "indefinite", "10 years", "3 years 6 months"."""
        return "indefinite" if self.months is None else _length(self.months, self.days)


def notification_period(
    disposal: Disposal, *, relevant_on: date, age: int, rules: RegistrationRules
) -> NotificationPeriod:
    """The period for one conviction, finding or caution.

    `relevant_on` is the relevant date: the day of the conviction, finding or caution, even when the sentence
    comes later. `age` is the person's age on that day, in whole years. Raises AnswersRefused with a sentence
    for each answer that cannot be.
    """
    _refuse_impossible(disposal, age, rules)
    period = next(period for period in rules.periods if _fits(period, disposal))
    young = age < rules.under_18.age
    halved = young and period.months is not None
    reasons = [
        Reason(_row_sentence(period, disposal), period.source),
        *_age_reasons(period, young, age, rules),
    ]
    months, days = _period_length(period, disposal, halved)
    ends_on = None if months is None else last_day(relevant_on, months, days)
    if months is not None and ends_on is not None:
        counting = rules.counting_discharge if period.own_length else rules.counting
        reasons.append(Reason(_counting_sentence(relevant_on, ends_on, _length(months, days)), counting))
    reasons += [Reason(item.text, item.source) for item in rules.cautions if relevant_on < item.relevant_before]
    return NotificationPeriod(relevant_on, ends_on, months, days, halved, tuple(reasons))


def last_day(begins_on: date, months: int, days: int = 0) -> date:
    """The last day of a period of some months, then some days, that begins with a day and counts it.

    A month from the 31st, or from 29 February, ends with the last day of a month that has no such day.
    """
    after = add_months(begins_on, months)
    ends_on = after - timedelta(days=1) if after.day == begins_on.day else after
    return ends_on + timedelta(days=days)


def _refuse_impossible(disposal: Disposal, age: int, rules: RegistrationRules) -> None:
    problems = {
        "age": whole_number_problem(
            age, "Age on the relevant date", rules.youngest.age, rules.oldest.age, rules.youngest.source.text
        ),
        "months": _months_problem(disposal, rules),
        "days": whole_number_problem(disposal.days, "Days", 0, _MOST_DAYS),
    }
    found = {field: problem for field, problem in problems.items() if problem}
    if found:
        raise AnswersRefused(found)


def _months_problem(disposal: Disposal, rules: RegistrationRules) -> str:
    title = rules.titles(disposal.kind)[0] if len(rules.titles(disposal.kind)) == 1 else "Imprisonment"
    if disposal.kind not in WITH_LENGTH:
        given = disposal.months is not None or disposal.days != 0
        return f"{title}: leave the length empty; the period does not depend on it." if given else ""
    if disposal.months is None:
        return f"{title}: enter its length in months, and days if it has any."
    if disposal.months == 0 and disposal.days == 0:
        return f"{title}: its length cannot be nothing; enter the months and days."
    period = next(period for period in rules.periods if period.disposal is disposal.kind)
    longest = period.longest_months or _LONGEST_TERM_MONTHS
    problem = whole_number_problem(disposal.months, f"{title}: the months", 0, longest)
    if not problem and disposal.months == longest and disposal.days != 0:
        return f"{title}: it cannot be longer than {longest} months."
    return problem


def _fits(period: Period, disposal: Disposal) -> bool:
    if period.disposal is not disposal.kind:
        return False
    term = (disposal.months or 0, disposal.days)
    if period.at_least_months is not None:
        return term >= (period.at_least_months, 0)
    return period.more_than_months is None or term > (period.more_than_months, 0)


def _period_length(period: Period, disposal: Disposal, halved: bool) -> tuple[int | None, int]:
    if period.own_length:
        return disposal.months, disposal.days
    return (period.under_18_months if halved else period.months), 0


def _row_sentence(period: Period, disposal: Disposal) -> str:
    if period.indefinite:
        return f"{period.title}: registered indefinitely, from the relevant date."
    if period.own_length:
        length = _length(disposal.months or 0, disposal.days)
        return f"{period.title} of {length}: registered for as long as the discharge lasts."
    return f"{period.title}: registered for {_length(period.months or 0, 0)}."


def _age_reasons(period: Period, young: bool, age: int, rules: RegistrationRules) -> list[Reason]:
    """What being under 18 on the relevant date changes; nothing to say about anybody older."""
    if not young:
        return []
    aged = f"Aged {age}, so under {rules.under_18.age}, on the relevant date"
    if period.under_18_months is not None:
        return [Reason(f"{aged}: half of that, {_length(period.under_18_months, 0)}.", rules.under_18.source)]
    kind = "the length of a discharge" if period.own_length else "an indefinite period"
    return [Reason(f"{aged}, but {kind} is not halved.", rules.not_halved)]


def _counting_sentence(begins_on: date, ends_on: date, length: str) -> str:
    return f"{length} beginning with {_day(begins_on)}, which counts: the last day is {_day(ends_on)}."


def _length(months: int, days: int) -> str:
    years, rest = divmod(months, 12)
    counts = ((years, "year"), (rest, "month"), (days, "day"))
    return " ".join(counted(count, unit) for count, unit in counts if count)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
