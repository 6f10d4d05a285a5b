"""Facts (what happened), the duties that follow from them, and where a case stands: one row each."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from openmappa.accounts.models import User
from openmappa.cases.models import Case, reach_of
from openmappa.core.compartments import FieldClass
from openmappa.core.standards.facts import KINDS


class FactQuerySet(models.QuerySet["Fact"]):
    """Facts, narrowed in the field's words."""

    def standing(self) -> "FactQuerySet":
        """The facts that have not been voided, in the order the engine takes them: by day, then as entered."""
        return self.filter(voided_at__isnull=True).order_by("on", "id")


class Fact(models.Model):
    """Something that happened on a case on one day. Never edited: a mistake is voided and a right fact recorded.

    ``submission`` is the form's own token, so that a form sent twice is recorded once.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="facts", db_index=False)
    kind = models.CharField(max_length=40)
    on = models.DateField()
    details = models.JSONField(default=dict)
    recorded_on = models.DateField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    submission = models.UUIDField(null=True, unique=True)
    version = models.PositiveIntegerField(default=0, help_text="The case's version that recording this made.")
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    void_reason = models.TextField(blank=True, default="")
    voided_version = models.PositiveIntegerField(null=True, help_text="The case's version that voiding this made.")

    objects = FactQuerySet.as_manager()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "case", "recorded_on", "recorded_at", "recorded_by"], FieldClass.OPEN),
        **dict.fromkeys(["submission", "version", "voided_at", "voided_by", "voided_version"], FieldClass.OPEN),
        **dict.fromkeys(["kind", "on", "details", "void_reason"], FieldClass.SENSITIVE),
    }

    class Meta:
        indexes = [models.Index(fields=["case", "on", "id"], name="fact_of_case")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=sorted(KINDS)), name="fact_kind_is_known"),
            models.CheckConstraint(
                condition=(
                    Q(voided_at__isnull=True, voided_by__isnull=True, void_reason="")
                    | (Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason=""))
                ),
                name="fact_voided_by_somebody_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.kind}"

    @property
    def is_voided(self) -> bool:
        """Whether the fact was found to be a mistake."""
        return self.voided_at is not None


class DutyQuerySet(models.QuerySet["Duty"]):
    """Duties, narrowed in the field's words."""

    def visible_to(self, user: User) -> "DutyQuerySet":
        """The duties on cases that this person may see. An area's are found by its index, without the cases."""
        reach = reach_of(user)
        if not reach.areas:
            return self.filter(case__in=Case.objects.visible_to(user))
        walled = Case.objects.filter(restricted=True).exclude(pk__in=reach.named)
        in_area = Q(area_id__in=reach.areas) & ~Q(case__in=walled)
        if not (reach.units or reach.people or reach.given):
            return self.filter(in_area)
        return self.filter(in_area | Q(case__in=Case.objects.visible_to(user)))

    def open(self) -> "DutyQuerySet":
        """The duties that are neither met nor closed: whatever is due or overdue today."""
        return self.filter(met_on__isnull=True, closed_on__isnull=True)


class Duty(models.Model):
    """Something that is, or was, due on a case. Derived from the facts; its outcome follows from its dates and the day.

    ``area`` copies the case's, so that an area's worklist is one index scan.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="duties", db_index=False)
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+", db_index=False)
    standard = models.CharField(max_length=60)
    of = models.CharField(max_length=40)
    opened_on = models.DateField()
    due_on = models.DateField()
    met_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    because_kind = models.CharField(max_length=40)
    because_on = models.DateField()
    because_fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="+", null=True, db_index=False)

    objects = DutyQuerySet.as_manager()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "case", "area", "of"], FieldClass.OPEN),
        **dict.fromkeys(["standard", "opened_on", "due_on", "met_on", "closed_on"], FieldClass.SENSITIVE),
        **dict.fromkeys(["because_kind", "because_on", "because_fact"], FieldClass.SENSITIVE),
    }

    class Meta:
        verbose_name_plural = "duties"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "standard", "opened_on", "because_fact"],
                name="duty_opens_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(met_on__isnull=True) | Q(closed_on__isnull=True),
                name="duty_is_not_both_met_and_closed",
            ),
            models.CheckConstraint(
                condition=Q(met_on__isnull=True) | Q(met_on__gte=F("opened_on")),
                name="duty_is_met_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="duty_closes_after_it_opens",
            ),
        ]
        indexes = [
            models.Index(
                fields=["area", "case", "due_on", "of", "standard"],
                name="duty_open_in_area",
                condition=Q(met_on__isnull=True, closed_on__isnull=True),
            ),
            models.Index(
                fields=["case", "due_on"],
                name="duty_open_on_case",
                condition=Q(met_on__isnull=True, closed_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standard} due {self.due_on}"


class Standing(models.Model):
    """Where a case stands at the end of its last fact: what worklists filter by. Written when duties are derived."""

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, primary_key=True, related_name="standing")
    band = models.CharField(max_length=10, blank=True, default="")
    harm_level = models.CharField(max_length=10, blank=True, default="")
    mappa_level = models.PositiveSmallIntegerField(null=True)
    mappa_category = models.PositiveSmallIntegerField(null=True)
    supervised = models.BooleanField(default=False)
    registered = models.BooleanField(default=False)
    in_custody = models.BooleanField(default=False)
    closed = models.BooleanField(default=False)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["case", "mappa_level", "mappa_category"], FieldClass.OPEN),
        **dict.fromkeys(["band", "harm_level", "supervised", "registered"], FieldClass.SENSITIVE),
        **dict.fromkeys(["in_custody", "closed"], FieldClass.SENSITIVE),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(band__in=["", "low", "medium", "high", "very_high"]),
                name="standing_band_is_known",
            ),
            models.CheckConstraint(
                condition=Q(harm_level__in=["", "low", "medium", "high", "very_high"]),
                name="standing_harm_level_is_known",
            ),
            models.CheckConstraint(
                condition=Q(mappa_level__isnull=True) | Q(mappa_level__in=[1, 2, 3]),
                name="standing_mappa_level_is_1_to_3",
            ),
        ]

    def __str__(self) -> str:
        return f"standing of case {self.pk}"
