"""Around every page: what a browser may do with it and keep of it, and what is said when a form comes too late."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from openmappa.ui.views import session_ended

POLICY: Final[Mapping[str, str]] = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
"""The Content Security Policy: files of our own and nothing else; no script or style within a page, not even ours.

Signing in at an agency begins with a link, so forms lead nowhere else. There is no nonce, since no page needs one, and
no report address: a report would carry addresses of pages about people.
"""
RULES: Final[Mapping[str, str]] = {
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in (
            "accelerometer",
            "browsing-topics",
            "camera",
            "display-capture",
            "geolocation",
            "gyroscope",
            "magnetometer",
            "microphone",
            "midi",
            "payment",
            "screen-wake-lock",
            "serial",
            "usb",
            "xr-spatial-tracking",
        )
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""What else the browser is told with every answer. Decision record 0017 says why each is as it is.

``same-origin`` tells other sites nothing at all. ``no-referrer`` would tell them no less, and would have browsers send
``Origin: null`` with our own forms, which the check against forged forms must refuse.
"""
KEEP_NOTHING: Final = "no-store, no-cache, must-revalidate, private, max-age=0"


class SignInRequired(LoginRequiredMiddleware):
    """Django's own, which sends the reader to sign in; but a form that was sent is not lost on the way."""

    def handle_no_permission(  # type: ignore[override]  # the stubs know of a redirect only; any response will do
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        """Show what was typed when a form arrives after the session has ended; otherwise go and sign in."""
        if request.method == "POST" and request.headers.get("X-Requested-With") != "fetch":
            return session_ended(request)
        return super().handle_no_permission(request, view_func)


def browser_rules(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Tell the browser with every answer, errors and redirects too, what it may load, send and keep.

    Outermost, so that no answer goes out without. A view may only be stricter: a policy it sets itself stands, as a
    download's ``sandbox`` does. Only styles and scripts are kept: after signing out, the back button shows no case.
    """
    policy = "; ".join(f"{name} {sources}" for name, sources in POLICY.items())

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        for name, value in RULES.items():
            response.headers[name] = value
        if not (request.path.startswith(settings.STATIC_URL) and response.status_code in (200, 206, 304)):
            response.headers["Cache-Control"] = KEEP_NOTHING
        return response

    return respond
