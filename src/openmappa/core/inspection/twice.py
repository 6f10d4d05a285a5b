"""Who assesses which case, which cases two assess without seeing each other's answers, and what then counts.

Everything here goes by lot (``frame.lot``) from one recorded seed, so that nobody chooses whom a case goes to or which
of their work is checked, and anybody gets the same again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from openmappa.core.inspection.frame import lot
from openmappa.core.inspection.framework import CaseKind, Question
from openmappa.core.inspection.scores import Answer


def drawn_twice(keys: Iterable[str], *, seed: str, percent: int) -> tuple[str, ...]:
    """Which cases are assessed by two: this share of them, rounded up, by lot; in alphabetical order.

    ValueError for a share that is not from 0 to 100.
    """
    if not 0 <= percent <= 100:
        raise ValueError("The share of cases that two assess is from 0 to 100 %.")
    by_lot = sorted(set(keys), key=lambda key: lot(seed, "assessed twice", key))
    return tuple(sorted(by_lot[: ceil(len(by_lot) * percent / 100)]))


def dealt(keys: Iterable[str], people: Sequence[int], *, seed: str, twice: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Who assesses each case: one person, or two different ones for those assessed twice; as evenly as can be.

    ``people`` are numbers in any order. ValueError where there is nobody, or only one for cases that two assess.
    """
    double = set(twice)
    if not people or (double and len(set(people)) < 2):
        raise ValueError("Cases that two assess need two people, and others need one.")
    order = sorted(set(people), key=lambda person: lot(seed, "inspector", str(person)))
    load = dict.fromkeys(order, 0)
    found: dict[str, tuple[int, ...]] = {}
    for key in sorted(set(keys), key=lambda key: (key not in double, lot(seed, "dealt", key))):
        chosen = sorted(order, key=lambda person: (load[person], order.index(person)))[: 2 if key in double else 1]
        for person in chosen:
            load[person] += 1
        found[key] = tuple(chosen)
    return found


class Outcome(StrEnum):
    """What became of one question of one case."""

    NOT_FOR_IT = "not_for_it"
    OPEN = "open"
    ONE = "one"
    AGREED = "agreed"
    DIFFERENT = "different"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Counting:
    """The answer that counts, and why that one. "not_answered" where none does yet."""

    answer: str
    outcome: Outcome


def counting(
    question: Question, case: CaseKind, signed: Sequence[str | None], *, blind: bool, resolved: str | None = None
) -> Counting:
    """The answer to a question of a case, from what was given in assessments that are signed.

    A question that is not for a case of this kind is not applicable, whatever was said. Of two blind assessments both
    have to be signed; where they differ nothing counts until it is resolved. An answer that is missing from a signed
    assessment (the framework does not ask it of this case there) is None.
    """
    if question.applies_to.fits(case) is False:
        return Counting(Answer.NOT_APPLICABLE, Outcome.NOT_FOR_IT)
    given = [answer for answer in signed if answer is not None]
    if len(given) < (2 if blind else 1):
        return Counting(Answer.NOT_ANSWERED, Outcome.OPEN)
    if len(set(given)) == 1:
        return Counting(given[0], Outcome.AGREED if blind else Outcome.ONE)
    if resolved is not None:
        return Counting(resolved, Outcome.RESOLVED)
    return Counting(Answer.NOT_ANSWERED, Outcome.DIFFERENT)


def asked_of(questions: Iterable[Question], case: CaseKind) -> tuple[Question, ...]:
    """The questions that a case of this kind is asked, those among them which its reader has to decide on."""
    return tuple(question for question in questions if question.applies_to.fits(case) is not False)


def twice_now(twice: Iterable[str], replaced: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Which cases two assess after replacements (out, in, in their order): who comes in takes the place as it was."""
    found = set(twice)
    for out, into in replaced:
        if out in found:
            found.discard(out)
            found.add(into)
    return frozenset(found)
