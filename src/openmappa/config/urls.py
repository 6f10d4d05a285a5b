"""Every address of the service, by app."""

from django.urls import include, path

handler400 = "openmappa.ui.views.bad_request"
handler403 = "openmappa.ui.views.permission_denied"
handler404 = "openmappa.ui.views.page_not_found"
handler500 = "openmappa.ui.views.server_error"

urlpatterns = [
    path("", include("openmappa.worklist.urls")),
    path("", include("openmappa.accounts.urls")),
    path("", include("openmappa.ui.urls")),
    path("", include("openmappa.cases.urls")),
    path("cases/<uuid:key>/", include("openmappa.timeline.urls")),
    path("cases/<uuid:key>/", include("openmappa.visits.urls")),
    path("cases/<uuid:key>/", include("openmappa.assessments.urls")),
]
