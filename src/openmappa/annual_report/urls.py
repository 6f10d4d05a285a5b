"""Addresses of annual reports."""

from django.urls import path

from openmappa.annual_report.views import published, writing

OF = "annual-reports/<uuid:report>/"

app_name = "annual_report"
urlpatterns = [
    path("annual-reports/", published.listing, name="list"),
    path("annual-reports/begin/", writing.begin, name="begin"),
    path(OF, writing.draft, name="draft"),
    path(f"{OF}standards/", writing.standards, name="standards"),
    path(f"{OF}write/<slug:section>/", writing.write, name="write"),
    path(f"{OF}publish/", writing.publish, name="publish"),
    path(f"{OF}versions/<int:number>/", published.show, name="show"),
    path(f"{OF}versions/<int:number>/pdf/", published.pdf, name="pdf"),
]
