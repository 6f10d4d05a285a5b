"""What the first board of a demonstration learnt: a lesson that some have acknowledged, entries of the library."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import Area, User
from openmappa.caseload.services.content.mappa.deeds import a_deed
from openmappa.caseload.services.content.mappa.people import Desk
from openmappa.core.synthetic.content.board.learning_words import ACKNOWLEDGE, LESSONS, PRACTICE, PracticeWords
from openmappa.further_offences.models.lesson import Lesson, LessonKind
from openmappa.further_offences.models.review import FurtherOffenceReview
from openmappa.further_offences.queries.lessons import is_asked
from openmappa.further_offences.services.lessons import acknowledge_lesson, share_lesson
from openmappa.further_offences.services.reviewing import record_lesson
from openmappa.good_practice.services import PracticeSaid, add_practice


def leave_lessons(desk: Desk) -> int:
    """Record the lessons of a review of the area, share the first and have some acknowledge it; how many there are."""
    with a_deed():
        review = FurtherOffenceReview.objects.filter(case__area=desk.area).select_related("case__person").first()
    if review is None:
        return 0
    for words in LESSONS:
        with a_deed(), as_person(desk.probation):
            lesson = record_lesson(
                by=desk.probation,
                review=review,
                kind=LessonKind(words.kind),
                sentence=words.sentence,
                audience=words.audience,
                practice_area=words.practice_area,
            )
            if words.shared:
                share_lesson(by=desk.probation, lesson=lesson)
        if words.shared:
            _acknowledge(lesson, desk.area)
    return len(LESSONS)


def _acknowledge(lesson: Lesson, area: Area) -> None:
    people = User.objects.filter(area=area, is_active=True).order_by("username")
    with a_deed():
        shared = Lesson.objects.select_related("area").get(pk=lesson.pk)
    for person in people:
        if person.username.partition(".")[2] in ACKNOWLEDGE and is_asked(person, shared):
            with a_deed(), as_person(person):
                acknowledge_lesson(by=person, lesson=shared)


def leave_practice(areas: Sequence[Desk], member: User | None) -> int:
    """Have the boards write entries of the library, some time ago; how many there are."""
    found = 0
    for words in PRACTICE:
        if words.area >= len(areas):
            continue
        by = member if words.by == "board" else areas[words.area].coordinator
        if by is not None:
            _write(by, words)
            found += 1
    return found


def _write(by: User, words: PracticeWords) -> None:
    said = PracticeSaid(words.title, words.text, words.shows, words.criterion, words.source)
    with a_deed(), as_person(by):
        add_practice(by=by, said=said, at=timezone.now() - timedelta(days=words.days_ago))
