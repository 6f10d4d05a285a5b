from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "openmappa.accounts"
    label = "accounts"
