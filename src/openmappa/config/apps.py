"""The installation itself, as an app: only so that its commands are found."""

from django.apps import AppConfig


class InstallationConfig(AppConfig):
    """Commands about the database; no models."""

    name = "openmappa.config"
    label = "installation"
