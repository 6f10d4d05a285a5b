"""Actions that MAPPA meetings agreed, and everything that became of each."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from openmappa.core.access import Service
from openmappa.core.compartments import FieldClass
from openmappa.core.mappa.actions import OPEN as OPEN_STATES
from openmappa.core.mappa.actions import ActionState, StepKind

OPEN, SENSITIVE = FieldClass.OPEN, FieldClass.SENSITIVE
IS_OPEN = Q(state__in=sorted(state.value for state in OPEN_STATES))
STATES = [(state.value, state.label) for state in ActionState]
SERVICES = [("police", "Police"), ("probation", "Probation")]


class ActionQuerySet(models.QuerySet["Action"]):
    """Actions, narrowed in the field's words."""

    def open(self) -> "ActionQuerySet":
        """Those that somebody still has to do something about, and that were not agreed by mistake."""
        return self.filter(IS_OPEN, mistaken=False)


class Action(models.Model):
    """Something that a meeting agreed somebody would do by a day (7.8).

    Everything that became of it stands in its steps; ``state`` and the other columns without a step of their own follow
    from them and are written in one place (``services.taking``). ``reference`` and ``agreed_on`` are copies, since an
    owner of another agency sees the action without its case. ``service`` answers for the fact; ``first_due_on`` is the
    day that the duty goes by, ``due_on`` the day that holds now. Without ``text`` it was known only as a fact.
    ``meeting`` is the key of the meeting that agreed it. ``offered_agency``, and ``offered_to`` where it is a person,
    have not taken it on yet, or not at all (``offer_declined``). ``stand_in`` hands it over, since its owner has left.
    ``mistaken``: the fact was voided.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="actions", db_index=False)
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+", db_index=False)
    reference = models.CharField(max_length=60)
    number = models.CharField(max_length=60)
    text = models.TextField(blank=True, default="")
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+", db_index=False)
    owner = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="actions", null=True, blank=True, db_index=False
    )
    owner_words = models.CharField(max_length=150, blank=True, default="")
    service = models.CharField(max_length=10, choices=SERVICES)
    agreed_on = models.DateField()
    first_due_on = models.DateField()
    due_on = models.DateField()
    meeting = models.UUIDField(null=True, blank=True)
    fact = models.ForeignKey("timeline.Fact", on_delete=models.PROTECT, related_name="+")
    mistaken = models.BooleanField(default=False)
    agreed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    agreed_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=STATES, default=ActionState.AGREED.value)
    completed_on = models.DateField(null=True, blank=True)
    done_fact = models.ForeignKey("timeline.Fact", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    offered_to = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    offered_agency = models.ForeignKey(
        "accounts.Agency", on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    offer_declined = models.BooleanField(default=False)
    stand_in = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    owner_left = models.BooleanField(default=False)
    reminded_at = models.DateTimeField(null=True, blank=True)
    manager_told_at = models.DateTimeField(null=True, blank=True)
    smb_told_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    submission = models.UUIDField(null=True, blank=True, unique=True)

    objects = ActionQuerySet.as_manager()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "case", "area", "reference", "number", "agency", "owner", "owner_words"], OPEN),
        **dict.fromkeys(["service", "agreed_on", "first_due_on", "due_on", "meeting", "fact", "mistaken"], OPEN),
        **dict.fromkeys(["agreed_by", "agreed_at", "state", "completed_on", "done_fact", "offered_to"], OPEN),
        **dict.fromkeys(
            ["offered_agency", "offer_declined", "stand_in", "owner_left", "reminded_at", "manager_told_at"], OPEN
        ),
        **dict.fromkeys(["smb_told_at", "version", "submission"], OPEN),
        "text": SENSITIVE,
    }

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["case", "due_on"], name="action_of_case"),
            models.Index(fields=["meeting"], name="action_of_meeting"),
            models.Index(fields=["owner", "due_on"], name="action_open_of_owner", condition=IS_OPEN),
            models.Index(fields=["agency", "due_on"], name="action_open_of_agency", condition=IS_OPEN),
            models.Index(fields=["area", "due_on"], name="action_open_in_area", condition=IS_OPEN),
            models.Index(fields=["area", "due_on", "agency", "completed_on"], name="action_due_in_area"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="action_number_once"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in ActionState]), name="action_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(service__in=[each.value for each in Service]), name="action_service_is_known"
            ),
            models.CheckConstraint(condition=Q(owner__isnull=False) | ~Q(owner_words=""), name="action_has_an_owner"),
            models.CheckConstraint(
                condition=~Q(text="") | Q(meeting__isnull=True), name="action_of_a_meeting_says_what"
            ),
            models.CheckConstraint(condition=~Q(number=""), name="action_has_a_number"),
            models.CheckConstraint(
                condition=Q(state="completed", completed_on__isnull=False, done_fact__isnull=False)
                | ~Q(state="completed") & Q(completed_on__isnull=True, done_fact__isnull=True),
                name="action_completed_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(offered_to__isnull=True) | Q(offered_agency__isnull=False),
                name="action_offered_in_an_agency",
            ),
            models.CheckConstraint(
                condition=Q(offered_agency__isnull=True) | IS_OPEN, name="action_offered_while_it_is_open"
            ),
            models.CheckConstraint(
                condition=Q(offer_declined=False) | Q(offered_agency__isnull=False), name="action_declined_an_offer"
            ),
            models.CheckConstraint(
                condition=Q(stand_in__isnull=True) | Q(owner_left=True), name="action_stand_in_for_one_who_left"
            ),
        ]

    def __str__(self) -> str:
        return f"action {self.number} of case {self.case_id}"

    @property
    def stands(self) -> ActionState:
        """Where it stands."""
        return ActionState(self.state)

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.stands in OPEN_STATES and not self.mistaken

    @property
    def is_offered(self) -> bool:
        """Whether somebody has still to say whether they take it on."""
        return self.offered_agency_id is not None and not self.offer_declined

    @property
    def whose(self) -> str:
        """Whose action it is: the person, or the words that stand for one."""
        return self.owner.full_name if self.owner else self.owner_words

    def is_overdue(self, today: date) -> bool:
        """Whether it is open and its day has passed."""
        return self.is_open and self.due_on < today


class ActionStep(models.Model):
    """One thing that became of an action. Added, never changed. ``by`` is nobody where a job found it.

    ``words`` are the evidence, the reason, the question or the answer. ``on`` is the day of what was done;
    ``due_on`` a new day; ``person`` and ``agency`` to whom it was handed; ``meeting`` which meeting decided it.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="steps")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.label) for kind in StepKind])
    state = models.CharField(max_length=12, choices=STATES)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    words = models.TextField(blank=True, default="")
    due_on = models.DateField(null=True)
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    meeting = models.UUIDField(null=True)
    fact = models.ForeignKey("timeline.Fact", on_delete=models.PROTECT, related_name="+", null=True)
    submission = models.UUIDField(null=True, unique=True)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "action", "case", "kind", "state", "on", "at", "by", "due_on", "person"], OPEN),
        **dict.fromkeys(["agency", "meeting", "fact", "submission"], OPEN),
        "words": SENSITIVE,
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in StepKind]), name="action_step_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in ActionState]), name="action_step_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["accepted", "taken_on", "owner_left", "reopened"]) | ~Q(words=""),
                name="action_step_says_why",
            ),
            models.CheckConstraint(
                condition=Q(kind="completed", fact__isnull=False) | ~Q(kind="completed") & Q(fact__isnull=True),
                name="action_step_completes_with_a_fact",
            ),
            models.CheckConstraint(
                condition=~Q(kind="moved") | Q(due_on__isnull=False), name="action_step_moved_to_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(kind="offered") | Q(agency__isnull=False), name="action_step_offered_to_an_agency"
            ),
            models.CheckConstraint(
                condition=~Q(kind="withdrawn") | Q(by__isnull=False), name="action_step_withdrawn_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: action {self.action_id}"

    @property
    def what(self) -> str:
        """What it was, as pages show it."""
        return StepKind(self.kind).label
