"""Addresses of temporary moves and planned releases; those of one case stand below ``cases/<uuid:key>/``."""

from django.urls import path

from openmappa.movements.views import moves, releases

CASE = "cases/<uuid:key>/movements/"

app_name = "movements"
urlpatterns = [
    path("releases/", releases.release_list, name="releases"),
    path("releases/give/", releases.give, name="give"),
    path("releases/arrivals/", releases.arrival_list, name="arrivals"),
    path("releases/<uuid:notice>/", releases.show, name="release"),
    path("releases/<uuid:notice>/acknowledge/", releases.acknowledge, name="acknowledge"),
    path("releases/<uuid:notice>/match/", releases.match, name="match"),
    path("releases/<uuid:notice>/change/", releases.change, name="change"),
    path("temporary-moves/", moves.move_list, name="moves"),
    path(CASE, moves.of_case, name="case"),
    path(f"{CASE}release/", releases.give_for_case, name="give_for_case"),
    path(f"{CASE}arrival/<int:pk>/", releases.arrival, name="arrival"),
    path(f"{CASE}move/", moves.give, name="give_move"),
    path(f"{CASE}move/<uuid:move>/", moves.change, name="change_move"),
]
