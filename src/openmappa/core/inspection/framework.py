"""What an inspection asks: chapters, criteria, questions with guidance, and of which cases each is asked.

A framework is data: it is read from a TOML file (``core/packs/inspection_framework_rules.py``) and has a version, so
that answers to one wording are never counted as answers to another. Most questions are answered on the four-point scale
of ``scores`` (paragraph 3.7 of the report); the few that the report answers otherwise (Table 6) have choices of their
own.

A question of a case is asked of every case, or of a kind of case alone. Where the record can say whether a case is of
that kind, ``AppliesTo.fits`` says it; where only somebody who reads the case can, it says None. A question that is not
for a case is not applicable, which is never counted as no.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from openmappa.core.inspection.scores import Answer
from openmappa.core.sources import Source


@dataclass(frozen=True, slots=True)
class CaseKind:
    """What decides which questions a case is asked: as the record has it on the day of the fieldwork."""

    on_licence: bool
    high_harm: bool
    high_harm_at_start: bool
    child_protection: bool


class AppliesTo(StrEnum):
    """Of which cases a question is asked."""

    ALL = "all"
    LICENCE = "licence"
    HIGH_HARM = "high_or_very_high"
    HIGH_HARM_AT_START = "high_or_very_high_at_start"
    CHILD_PROTECTION = "child_protection"
    RELEVANT = "relevant"

    @property
    def label(self) -> str:
        """The cases as tables name them."""
        return _LABELS[self]

    def fits(self, case: CaseKind) -> bool | None:
        """Whether the question is for such a case; None where somebody who reads the case has to say."""
        known = {
            AppliesTo.ALL: True,
            AppliesTo.LICENCE: case.on_licence,
            AppliesTo.HIGH_HARM: case.high_harm,
            AppliesTo.HIGH_HARM_AT_START: case.high_harm_at_start,
            AppliesTo.CHILD_PROTECTION: case.child_protection,
        }
        return known.get(self)


_LABELS = {
    AppliesTo.ALL: "All cases",
    AppliesTo.LICENCE: "Licence cases",
    AppliesTo.HIGH_HARM: "High or very high risk of harm",
    AppliesTo.HIGH_HARM_AT_START: "High or very high risk of harm at the start",
    AppliesTo.CHILD_PROTECTION: "Child protection cases",
    AppliesTo.RELEVANT: "Relevant cases",
}


class AskedOf(StrEnum):
    """What a criterion judges: each case of the sample, from its files, or the area as a whole, from what it shows."""

    CASE = "case"
    AREA = "area"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a question that is not answered on the scale."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question, how to judge it, and of which cases it is asked.

    ``relevant`` says in words which cases are meant, where ``applies_to`` is "relevant". ``table`` is the table of the
    report that it is a line of; None for a finding in the text.
    """

    code: str
    text: str
    guidance: str
    applies_to: AppliesTo
    relevant: str
    choices: tuple[Choice, ...]
    table: int | None
    source: Source

    @property
    def is_scored(self) -> bool:
        """Whether it is answered on the four-point scale."""
        return not self.choices

    @property
    def answers(self) -> tuple[str, ...]:
        """Every answer that may be given, besides that it does not apply or is not answered yet."""
        return tuple(choice.code for choice in self.choices) or _POINTS

    @property
    def of_whom(self) -> str:
        """Of which cases it is asked, as tables say it."""
        return self.relevant or self.applies_to.label


_POINTS = (Answer.EXCELLENT, Answer.SUFFICIENT, Answer.NOT_SUFFICIENT, Answer.POOR)


@dataclass(frozen=True, slots=True)
class Criterion:
    """What good work looks like in one respect, and the questions by which it is judged."""

    code: str
    title: str
    statement: str
    asked_of: AskedOf
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One part of the framework, which is one chapter of the report on it."""

    code: str
    title: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the scale, and what it means."""

    answer: Answer
    meaning: str
    source: Source


@dataclass(frozen=True, slots=True)
class Framework:
    """Everything an inspection asks, in its order. ``code`` and ``version`` together name it."""

    code: str
    version: str
    title: str
    scale: tuple[Point, ...]
    chapters: tuple[Chapter, ...]
    source: Source

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """Every criterion, in order."""
        return tuple(criterion for chapter in self.chapters for criterion in chapter.criteria)

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question, in the order they are asked."""
        return tuple(question for criterion in self.criteria for question in criterion.questions)

    def asked_of(self, what: AskedOf) -> tuple[Question, ...]:
        """The questions about each case, or those about the area."""
        return tuple(self._questions_of(what))

    def question(self, code: str) -> Question:
        """One question. KeyError where there is none of that code."""
        return next((each for each in self.questions if each.code == code), None) or _unknown(code, self)

    def in_table(self, table: int) -> tuple[Question, ...]:
        """The questions that are lines of one table of the report, in their order there."""
        return tuple(question for question in self.questions if question.table == table)

    def _questions_of(self, what: AskedOf) -> Iterator[Question]:
        for criterion in self.criteria:
            if criterion.asked_of is what:
                yield from criterion.questions


def _unknown(code: str, framework: Framework) -> Question:
    raise KeyError(f"{framework.title}, version {framework.version}, has no question {code!r}.")
