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


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the matrix: for each role, in their order, in how many interviews something was noted.

    ``None`` where the role is not asked.
    """

    question: InterviewQuestion
    noted: tuple[int | None, ...]

    @property
    def interviews(self) -> int:
        """In how many interviews, of any role, something was noted under it."""
        return sum(each or 0 for each in self.noted)

    @property
    def is_gap(self) -> bool:
        """Whether nobody was asked yet, as far as the notes tell."""
        return self.interviews == 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a schedule was asked: its rows by part, and for each role what nobody of that role was asked."""

    parts: tuple[tuple[Part, tuple[Line, ...]], ...]
    gaps_of: Mapping[str, tuple[InterviewQuestion, ...]]

    @property
    def gaps(self) -> tuple[InterviewQuestion, ...]:
        """The questions that nobody was asked yet, in order."""
        return tuple(line.question for _, lines in self.parts for line in lines if line.is_gap)


def coverage(schedule: InterviewSchedule, noted: Mapping[tuple[str, str], int]) -> Coverage:
    """How much of the schedule was asked. ``noted``: by role and number of the question, in how many interviews.

    What is noted of a role or under a question that the schedule does not have counts for nothing.
    """

    def line(question: InterviewQuestion) -> Line:
        return Line(
            question,
            tuple(
                noted.get((role.code, question.number), 0) if role.code in question.asked_of else None
                for role in schedule.roles
            ),
        )

    return Coverage(
        tuple((part, tuple(line(question) for question in part.questions)) for part in schedule.parts),
        {
            role.code: tuple(each for each in schedule.asked_of(role.code) if not noted.get((role.code, each.number)))
            for role in schedule.roles
        },
    )
