"""What inspectors of a demonstration answer: made up case by case, near the percentages that were printed in 2005.

Two readers of one case mostly agree; where they do not, they are a point apart, as they are in life.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openmappa.core.inspection.framework import AppliesTo, Question
from openmappa.core.inspection.reproduction import ABOVE, BELOW, Kind, PrintedReport
from openmappa.core.inspection.scores import SCALE, Answer
from openmappa.core.synthetic.content.inspected.words import OVERRULED, PASSAGES
from openmappa.core.synthetic.dealing import Dice

NOT_PRINTED = 62
"""Of a hundred cases, how many are above the line where the report gives no figure."""
EXCELLENT, POOR, NOT_FOR_IT, DIFFER, OVERRULE, NOTHING_THERE, QUOTED = 0.14, 0.35, 0.4, 0.14, 0.1, 0.12, 0.3
"""Shares: of those above the line, of those below it, of relevant cases, of second readings, of offers, of answers."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One answer with what it rests on: places of records among those that the case has, a passage, or nothing."""

    answer: str
    records: tuple[int, ...]
    passage: str
    no_evidence: bool
    because: str


def printed_lines(report: PrintedReport) -> Mapping[str, int]:
    """Of each question whose percentage above the line was printed, that percentage."""
    found = {}
    for measure in report.measures:
        for each in measure.printed:
            if measure.kind is Kind.SCORE and each.percent is not None and each.answer in (ABOVE, BELOW):
                found[measure.code] = each.percent if each.answer == ABOVE else 100 - each.percent
    return found


def judged(
    question: Question, key: str, *, second: bool, lines: Mapping[str, int], offered: str, records: int, better: int = 0
) -> Judged:
    """The answer to one question of a case. ``offered`` is what the record offers, "" for nothing; ``records`` how many
    entries it has; ``better`` how many points of a hundred the work was better than printed.
    """
    dice = Dice("inspected", key, question.code)
    line = lines.get(question.code, NOT_PRINTED) + better
    answer = _confirmed(dice, question, offered) or _first(dice, question, line)
    if second:
        dice = Dice("inspected", key, question.code, "second")
        if dice.roll() < DIFFER and answer != Answer.NOT_APPLICABLE:
            answer = _beside(dice, question.answers, answer)
    because = dice.one_of(OVERRULED) if offered not in ("", answer) else ""
    if answer == Answer.NOT_APPLICABLE:
        return Judged(answer, (), "", no_evidence=False, because=because)
    if not records or (answer == Answer.POOR and dice.roll() < NOTHING_THERE):
        return Judged(answer, (), "", no_evidence=True, because=because)
    passage = dice.one_of(PASSAGES[answer in (Answer.EXCELLENT, Answer.SUFFICIENT)]) if question.is_scored else ""
    shown = passage if dice.roll() < QUOTED else ""
    return Judged(answer, (dice.between(0, records - 1),), shown, no_evidence=False, because=because)


def _confirmed(dice: Dice, question: Question, offered: str) -> str:
    """What the record offers, where it is not overruled."""
    return offered if offered and dice.roll() >= OVERRULE else ""


def _first(dice: Dice, question: Question, line: int) -> str:
    if question.applies_to is AppliesTo.RELEVANT and dice.roll() < NOT_FOR_IT:
        return Answer.NOT_APPLICABLE
    if not question.is_scored:
        return question.answers[0] if dice.roll() < line / 100 else dice.one_of(question.answers)
    excellent, sufficient, not_sufficient, poor = SCALE
    if dice.roll() < line / 100:
        return excellent if dice.roll() < EXCELLENT else sufficient
    return poor if dice.roll() < POOR else not_sufficient


def _beside(dice: Dice, answers: Sequence[str], answer: str) -> str:
    """The answer a point better or worse."""
    at = answers.index(answer)
    return dice.one_of([answers[place] for place in (at - 1, at + 1) if 0 <= place < len(answers)])
