"""Addresses of this app. ``WAY_IN`` belongs to the names of ``accounts``, which every page knows."""

from django.urls import path

from openmappa.signin.views import agency, own, people, way_in

app_name = "signin"
WAY_IN = [
    path("sign-in/", way_in.sign_in, name="sign_in"),
    path("sign-out/", way_in.sign_out, name="sign_out"),
    path("signed-out/", way_in.signed_out, name="signed_out"),
]
urlpatterns = [
    path("sign-in/second/", way_in.second_factor, name="second_factor"),
    path("sign-in/passkey/", way_in.sign_in_by_passkey, name="passkey"),
    path("sign-in/passkey/options/", way_in.passkey_to_use, name="passkey_to_use"),
    path("sign-in/stay/", way_in.stay, name="stay"),
    path("sign-in/agency/<slug:provider>/", agency.agency, name="agency"),
    path("sign-in/agency/<slug:provider>/back/", agency.agency_back, name="agency_back"),
    path("you/sign-in/", own.mine, name="mine"),
    path("you/sign-in/password/", own.password, name="password"),
    path("you/sign-in/set-up/", own.set_up, name="set_up"),
    path("you/sign-in/set-up/app/", own.set_up_app, name="set_up_app"),
    path("you/sign-in/set-up/passkey/", own.set_up_passkey, name="set_up_passkey"),
    path("you/sign-in/set-up/passkey/options/", own.passkey_to_make, name="passkey_to_make"),
    path("you/sign-in/<int:pk>/remove/", own.remove_factor, name="remove_factor"),
    path("you/sign-in/recovery-codes/", own.recovery_codes, name="recovery_codes"),
    path("you/sign-in/end/", own.end_sessions, name="end_sessions"),
    path("you/sign-in/prove/", own.prove, name="prove"),
    path("you/sign-in/prove/options/", own.passkey_to_prove, name="passkey_to_prove"),
    path("people/<int:pk>/sign-in/", people.person, name="person"),
]
