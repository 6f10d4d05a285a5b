"""Lessons shared with the board, other areas and the staff whom they are for, and acknowledged by them."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.core.access import Permission
from openmappa.further_offences.errors import NotTheirs
from openmappa.further_offences.models.acknowledgement import LessonAcknowledgement
from openmappa.further_offences.models.lesson import Lesson
from openmappa.further_offences.queries.lessons import is_asked, people_asked
from openmappa.notices.services import settle_link, tell

KIND = "lesson"
WORDS = "There is a lesson of a review for you. Read it, and say that you have."


def page_of(lesson: Lesson) -> str:
    """The address of a lesson."""
    return reverse("further_offences:one_lesson", kwargs={"lesson": lesson.key})


def share_lesson(*, by: User, lesson: Lesson) -> Lesson:
    """Let the board and other areas read a lesson, and tell the staff whom it is for; again changes nothing.

    Raises NotAllowed, NotTheirs.
    """
    require(by, Permission.REVIEW_FURTHER_OFFENCE)
    with transaction.atomic():
        row = Lesson.objects.select_for_update(of=("self",)).get(pk=lesson.pk)
        if row.area_id != by.area_id:
            raise NotTheirs("Only the area that a lesson comes from shares it.")
        if row.shared_at is None:
            row.shared_by, row.shared_at = by, timezone.now()
            row.save(update_fields=["shared_by", "shared_at"])
            people = people_asked(row)
            tell(people=people, kind=KIND, words=WORDS, link=page_of(row))
            log(by=by, verb="share lesson", about={"lesson": row.pk, "asked": len(people)})
        return row


def acknowledge_lesson(*, by: User, lesson: Lesson) -> LessonAcknowledgement:
    """Say that one has read a lesson that is for oneself; again changes nothing. Raises NotAllowed, NotTheirs."""
    require(by, Permission.ACKNOWLEDGE_LESSON)
    if not is_asked(by, lesson):
        raise NotTheirs("This lesson is for others. Reading it is enough.")
    with transaction.atomic():
        row, made = LessonAcknowledgement.objects.get_or_create(
            lesson=lesson, person=by, defaults={"acknowledged_at": timezone.now()}
        )
        if made:
            settle_link(by=by, link=page_of(lesson))
            log(by=by, verb="acknowledge lesson", about={"lesson": lesson.pk})
        return row
