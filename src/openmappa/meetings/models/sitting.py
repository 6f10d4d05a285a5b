"""A sitting, and the meetings in it: one on each case of its list."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q

from openmappa.core.compartments import FieldClass
from openmappa.meetings.words import Level

OPEN, SENSITIVE = FieldClass.OPEN, FieldClass.SENSITIVE


class Sitting(models.Model):
    """An occasion on which agencies meet about one case or a list of cases. It holds nothing of any case.

    ``version`` counts its changes: a stale page is noticed, and calendars know which invitation is the newest.
    ``chair`` and ``minute_taker`` are those named for it; who really chaired which part stands in the minutes.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=150, blank=True, default="")
    room = models.CharField(max_length=100, blank=True, default="")
    link = models.URLField(max_length=300, blank=True, default="")
    chair = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    minute_taker = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    called_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    cancel_reason = models.TextField(blank=True, default="")
    submission = models.UUIDField(null=True, blank=True, unique=True)
    version = models.PositiveIntegerField(default=0)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "area", "level", "starts_at", "ends_at", "place", "room", "link"], OPEN),
        **dict.fromkeys(["chair", "minute_taker", "called_by", "called_at", "cancelled_at", "cancelled_by"], OPEN),
        **dict.fromkeys(["submission", "version"], OPEN),
        "cancel_reason": SENSITIVE,
    }

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [models.Index(fields=["area", "starts_at"], name="sitting_of_area")]
        constraints = [
            models.CheckConstraint(condition=Q(level__in=Level.values), name="sitting_level_is_2_or_3"),
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="sitting_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(place="", link=""), name="sitting_has_a_place_or_a_link"),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True, cancel_reason="")
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False) & ~Q(cancel_reason=""),
                name="sitting_cancelled_by_somebody_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"sitting {self.key}"

    @property
    def is_cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.cancelled_at is not None


class Meeting(models.Model):
    """The meeting on one case in a sitting, from the moment that the case is put on the list.

    ``fact`` is the ``mappa_meeting_held`` that closing it records. ``meetings.services`` writes it, for minutes too.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="meetings")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveSmallIntegerField(help_text="Its place on the list.")
    starts_at = models.DateTimeField()
    why = models.TextField(help_text="Why the agencies meet about this case.")
    referral = models.UUIDField(null=True, blank=True, help_text="The key of the referral that led to it.")
    minutes = models.PositiveSmallIntegerField(default=30, help_text="How long is set aside for it.")
    concerns_child = models.BooleanField(default=False)
    child_why = models.TextField(blank=True, default="", help_text="Why the child protection unit is told.")
    concerns_victim = models.BooleanField(default=False)
    victim_why = models.TextField(blank=True, default="", help_text="Why the victim contact officer is invited.")
    submission = models.UUIDField(null=True, blank=True, unique=True)
    listed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    listed_at = models.DateTimeField()
    taken_off_at = models.DateTimeField(null=True, blank=True)
    taken_off_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    taken_off_reason = models.TextField(blank=True, default="")
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    review_reason = models.TextField(blank=True, default="")
    fact = models.OneToOneField("timeline.Fact", on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "sitting", "case", "number", "starts_at", "minutes", "referral"], OPEN),
        **dict.fromkeys(["listed_by", "listed_at", "taken_off_at", "taken_off_by", "opened_at", "opened_by"], OPEN),
        **dict.fromkeys(["closed_at", "closed_by", "review_on", "fact", "submission"], OPEN),
        **dict.fromkeys(["why", "concerns_child", "child_why", "concerns_victim", "victim_why"], SENSITIVE),
        **dict.fromkeys(["taken_off_reason", "review_reason"], SENSITIVE),
    }

    class Meta:
        ordering = ["sitting", "number", "id"]
        indexes = [models.Index(fields=["case", "closed_at"], name="meeting_of_case")]
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "case"], condition=Q(taken_off_at__isnull=True), name="meeting_once_in_a_sitting"
            ),
            models.CheckConstraint(
                condition=Q(taken_off_at__isnull=True, taken_off_by__isnull=True, taken_off_reason="")
                | Q(taken_off_at__isnull=False, taken_off_by__isnull=False, closed_at__isnull=True)
                & ~Q(taken_off_reason=""),
                name="meeting_taken_off_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True, opened_by__isnull=True)
                | Q(opened_at__isnull=False, opened_by__isnull=False),
                name="meeting_opened_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, fact__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False, opened_at__isnull=False, fact__isnull=False),
                name="meeting_closed_by_somebody_with_a_fact",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(review_on__isnull=False) | ~Q(review_reason=""),
                name="meeting_has_a_review_or_a_reason_for_none",
            ),
            models.CheckConstraint(condition=Q(minutes__gte=1), name="meeting_takes_time"),
        ]

    def __str__(self) -> str:
        return f"meeting {self.key}"

    @property
    def is_on(self) -> bool:
        """Whether it is to take place, or did: it was not taken off its list."""
        return self.taken_off_at is None

    @property
    def ends_at(self) -> datetime:
        """When the time set aside for it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_running(self) -> bool:
        """Whether it has begun and not ended."""
        return self.opened_at is not None and self.closed_at is None
