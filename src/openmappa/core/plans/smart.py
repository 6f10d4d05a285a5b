"""Is an objective SMART: specific, measurable, somebody's, and due on a day that makes sense?

Nothing is hidden: each refusal names the rule of the pack that it comes from, why, how to mend it, and an example.
What is said about words is advice, which a person may set aside with a reason (``can_be_kept``); what is said about
days and owners is not.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from openmappa.core.packs.plans_rules import PlanRules, Vague


@dataclass(frozen=True, slots=True)
class Wording:
    """An objective as it is written. ``owner`` is "" while nobody is chosen; ``due_on`` None while no day is given."""

    what: str
    measure: str
    owner: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Span:
    """What a day has to lie in: not before today, and not after the order ends where that is known."""

    today: date
    order_ends: date | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing that is wrong with an objective: at which field, why, how to mend it, and what good looks like."""

    field: str
    found: str
    reason: str
    mend: str
    example: str
    can_be_kept: bool

    @property
    def sentence(self) -> str:
        """The reason and how to mend it, in one line."""
        return f"{self.reason} {self.mend}"


def refusals(wording: Wording, span: Span, rules: PlanRules) -> tuple[Refusal, ...]:
    """Everything that keeps an objective from being SMART, in the order of its fields; none when it is."""
    return (
        *_specific(wording.what, rules),
        *_measurable(wording.measure, rules),
        *_owner(wording.owner, rules),
        *_by_when(wording.due_on, span, rules),
    )


def says_nothing(text: str, rules: PlanRules) -> bool:
    """Whether an answer is empty, or one such as "n/a" that says nothing (5.18)."""
    said = " ".join(text.split()).casefold().rstrip(" .!")
    return said in ("", *rules.empty_answers.words)


def words_found(text: str, words: Sequence[str]) -> tuple[str, ...]:
    """Which of the words and phrases stand in a text, as they stand there. ``*`` ends a word that may go on."""
    found = (_pattern(word).search(text) for word in words)
    return tuple(match.group(0) for match in found if match)


def _specific(what: str, rules: PlanRules) -> Iterator[Refusal]:
    rule = rules.specific
    vague = list(_vague("what", what, rule.vague))
    yield from vague
    if len(what.split()) < rule.fewest_words:
        yield Refusal("what", "", rule.too_short, rule.mend, rule.example, can_be_kept=False)
    elif not vague and not _names_an_act(what, rules):
        yield Refusal("what", "", rule.no_act, rule.mend, rule.example, can_be_kept=True)


def _measurable(measure: str, rules: PlanRules) -> Iterator[Refusal]:
    rule = rules.measurable
    if says_nothing(measure, rules):
        yield Refusal("measure", "", rule.nothing_shows, rule.mend, rule.example, can_be_kept=False)
        return
    vague = list(_vague("measure", measure, rule.vague))
    yield from vague
    if not vague and not _has_a_number(measure) and not words_found(measure, rule.shows):
        yield Refusal("measure", "", rule.nothing_shows, rule.mend, rule.example, can_be_kept=True)


def _owner(owner: str, rules: PlanRules) -> Iterator[Refusal]:
    rule = rules.owner
    name = " ".join(owner.split()).casefold()
    if not name or name in (one.casefold() for one in rule.too_many):
        yield Refusal("owner", owner, rule.nobody, rule.mend, rule.example, can_be_kept=False)


def _by_when(due_on: date | None, span: Span, rules: PlanRules) -> Iterator[Refusal]:
    rule = rules.by_when
    if due_on is None:
        return
    if due_on < span.today:
        yield Refusal("due_on", "", rule.past, rule.mend, rule.example, can_be_kept=False)
    elif span.order_ends is not None and due_on > span.order_ends:
        yield Refusal("due_on", "", rule.after_the_order, rule.mend, rule.example, can_be_kept=False)
    elif due_on > span.today + timedelta(weeks=rule.furthest_weeks):
        yield Refusal("due_on", "", rule.too_far, rule.mend, rule.example, can_be_kept=True)


def _vague(field: str, text: str, groups: Sequence[Vague]) -> Iterator[Refusal]:
    for group in groups:
        found = words_found(text, group.words)
        if found and not (group.fine_with_a_number and _has_a_number(text)):
            reason = f"“{found[0]}” {group.why}."
            yield Refusal(field, found[0], reason, group.instead, group.example, can_be_kept=True)


def _names_an_act(what: str, rules: PlanRules) -> bool:
    """Whether somebody is seen doing something: one of the acts, or an improvement from one number to another."""
    improvements = [word for group in rules.specific.vague if group.fine_with_a_number for word in group.words]
    return bool(words_found(what, (*rules.specific.acts, *improvements)))


def _has_a_number(text: str) -> bool:
    return any(character.isdigit() for character in text)


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    words = (re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "") for word in phrase.split())
    return re.compile(r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)", re.IGNORECASE)
