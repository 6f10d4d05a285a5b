"""What an area has set itself to reach, standard by standard, and since when."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from openmappa.core.compartments import FieldClass
from openmappa.core.inspection.targets import Aim


class TargetQuerySet(models.QuerySet["Target"]):
    """Targets, narrowed in the board's words."""

    def in_force_on(self, day: date) -> "TargetQuerySet":
        """For each standard of each area the one that holds on a day: the last to begin, of those the last set."""
        begun = self.filter(from_on__lte=day).order_by("area_id", "standard", "-from_on", "-id")
        return begun.distinct("area_id", "standard")


class Target(models.Model):
    """The percentage of a standard's duties that an area means to meet on time, from a day on.

    ``near_from`` is the percentage from which a shortfall counts as near. Both are empty where from that day on there
    is no target. A row is never changed: another begins later, or on the same day and takes its place.
    """

    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+", db_index=False)
    standard = models.CharField(max_length=60)
    percent = models.PositiveSmallIntegerField(null=True)
    near_from = models.PositiveSmallIntegerField(null=True)
    from_on = models.DateField()
    reason = models.TextField()
    set_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    objects = TargetQuerySet.as_manager()

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        ["id", "area", "standard", "percent", "near_from", "from_on", "reason", "set_by", "set_at"], FieldClass.OPEN
    )

    class Meta:
        ordering = ["-from_on", "-id"]
        indexes = [models.Index(fields=["area", "standard", "-from_on"], name="target_in_force")]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__isnull=True, near_from__isnull=True)
                | Q(percent__isnull=False, near_from__isnull=False)
                & Q(percent__gte=1, percent__lte=100, near_from__gte=1, near_from__lte=F("percent")),
                name="target_is_a_percentage_with_a_lower_one",
            ),
            models.CheckConstraint(condition=~Q(standard=""), name="target_is_of_a_standard"),
            models.CheckConstraint(condition=~Q(reason=""), name="target_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.standard}: {'no target' if self.percent is None else f'{self.percent}%'} from {self.from_on}"

    @property
    def aim(self) -> Aim | None:
        """What is to be reached; None where there is no target from its day on."""
        if self.percent is None or self.near_from is None:
            return None
        return Aim(self.percent, self.near_from)
