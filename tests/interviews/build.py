"""Interviews of an inspection, planned, noted, quoted; and rows by themselves."""

from typing import Any

from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.interviews.models import Interview, InterviewNote, Quote, Theme, ThemeChange
from openmappa.interviews.services import Planned, Seen, add_theme, mark_quote, plan_interview, save_note
from openmappa.samples.models import Exercise
from tests.samples.build import exercise_row
from tests.timeline.build import ago, make_area

ROLE, QUESTION = "police_officer", "1.15"
WHOM = "Sergeant Secret Sampleton"


def said(by: User, **changed: Any) -> Planned:
    plain: dict[str, Any] = {
        "role": ROLE,
        "whom": WHOM,
        "area": make_area(),
        "on": ago(0),
        "place": "Room 3",
        "asked_by": by,
    }
    return Planned(**(plain | changed))


def planned(by: User, exercise: Exercise, **changed: Any) -> Interview:
    """An interview with a police officer today."""
    with as_person(by):
        return plan_interview(by=by, exercise=exercise, said=said(by, **changed))


def noted(
    by: User, interview: Interview, words: str = "We hear of it by chance.", question: str = QUESTION
) -> InterviewNote:
    with as_person(by):
        return save_note(by=by, interview=interview, question=question, words=words, seen=Seen())


def theme_on(by: User, exercise: Exercise, title: str = "Word of mouth") -> Theme:
    with as_person(by):
        return add_theme(by=by, exercise=exercise, title=title)


def quoted(
    by: User, interview: Interview, theme: Theme, words: str = "By chance, in the corridor.", **more: Any
) -> Quote:
    with as_person(by):
        return mark_quote(by=by, interview=interview, question=QUESTION, theme=theme, words=words, **more)


# ---- rows by themselves, as the constraints are broken with


def interview_row(by: User, exercise: Exercise | None = None, **changed: Any) -> Interview:
    plain = {"role": ROLE, "whom": WHOM, "area": make_area(), "on": ago(0), "asked_by": by, "planned_by": by}
    more = {"planned_at": timezone.now(), "exercise": exercise or exercise_row(by)}
    return Interview.objects.create(**(plain | more | changed))


def note_row(by: User, interview: Interview | None = None, **changed: Any) -> InterviewNote:
    plain = {"question": QUESTION, "words": "Seldom.", "saved_by": by, "saved_at": timezone.now()}
    return InterviewNote.objects.create(interview=interview or interview_row(by), **(plain | changed))


def theme_row(by: User, exercise: Exercise | None = None, **changed: Any) -> Theme:
    plain = {"title": "Word of mouth", "written_by": by, "written_at": timezone.now()}
    return Theme.objects.create(exercise=exercise or exercise_row(by), **(plain | changed))


def theme_change_row(by: User, theme: Theme | None = None, **changed: Any) -> ThemeChange:
    plain = {"title": "Hearsay", "because": "Clearer", "changed_by": by, "changed_at": timezone.now()}
    return ThemeChange.objects.create(theme=theme or theme_row(by), **(plain | changed))


def quote_row(by: User, interview: Interview | None = None, theme: Theme | None = None, **changed: Any) -> Quote:
    of = interview or interview_row(by)
    plain = {"question": QUESTION, "words": "Seldom.", "marked_by": by, "marked_at": timezone.now()}
    return Quote.objects.create(interview=of, theme=theme or theme_row(by, of.exercise), **(plain | changed))
