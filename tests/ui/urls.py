"""The addresses that the frame of a page names, for tests of the frame alone."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from openmappa.ui import views


def nothing(request: HttpRequest, **parts: object) -> HttpResponse:
    """A page whose content does not matter."""
    return HttpResponse("nothing")


urlpatterns = [
    path("", include(([path("", nothing, name="mine"), path("figures/", nothing, name="figures")], "worklist"))),
    path("find/", include(([path("", nothing, name="find")], "cases"))),
    path("you/", include(([path("out/", nothing, name="sign_out"), path("", nothing, name="me")], "accounts"))),
    path("", include("openmappa.ui.urls")),
]
handler404 = views.page_not_found
