"""What stands behind an assessment's fact: the items of an RM2000, who countersigned it; and why there is none."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from openmappa.core.compartments import FieldClass
from openmappa.core.packs.load import load_rm2000

BANDS = ["low", "medium", "high", "very_high"]


class Rm2000Score(models.Model):
    """The items and points behind one RM2000. Its day, the band of scale S and the assessor's rank stand in its fact.

    The result is kept as worked out on the day, with the pack that gave the points: a later pack changes nothing.
    Scale V was answered whole or not at all; without it there is no scale C.
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
    violent_appearances = models.PositiveSmallIntegerField(null=True)
    burglary = models.BooleanField(null=True)
    v_points = models.PositiveSmallIntegerField(null=True)
    v_band = models.CharField(max_length=10, blank=True, default="")
    c_points = models.PositiveSmallIntegerField(null=True)
    c_band = models.CharField(max_length=10, blank=True, default="")

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "fact", "case", "scored_by", "pack"], FieldClass.OPEN),
        **dict.fromkeys(["age_at_risk", "sexual_appearances", "criminal_appearances"], FieldClass.SENSITIVE),
        **dict.fromkeys(["male_victim", "stranger_victim", "single", "non_contact"], FieldClass.SENSITIVE),
        **dict.fromkeys(["s_points", "s_first_band", "s_band"], FieldClass.SENSITIVE),
        **dict.fromkeys(["violent_appearances", "burglary", "v_points", "v_band"], FieldClass.SENSITIVE),
        **dict.fromkeys(["c_points", "c_band"], FieldClass.SENSITIVE),
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
            models.CheckConstraint(
                condition=Q(violent_appearances__isnull=True) | Q(criminal_appearances__gte=F("violent_appearances")),
                name="rm2000_violent_appearances_are_criminal_ones",
            ),
            models.CheckConstraint(
                condition=Q(
                    violent_appearances__isnull=True,
                    burglary__isnull=True,
                    v_points__isnull=True,
                    v_band="",
                    c_points__isnull=True,
                    c_band="",
                )
                | Q(
                    violent_appearances__isnull=False,
                    burglary__isnull=False,
                    v_points__isnull=False,
                    v_band__in=BANDS,
                    c_points__isnull=False,
                    c_band__in=BANDS,
                ),
                name="rm2000_scale_v_is_whole_or_absent",
            ),
        ]

    def __str__(self) -> str:
        return f"RM2000 {self.s_band} of fact {self.fact_id}"


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


class NoRm2000(models.Model):
    """Why no RM2000 is made of somebody: a coded reason of the pack, in force until it is withdrawn.

    ``words`` are the assessor's, where the reason asks for them. The timeline has it as a note. A score withdraws it,
    and so does another reason; and it falls with its note, where that was a mistake.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    note = models.OneToOneField("notes.Note", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=30)
    words = models.TextField(blank=True, default="")
    pack = models.CharField(max_length=60)
    decided_on = models.DateField()
    decided_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    rank = models.CharField(max_length=30)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "case", "note", "pack", "decided_on", "decided_by", "rank"], FieldClass.OPEN),
        **dict.fromkeys(["withdrawn_at", "withdrawn_by"], FieldClass.OPEN),
        **dict.fromkeys(["code", "words"], FieldClass.SENSITIVE),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(withdrawn_at__isnull=True), name="no_rm2000_has_one_reason_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="no_rm2000_is_withdrawn_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"no RM2000 of case {self.case_id}: {self.code}"

    @property
    def stands(self) -> bool:
        """Whether it is in force: not withdrawn, and its note not found to be a mistake."""
        return self.withdrawn_at is None and not self.note.is_voided

    @property
    def text(self) -> str:
        """The reason in words, as the pack has it; the code itself where the pack has it no longer."""
        try:
            return load_rm2000(self.pack).no_score_reason(self.code).text
        except KeyError:
            return self.code
