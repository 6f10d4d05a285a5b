"""Lessons and good practice: recorded from a review, listed by themselves, shared with the board."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openmappa.accounts.asking import whoever_asks
from openmappa.accounts.services import require
from openmappa.core.access import Permission
from openmappa.further_offences.forms import LessonForm
from openmappa.further_offences.models.lesson import Lesson
from openmappa.further_offences.queries.reviews import label_of, lessons
from openmappa.further_offences.queries.rules import rules
from openmappa.further_offences.services.reviewing import record_lesson, share_lesson
from openmappa.further_offences.views.loading import back_to, to_write
from openmappa.ui.answering import done, sent


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
    user = whoever_asks(request)
    require(user, Permission.READ_RECORD)
    may_share = user.may(Permission.REVIEW_FURTHER_OFFENCE)
    shown = {"lessons": list(lessons()), "rules": rules(), "label_of": label_of, "may_share": may_share}
    return render(request, "further_offences/lessons.html", {**shown, "saved": "saved" in request.GET})


@require_POST
def share(request: HttpRequest, lesson: uuid.UUID) -> HttpResponse:
    """Let the board and other areas read a lesson."""
    user = whoever_asks(request)
    require(user, Permission.REVIEW_FURTHER_OFFENCE)
    row = Lesson.objects.filter(key=lesson).first()
    if row is None:
        raise Http404("No such lesson")
    share_lesson(by=user, lesson=row)
    return redirect(f"{reverse('further_offences:lessons')}?saved=1")
