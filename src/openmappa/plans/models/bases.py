"""What plans and their parts have in common: signing, belonging to a plan, having an owner, moving on with evidence."""

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from openmappa.core.compartments import FieldClass
from openmappa.core.plans.audience import Audience
from openmappa.plans.words import OwnerKind

OPEN, SENSITIVE = FieldClass.OPEN, FieldClass.SENSITIVE
PART = dict.fromkeys(["id", "key", "plan", "case", "number"], OPEN)
OWNED = dict.fromkeys(["owner_kind", "owner", "owner_agency"], SENSITIVE)
MOVED = dict.fromkeys(["state", "state_on", "evidence"], SENSITIVE)


def staff(*columns: str) -> Mapping[str, Audience]:
    """Text columns that only those who read the record may read."""
    return dict.fromkeys(columns, Audience.STAFF)


class Signed(models.Model):
    """Work that is a draft until it is signed; then countersigned, or returned. A draft can be abandoned instead.

    ``fact`` is what signing it recorded. ``needs_countersignature`` says whether a line manager has to sign too.
    """

    fact = models.OneToOneField("timeline.Fact", on_delete=models.PROTECT, related_name="%(class)s", null=True)
    started_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    started_at = models.DateTimeField()
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

    signing_classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["fact", "started_by", "started_at", "signed_by", "signed_at", "needs_countersignature"], OPEN),
        **dict.fromkeys(["countersigned_by", "countersigned_at", "returned_by", "returned_at"], OPEN),
        **dict.fromkeys(["abandoned_by", "abandoned_at"], OPEN),
        **dict.fromkeys(["countersign_comment", "return_comment", "abandon_reason"], SENSITIVE),
    }
    signing_audience: ClassVar[Mapping[str, Audience]] = staff(
        "countersign_comment", "return_comment", "abandon_reason"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by__isnull=True, fact__isnull=True)
                | Q(signed_at__isnull=False, signed_by__isnull=False, fact__isnull=False),
                name="%(class)s_signed_by_somebody_with_a_fact",
            ),
            models.CheckConstraint(
                condition=Q(countersigned_at__isnull=True, countersigned_by__isnull=True, countersign_comment="")
                | Q(countersigned_at__isnull=False, countersigned_by__isnull=False, signed_at__isnull=False)
                & ~Q(countersigned_by=F("signed_by")),
                name="%(class)s_countersigned_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True, returned_by__isnull=True, return_comment="")
                | Q(returned_at__isnull=False, returned_by__isnull=False)
                & Q(signed_at__isnull=False, countersigned_at__isnull=True)
                & ~Q(return_comment="")
                & ~Q(returned_by=F("signed_by")),
                name="%(class)s_returned_by_somebody_else_with_words",
            ),
            models.CheckConstraint(
                condition=Q(abandoned_at__isnull=True, abandoned_by__isnull=True, abandon_reason="")
                | Q(abandoned_at__isnull=False, abandoned_by__isnull=False, signed_at__isnull=True)
                & ~Q(abandon_reason=""),
                name="%(class)s_abandoned_by_somebody_with_a_reason",
            ),
        ]

    @property
    def is_draft(self) -> bool:
        """Whether it is still being written."""
        return self.signed_at is None and self.abandoned_at is None

    @property
    def waits_for_countersignature(self) -> bool:
        """Whether a line manager has to countersign or return it."""
        done = self.countersigned_at is not None or self.returned_at is not None
        return self.signed_at is not None and self.needs_countersignature and not done


class PlanPart(models.Model):
    """What the parts of a plan have in common. ``case`` is the plan's own (the database sees to it)."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Owned(PlanPart):
    """A part that somebody has to do: the offender, a person who works here, or an agency by name."""

    owner_kind = models.CharField(max_length=10, choices=OwnerKind.choices)
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    owner_agency = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(owner_kind="offender", owner__isnull=True, owner_agency="")
                | Q(owner_kind="person", owner__isnull=False, owner_agency="")
                | Q(owner_kind="agency", owner__isnull=True) & ~Q(owner_agency=""),
                name="%(class)s_has_one_owner",
            ),
        ]

    @property
    def owner_words(self) -> str:
        """Who does it, as staff read it."""
        if self.owner_kind == OwnerKind.OFFENDER:
            return "The offender"
        return self.owner_agency if self.owner is None else self.owner.full_name


def moved(states: list[str], start: str, name: str) -> models.CheckConstraint:
    """A state that is known; one other than the first has its day and its evidence."""
    return models.CheckConstraint(
        condition=Q(state__in=states)
        & (Q(state=start, state_on__isnull=True, evidence="") | (Q(state_on__isnull=False) & ~Q(evidence=""))),
        name=name,
    )
