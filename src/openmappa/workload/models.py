"""What-if questions: what would other standards cost? Asked by somebody, worked out by a job, and kept for a while.

A question and its answer are all that is ever written: neither is the record, and no page but their own reads them.
The answer holds counts and minutes, and the people who do the work by number; never a case.
"""

import uuid
from collections.abc import Mapping
from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from openmappa.accounts.models import Area, User
from openmappa.core.compartments import FieldClass

KEPT = timedelta(days=90)
"""How long a question is kept after it was asked. Whoever needs it again asks again."""
LONGEST_TITLE = 100


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions, narrowed in plain words."""

    def seen_in(self, areas: "list[Area]", user: User) -> "QuestionQuerySet":
        """Those that somebody who sees the figures of these areas may read, the newest first, without the answers."""
        every = Q(area__isnull=True) if user.area_id is None else Q(pk__in=[])
        found = self.filter(Q(area__in=areas) | every).order_by("-asked_at", "-id")
        return found.select_related("area", "asked_by").defer("answer")

    def waiting(self) -> "QuestionQuerySet":
        """Those that are still to be worked out, the first that was asked first."""
        return self.filter(finished_at__isnull=True).order_by("asked_at", "id")

    def kept_long_enough(self) -> "QuestionQuerySet":
        """Those that are to go."""
        return self.filter(asked_at__lt=timezone.now() - KEPT)


class Question(models.Model):
    """What somebody asked, and what came of it.

    ``area`` is None for every area. ``on`` is the last day that is known. ``drafts`` holds the texts (TOML) of one
    draft or two; ``minutes`` (by standard) and ``hours`` (a month, by role) what differs from the pack's times.
    ``began_at`` is the moment whose record it is worked out from; ``done`` of ``cases`` have been gone through.
    ``answer`` is that of ``core.workload.digest``; ``problem`` says instead why there is none.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=LONGEST_TITLE)
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+", null=True)
    on = models.DateField()
    months = models.PositiveSmallIntegerField(default=12)
    drafts = models.JSONField()
    minutes = models.JSONField(default=dict)
    hours = models.JSONField(default=dict)
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    cases = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    answer = models.JSONField(null=True)
    problem = models.TextField(blank=True, default="")

    objects = QuestionQuerySet.as_manager()

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        [
            *("id", "key", "title", "area", "on", "months", "drafts", "minutes", "hours", "asked_by", "asked_at"),
            *("began_at", "finished_at", "cases", "done", "answer", "problem"),
        ],
        FieldClass.OPEN,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="what_if_has_a_title"),
            models.CheckConstraint(condition=Q(months__range=(1, 60)), name="what_if_looks_ahead_some_months"),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(began_at__isnull=False, finished_at__gte=F("began_at")),
                name="what_if_finishes_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(done__lte=F("cases")), name="what_if_does_no_more_than_there_is"),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, answer__isnull=True, problem="")
                | Q(finished_at__isnull=False, answer__isnull=False, problem="")
                | (Q(finished_at__isnull=False, answer__isnull=True) & ~Q(problem="")),
                name="what_if_is_answered_or_says_why_not",
            ),
        ]

    def __str__(self) -> str:
        return f"what if {self.key}"

    @property
    def is_ready(self) -> bool:
        """Whether it has been worked out, or found that it cannot be."""
        return self.finished_at is not None

    @property
    def waits(self) -> bool:
        """Whether it has not been begun."""
        return self.began_at is None

    @property
    def goes_on(self) -> date:
        """The day on which it is deleted."""
        return timezone.localdate(self.asked_at + KEPT)
