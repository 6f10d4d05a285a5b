"""What is different between two versions of a framework, and which answers may still be laid side by side.

A question is known by its code. Answers given to two versions may be compared where the question is **the same to
answer**: the same words, guidance, cases and possible answers. Another place, another source or another table of the
report changes nothing of that.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from openmappa.core.inspection.framework import AskedOf, Framework, Question


class Change(StrEnum):
    """How a question differs."""

    ADDED = "added"
    REMOVED = "removed"
    WORDS = "words"
    GUIDANCE = "guidance"
    CASES = "cases"
    ANSWERS = "answers"

    @property
    def label(self) -> str:
        """The change as pages show it."""
        return _LABELS[self]


_LABELS = {
    Change.ADDED: "New question",
    Change.REMOVED: "Taken out",
    Change.WORDS: "Other words",
    Change.GUIDANCE: "Other guidance",
    Change.CASES: "Asked of other cases",
    Change.ANSWERS: "Other answers",
}


@dataclass(frozen=True, slots=True)
class ChangedQuestion:
    """A question that is not the same in both versions; ``before`` or ``after`` is None where it is in one alone."""

    before: Question | None
    after: Question | None
    changes: tuple[Change, ...]

    @property
    def code(self) -> str:
        """The code of the question."""
        return next(each.code for each in (self.after, self.before) if each)


def changed_questions(before: Framework, after: Framework) -> tuple[ChangedQuestion, ...]:
    """The questions that differ: in the order of the later version, then those that were taken out."""
    return tuple(_changed(before, after))


def comparable_questions(one: Framework, other: Framework) -> tuple[str, ...]:
    """The codes of the questions whose answers may be compared, in the order of the first framework."""
    different = {each.code for each in changed_questions(one, other)}
    return tuple(question.code for question in one.questions if question.code not in different)


def _changed(before: Framework, after: Framework) -> Iterator[ChangedQuestion]:
    old = {question.code: (question, what) for question, what in _questions(before)}
    new = {question.code: question for question, _ in _questions(after)}
    for question, what in _questions(after):
        if question.code not in old:
            yield ChangedQuestion(None, question, (Change.ADDED,))
            continue
        earlier, earlier_what = old[question.code]
        changes = [
            *([Change.WORDS] if earlier.text != question.text else []),
            *([Change.GUIDANCE] if earlier.guidance != question.guidance else []),
            *([Change.CASES] if _cases(earlier, earlier_what) != _cases(question, what) else []),
            *([Change.ANSWERS] if earlier.choices != question.choices else []),
        ]
        if changes:
            yield ChangedQuestion(earlier, question, tuple(changes))
    for question, _ in _questions(before):
        if question.code not in new:
            yield ChangedQuestion(question, None, (Change.REMOVED,))


def _questions(framework: Framework) -> Iterator[tuple[Question, AskedOf]]:
    for criterion in framework.criteria:
        for question in criterion.questions:
            yield question, criterion.asked_of


def _cases(question: Question, asked_of: AskedOf) -> tuple[AskedOf, str, str]:
    return asked_of, question.applies_to, question.relevant
