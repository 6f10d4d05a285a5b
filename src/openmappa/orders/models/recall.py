"""A recall to custody from a licence, beside the facts of custody that it leads to."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from openmappa.core.compartments import FieldClass
from openmappa.core.orders.recall import REASONS, Decision, RecallDays
from openmappa.orders.models.order import SET_ASIDE
from openmappa.timeline.models import Fact

OPEN, SENSITIVE = FieldClass.OPEN, FieldClass.SENSITIVE


class Recall(models.Model):
    """Somebody on licence is to go back to custody: asked for, by whom, why, and what was decided.

    The return and the next release are facts of the case (``returned``, ``released``), here only pointed at: their days
    stand there and nowhere else. A fact that is voided counts here no more either.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.UUIDField(null=True, blank=True, unique=True)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="recalls")
    asked_on = models.DateField()
    asked_for_by = models.CharField(max_length=150)
    reason = models.CharField(max_length=20)
    words = models.TextField()
    decision = models.CharField(max_length=10, blank=True, default="")
    decided_on = models.DateField(null=True, blank=True)
    returned = models.OneToOneField(
        "timeline.Fact", on_delete=models.PROTECT, related_name="recall_returned", null=True, blank=True
    )
    released = models.OneToOneField(
        "timeline.Fact", on_delete=models.PROTECT, related_name="recall_released", null=True, blank=True
    )
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    set_aside_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    set_aside_at = models.DateTimeField(null=True, blank=True)
    set_aside_reason = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=0)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "submission", "case", "recorded_by", "recorded_at", "set_aside_by"], OPEN),
        **dict.fromkeys(["set_aside_at", "version"], OPEN),
        **dict.fromkeys(["asked_on", "asked_for_by", "reason", "words", "decision", "decided_on"], SENSITIVE),
        **dict.fromkeys(["returned", "released", "set_aside_reason"], SENSITIVE),
    }

    class Meta:
        ordering = ["-asked_on", "-id"]
        indexes = [models.Index(fields=["case", "asked_on"], name="recall_of_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=list(REASONS)) & ~Q(words="") & ~Q(asked_for_by=""), name="recall_says_why"
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_on__isnull=True)
                | Q(
                    decision__in=[each.value for each in Decision],
                    decided_on__isnull=False,
                    decided_on__gte=F("asked_on"),
                ),
                name="recall_decided_after_it_was_asked_for",
            ),
            models.CheckConstraint(
                condition=Q(returned__isnull=True) | Q(decision="revoked"), name="recall_returned_once_revoked"
            ),
            models.CheckConstraint(
                condition=Q(released__isnull=True) | Q(returned__isnull=False), name="recall_released_once_returned"
            ),
            models.CheckConstraint(condition=SET_ASIDE, name="recall_set_aside_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"recall {self.key}"

    @property
    def is_standing(self) -> bool:
        """Whether nobody has said that it was a mistake."""
        return self.set_aside_at is None

    @property
    def reason_label(self) -> str:
        """Why, in words."""
        return REASONS[self.reason]

    @property
    def days(self) -> RecallDays:
        """Its days, as the core takes them."""
        decision = Decision(self.decision) if self.decision else None
        return RecallDays(self.asked_on, decision, self.decided_on, _day(self.returned), _day(self.released))


def _day(fact: Fact | None) -> date | None:
    """The day of a fact that stands."""
    return None if fact is None or fact.is_voided else fact.on
