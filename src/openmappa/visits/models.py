"""What a home visit found: whatever its fact on the timeline cannot hold."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from openmappa.core.compartments import FieldClass


class HomeVisit(models.Model):
    """The notes of one home visit. Its day, service and outcome stand in its fact, so the two cannot differ."""

    fact = models.OneToOneField("timeline.Fact", on_delete=models.PROTECT, related_name="home_visit")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="home_visits")
    visited_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    accompanied_by = models.CharField(max_length=200, blank=True, default="")
    observed = models.TextField(blank=True, default="")
    has_concern = models.BooleanField(default=False)
    concern = models.TextField(blank=True, default="")
    intelligence_to_submit = models.BooleanField(default=False)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "fact", "case", "visited_by"], FieldClass.OPEN),
        **dict.fromkeys(["accompanied_by", "observed", "has_concern", "concern"], FieldClass.SENSITIVE),
        "intelligence_to_submit": FieldClass.INTELLIGENCE,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(has_concern=True) & ~Q(concern="") | Q(has_concern=False, concern=""),
                name="home_visit_concern_is_said",
            )
        ]

    def __str__(self) -> str:
        return f"home visit of fact {self.fact_id}"
