"""The append-only log: one event for each thing a person did."""

import uuid

from django.db import models


class Event(models.Model):
    """One thing that somebody did to the record, written in the same transaction as the deed.

    Names and ids stand here as values, not as foreign keys: the log outlives what it speaks of. The application's
    database role may add and read rows, never change or delete them.
    """

    at = models.DateTimeField(auto_now_add=True)
    by_id = models.BigIntegerField(null=True, help_text="The person's row; empty when a command did it.")
    by_name = models.CharField(max_length=150)
    agency = models.CharField(max_length=150, blank=True)
    verb = models.CharField(max_length=60)
    case_id = models.BigIntegerField(null=True)
    about = models.JSONField(default=dict)
    correlation = models.UUIDField(default=uuid.uuid4)

    class Meta:
        indexes = [
            models.Index(fields=["case_id", "-at"], name="audit_event_case"),
            models.Index(fields=["by_id", "-at"], name="audit_event_by"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by_name}: {self.verb}"
