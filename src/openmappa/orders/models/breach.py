"""A breach of a civil order, and what became of it."""

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from openmappa.core.compartments import FieldClass
from openmappa.core.orders.breach import BreachDays
from openmappa.orders.models.order import SET_ASIDE, CivilOrder

OPEN, SENSITIVE = FieldClass.OPEN, FieldClass.SENSITIVE


class OrderBreach(models.Model):
    """A breach: on which day, what in words, reported, charged, convicted or no further action, each with its day.

    It is an allegation until ``convicted_on``. What it was before each change is in the history.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.UUIDField(null=True, blank=True, unique=True)
    order = models.ForeignKey(CivilOrder, on_delete=models.PROTECT, related_name="breaches")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    what = models.TextField()
    reported_on = models.DateField()
    charged_on = models.DateField(null=True, blank=True)
    convicted_on = models.DateField(null=True, blank=True)
    dropped_on = models.DateField(null=True, blank=True, help_text="No further action was taken from this day on.")
    outcome = models.TextField(blank=True, default="", help_text="The sentence, or why no further action was taken.")
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    set_aside_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    set_aside_at = models.DateTimeField(null=True, blank=True)
    set_aside_reason = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=0)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "submission", "order", "case", "recorded_by", "recorded_at"], OPEN),
        **dict.fromkeys(["set_aside_by", "set_aside_at", "version"], OPEN),
        **dict.fromkeys(["on", "what", "reported_on", "charged_on", "convicted_on", "dropped_on"], SENSITIVE),
        **dict.fromkeys(["outcome", "set_aside_reason"], SENSITIVE),
    }

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="order_breach_says_what"),
            models.CheckConstraint(
                condition=Q(reported_on__gte=F("on")), name="order_breach_reported_after_it_happened"
            ),
            models.CheckConstraint(
                condition=Q(charged_on__isnull=True) | Q(charged_on__isnull=False, charged_on__gte=F("reported_on")),
                name="order_breach_charged_after_it_was_reported",
            ),
            models.CheckConstraint(
                condition=Q(convicted_on__isnull=True)
                | Q(convicted_on__isnull=False, charged_on__isnull=False, convicted_on__gte=F("charged_on")),
                name="order_breach_convicted_after_the_charge",
            ),
            models.CheckConstraint(
                condition=Q(dropped_on__isnull=True)
                | Q(dropped_on__isnull=False, convicted_on__isnull=True, dropped_on__gte=F("reported_on")),
                name="order_breach_ends_in_one_way",
            ),
            models.CheckConstraint(condition=SET_ASIDE, name="order_breach_set_aside_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"breach {self.key}"

    @property
    def is_standing(self) -> bool:
        """Whether nobody has said that it was a mistake."""
        return self.set_aside_at is None

    @property
    def days(self) -> BreachDays:
        """Its days, as the core takes them."""
        return BreachDays(self.on, self.reported_on, self.charged_on, self.convicted_on, self.dropped_on)
