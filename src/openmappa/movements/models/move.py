"""A temporary move: somebody stays in another area for a time, and its coordinator knows."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from openmappa.core.compartments import FieldClass

OPEN, SENSITIVE = FieldClass.OPEN, FieldClass.SENSITIVE


class MoveQuerySet(models.QuerySet["TemporaryMove"]):
    """Temporary moves, narrowed in the field's words."""

    def standing(self) -> "MoveQuerySet":
        """Those that nobody has withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def away_on(self, day: date) -> "MoveQuerySet":
        """Those that have begun by this day and from which nobody is known to have returned."""
        return self.standing().filter(from_on__lte=day, returned_on__isnull=True)


class TemporaryMove(models.Model):
    """A stay in another area, or abroad. ``host`` is the coordinator there who was told, and has the case for the stay.

    ``involvement`` is what opens it to them; extending the stay gives it anew. Abroad there is no coordinator.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.UUIDField(null=True, blank=True, unique=True)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="temporary_moves")
    to_area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    host = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    involvement = models.ForeignKey(
        "cases.Involvement", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    kind = models.CharField(max_length=20)
    from_on = models.DateField()
    until_on = models.DateField()
    place = models.CharField(max_length=300)
    contact = models.CharField(max_length=200, blank=True, default="")
    why = models.TextField(blank=True, default="")
    abroad = models.BooleanField(default=False)
    given_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    acknowledged_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_words = models.TextField(blank=True, default="")
    returned_on = models.DateField(null=True, blank=True)
    returned_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    withdrawn_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True, default="")
    overdue_told_on = models.DateField(null=True, blank=True, help_text="The last day of which it was told as over.")
    version = models.PositiveIntegerField(default=0)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "submission", "case", "to_area", "host", "involvement", "given_by"], OPEN),
        **dict.fromkeys(["given_at", "acknowledged_by", "acknowledged_at", "returned_by", "withdrawn_by"], OPEN),
        **dict.fromkeys(["withdrawn_at", "overdue_told_on", "version"], OPEN),
        **dict.fromkeys(["kind", "from_on", "until_on", "place", "contact", "why", "abroad"], SENSITIVE),
        **dict.fromkeys(["acknowledged_words", "returned_on", "withdrawn_reason"], SENSITIVE),
    }

    objects = MoveQuerySet.as_manager()

    class Meta:
        ordering = ["-from_on", "-id"]
        indexes = [models.Index(fields=["case", "from_on"], name="move_of_case")]
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="move_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(abroad=True, to_area__isnull=True, host__isnull=True, involvement__isnull=True)
                | Q(abroad=False, to_area__isnull=False, host__isnull=False, involvement__isnull=False),
                name="move_has_a_host_unless_abroad",
            ),
            models.CheckConstraint(condition=~Q(place="") & ~Q(kind=""), name="move_says_where"),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True, acknowledged_words="")
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
                name="move_acknowledged_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True, returned_by__isnull=True)
                | Q(returned_on__isnull=False, returned_on__gte=F("from_on"), returned_by__isnull=False),
                name="move_returned_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, returned_on__isnull=True)
                & ~Q(withdrawn_reason=""),
                name="move_withdrawn_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"temporary move {self.key}"

    @property
    def is_standing(self) -> bool:
        """Whether nobody has withdrawn it."""
        return self.withdrawn_at is None

    def is_overdue(self, today: date) -> bool:
        """Whether the person should be back, and nobody has recorded that they are."""
        return self.is_standing and self.returned_on is None and self.until_on < today

    def is_away(self, today: date) -> bool:
        """Whether the person is there now, as far as is known."""
        return self.is_standing and self.returned_on is None and self.from_on <= today
