from django.apps import AppConfig


class WorkloadConfig(AppConfig):
    name = "openmappa.workload"
    label = "workload"
