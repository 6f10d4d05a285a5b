"""Who was asked to screen a referral with the coordinator, in which seat, and what each thought."""

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from openmappa.core.compartments import FieldClass
from openmappa.referrals.models.referral import Referral
from openmappa.referrals.words import Outcome

OPEN, SENSITIVE = FieldClass.OPEN, FieldClass.SENSITIVE


class ScreenerQuerySet(models.QuerySet["Screener"]):
    """Those asked to screen, narrowed in the field's words."""

    def sitting(self) -> "ScreenerQuerySet":
        """Those whom nobody has taken the place of."""
        return self.filter(replaced_at__isnull=True)


class Screener(models.Model):
    """One person asked to screen one referral. A view that was given never changes; disagreement stands."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="screeners")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    seat = models.CharField(max_length=20, help_text="One of the pack's seats.")
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    rank = models.CharField(max_length=40, help_text="The person's rank when they were asked.")
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    view = models.CharField(max_length=12, choices=Outcome.choices, blank=True, default="")
    reasons = models.TextField(blank=True, default="")
    given_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)
    replaced_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    objects = ScreenerQuerySet.as_manager()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "referral", "case", "seat", "person", "rank", "asked_by", "asked_at"], OPEN),
        **dict.fromkeys(["given_at", "replaced_at", "replaced_by"], OPEN),
        **dict.fromkeys(["view", "reasons"], SENSITIVE),
    }

    class Meta:
        ordering = ["seat", "asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "seat"], condition=Q(replaced_at__isnull=True), name="screener_one_in_each_seat"
            ),
            models.UniqueConstraint(
                fields=["referral", "person"], condition=Q(replaced_at__isnull=True), name="screener_in_one_seat_only"
            ),
            models.CheckConstraint(condition=Q(view__in=["", *Outcome.values]), name="screener_view_is_known"),
            models.CheckConstraint(
                condition=Q(view="", reasons="", given_at__isnull=True)
                | ~Q(view="") & ~Q(reasons="") & Q(given_at__isnull=False),
                name="screener_view_has_reasons",
            ),
            models.CheckConstraint(
                condition=Q(replaced_at__isnull=True, replaced_by__isnull=True)
                | Q(replaced_at__isnull=False, replaced_by__isnull=False, given_at__isnull=True),
                name="screener_replaced_before_a_view",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat} of referral {self.referral_id}"

    @property
    def view_in_words(self) -> Outcome | None:
        """The view, None while there is none."""
        return Outcome(self.view) if self.view else None
