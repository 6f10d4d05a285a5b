"""The addresses that the frame of a page names, for tests of the frame alone."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from openmappa.ui import views


def nothing(request: HttpRequest, **parts: object) -> HttpResponse:
    """A page whose content does not matter."""
    return HttpResponse("nothing")


urlpatterns = [
    path("", include(([path("", nothing, name="mine")], "worklist"))),
    path("find/", include(([path("", nothing, name="find")], "cases"))),
    path("sign-out/", include(([path("", nothing, name="sign_out")], "accounts"))),
    path("", include("openmappa.ui.urls")),
]
handler404 = views.page_not_found
