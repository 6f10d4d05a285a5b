"""Addresses of civil orders and recalls, below ``cases/<uuid:key>/``."""

from django.urls import path

from openmappa.orders.views import orders, recalls

app_name = "orders"
urlpatterns = [
    path("orders/", orders.of_case, name="list"),
    path("orders/record/<slug:step>/", orders.record, name="record"),
    path("orders/breaches/<uuid:breach>/", orders.change_breach, name="change_breach"),
    path("orders/breaches/<uuid:breach>/set-aside/", orders.set_aside_breach, name="set_aside_breach"),
    path("orders/recalls/record/", recalls.record, name="record_recall"),
    path("orders/recalls/<uuid:recall>/decide/", recalls.decide, name="decide_recall"),
    path("orders/recalls/<uuid:recall>/return/", recalls.returned, name="return_recall"),
    path("orders/recalls/<uuid:recall>/release/", recalls.released, name="release_recall"),
    path("orders/recalls/<uuid:recall>/set-aside/", recalls.set_aside, name="set_aside_recall"),
    path("orders/<uuid:order>/breach/", orders.breach, name="breach"),
    path("orders/<uuid:order>/set-aside/", orders.set_aside, name="set_aside"),
    path("orders/<uuid:order>/<slug:step>/", orders.step, name="step"),
]
