from django.apps import AppConfig


class AnnualReportConfig(AppConfig):
    name = "openmappa.annual_report"
    label = "annual_report"
