"""Every address of the service, by app."""

from django.urls import include, path

from openmappa.accounts import urls as accounts
from openmappa.signin import urls as signin

handler400 = "openmappa.ui.views.bad_request"
handler403 = "openmappa.ui.views.permission_denied"
handler404 = "openmappa.involved.views.not_found"
handler500 = "openmappa.ui.views.server_error"

urlpatterns = [
    path("", include("openmappa.worklist.urls")),
    path("", include(([*accounts.urlpatterns, *signin.WAY_IN], "accounts"))),
    path("", include("openmappa.signin.urls")),
    path("", include("openmappa.ui.urls")),
    path("", include("openmappa.cases.urls")),
    path("", include("openmappa.notices.urls")),
    path("", include("openmappa.emergency.urls")),
    path("", include("openmappa.involved.urls")),
    path("", include("openmappa.retention.urls")),
    path("", include("openmappa.people.urls")),
    path("", include("openmappa.oversight.urls")),
    path("", include("openmappa.line_management.urls")),
    path("", include("openmappa.oasys.urls_handed")),
    path("", include("openmappa.actions.urls")),
    path("", include("openmappa.referrals.urls")),
    path("", include("openmappa.meetings.urls")),
    path("", include("openmappa.minutes.urls")),
    path("", include("openmappa.transfers.urls")),
    path("", include("openmappa.movements.urls")),
    path("", include("openmappa.further_offences.urls")),
    path("", include("openmappa.coordination.urls")),
    path("", include("openmappa.board.urls")),
    path("", include("openmappa.annual_report.urls")),
    path("", include("openmappa.workload.urls")),
    path("", include("openmappa.findings.urls")),
    path("", include("openmappa.assessing.urls")),
    path("", include("openmappa.interviews.urls")),
    path("", include("openmappa.inspections.urls")),
    path("", include("openmappa.case_audits.urls")),
    path("", include("openmappa.good_practice.urls")),
    path("cases/<uuid:key>/", include("openmappa.timeline.urls")),
    path("cases/<uuid:key>/", include("openmappa.visits.urls")),
    path("cases/<uuid:key>/", include("openmappa.orders.urls")),
    path("cases/<uuid:key>/", include("openmappa.assessments.urls")),
    path("cases/<uuid:key>/", include("openmappa.oasys.urls")),
    path("cases/<uuid:key>/", include("openmappa.plans.urls")),
]
