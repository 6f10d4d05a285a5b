"""Reading that was out of the usual, and what a colleague made of it. Nothing here says which cases were read."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.cases.models import reach_of
from openmappa.core.access import Permission, Role
from openmappa.core.compartments import FieldClass
from openmappa.core.reading_limits import Measure


class UnusualReadingQuerySet(models.QuerySet["UnusualReading"]):
    """Unusual reading, narrowed in the reviewer's words."""

    def for_review_by(self, user: User) -> "UnusualReadingQuerySet":
        """What this person may review: an auditor anybody's, a line manager that of their units; never their own."""
        others = self.exclude(person=user)
        if not user.may(Permission.REVIEW_UNUSUAL_READING):
            return self.none()
        if user.role == Role.AUDITOR:
            return others
        return others.filter(person__unit_id__in=reach_of(user).units).exclude(person__role=Role.LINE_MANAGER)

    def waiting(self) -> "UnusualReadingQuerySet":
        """What nobody has judged yet."""
        return self.filter(judged_at__isnull=True)

    def stopping_at(self, at: datetime) -> "UnusualReadingQuerySet":
        """The stops in force at an instant: not over, and not found to be explained by the work."""
        return self.filter(stopped_until__gt=at).exclude(finding=UnusualReading.Finding.EXPLAINED)


class UnusualReading(models.Model):
    """Somebody read past a limit (``core.reading_limits``): of one kind once a day, or so far past it that it stopped.

    Somebody else than the reader judges it, with words. A stop that is found explained ends at once, and counting
    starts again from there.
    """

    class Finding(models.TextChoices):
        EXPLAINED = "explained", "Explained by the work"
        FOLLOWED_UP = "followed_up", "Not explained: it is being followed up"

    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="unusual_reading")
    measure = models.CharField(max_length=30)
    counted = models.PositiveIntegerField()
    allowed = models.PositiveIntegerField(help_text="The limit that was passed.")
    found_at = models.DateTimeField(default=timezone.now)
    found_on = models.DateField(help_text="The day it was found, in local time.")
    stopped_until = models.DateTimeField(null=True, help_text="Empty where a colleague was told, and nothing stopped.")
    let_through = models.PositiveSmallIntegerField(default=0, help_text="Open forms that were taken during the stop.")
    finding = models.CharField(max_length=20, choices=Finding.choices, default="", blank=True)
    judgement = models.TextField(default="", blank=True)
    judged_at = models.DateTimeField(null=True)
    judged_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)

    objects = UnusualReadingQuerySet.as_manager()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "person", "measure", "counted", "allowed", "found_at", "found_on"], FieldClass.OPEN),
        **dict.fromkeys(["stopped_until", "let_through", "finding", "judged_at", "judged_by"], FieldClass.OPEN),
        "judgement": FieldClass.PERSONAL,
    }

    class Meta:
        ordering = ["-found_at", "-id"]
        indexes = [models.Index(fields=["person", "-found_at"], name="unusual_reading_of_a_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "measure", "found_on"],
                condition=Q(stopped_until__isnull=True),
                name="unusual_reading_is_told_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(measure__in=[each.value for each in Measure]), name="unusual_reading_measure_is_known"
            ),
            models.CheckConstraint(
                condition=Q(stopped_until__isnull=True) | Q(stopped_until__gt=F("found_at")),
                name="unusual_reading_stop_ends_later",
            ),
            models.CheckConstraint(
                condition=Q(judged_at__isnull=True, judged_by__isnull=True, finding="", judgement="")
                | Q(judged_at__isnull=False, judged_by__isnull=False, finding__in=["explained", "followed_up"])
                & ~Q(judgement=""),
                name="unusual_reading_is_judged_with_words",
            ),
            models.CheckConstraint(
                condition=Q(judged_by__isnull=True) | ~Q(judged_by=F("person")),
                name="unusual_reading_is_judged_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.counted} {Measure(self.measure).label}"

    @property
    def is_stop(self) -> bool:
        """Whether reading stopped because of it."""
        return self.stopped_until is not None
