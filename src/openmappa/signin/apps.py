from django.apps import AppConfig


class SigninConfig(AppConfig):
    name = "openmappa.signin"
    label = "signin"
