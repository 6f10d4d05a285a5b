"""Addresses of this app."""

from django.urls import path

from openmappa.people.views import cases, covers, deciding, establishment, people, posts, setting_up, units

app_name = "people"
urlpatterns = [
    path("people/", people.people, name="list"),
    path("people/add/", posts.add, name="add"),
    path("people/waiting/", deciding.waiting, name="waiting"),
    path("people/waiting/<int:pk>/", deciding.decide, name="decide"),
    path("people/to-confirm/", deciding.to_confirm, name="to_confirm"),
    path("people/to-confirm/file/", deciding.to_confirm_file, name="to_confirm_file"),
    path("people/line-managers/", units.line_managers, name="line_managers"),
    path("people/line-managers/<int:pk>/take/", units.take, name="take_unit"),
    path("people/units/add/", units.add, name="add_unit"),
    path("people/posts/", establishment.posts, name="posts"),
    path("people/posts/<int:pk>/", establishment.unit_posts, name="unit_posts"),
    path("people/posts/entries/<int:pk>/void/", establishment.void, name="void_posts"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/move/", posts.move, name="move"),
    path("people/<int:pk>/leave/", posts.leave, name="leave"),
    path("people/<int:pk>/come-back/", posts.come_back, name="come_back"),
    path("people/<int:pk>/address/", posts.address, name="address"),
    path("people/<int:pk>/code/", posts.code, name="code"),
    path("people/<int:pk>/confirm/", deciding.confirm_person, name="confirm"),
    path("people/<int:pk>/cases/", cases.hand_over_cases, name="hand_over"),
    path("cover/", covers.covers, name="covers"),
    path("cover/arrange/", covers.arrange, name="arrange_cover"),
    path("cover/<int:pk>/end/", covers.end, name="end_cover"),
    path("set-up/", setting_up.start, name="set_up"),
    path("set-up/done/", setting_up.done, name="set_up_done"),
]
