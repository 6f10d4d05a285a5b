"""Addresses of an inspection's results, findings and report; published reports stand below an address of their own."""

from django.urls import path

from openmappa.findings.views import feedback, findings, following, publishing, results

app_name = "findings"
OF = "inspections/<uuid:inspection>/"
urlpatterns = [
    path(f"{OF}results/", results.questions, name="results"),
    path(f"{OF}results/areas/", results.areas, name="areas"),
    path(f"{OF}results/tables/", results.tables, name="tables"),
    path(f"{OF}results/export/", results.export, name="export"),
    path(f"{OF}findings/", findings.every, name="list"),
    path(f"{OF}findings/add/<slug:criterion>/", findings.add, name="add"),
    path(f"{OF}findings/<uuid:finding>/", findings.change, name="change"),
    path(f"{OF}findings/<uuid:finding>/agree/", findings.agree, name="agree"),
    path(f"{OF}findings/<uuid:finding>/take-away/", findings.take_away, name="take_away"),
    path(f"{OF}findings/<uuid:finding>/remark/", feedback.remark, name="remark"),
    path(f"{OF}findings/<uuid:finding>/answer/", feedback.answer, name="answer"),
    path(f"{OF}feedback/", feedback.send, name="feedback"),
    path(f"{OF}feedback/received/", feedback.received, name="received"),
    path(f"{OF}recommendations/", publishing.recommendations, name="recommendations"),
    path(f"{OF}report/", publishing.draft, name="draft"),
    path(f"{OF}report/publish/", publishing.publish, name="publish"),
    path("inspection-reports/", following.reports, name="reports"),
    path("inspection-reports/<uuid:inspection>/<int:number>/", following.published, name="published"),
    path("inspection-reports/<uuid:inspection>/<int:number>/pdf/", following.pdf, name="pdf"),
    path("inspection-reports/recommendations/<uuid:recommendation>/", following.recommendation, name="recommendation"),
]
