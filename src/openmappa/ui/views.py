"""Pages that belong to no case: help, accessibility, health, and what is said when something goes wrong."""

from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

NOT_TYPED = frozenset({"csrfmiddlewaretoken", "version", "accept_version", "submission", "next", "code", "credential"})
SECRET = ("password", "proof_")  # what holds one of these in its name is not shown again
WORTH_KEEPING = 12  # characters; a date or a yes is chosen again sooner than it is copied


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """What the service is, how to get help, and what it does with what is read and recorded."""
    return render(request, "ui/help.html")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement, which the law asks of public bodies' intranets as well."""
    return render(request, "ui/accessibility.html")


@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Whether the service can reach its database: 200 and ``ok``, or 503 and which part failed. One query."""
    if not answers(connection):
        return JsonResponse({"status": "failed", "database": "unreachable"}, status=503)
    return JsonResponse({"status": "ok", "database": "reachable"})


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """No page is for search engines."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the browser sent something that no page of ours sends."""
    return _sorry(
        None,
        400,
        "That request could not be read",
        "Your browser sent something the service does not understand. Nothing has been saved.",
        "Go back and try once more. If it happens again, tell your service desk what you were doing.",
    )


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the person may see this, but not do it."""
    reason = str(exception) if exception is not None and exception.args else ""
    return _sorry(
        request,
        403,
        "You are not allowed to do this",
        reason or "Your role does not include this. Nothing has been changed.",
        "If you need it for your work, ask your line manager or the administrator of your agency.",
    )


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: there is no such page, or none that this person may see."""
    return _sorry(
        request,
        404,
        "Page not found",
        "If you typed the address, check it is right. If you pasted it, check you copied all of it.",
        "It may also be about a case that you may not see, or that has moved to another team.",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our mistake. Rendered without the person or the database: either may be what is broken."""
    return _sorry(
        None,
        500,
        "Sorry, there is a problem with the service",
        "This is our mistake, not yours. What you were saving when it happened has not been saved.",
        "Go back: your browser may still have what you typed. Try again in a few minutes. "
        "If it goes on, tell your service desk the time it happened.",
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 when a form arrives without its token: a session that ran out, or a sign-in in another window."""
    return session_ended(request)


def session_ended(request: HttpRequest) -> HttpResponse:
    """403 when a form arrives after the session that it was opened in: says so, and gives back what was typed.

    What was typed is shown to be copied, never sent on: a form without a good token may come from another site.
    """
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in NOT_TYPED and not any(word in name for word in SECRET) and len(value.strip()) >= WORTH_KEEPING
    ]
    page = render_to_string("ui/session_ended.html", {"typed": typed, "again": request.path}, request)
    return HttpResponse(page, status=403)


def answers(database: BaseDatabaseWrapper) -> bool:
    """Whether a database takes a connection and answers on it."""
    try:
        database.ensure_connection()
        return bool(database.is_usable())
    except Error:
        return False


def _sorry(request: HttpRequest | None, status: int, heading: str, *paragraphs: str) -> HttpResponse:
    """The error page, with the person's menu where a request is given (which reads the person)."""
    page = render_to_string("ui/error.html", {"heading": heading, "paragraphs": paragraphs}, request)
    return HttpResponse(page, status=status)
