"""What stands behind an assessment's fact: the items of an RM2000, and who countersigned it."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from openmappa.core.compartments import FieldClass

BANDS = ["low", "medium", "high", "very_high"]


class Rm2000Score(models.Model):
    """The items and points behind one RM2000/S. Its day, band and the assessor's rank stand in its fact.

    The result is kept as worked out on the day, with the pack that gave the points: a later pack changes nothing.
    """

    fact = models.OneToOneField("timeline.Fact", on_delete=models.PROTECT, related_name="rm2000_score")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="rm2000_scores")
    scored_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    pack = models.CharField(max_length=60)
    age_at_risk = models.PositiveSmallIntegerField()
    sexual_appearances = models.PositiveSmallIntegerField()
    criminal_appearances = models.PositiveSmallIntegerField()
    male_victim = models.BooleanField()
    stranger_victim = models.BooleanField()
    single = models.BooleanField()
    non_contact = models.BooleanField()
    s_points = models.PositiveSmallIntegerField()
    s_first_band = models.CharField(max_length=10)
    s_band = models.CharField(max_length=10)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "fact", "case", "scored_by", "pack"], FieldClass.OPEN),
        **dict.fromkeys(["age_at_risk", "sexual_appearances", "criminal_appearances"], FieldClass.SENSITIVE),
        **dict.fromkeys(["male_victim", "stranger_victim", "single", "non_contact"], FieldClass.SENSITIVE),
        **dict.fromkeys(["s_points", "s_first_band", "s_band"], FieldClass.SENSITIVE),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(s_band__in=BANDS, s_first_band__in=BANDS), name="rm2000_bands_are_known"
            ),
            models.CheckConstraint(condition=Q(age_at_risk__gte=18), name="rm2000_is_for_adults"),
            models.CheckConstraint(condition=Q(sexual_appearances__gte=1), name="rm2000_follows_a_sexual_appearance"),
            models.CheckConstraint(
                condition=Q(criminal_appearances__gte=F("sexual_appearances")),
                name="rm2000_sexual_appearances_are_criminal_ones",
            ),
        ]

    def __str__(self) -> str:
        return f"RM2000/S {self.s_band} of fact {self.fact_id}"


class Countersignature(models.Model):
    """Somebody else's signature under an RM2000. Its day stands in its fact."""

    fact = models.OneToOneField("timeline.Fact", on_delete=models.PROTECT, related_name="countersignature")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    of = models.ForeignKey("timeline.Fact", on_delete=models.PROTECT, related_name="countersignatures")
    signed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    comment = models.TextField(blank=True, default="")

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "fact", "case", "of", "signed_by"], FieldClass.OPEN),
        "comment": FieldClass.SENSITIVE,
    }

    def __str__(self) -> str:
        return f"countersignature of fact {self.of_id}"
