"""Addresses of retention: what is due and what was disposed of, and, below a case, what is decided about it."""

from django.urls import path

from openmappa.retention import views

app_name = "retention"
urlpatterns = [
    path("retention/", views.reviews, name="reviews"),
    path("retention/disposals/", views.disposals, name="disposals"),
    path("retention/certificates/<str:number>/", views.certificate, name="certificate"),
    path("cases/<uuid:key>/retention/", views.case, name="case"),
    path("cases/<uuid:key>/retention/review/", views.review, name="review"),
    path("cases/<uuid:key>/retention/withdraw/", views.withdraw, name="withdraw"),
    path("cases/<uuid:key>/retention/approve/", views.judge, name="judge"),
    path("cases/<uuid:key>/retention/hold/", views.hold, name="hold"),
    path("cases/<uuid:key>/retention/hold/<int:pk>/lift/", views.lift, name="lift"),
]
