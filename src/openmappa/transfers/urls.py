"""Addresses of transfers between areas and of the directory of coordinators; those of one case stand below its key."""

from django.urls import path

from openmappa.transfers.views import asking, directory, steps

app_name = "transfers"
urlpatterns = [
    path("transfers/", steps.on_the_way, name="list"),
    path("transfers/<uuid:transfer>/", steps.show, name="show"),
    path("transfers/<uuid:transfer>/send/", steps.send, name="send"),
    path("transfers/<uuid:transfer>/approve/", steps.approve, name="approve"),
    path("transfers/<uuid:transfer>/accept/", steps.accept, name="accept"),
    path("transfers/<uuid:transfer>/decline/", steps.decline, name="decline"),
    path("transfers/<uuid:transfer>/recall/", steps.recall, name="recall"),
    path("transfers/<uuid:transfer>/give-back/", steps.back, name="give_back"),
    path("cases/<uuid:key>/transfer/", asking.ask, name="ask"),
    path("cases/<uuid:key>/responsible/", asking.responsible, name="responsible"),
    path("coordinators/", directory.coordinators, name="directory"),
    path("coordinators/mine/", directory.mine, name="mine"),
]
