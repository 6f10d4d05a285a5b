"""An OASys assessment: a draft until somebody signs it, then never changed again; a correction is a new version."""

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from openmappa.core.compartments import FieldClass

STAGES = ["start", "review", "incident", "end"]
LEVELS = ["low", "medium", "high", "very_high"]

WHO_AND_WHEN = ("signed", "countersigned", "returned", "abandoned")
"""What somebody does to an OASys at an instant; each is a pair of columns."""
WORKED_OUT = ("harm_level", "ogrs3_percent1", "ogrs3_percent2", "ogrs3_band", "ogrs2_entered", "total_entered")
"""What is worked out at signing and shown afterwards, whatever a later pack says."""


def pair(did: str) -> models.CheckConstraint:
    """Who did it and when stand together, or neither does."""
    both = {f"{did}_at__isnull": False, f"{did}_by__isnull": False}
    neither = {f"{did}_at__isnull": True, f"{did}_by__isnull": True}
    return models.CheckConstraint(condition=Q(**both) | Q(**neither), name=f"oasys_{did}_by_somebody")


class OasysQuerySet(models.QuerySet["Oasys"]):
    """OASys assessments, narrowed in the field's words."""

    def drafts(self) -> "OasysQuerySet":
        """Those that nobody has signed or abandoned."""
        return self.filter(signed_at__isnull=True, abandoned_at__isnull=True)

    def signed(self) -> "OasysQuerySet":
        """Those that are signed and whose entry on the timeline stands; the oldest first."""
        return self.filter(signed_at__isnull=False, fact__voided_at__isnull=True).order_by("fact__on", "fact_id")

    def waiting(self) -> "OasysQuerySet":
        """Those that need a countersignature and have none: not returned, and no later one or version was signed."""
        waits = Q(needs_countersignature=True, countersigned_at__isnull=True, returned_at__isnull=True)
        after = Q(fact__on__gt=OuterRef("fact__on")) | Q(fact__on=OuterRef("fact__on"), fact_id__gt=OuterRef("fact_id"))
        later = Oasys.objects.signed().filter(after, case=OuterRef("case"))
        return self.signed().filter(waits).exclude(Exists(later)).exclude(replaced_by__signed_at__isnull=False)


class Oasys(models.Model):
    """One version of one OASys. Its day, stage and overall harm level stand in its fact once it is signed.

    ``replaces`` is the version that this one corrects; ``copied_from`` the OASys whose answers it began with.
    ``submission`` is the token of the form that started it, so that a form sent twice starts one.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="oasys", db_index=False)
    stage = models.CharField(max_length=10)
    number = models.PositiveSmallIntegerField(default=1)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, related_name="replaced_by", null=True)
    copied_from = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)
    pack = models.CharField(max_length=60)
    submission = models.UUIDField(null=True, unique=True)
    started_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    started_at = models.DateTimeField(auto_now_add=True)
    fact = models.OneToOneField("timeline.Fact", on_delete=models.PROTECT, related_name="oasys", null=True)
    signed_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    signed_at = models.DateTimeField(null=True)
    needs_countersignature = models.BooleanField(default=False)
    countersigned_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    countersigned_at = models.DateTimeField(null=True)
    countersign_comment = models.TextField(blank=True, default="")
    returned_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    returned_at = models.DateTimeField(null=True)
    return_comment = models.TextField(blank=True, default="")
    abandoned_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    abandoned_at = models.DateTimeField(null=True)
    abandon_reason = models.TextField(blank=True, default="")
    harm_level = models.CharField(max_length=10, blank=True, default="")
    ogrs3_percent1 = models.PositiveSmallIntegerField(null=True)
    ogrs3_percent2 = models.PositiveSmallIntegerField(null=True)
    ogrs3_band = models.CharField(max_length=10, blank=True, default="")
    ogrs2_entered = models.PositiveSmallIntegerField(null=True)
    total_entered = models.PositiveSmallIntegerField(null=True)

    objects = OasysQuerySet.as_manager()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "case", "number", "replaces", "copied_from", "pack"], FieldClass.OPEN),
        **dict.fromkeys(["submission", "started_by", "started_at", "fact"], FieldClass.OPEN),
        **dict.fromkeys([f"{did}_{what}" for did in WHO_AND_WHEN for what in ("by", "at")], FieldClass.OPEN),
        "needs_countersignature": FieldClass.SENSITIVE,
        **dict.fromkeys(["stage", "countersign_comment", "return_comment", "abandon_reason"], FieldClass.SENSITIVE),
        **dict.fromkeys(WORKED_OUT, FieldClass.SENSITIVE),
    }

    class Meta:
        verbose_name = "OASys"
        verbose_name_plural = "OASys"
        indexes = [
            models.Index(fields=["case", "started_at", "id"], name="oasys_of_case"),
            models.Index(
                fields=["signed_at"],
                name="oasys_waiting",
                condition=Q(
                    needs_countersignature=True,
                    signed_at__isnull=False,
                    countersigned_at__isnull=True,
                    returned_at__isnull=True,
                ),
            ),
        ]
        constraints = [
            *(pair(did) for did in WHO_AND_WHEN),
            models.CheckConstraint(condition=Q(stage__in=STAGES), name="oasys_stage_is_known"),
            models.CheckConstraint(
                condition=Q(harm_level__in=["", *LEVELS], ogrs3_band__in=["", *LEVELS]), name="oasys_levels_are_known"
            ),
            models.CheckConstraint(
                condition=(
                    Q(signed_at__isnull=True, fact__isnull=True, harm_level="")
                    | (Q(signed_at__isnull=False, fact__isnull=False) & ~Q(harm_level=""))
                ),
                name="oasys_signed_stands_on_the_timeline",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(signed_at__isnull=True, abandoned_at__isnull=True),
                name="oasys_one_draft_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) | Q(abandoned_at__isnull=True),
                name="oasys_is_not_both_signed_and_abandoned",
            ),
            models.CheckConstraint(
                condition=(
                    Q(signed_at__isnull=False)
                    | Q(countersigned_at__isnull=True, returned_at__isnull=True, needs_countersignature=False)
                ),
                name="oasys_is_signed_before_it_is_judged",
            ),
            models.CheckConstraint(
                condition=Q(countersigned_at__isnull=True) | Q(returned_at__isnull=True),
                name="oasys_is_not_both_countersigned_and_returned",
            ),
            models.CheckConstraint(
                condition=(
                    (Q(countersigned_by__isnull=True) | ~Q(countersigned_by=F("signed_by")))
                    & (Q(returned_by__isnull=True) | ~Q(returned_by=F("signed_by")))
                ),
                name="oasys_is_judged_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(needs_countersignature=True) | ~Q(harm_level__in=["high", "very_high"]),
                name="oasys_high_needs_a_countersignature",
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True, return_comment="")
                | (Q(returned_at__isnull=False) & ~Q(return_comment="")),
                name="oasys_returned_with_a_comment",
            ),
            models.CheckConstraint(
                condition=Q(abandoned_at__isnull=True, abandon_reason="")
                | (Q(abandoned_at__isnull=False) & ~Q(abandon_reason="")),
                name="oasys_abandoned_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True, number=1) | Q(replaces__isnull=False, number__gte=2),
                name="oasys_later_version_replaces_one",
            ),
            models.CheckConstraint(
                condition=(
                    Q(ogrs3_percent1__isnull=True, ogrs3_percent2__isnull=True, ogrs3_band="")
                    | (
                        Q(ogrs3_percent1__range=(0, 100), ogrs3_percent2__range=(0, 100))
                        & Q(ogrs3_percent1__isnull=False, ogrs3_percent2__isnull=False)
                        & ~Q(ogrs3_band="")
                    )
                ),
                name="oasys_ogrs3_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(ogrs2_entered__isnull=True) | Q(ogrs2_entered__range=(0, 100)),
                name="oasys_ogrs2_is_a_percentage",
            ),
        ]

    def __str__(self) -> str:
        return f"OASys {self.key}, version {self.number}"

    @property
    def is_draft(self) -> bool:
        """Whether it is still being written."""
        return self.signed_at is None and self.abandoned_at is None

    @property
    def is_waiting(self) -> bool:
        """Whether it still needs a countersignature, as far as this row knows."""
        judged = self.countersigned_at is not None or self.returned_at is not None
        return self.signed_at is not None and self.needs_countersignature and not judged


class OasysSection(models.Model):
    """The answers to one section of one OASys, saved at any time, complete or not.

    ``answers`` holds what was answered, by the name of the question; ``unconfirmed`` the names of those that were
    copied from the last OASys and that nobody has confirmed yet. ``revision`` counts what was saved: whoever saves
    names the one that they saw. ``page`` is the token of the page that saved last, which may save again; ``turn``
    counts what that page sent, so that an earlier sending that arrives late is not taken for a later one.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    oasys = models.ForeignKey(Oasys, on_delete=models.PROTECT, related_name="sections", db_index=False)
    section = models.CharField(max_length=40)
    answers = models.JSONField(default=dict)
    unconfirmed = models.JSONField(default=list)
    saved_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    saved_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)
    page = models.UUIDField(null=True)
    turn = models.PositiveIntegerField(default=0, db_default=0)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "case", "oasys", "section", "saved_by", "saved_at", "revision"], FieldClass.OPEN),
        **dict.fromkeys(["page", "turn"], FieldClass.OPEN),
        **dict.fromkeys(["answers", "unconfirmed"], FieldClass.SENSITIVE),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["oasys", "section"], name="oasys_section_stands_once"),
        ]

    def __str__(self) -> str:
        return f"section {self.section} of OASys {self.oasys_id}"
