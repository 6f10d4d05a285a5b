"""Addresses of assessments, below a case."""

from django.urls import path

from openmappa.assessments import views

app_name = "assessments"
urlpatterns = [
    path("assessments/", views.assessment_list, name="list"),
    path("assessments/rm2000/score/", views.score, name="score_rm2000"),
    path("assessments/rm2000/preview/", views.preview, name="preview_rm2000"),
    path("assessments/rm2000/countersign/", views.countersign, name="countersign"),
    path("assessments/rm2000/no-score/", views.no_score, name="no_score"),
]
