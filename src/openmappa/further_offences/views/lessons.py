"""Lessons and good practice: recorded from a review, listed by themselves, shared with the board."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openmappa.accounts.asking import whoever_asks
from openmappa.core.access import Permission
from openmappa.further_offences.forms import LessonForm
from openmappa.further_offences.queries.lessons import acknowledged_by, is_asked, lesson_of, lesson_stands
from openmappa.further_offences.queries.reviews import label_of, lessons
from openmappa.further_offences.queries.rules import rules
from openmappa.further_offences.services.lessons import acknowledge_lesson, share_lesson
from openmappa.further_offences.services.reviewing import record_lesson
from openmappa.further_offences.views.loading import back_to, to_write
from openmappa.ui.answering import done, sent

SAVED = {
    "shared": "The lesson is shared with the board and other areas, and those whom it is for are told",
    "acknowledged": "That you have read it is on record",
}


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, key: uuid.UUID, review: uuid.UUID) -> HttpResponse:
    """Record a lesson, without a name."""
    on = to_write(request, key, review)
    form = LessonForm(sent(request))

    def service() -> object:
        return record_lesson(by=on.frame.user, review=on.review, submission=form.submission_key, **form.details())

    if done(form, service):
        return back_to(on, "lesson")
    return render(request, "further_offences/lesson.html", {**on._asdict(), "form": form})


@require_safe
def lesson_list(request: HttpRequest) -> HttpResponse:
    """The lessons of the reader's area, and those that others shared. They hold nothing of any case."""
    user = whoever_asks(request, Permission.READ_LESSONS)
    found, known = list(lessons()), acknowledged_by(user)
    waiting = [one for one in found if one.pk not in known and is_asked(user, one)]
    shown = {
        "lessons": found,
        "waiting": waiting,
        "known": known,
        "rules": rules(),
        "label_of": label_of,
        "may_share": user.may(Permission.REVIEW_FURTHER_OFFENCE),
    }
    return render(request, "further_offences/lessons.html", {**shown, "saved": SAVED.get(request.GET.get("saved", ""))})


@require_http_methods(["GET", "HEAD", "POST"])
def one_lesson(request: HttpRequest, lesson: uuid.UUID) -> HttpResponse:
    """A lesson: acknowledged by whom it is for; who has and who has not, for those who answer for staff."""
    user = whoever_asks(request, Permission.READ_LESSONS)
    row = lesson_of(lesson)
    if request.method == "POST":
        acknowledge_lesson(by=user, lesson=row)
        return redirect(f"{reverse('further_offences:lessons')}?saved=acknowledged")
    oversees = row.shared_at is not None and user.area_id == row.area_id and user.may(Permission.VIEW_FIGURES)
    shown = {
        "lesson": row,
        "asked": is_asked(user, row),
        "known": row.pk in acknowledged_by(user),
        "stands": lesson_stands(row) if oversees else None,
        "by_name": user.may(Permission.REVIEW_FURTHER_OFFENCE),
        "rules": rules(),
        "label_of": label_of,
    }
    return render(request, "further_offences/one_lesson.html", shown)


@require_POST
def share(request: HttpRequest, lesson: uuid.UUID) -> HttpResponse:
    """Let the board and other areas read a lesson, and tell those whom it is for."""
    user = whoever_asks(request, Permission.REVIEW_FURTHER_OFFENCE)
    share_lesson(by=user, lesson=lesson_of(lesson))
    return redirect(f"{reverse('further_offences:lessons')}?saved=shared")
