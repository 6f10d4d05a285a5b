"""Plans: the supervision plan and the risk management plan of a case, version by version, and what became of each part.

A plan is written as a draft, by several people if need be, until it is signed. From then on its words and parts never
change: the database refuses it (``migrations/0003``). What became of an objective afterwards is ``Progress``.
Every text column says in ``audience`` whom it is written for (``core.plans.audience``).
"""

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from openmappa.core.compartments import FieldClass
from openmappa.core.plans.audience import Audience
from openmappa.plans.models.bases import OPEN, SENSITIVE, Signed
from openmappa.plans.words import PlanKind, Purpose


class PlanQuerySet(models.QuerySet["Plan"]):
    """Plans, narrowed in the field's words."""

    def drafts(self) -> "PlanQuerySet":
        """Plans that somebody is still writing."""
        return self.filter(signed_at__isnull=True, abandoned_at__isnull=True)

    def signed(self) -> "PlanQuerySet":
        """Plans that were signed, whatever came of them since."""
        return self.filter(signed_at__isnull=False)


class Plan(Signed):
    """One version of a plan. The day it was completed stands in its fact.

    ``replaces`` is the version that it was copied from. ``harm_level`` is the level that stood when it was signed;
    ``mappa_actions`` are the numbers of the actions from MAPPA meetings that were open then (7.8).
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="plans", db_index=False)
    kind = models.CharField(max_length=20, choices=PlanKind.choices)
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    version = models.PositiveSmallIntegerField()
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, related_name="replaced_by", null=True)
    pack = models.CharField(max_length=60)
    harm_level = models.CharField(max_length=10, blank=True, default="")
    mappa_actions = ArrayField(models.CharField(max_length=60), default=list, blank=True)

    shared_on = models.DateField(null=True)
    agreed = models.BooleanField(null=True)
    own_words = models.TextField(blank=True, default="")
    why_not_shared = models.TextField(blank=True, default="")
    diversity = models.TextField(blank=True, default="")
    adapted = models.TextField(blank=True, default="")
    community = models.TextField(blank=True, default="")
    contact = models.TextField(blank=True, default="")

    objects = PlanQuerySet.as_manager()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **Signed.signing_classified,
        **dict.fromkeys(["id", "key", "case", "kind", "purpose", "version", "replaces", "pack", "mappa_actions"], OPEN),
        "harm_level": SENSITIVE,
        **dict.fromkeys(["shared_on", "agreed", "own_words", "why_not_shared"], SENSITIVE),
        **dict.fromkeys(["diversity", "adapted", "community", "contact"], SENSITIVE),
    }
    audience: ClassVar[Mapping[str, Audience]] = {
        **Signed.signing_audience,
        **dict.fromkeys(["why_not_shared", "diversity", "community"], Audience.STAFF),
        **dict.fromkeys(["own_words", "adapted", "contact"], Audience.OFFENDER),
        **dict.fromkeys(["kind", "purpose", "pack", "harm_level", "mappa_actions"], Audience.STAFF),
    }

    class Meta(Signed.Meta):
        abstract = False
        indexes = [models.Index(fields=["case", "kind", "version"], name="plan_of_case")]
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "version"], name="plan_version_once"),
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=Q(signed_at__isnull=True, abandoned_at__isnull=True),
                name="plan_one_draft_at_a_time",
            ),
            models.CheckConstraint(condition=Q(kind__in=PlanKind.values), name="plan_kind_is_known"),
            models.CheckConstraint(
                condition=Q(purpose__in=Purpose.values) & (~Q(purpose="correction") | Q(replaces__isnull=False)),
                name="plan_purpose_is_known",
            ),
            models.CheckConstraint(
                condition=Q(version=1, replaces__isnull=True) | Q(version__gt=1),
                name="plan_version_1_replaces_nothing",
            ),
            *Signed.Meta.constraints,
            models.CheckConstraint(
                condition=Q(agreed__isnull=True) | Q(shared_on__isnull=False), name="plan_agreed_once_shared"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} plan {self.version} of case {self.case_id}"

    @property
    def is_supervision(self) -> bool:
        """Whether it is a supervision plan; otherwise it is a risk management plan."""
        return self.kind == PlanKind.SUPERVISION
