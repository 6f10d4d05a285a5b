"""The four-point scale of an inspection, and how many answers to a question are above the line.

The joint inspection of sex offenders scored every question of its case assessment form as poor, not sufficient,
sufficient or excellent, from evidence on the files (paragraph 3.7). **Above the line** is excellent and sufficient
together (Tables 3, 4, 5 and 8).

Two answers are no judgement. **Not applicable**: the question is not for this case ("only for licence cases"). It is
never counted as no. **Not answered**: it is for this case, and nobody has answered yet. It is not counted as no either,
and it is told beside every figure, because a percentage of half the cases is not one of all.

Counts here are of cases: one answer each. How sure they are, and what they say of all cases of the day, is for
``estimates``.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from openmappa.core.inspection.proportions import Proportion


class Answer(StrEnum):
    """The answer to one question of one case: from best to worst, then what is no judgement."""

    EXCELLENT = "excellent"
    SUFFICIENT = "sufficient"
    NOT_SUFFICIENT = "not_sufficient"
    POOR = "poor"
    NOT_APPLICABLE = "not_applicable"
    NOT_ANSWERED = "not_answered"

    @property
    def label(self) -> str:
        """The answer as pages show it."""
        return self.value.replace("_", " ").capitalize()

    @property
    def is_judged(self) -> bool:
        """Whether it is one of the four points, so that the case counts for the question."""
        return self in SCALE

    @property
    def is_above_the_line(self) -> bool:
        """Whether it is good enough: excellent or sufficient."""
        return self in ABOVE_THE_LINE

    @property
    def point(self) -> int | None:
        """Its place on the scale, 1 (poor) to 4 (excellent), to order by; None where nothing was judged.

        The distance between two places means nothing: no mean is drawn of them.
        """
        return len(SCALE) - SCALE.index(self) if self.is_judged else None


SCALE = (Answer.EXCELLENT, Answer.SUFFICIENT, Answer.NOT_SUFFICIENT, Answer.POOR)
"""The four points, from best to worst."""
ABOVE_THE_LINE = frozenset({Answer.EXCELLENT, Answer.SUFFICIENT})
"""What counts as good enough."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each answer was given to one question. An answer that is not there was given to nobody.

    ValueError for a count below nought.
    """

    counts: Mapping[Answer, int]

    def __post_init__(self) -> None:
        for answer, count in self.counts.items():
            if count < 0:
                raise ValueError(f"“{answer.label}” was counted {count} times; a count starts at 0.")

    def of(self, answer: Answer) -> int:
        """How many cases were given this answer."""
        return self.counts.get(answer, 0)

    @property
    def asked(self) -> int:
        """How many cases there are, whatever was answered."""
        return sum(self.counts.values())

    @property
    def applies(self) -> int:
        """How many cases the question is for: all but those to which it does not apply."""
        return self.asked - self.of(Answer.NOT_APPLICABLE)

    @property
    def judged(self) -> int:
        """How many cases were given one of the four points."""
        return sum(self.of(answer) for answer in SCALE)

    @property
    def above(self) -> int:
        """How many of those judged are above the line."""
        return sum(self.of(answer) for answer in ABOVE_THE_LINE)

    @property
    def above_the_line(self) -> Proportion:
        """Those above the line, of those judged: the figure of the report's tables, each case counted once."""
        return Proportion(self.above, self.judged)

    @property
    def is_complete(self) -> bool:
        """Whether no case waits for an answer."""
        return self.of(Answer.NOT_ANSWERED) == 0

    @property
    def words(self) -> str:
        """What the percentage is of, in words: "26 of 100 judged; 3 not applicable; 2 not answered"."""
        said = [f"{self.above} of {self.judged} judged"]
        for answer in (Answer.NOT_APPLICABLE, Answer.NOT_ANSWERED):
            if self.of(answer):
                said.append(f"{self.of(answer)} {answer.label.lower()}")
        return "; ".join(said)

    def leaving_words(self, smallest: int) -> str:
        """The same for what leaves the service: of those not judged only how many, and not that where few are left."""
        rest = self.asked - self.judged
        said = f"{self.above} of {self.judged} judged"
        return f"{said}; {rest} did not apply or had no answer" if rest >= smallest else said

    def plus(self, other: "Tally") -> "Tally":
        """Both together: answers for different cases to the same question."""
        return Tally({answer: self.of(answer) + other.of(answer) for answer in Answer})


def tally(answers: Iterable[Answer]) -> Tally:
    """How often each answer was given: one answer a case."""
    return Tally(Counter(answers))


def above_the_line(answers: Iterable[Answer]) -> Proportion:
    """How many answers are excellent or sufficient, of those that are judged at all: one answer a case."""
    return tally(answers).above_the_line


def tallies(given: Iterable[tuple[str, Answer]]) -> dict[str, Tally]:
    """The tally of each question, from pairs of question and answer, one a case, in the order they come."""
    counts: dict[str, Counter[Answer]] = {}
    for question, answer in given:
        counts.setdefault(question, Counter())[answer] += 1
    return {question: Tally(counted) for question, counted in counts.items()}
