"""Whom an inspection interviews, and what each is asked: the interview schedule, as data.

The report prints its schedule in Appendix I: questions in six parts, and beside each question who is asked it. The
wording shipped is ours. A question may be put to one role in other words (``adapted``).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from openmappa.core.sources import Source


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody who is interviewed, by what they do."""

    code: str
    title: str
    note: str
    source: Source


@dataclass(frozen=True, slots=True)
class InterviewQuestion:
    """One question: its number in the schedule, its words, who is asked, and other words for some of them."""

    number: str
    text: str
    asked_of: tuple[str, ...]
    adapted: Mapping[str, str]

    def for_role(self, role: str) -> str:
        """The question in the words for this role."""
        return self.adapted.get(role, self.text)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the schedule; ``chapter`` is the chapter of the framework that its answers serve."""

    number: int
    title: str
    chapter: str
    questions: tuple[InterviewQuestion, ...]


@dataclass(frozen=True, slots=True)
class InterviewSchedule:
    """The whole schedule. ``code`` and ``version`` together name it."""

    code: str
    version: str
    title: str
    roles: tuple[Role, ...]
    parts: tuple[Part, ...]
    source: Source

    @property
    def questions(self) -> tuple[InterviewQuestion, ...]:
        """Every question, in order."""
        return tuple(question for part in self.parts for question in part.questions)

    def asked_of(self, role: str) -> tuple[InterviewQuestion, ...]:
        """What somebody of this role is asked, in order."""
        return tuple(question for question in self.questions if role in question.asked_of)

    @property
    def matrix(self) -> tuple[tuple[InterviewQuestion, tuple[bool, ...]], ...]:
        """Each question, and for each role, in the order of ``roles``, whether it is asked."""
        return tuple(
            (question, tuple(role.code in question.asked_of for role in self.roles)) for question in self.questions
        )
