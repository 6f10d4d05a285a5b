"""What is answered instead of a page: reading has stopped, or the page could not be logged."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.core.reading_limits import Measure
from openmappa.oversight.models import UnusualReading
from openmappa.oversight.queries.people import who_is_told_about


def stopped(request: HttpRequest, stop: UnusualReading) -> HttpResponse:
    """429: this person has read so much that it stops; says why, until when, and whom to ring."""
    assert isinstance(request.user, User)
    assert stop.stopped_until is not None
    shown = {
        "stop": stop,
        "counted": Measure(stop.measure).label,
        "people": who_is_told_about(request.user),
        "just_saved": "saved" in request.GET,
        "typed": request.method == "POST",
    }
    page = HttpResponse(render_to_string("oversight/stopped.html", shown, request), status=429)
    page["Retry-After"] = str(max(int((stop.stopped_until - timezone.now()).total_seconds()), 1))
    return page


def not_logged() -> HttpResponse:
    """503: nothing is shown that is not in the log. Rendered without person and database: either may be broken."""
    paragraphs = [
        "Every look at a case is written into the log before the page is shown. That did not work just now, so the "
        "page is not shown, and nothing has been saved.",
        "Go back: your browser may still have what you typed. Try again in a minute. If it goes on, tell your service "
        "desk the time it happened. If somebody is in danger now, act by telephone: do not wait for this page.",
    ]
    heading = "This page cannot be shown just now"
    return HttpResponse(
        render_to_string("ui/error.html", {"heading": heading, "paragraphs": paragraphs}, None), status=503
    )
