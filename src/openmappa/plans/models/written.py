"""What else a plan says: contingencies, liaison, risk management, confidential parts, and what a review adds."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from openmappa.core.compartments import Compartment, FieldClass
from openmappa.core.plans.audience import Audience
from openmappa.plans.models.bases import OPEN, OWNED, PART, SENSITIVE, Owned, PlanPart, staff
from openmappa.plans.models.plan import Plan


class Contingency(Owned):
    """If this happens, this is done, and by whom."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="contingencies", db_index=False)
    number = models.PositiveSmallIntegerField()
    trigger = models.TextField()
    what = models.TextField()

    classified: ClassVar[Mapping[str, FieldClass]] = {**PART, **OWNED, "trigger": SENSITIVE, "what": SENSITIVE}
    audience: ClassVar[Mapping[str, Audience]] = staff("trigger", "what", "owner_kind", "owner_agency")

    class Meta(Owned.Meta):
        abstract = False
        ordering = ["number"]
        constraints = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "number"], name="contingency_number_once"),
            models.CheckConstraint(condition=~Q(trigger="") & ~Q(what=""), name="contingency_says_when_and_what"),
        ]

    def __str__(self) -> str:
        return f"contingency {self.number}"


class Liaison(PlanPart):
    """Who talks to whom, how often and about what (9.9)."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="liaisons", db_index=False)
    number = models.PositiveSmallIntegerField()
    who = models.CharField(max_length=120)
    with_whom = models.CharField(max_length=120)
    how_often = models.CharField(max_length=120)
    about = models.TextField()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **PART,
        **dict.fromkeys(["who", "with_whom", "how_often", "about"], SENSITIVE),
    }
    audience: ClassVar[Mapping[str, Audience]] = staff("who", "with_whom", "how_often", "about")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="liaison_number_once"),
            models.CheckConstraint(
                condition=~Q(who="") & ~Q(with_whom="") & ~Q(how_often="") & ~Q(about=""),
                name="liaison_says_who_with_whom_how_often_about_what",
            ),
        ]

    def __str__(self) -> str:
        return f"liaison {self.number}"


class RiskManagement(models.Model):
    """What a risk management plan says beside its actions and contingencies; headings as in domain-facts, section 3."""

    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, related_name="risk_management")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    other_agencies = models.TextField(blank=True, default="")
    existing_controls = models.TextField(blank=True, default="")
    added_measures = models.TextField(blank=True, default="")
    conditions = models.TextField(blank=True, default="")
    contact = models.TextField(blank=True, default="")
    comments = models.TextField(blank=True, default="")

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "plan", "case"], OPEN),
        **dict.fromkeys(["other_agencies", "existing_controls", "added_measures"], SENSITIVE),
        **dict.fromkeys(["conditions", "contact", "comments"], SENSITIVE),
    }
    audience: ClassVar[Mapping[str, Audience]] = staff(
        "other_agencies", "existing_controls", "added_measures", "conditions", "contact", "comments"
    )

    def __str__(self) -> str:
        return f"risk management of plan {self.plan_id}"


class ConfidentialPart(models.Model):
    """What of a plan the offender must never see: about victims and third parties, and controls they do not know of."""

    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, related_name="confidential")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    compartment = models.CharField(max_length=20, default=Compartment.CONFIDENTIAL.value)
    victim_issues = models.TextField(blank=True, default="")
    victim_safety = models.TextField(blank=True, default="")
    third_party = models.TextField(blank=True, default="")
    hidden_controls = models.TextField(blank=True, default="")

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "plan", "case", "compartment"], OPEN),
        **dict.fromkeys(["victim_issues", "victim_safety", "third_party", "hidden_controls"], SENSITIVE),
    }
    audience: ClassVar[Mapping[str, Audience]] = dict.fromkeys(
        ["compartment", "victim_issues", "victim_safety", "third_party", "hidden_controls"], Audience.CONFIDENTIAL
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(compartment=Compartment.CONFIDENTIAL.value), name="confidential_part_stays_confidential"
            ),
        ]

    def __str__(self) -> str:
        return f"confidential part of plan {self.plan_id}"


class PlanReview(models.Model):
    """What a review says beside the progress of each part: why now, what changed, how MAPPA actions were taken in."""

    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, related_name="review")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    why_now = models.TextField(blank=True, default="")
    what_changed = models.TextField(blank=True, default="")
    mappa_taken_in = models.TextField(blank=True, default="")

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "plan", "case"], OPEN),
        **dict.fromkeys(["why_now", "what_changed", "mappa_taken_in"], SENSITIVE),
    }
    audience: ClassVar[Mapping[str, Audience]] = staff("why_now", "what_changed", "mappa_taken_in")

    def __str__(self) -> str:
        return f"review of plan {self.plan_id}"
