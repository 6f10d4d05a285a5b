"""Interviews of an inspection with their notes, its themes with their quotes, and what of them may leave."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from openmappa.accounts.models import User
from openmappa.core.inspection.interviews import Coverage, InterviewQuestion, InterviewSchedule, Part, Role, coverage
from openmappa.core.packs.load import IN_SERVICE, load_inspection_interviews
from openmappa.inspections.models import Inspection
from openmappa.interviews.models import Interview, InterviewNote, Quote, Theme, ThemeChange
from openmappa.samples.models import Exercise
from openmappa.samples.queries import works_on


def schedule() -> InterviewSchedule:
    """Who is asked what."""
    return load_inspection_interviews(IN_SERVICE[0])


def role_titles() -> dict[str, str]:
    """The roles of the schedule by code, as pages name them."""
    return {role.code: role.title for role in schedule().roles}


def inspection_for(user: User, key: uuid.UUID) -> Inspection:
    """An inspection that this person works on. Raises Http404. Two queries."""
    row = Inspection.objects.select_related("exercise").filter(key=key).first()
    if row is None or not works_on(user, row.exercise):
        raise Http404("No such inspection")
    return row


def interviews_of(exercise: Exercise) -> QuerySet[Interview]:
    """Its interviews by day, each with ``noted``, how many notes it has. One query."""
    rows = Interview.objects.filter(exercise=exercise).select_related("area", "asked_by", "finished_by")
    return rows.annotate(noted=Count("notes")).order_by("on", "id")


def interview_in(exercise: Exercise, key: uuid.UUID) -> Interview:
    """One interview. Raises Http404. One query."""
    found = interviews_of(exercise).select_related("dropped_by").filter(key=key).first()
    if found is None:
        raise Http404("No such interview")
    return found


def notes_in(interview: Interview) -> dict[str, InterviewNote]:
    """Its notes by the number of their question. One query."""
    return {row.question: row for row in InterviewNote.objects.filter(interview=interview).select_related("saved_by")}


def parts_for(role: str) -> list[tuple[Part, list[InterviewQuestion]]]:
    """The parts of the schedule with the questions that this role is asked; parts without one are left out."""
    found = [(part, [each for each in part.questions if role in each.asked_of]) for part in schedule().parts]
    return [(part, asked) for part, asked in found if asked]


@dataclass(frozen=True)
class OfRole:
    """A role in an inspection: how many interviews with it are planned and held, what it is asked, what is open yet."""

    role: Role
    planned: int
    held: int
    parts: list[tuple[Part, list[InterviewQuestion]]]
    gaps: frozenset[str]

    @property
    def asked(self) -> int:
        """How many questions this role is asked."""
        return sum(len(questions) for _, questions in self.parts)


@dataclass(frozen=True)
class Matrix:
    """The schedule with how much of it was asked in one inspection."""

    schedule: InterviewSchedule
    coverage: Coverage
    roles: list[OfRole]

    @property
    def planned(self) -> int:
        """How many interviews are planned and not held yet."""
        return sum(one.planned for one in self.roles)

    @property
    def held(self) -> int:
        """How many are finished."""
        return sum(one.held for one in self.roles)


def matrix_of(exercise: Exercise) -> Matrix:
    """Who is asked what, and what of it was asked: under what something was noted, in interviews not dropped.

    Two queries.
    """
    found = schedule()
    notes = InterviewNote.objects.filter(interview__exercise=exercise, interview__dropped_at=None).exclude(words="")
    counted = notes.values_list("interview__role", "question").annotate(noted=Count("id")).order_by()
    covered = coverage(found, {(role, question): noted for role, question, noted in counted})
    interviews = Interview.objects.filter(exercise=exercise, dropped_at=None).values_list("role").order_by()
    held = Count("id", filter=Q(finished_at__isnull=False))
    numbers = {role: (every - done, done) for role, every, done in interviews.annotate(Count("id"), held=held)}
    return Matrix(
        found,
        covered,
        [
            OfRole(
                role,
                *numbers.get(role.code, (0, 0)),
                parts_for(role.code),
                frozenset(each.number for each in covered.gaps_of[role.code]),
            )
            for role in found.roles
        ],
    )


def question_for(role: str, number: str) -> InterviewQuestion:
    """A question that this role is asked. Raises Http404."""
    found = next((each for each in schedule().asked_of(role) if each.number == number), None)
    if found is None:
        raise Http404("This role is not asked that")
    return found


def themes_of(exercise: Exercise) -> list[Theme]:
    """Its themes in use by title, with their quotes. Two queries."""
    rows = Theme.objects.filter(exercise=exercise, ended_at=None).select_related("written_by")
    return list(rows.prefetch_related("quotes__interview__area"))


def ended_themes_of(exercise: Exercise) -> QuerySet[Theme]:
    """Its themes that were merged or removed, the latest first. One query."""
    rows = Theme.objects.filter(exercise=exercise, ended_at__isnull=False).order_by("-ended_at")
    return rows.select_related("ended_by", "merged_into").annotate(kept=Count("quotes"))


def theme_in(exercise: Exercise, key: uuid.UUID) -> Theme:
    """One of its themes, ended ones too, with ``kept``, how many quotes it has. Raises Http404. One query."""
    rows = Theme.objects.filter(exercise=exercise).select_related("exercise", "written_by", "ended_by", "merged_into")
    found = rows.annotate(kept=Count("quotes")).filter(key=key).first()
    if found is None:
        raise Http404("No such theme")
    return found


def changes_of(theme: Theme) -> QuerySet[ThemeChange]:
    """What it was before, the latest first. One query."""
    return ThemeChange.objects.filter(theme=theme).select_related("changed_by")


def standing_for(exercise: Exercise) -> dict[str, Theme | None]:
    """For the key of each of its themes the one that stands for it: itself, what it was merged into, or None: removed.

    One query.
    """
    rows = {row.pk: row for row in Theme.objects.filter(exercise=exercise)}

    def standing(row: Theme) -> Theme | None:
        while row.merged_into_id:
            row = rows[row.merged_into_id]
        return None if row.ended_at else row

    return {str(row.key): standing(row) for row in rows.values()}


def quotes_in(interview: Interview) -> QuerySet[Quote]:
    """The quotes of an interview. One query."""
    return Quote.objects.filter(interview=interview).select_related("theme")


@dataclass(frozen=True)
class QuoteLeaving:
    """Words as a report has them; ``by`` is a role and an area, or "" where they are not attributable."""

    words: str
    by: str


@dataclass(frozen=True)
class ThemeLeaving:
    """A theme as a report has it, and in how many interviews it was heard."""

    title: str
    interviews: int
    quotes: Sequence[QuoteLeaving]


def themes_leaving(exercise: Exercise) -> dict[str, ThemeLeaving]:
    """The themes by their keys, as they may leave: no name, and of a quote that is not attributable the words alone.

    One that was merged leaves as what it was merged into; one that was removed does not. Quotes are in the order of
    their words, so that their order does not tell who was asked when. Three queries.
    """
    titles = role_titles()
    found = {}
    for theme in themes_of(exercise):
        quotes = [
            QuoteLeaving(row.words, f"{titles.get(row.interview.role, '')}, {row.interview.area}")
            if row.attributable
            else QuoteLeaving(row.words, "")
            for row in theme.quotes.all()
        ]
        heard = {row.interview_id for row in theme.quotes.all()}
        found[str(theme.key)] = ThemeLeaving(theme.title, len(heard), sorted(quotes, key=lambda each: each.words))
    standing = standing_for(exercise)
    return {key: found[str(row.key)] for key, row in standing.items() if row is not None}
