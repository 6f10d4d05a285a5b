"""The business plan of a board: its aims, the actions that lead there, and what was said of each (4.10)."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from openmappa.board.models.meetings import BoardMeeting
from openmappa.board.models.seats import Member
from openmappa.core.board.plan import Standing, Step, stands
from openmappa.core.compartments import FieldClass

OPEN = FieldClass.OPEN
STEPS = [(step.value, step.label) for step in Step]


class BusinessPlan(models.Model):
    """The plan of an area's board from one day to another. ``agreed_in`` is the meeting that agreed it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.UUIDField(null=True, blank=True, unique=True)
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    from_on = models.DateField()
    until_on = models.DateField()
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    agreed_in = models.ForeignKey(BoardMeeting, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        ["id", "key", "submission", "area", "title", "from_on", "until_on", "made_by", "made_at", "agreed_in"], OPEN
    )

    class Meta:
        ordering = ["-from_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["area", "from_on"], name="business_plan_once_from_a_day"),
            models.CheckConstraint(condition=~Q(title=""), name="business_plan_has_a_title"),
            models.CheckConstraint(condition=Q(until_on__gt=F("from_on")), name="business_plan_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.title


class Aim(models.Model):
    """What the board wants to be so, and why."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.UUIDField(null=True, blank=True, unique=True)
    plan = models.ForeignKey(BusinessPlan, on_delete=models.PROTECT, related_name="aims")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    because = models.TextField(blank=True, default="")
    added_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        ["id", "key", "submission", "plan", "number", "text", "because", "added_by", "added_at"], OPEN
    )

    class Meta:
        ordering = ["number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="aim_number_once"),
            models.CheckConstraint(condition=~Q(text=""), name="aim_says_what"),
        ]

    def __str__(self) -> str:
        return self.text


class BusinessAction(models.Model):
    """An action of an aim: who does it, by when, and the standard whose live figure measures it, where one does.

    ``owner`` has a seat; where the owner has none, ``owner_words`` says who it is. What was said of it stands in its
    notes; ``last_step``, ``due_on`` and ``done_on`` follow from them and are written with them.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.UUIDField(null=True, blank=True, unique=True)
    aim = models.ForeignKey(Aim, on_delete=models.PROTECT, related_name="actions")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    owner = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    owner_words = models.CharField(max_length=200, blank=True, default="")
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    first_due_on = models.DateField()
    due_on = models.DateField()
    standard = models.CharField(max_length=60, blank=True, default="")
    last_step = models.CharField(max_length=20, choices=STEPS, blank=True, default="")
    done_on = models.DateField(null=True, blank=True)
    added_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        [
            *("id", "key", "submission", "aim", "number", "text", "owner", "owner_words", "agency", "first_due_on"),
            *("due_on", "standard", "last_step", "done_on", "added_by", "added_at", "version"),
        ],
        OPEN,
    )

    class Meta:
        ordering = ["number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["aim", "number"], name="business_action_number_once"),
            models.CheckConstraint(condition=~Q(text=""), name="business_action_says_what"),
            models.CheckConstraint(
                condition=Q(owner__isnull=False) | ~Q(owner_words=""), name="business_action_has_an_owner"
            ),
            models.CheckConstraint(
                condition=Q(last_step__in=["", *(step.value for step in Step)]), name="business_action_step_is_known"
            ),
            models.CheckConstraint(
                condition=Q(last_step="done", done_on__isnull=False) | ~Q(last_step="done") & Q(done_on__isnull=True),
                name="business_action_done_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def whose(self) -> str:
        """Who does it."""
        return self.owner.who if self.owner else self.owner_words

    def stands_on(self, today: date) -> Standing:
        """How it stands on a day."""
        return stands(self.due_on, Step(self.last_step) if self.last_step else None, self.done_on, today)


class BusinessNote(models.Model):
    """What was said of an action on a day, at a meeting or between two. Added, never changed.

    ``words`` is what shows it, or why; ``moved_to`` a new day; ``late_words`` why it was done after its day.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.UUIDField(null=True, blank=True, unique=True)
    action = models.ForeignKey(BusinessAction, on_delete=models.PROTECT, related_name="notes")
    step = models.CharField(max_length=20, choices=STEPS)
    on = models.DateField()
    words = models.TextField(blank=True, default="")
    late_words = models.TextField(blank=True, default="")
    moved_to = models.DateField(null=True, blank=True)
    meeting = models.ForeignKey(BoardMeeting, on_delete=models.PROTECT, related_name="plan_notes", null=True)
    noted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        [
            *("id", "key", "submission", "action", "step", "on", "words", "late_words", "moved_to", "meeting"),
            *("noted_by", "noted_at"),
        ],
        OPEN,
    )

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(step__in=[step.value for step in Step]), name="business_note_step_is_known"
            ),
            models.CheckConstraint(condition=Q(step="on_course") | ~Q(words=""), name="business_note_says_why"),
            models.CheckConstraint(
                condition=Q(step="moved", moved_to__isnull=False, moved_to__gt=F("on"))
                | ~Q(step="moved") & Q(moved_to__isnull=True),
                name="business_note_moves_to_a_later_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step}: action {self.action_id}"

    @property
    def step_label(self) -> str:
        """What was said, as pages name it."""
        return Step(self.step).label
