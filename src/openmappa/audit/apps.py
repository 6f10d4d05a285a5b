from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "openmappa.audit"
    label = "audit"
