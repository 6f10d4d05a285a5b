"""The parts of a plan that move on: grounds, objectives, interventions, actions, and their progress."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from openmappa.core.compartments import FieldClass
from openmappa.core.plans.audience import Audience
from openmappa.plans.models.bases import MOVED, OPEN, OWNED, PART, SENSITIVE, Owned, PlanPart, moved, staff
from openmappa.plans.models.plan import Plan
from openmappa.plans.words import ActionState, GroundKind, Heading, InterventionKind, InterventionState, ObjectiveState


class PlanGround(PlanPart):
    """A criminogenic need or a harm factor, as the assessment gave it when the plan was started.

    ``must`` says that the plan has to answer it: with an objective, or with the reason why not yet.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="grounds", db_index=False)
    kind = models.CharField(max_length=10, choices=GroundKind.choices)
    code = models.CharField(max_length=40)
    label = models.CharField(max_length=200)
    must = models.BooleanField(default=False)
    why_not_yet = models.TextField(blank=True, default="")

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "plan", "case"], OPEN),
        **dict.fromkeys(["kind", "code", "label", "must", "why_not_yet"], SENSITIVE),
    }
    audience: ClassVar[Mapping[str, Audience]] = dict.fromkeys(["kind", "code", "label", "why_not_yet"], Audience.STAFF)

    class Meta:
        ordering = ["kind", "id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "kind", "code"], name="plan_ground_once"),
            models.CheckConstraint(condition=Q(kind__in=GroundKind.values), name="plan_ground_kind_is_known"),
        ]

    def __str__(self) -> str:
        return self.label


class Objective(Owned):
    """Something to be reached by a day. ``insist_reason`` is why its author kept words that the check advises against.

    ``number`` stays with it from version to version.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="objectives", db_index=False)
    number = models.PositiveSmallIntegerField()
    what = models.TextField()
    measure = models.TextField()
    due_on = models.DateField()
    plain_words = models.TextField(blank=True, default="")
    insist_reason = models.TextField(blank=True, default="")
    grounds = models.ManyToManyField(PlanGround, through="ObjectiveGround", related_name="objectives")
    state = models.CharField(max_length=10, choices=ObjectiveState.choices, default=ObjectiveState.OPEN)
    state_on = models.DateField(null=True)
    evidence = models.TextField(blank=True, default="")

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **PART,
        **OWNED,
        **MOVED,
        **dict.fromkeys(["what", "measure", "due_on", "plain_words", "insist_reason"], SENSITIVE),
    }
    audience: ClassVar[Mapping[str, Audience]] = {
        **dict.fromkeys(["what", "measure", "insist_reason", "state", "evidence", "owner_kind"], Audience.STAFF),
        **dict.fromkeys(["plain_words", "owner_agency"], Audience.OFFENDER),
    }

    class Meta(Owned.Meta):
        abstract = False
        ordering = ["number"]
        constraints = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "number"], name="objective_number_once"),
            models.CheckConstraint(condition=~Q(what="") & ~Q(measure=""), name="objective_says_what_and_how_measured"),
            moved(ObjectiveState.values, "open", "objective_state_has_evidence"),
        ]

    def __str__(self) -> str:
        return f"objective {self.number}"


class ObjectiveGround(models.Model):
    """An objective answers a need or a harm factor."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="ties", db_index=False)
    ground = models.ForeignKey(PlanGround, on_delete=models.PROTECT, related_name="ties")

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(["id", "case", "plan", "objective", "ground"], OPEN)
    audience: ClassVar[Mapping[str, Audience]] = {}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["objective", "ground"], name="objective_ground_once")]

    def __str__(self) -> str:
        return f"ground {self.ground_id} of objective {self.objective_id}"


class Intervention(PlanPart):
    """What is done with the offender, or to limit them: when, in which order, and why now (Table 8).

    ``heading`` is where tables count it, ``after`` what has to come first. Without ``plain_words`` it is left out of
    the offender's copy.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="interventions", db_index=False)
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=15, choices=InterventionKind.choices)
    heading = models.CharField(max_length=20, choices=Heading.choices, blank=True, default="")
    what = models.CharField(max_length=200)
    provider = models.CharField(max_length=120)
    why_now = models.TextField()
    after = models.ForeignKey("self", on_delete=models.PROTECT, related_name="then", null=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    plain_words = models.TextField(blank=True, default="")
    state = models.CharField(max_length=10, choices=InterventionState.choices, default=InterventionState.PLANNED)
    state_on = models.DateField(null=True)
    evidence = models.TextField(blank=True, default="")

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **PART,
        **MOVED,
        **dict.fromkeys(["kind", "heading", "what", "provider", "why_now", "after"], SENSITIVE),
        **dict.fromkeys(["starts_on", "ends_on"], SENSITIVE),
        "plain_words": SENSITIVE,
    }
    audience: ClassVar[Mapping[str, Audience]] = {
        **dict.fromkeys(["kind", "heading", "what", "provider", "why_now", "state", "evidence"], Audience.STAFF),
        "plain_words": Audience.OFFENDER,
    }

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="intervention_number_once"),
            models.CheckConstraint(
                condition=Q(kind__in=InterventionKind.values) & ~Q(what="") & ~Q(why_now=""),
                name="intervention_says_what_and_why_now",
            ),
            models.CheckConstraint(
                condition=Q(heading__in=["", *Heading.values]), name="intervention_heading_is_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="intervention_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(after__isnull=True) | ~Q(after=F("id")), name="intervention_is_after_another"
            ),
            moved(InterventionState.values, "planned", "intervention_state_has_evidence"),
        ]

    def __str__(self) -> str:
        return f"intervention {self.number}"


class PlanAction(Owned):
    """Something in a risk management plan that somebody has to do by a day."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="actions", db_index=False)
    number = models.PositiveSmallIntegerField()
    what = models.TextField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=ActionState.choices, default=ActionState.OPEN)
    state_on = models.DateField(null=True)
    evidence = models.TextField(blank=True, default="")

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **PART,
        **OWNED,
        **MOVED,
        **dict.fromkeys(["what", "due_on"], SENSITIVE),
    }
    audience: ClassVar[Mapping[str, Audience]] = dict.fromkeys(
        ["what", "state", "evidence", "owner_kind", "owner_agency"], Audience.STAFF
    )

    class Meta(Owned.Meta):
        abstract = False
        ordering = ["number"]
        constraints = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["plan", "number"], name="plan_action_number_once"),
            models.CheckConstraint(condition=~Q(what=""), name="plan_action_says_what"),
            moved(ActionState.values, "open", "plan_action_state_has_evidence"),
        ]

    def __str__(self) -> str:
        return f"action {self.number}"


class Progress(PlanPart):
    """What became of an objective, an intervention or an action since its plan was signed. Added, never changed."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="progress")
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="progress", null=True)
    intervention = models.ForeignKey(Intervention, on_delete=models.PROTECT, related_name="progress", null=True)
    action = models.ForeignKey(PlanAction, on_delete=models.PROTECT, related_name="progress", null=True)
    state = models.CharField(max_length=10)
    state_on = models.DateField()
    evidence = models.TextField()
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField(auto_now_add=True)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "plan", "case", "recorded_by", "recorded_at"], OPEN),
        **dict.fromkeys(["objective", "intervention", "action"], OPEN),
        **MOVED,
    }
    audience: ClassVar[Mapping[str, Audience]] = staff("state", "evidence")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(objective__isnull=False, intervention__isnull=True, action__isnull=True)
                & Q(state__in=ObjectiveState.values)
                | Q(objective__isnull=True, intervention__isnull=False, action__isnull=True)
                & Q(state__in=InterventionState.values)
                | Q(objective__isnull=True, intervention__isnull=True, action__isnull=False)
                & Q(state__in=ActionState.values),
                name="progress_is_of_one_part",
            ),
            models.CheckConstraint(condition=~Q(evidence=""), name="progress_has_evidence"),
        ]

    def __str__(self) -> str:
        return f"progress of plan {self.plan_id}"
