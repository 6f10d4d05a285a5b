"""Addresses of audits. A drawn case is named by its key in the sample, which says nothing to whoever cannot open it."""

from django.urls import path

from openmappa.case_audits.views import audits, cases, feedback

AUDIT = "case-audits/<uuid:audit>/"

app_name = "case_audits"
urlpatterns = [
    path("case-audits/", audits.listing, name="list"),
    path("case-audits/begin/", audits.begin, name="begin"),
    path("case-audits/feedback/", feedback.mine, name="feedback_list"),
    path("case-audits/feedback/<uuid:feedback>/", feedback.one, name="feedback"),
    path(AUDIT, audits.show, name="audit"),
    path(f"{AUDIT}draw/", audits.draw, name="draw"),
    path(f"{AUDIT}again/", audits.again, name="again"),
    path(f"{AUDIT}people/", audits.people, name="people"),
    path(f"{AUDIT}people/<int:member>/leave/", audits.leave, name="leave"),
    path(f"{AUDIT}close/", audits.close, name="close"),
    path(f"{AUDIT}cases/<slug:drawn>/", cases.case, name="case"),
    path(f"{AUDIT}cases/<slug:drawn>/replace/", cases.replace, name="replace"),
]
