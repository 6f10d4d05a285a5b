"""Addresses of the library of good practice."""

from django.urls import path

from openmappa.good_practice import views

app_name = "good_practice"
urlpatterns = [
    path("good-practice/", views.library, name="list"),
    path("good-practice/add/", views.add, name="add"),
    path("good-practice/<uuid:practice>/", views.show, name="show"),
    path("good-practice/<uuid:practice>/withdraw/", views.withdraw, name="withdraw"),
]
