"""Around every page: what a browser may keep of it, and what is said when a form arrives after the session ended."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import add_never_cache_headers

from openmappa.ui.views import session_ended

PLAIN_PAGES = ("/static/", "/help/", "/accessibility/", "/robots.txt")


class SignInRequired(LoginRequiredMiddleware):
    """Django's own, which sends the reader to sign in; but a form that was sent is not lost on the way."""

    def handle_no_permission(  # type: ignore[override]  # the stubs know of a redirect only; any response will do
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        """Show what was typed when a form arrives after the session has ended; otherwise go and sign in."""
        if request.method == "POST" and request.headers.get("X-Requested-With") != "fetch":
            return session_ended(request)
        return super().handle_no_permission(request, view_func)


def keep_nothing(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Have no browser keep a page about a case: after signing out, the back button shows nothing of it."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not request.path.startswith(PLAIN_PAGES):
            add_never_cache_headers(response)
        return response

    return respond
