"""Addresses of a case's plans, below ``cases/<uuid:key>/``."""

from django.urls import path

from openmappa.plans.views import copies, parts, reading, signing, writing

app_name = "plans"
urlpatterns = [
    path("plans/", reading.plan_list, name="list"),
    path("plans/start/<slug:kind>/<slug:purpose>/", writing.start, name="start"),
    path("plans/<uuid:plan>/", reading.show, name="show"),
    path("plans/<uuid:plan>/edit/", writing.edit, name="edit"),
    path("plans/<uuid:plan>/step/<slug:step>/", writing.step, name="step"),
    path("plans/<uuid:plan>/check/", parts.check, name="check"),
    path("plans/<uuid:plan>/ground/<uuid:part>/", parts.ground, name="ground"),
    path("plans/<uuid:plan>/sign/", signing.sign, name="sign"),
    path("plans/<uuid:plan>/judge/", signing.judge, name="judge"),
    path("plans/<uuid:plan>/abandon/", signing.abandon, name="abandon"),
    path("plans/<uuid:plan>/offender-copy/", copies.offender_copy, name="offender_copy"),
    path("plans/<uuid:plan>/file-copy/", copies.file_copy, name="file_copy"),
    path("plans/<uuid:plan>/<slug:what>/add/", parts.add, name="add"),
    path("plans/<uuid:plan>/<slug:what>/<uuid:part>/", parts.change, name="change"),
    path("plans/<uuid:plan>/<slug:what>/<uuid:part>/progress/", writing.progress, name="progress"),
]
