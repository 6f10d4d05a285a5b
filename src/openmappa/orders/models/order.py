"""A civil order on somebody, and the steps of its life: applied for, made, varied, renewed, ended (5.9)."""

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from openmappa.core.compartments import FieldClass
from openmappa.core.orders.kinds import KINDS, OrderKind
from openmappa.core.orders.life import Happened, Step

OPEN, SENSITIVE = FieldClass.OPEN, FieldClass.SENSITIVE
SET_ASIDE = Q(set_aside_at__isnull=True, set_aside_by__isnull=True, set_aside_reason="") | Q(
    set_aside_at__isnull=False, set_aside_by__isnull=False
) & ~Q(set_aside_reason="")
"""A row that was a mistake stays, with who said so, when and why."""
LASTS = Q(until_on__isnull=True, open_ended=True) | Q(until_on__isnull=False, open_ended=False, until_on__gte=F("on"))
LASTING = ["made", "renewed"]


class CivilOrder(models.Model):
    """An order of one kind, from its application on. How it stands follows from its steps (``core.orders.life``).

    ``set_aside``: all of it was a mistake, such as the wrong kind. ``version`` counts the changes.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="civil_orders")
    kind = models.CharField(max_length=30)
    opened_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    set_aside_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    set_aside_at = models.DateTimeField(null=True, blank=True)
    set_aside_reason = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=0)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "case", "opened_by", "opened_at", "set_aside_by", "set_aside_at"], OPEN),
        **dict.fromkeys(["kind", "set_aside_reason"], SENSITIVE),
        "version": OPEN,
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="civil_order_kind_is_known"),
            models.CheckConstraint(condition=SET_ASIDE, name="civil_order_set_aside_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"civil order {self.key}"

    @property
    def of(self) -> OrderKind:
        """What the law says of its kind."""
        return KINDS[self.kind]

    @property
    def is_standing(self) -> bool:
        """Whether nobody has said that it was a mistake."""
        return self.set_aside_at is None


class OrderStep(models.Model):
    """What happened to an order on a day: ``applicant`` applied, ``lines`` are what it prohibits or requires since."""

    order = models.ForeignKey(CivilOrder, on_delete=models.PROTECT, related_name="steps")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    submission = models.UUIDField(null=True, blank=True, unique=True)
    step = models.CharField(max_length=20)
    on = models.DateField()
    applicant = models.CharField(max_length=150, blank=True, default="")
    court = models.CharField(max_length=150, blank=True, default="")
    until_on = models.DateField(null=True, blank=True)
    open_ended = models.BooleanField(default=False)
    lines = models.TextField(blank=True, default="")
    words = models.TextField(blank=True, default="")
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    set_aside_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    set_aside_at = models.DateTimeField(null=True, blank=True)
    set_aside_reason = models.TextField(blank=True, default="")

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "order", "case", "submission", "recorded_by", "recorded_at", "set_aside_by"], OPEN),
        **dict.fromkeys(["step", "on", "applicant", "court", "until_on", "open_ended", "lines", "words"], SENSITIVE),
        "set_aside_at": OPEN,
        "set_aside_reason": SENSITIVE,
    }

    class Meta:
        ordering = ["on", "id"]
        indexes = [models.Index(fields=["case", "on"], name="order_step_of_case")]
        constraints = [
            models.CheckConstraint(condition=Q(step__in=[step.value for step in Step]), name="order_step_is_known"),
            models.CheckConstraint(
                condition=Q(step__in=LASTING) & LASTS
                | Q(step="interim", until_on__isnull=False, open_ended=False, until_on__gte=F("on"))
                | ~Q(step__in=[*LASTING, "interim"]) & Q(until_on__isnull=True, open_ended=False),
                name="order_step_says_until_when",
            ),
            models.CheckConstraint(condition=~Q(step="applied") | ~Q(applicant=""), name="order_step_says_who_applied"),
            models.CheckConstraint(condition=SET_ASIDE, name="order_step_set_aside_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.step} of order {self.order_id}"

    @property
    def is_standing(self) -> bool:
        """Whether nobody has said that it was a mistake."""
        return self.set_aside_at is None

    @property
    def label(self) -> str:
        """What happened."""
        return Step(self.step).label

    @property
    def prohibits(self) -> tuple[str, ...]:
        """What the order prohibits or requires since, line by line."""
        return tuple(self.lines.splitlines())

    def happened(self) -> Happened:
        """As the core takes it."""
        return Happened(Step(self.step), self.on, self.until_on, self.open_ended, self.prohibits)
