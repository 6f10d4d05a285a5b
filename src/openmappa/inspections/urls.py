"""Addresses of inspections and their frameworks."""

from django.urls import path

from openmappa.inspections.views import drafts, frameworks, inspecting, sampling

app_name = "inspections"
ONE = "inspections/<uuid:inspection>/"
VERSION = "inspections/frameworks/<slug:code>/<int:number>/"
DRAFT = "inspections/frameworks/drafts/<uuid:draft>/"
urlpatterns = [
    path("inspections/", inspecting.listing, name="list"),
    path("inspections/open/", inspecting.open_one, name="open"),
    path("inspections/frameworks/", frameworks.listing, name="frameworks"),
    path("inspections/frameworks/bring/", frameworks.bring, name="bring"),
    path(DRAFT, drafts.show, name="draft"),
    path(f"{DRAFT}discard/", drafts.discard, name="discard"),
    path(f"{DRAFT}criteria/<slug:chapter>/add/", drafts.add_criterion, name="add_criterion"),
    path(f"{DRAFT}criteria/<slug:criterion>/", drafts.criterion, name="criterion"),
    path(f"{DRAFT}questions/<slug:criterion>/add/", drafts.add_question, name="add_question"),
    path(f"{DRAFT}questions/<slug:question>/", drafts.question, name="question"),
    path(f"{DRAFT}remove/<slug:what>/<slug:code>/", drafts.remove, name="remove"),
    path(VERSION, frameworks.show, name="framework"),
    path(f"{VERSION}changes/", frameworks.changes, name="changes"),
    path(f"{VERSION}file/", frameworks.file, name="framework_file"),
    path(ONE, inspecting.show, name="show"),
    path(f"{ONE}people/add/", inspecting.add, name="add"),
    path(f"{ONE}people/<int:pk>/<slug:deed>/", inspecting.member, name="member"),
    path(f"{ONE}close/", inspecting.close, name="close"),
    path(f"{ONE}cases/", sampling.cases, name="cases"),
    path(f"{ONE}draw/", sampling.draw, name="draw"),
    path(f"{ONE}sample/", sampling.sample, name="sample"),
    path(f"{ONE}sample/again/", sampling.again, name="again"),
    path(f"{ONE}sample/list/", sampling.download, name="download"),
    path(f"{ONE}sample/joint-work/", sampling.joint_work, name="joint_work"),
    path(f"{ONE}sample/<slug:case>/replace/", sampling.replace, name="replace"),
]
