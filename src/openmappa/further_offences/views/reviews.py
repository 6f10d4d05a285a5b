"""The reviews of a case, and one of them: opened, notified, concluded."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from openmappa.accounts.asking import whoever_asks
from openmappa.accounts.services import require
from openmappa.audit.looks import shows
from openmappa.core.access import Permission
from openmappa.core.dates import add_working_days
from openmappa.further_offences.errors import NotTheirs
from openmappa.further_offences.forms import AskForm, ConcludeForm, NotifiedForm, OpenForm
from openmappa.further_offences.queries.reviews import (
    label_of,
    open_reviews,
    people_to_ask,
    review_shown,
    reviews_of_case,
)
from openmappa.further_offences.queries.rules import rules
from openmappa.further_offences.services.reviewing import (
    ask_to_contribute,
    conclude_review,
    open_review,
    record_notified,
)
from openmappa.further_offences.views.loading import back_to, to_read, to_review, to_write
from openmappa.involved.queries import answers_for
from openmappa.ui.answering import done, sent

SAVED = {
    "opened": "The review is opened, and the agencies of the case are asked to contribute",
    "notified": "The notification is recorded",
    "asked": "They have been asked, and told",
    "lesson": "The lesson is recorded",
    "concluded": "The review is concluded",
}


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The reviews of the reader's area that are open, and what has not come for them."""
    user = whoever_asks(request)
    require(user, Permission.REVIEW_FURTHER_OFFENCE)
    found = list(open_reviews(user.area)) if user.area else []
    shows(request, [one.case_id for one in found])
    shown = {"reviews": found, "rules": rules(), "label_of": label_of, "on": timezone.localdate()}
    return render(request, "further_offences/desk.html", shown)


@require_safe
def of_case(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The reviews of a case."""
    frame = to_review(request, key)
    shown = {"frame": frame, "reviews": list(reviews_of_case(frame.case)), "rules": rules(), "label_of": label_of}
    return render(request, "further_offences/list.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def open_one(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Open a review."""
    frame = to_review(request, key)
    if not answers_for(frame.user, frame.case):
        raise NotTheirs("Whoever answers for the case opens the review. You were given it for a time.")
    form = OpenForm(sent(request))
    made = []

    def service() -> None:
        submission = form.submission_key
        made.append(open_review(by=frame.user, case=frame.case, alleged=form.alleged(), submission=submission))

    if done(form, service):
        address = reverse("further_offences:show", kwargs={"key": key, "review": made[0].key})
        return redirect(f"{address}?saved=opened")
    return render(request, "further_offences/open.html", {"frame": frame, "form": form, "rules": rules()})


@require_safe
def show(request: HttpRequest, key: uuid.UUID, review: uuid.UUID) -> HttpResponse:
    """One review: how the case stood as known then, who contributes, what it came to, lessons."""
    on = to_read(request, key, review)
    shown = {
        "frame": on.frame,
        "review": on.review,
        "shown": review_shown(on.review),
        "rules": rules(),
        "label_of": label_of,
        "reviews_it": on.frame.user.may(Permission.REVIEW_FURTHER_OFFENCE),
        "saved": SAVED.get(request.GET.get("saved", "")),
    }
    return render(request, "further_offences/show.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def notified(request: HttpRequest, key: uuid.UUID, review: uuid.UUID) -> HttpResponse:
    """Record that the offence was notified."""
    on = to_write(request, key, review)
    form = NotifiedForm(sent(request), review=on.review)

    def service() -> object:
        said = form.cleaned_data
        return record_notified(by=on.frame.user, review=on.review, on=said["on"], whom=said["whom"], version=form.seen)

    if done(form, service):
        return back_to(on, "notified")
    return render(request, "further_offences/notified.html", {**on._asdict(), "form": form, "rules": rules()})


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, key: uuid.UUID, review: uuid.UUID) -> HttpResponse:
    """Ask another agency to contribute."""
    on = to_write(request, key, review)
    due_on = add_working_days(timezone.localdate(), rules().contribution.working_days)
    form = AskForm(sent(request), people=people_to_ask(on.review), due_on=due_on)
    if done(form, lambda: ask_to_contribute(by=on.frame.user, review=on.review, **form.details())):
        return back_to(on, "asked")
    return render(request, "further_offences/ask.html", {**on._asdict(), "form": form, "rules": rules()})


@require_http_methods(["GET", "HEAD", "POST"])
def conclude(request: HttpRequest, key: uuid.UUID, review: uuid.UUID) -> HttpResponse:
    """Conclude a review."""
    on = to_write(request, key, review)
    form = ConcludeForm(sent(request), review=on.review)

    def service() -> object:
        conclusion, version = form.conclusion(), form.seen
        return conclude_review(by=on.frame.user, review=on.review, conclusion=conclusion, version=version)

    if done(form, service):
        return back_to(on, "concluded")
    shown = {**on._asdict(), "form": form, "shown": review_shown(on.review)}
    return render(request, "further_offences/conclude.html", shown)
