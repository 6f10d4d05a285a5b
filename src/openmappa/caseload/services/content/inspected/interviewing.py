"""The interviews of a demonstration's inspection: some held, one begun, one to come, one dropped; themes and quotes."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import Area, User
from openmappa.caseload.services.content.mappa.deeds import a_deed
from openmappa.caseload.services.content.moments import working_day
from openmappa.core.dates import is_working_day
from openmappa.core.synthetic.content.inspected.interview_words import INTERVIEWS, THEMES, InterviewWords
from openmappa.interviews.models import Interview, Theme
from openmappa.interviews.services import (
    Planned,
    Seen,
    add_theme,
    drop_interview,
    finish_interview,
    mark_quote,
    plan_interview,
    save_note,
)
from openmappa.samples.models import Exercise


def hold_interviews(people: Sequence[User], exercise: Exercise, areas: Sequence[Area]) -> dict[str, Theme]:
    """Plan and hold the interviews of the words, as the first of those who inspect; the themes by their titles."""
    lead = people[0]
    with a_deed(), as_person(lead):
        themes = {
            title: add_theme(by=lead, exercise=exercise, title=title, words=words) for title, words in THEMES.items()
        }
        for words in INTERVIEWS:
            _hold(lead, _planned(lead, people, exercise, areas, words), words, themes)
    return themes


def _planned(
    lead: User, people: Sequence[User], exercise: Exercise, areas: Sequence[Area], words: InterviewWords
) -> Interview:
    area, asks = areas[words.area % len(areas)], people[words.asks % len(people)]
    on = _working_day(words.in_days)
    return plan_interview(by=lead, exercise=exercise, said=Planned(words.role, words.whom, area, on, words.place, asks))


def _hold(lead: User, interview: Interview, words: InterviewWords, themes: Mapping[str, Theme]) -> None:
    for question, said in words.notes.items():
        save_note(by=lead, interview=interview, question=question, words=said, seen=Seen())
    for each in words.quotes:
        mark_quote(
            by=lead,
            interview=interview,
            question=each.question,
            theme=themes[each.theme],
            words=each.words,
            attributable=each.attributable,
        )
    if words.finished:
        finish_interview(by=lead, interview=interview)
    if words.dropped:
        drop_interview(by=lead, interview=interview, because=words.dropped)


def _working_day(in_days: int) -> date:
    """So many days from today; the working day before, or after where it is to come, if that is none."""
    day = timezone.localdate() + timedelta(days=in_days)
    while in_days <= 0 and not is_working_day(day):
        day -= timedelta(days=1)
    return working_day(day)
