"""What those who answer for an audited case were told, that they know of it, and what they answered."""

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from openmappa.case_audits.models.audits import AuditedCase, CaseAudit
from openmappa.core.compartments import FieldClass

OPEN, SENSITIVE = FieldClass.OPEN, FieldClass.SENSITIVE


class Feedback(models.Model):
    """One person's feedback on one case. They acknowledge it, and may answer. ``about`` is the audit's title."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    audit = models.ForeignKey(CaseAudit, on_delete=models.PROTECT, related_name="feedback")
    audited = models.ForeignKey(AuditedCase, on_delete=models.PROTECT, related_name="feedback")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=200)
    sent_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True, default="")

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "audit", "audited", "case", "to", "about", "sent_by", "sent_at"], OPEN),
        "acknowledged_at": OPEN,
        "answer": SENSITIVE,
    }

    class Meta:
        ordering = ["-sent_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["audited", "to"], name="audit_feedback_once_to_a_person"),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True, answer="")
                | Q(acknowledged_at__isnull=False, acknowledged_at__gte=F("sent_at")),
                name="audit_feedback_acknowledged_after_it_was_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"feedback to {self.to_id}"
