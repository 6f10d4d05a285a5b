"""Interviews of an inspection: whom it asks, what was noted under each question, themes, and words that are quoted.

Everything is of an ``samples.Exercise`` and read by those who work on it, and by nobody else. What leaves is a theme
that a finding cites, with its quotes: of one that is not attributable, the words alone.
"""

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from openmappa.core.compartments import FieldClass

OPEN, SENSITIVE = FieldClass.OPEN, FieldClass.SENSITIVE


class Interview(models.Model):
    """Somebody who is asked, by their role in the schedule of the pack; finished once, after which no note changes.

    ``whom`` names them for those who inspect; no report does.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.UUIDField(null=True, blank=True, unique=True)
    exercise = models.ForeignKey("samples.Exercise", on_delete=models.PROTECT, related_name="interviews")
    role = models.CharField(max_length=40)
    whom = models.CharField(max_length=150)
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    place = models.CharField(max_length=200, blank=True, default="")
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    planned_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    finished_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_because = models.TextField(blank=True, default="")

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "submission", "exercise", "role", "area", "on", "place", "asked_by"], OPEN),
        **dict.fromkeys(["planned_by", "planned_at", "finished_by", "finished_at", "dropped_by", "dropped_at"], OPEN),
        **dict.fromkeys(["whom", "dropped_because"], SENSITIVE),
    }

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(role="") & ~Q(whom=""), name="interview_says_whom"),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, finished_by__isnull=True)
                | Q(finished_at__isnull=False, finished_by__isnull=False, dropped_at__isnull=True),
                name="interview_finished_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True, dropped_by__isnull=True, dropped_because="")
                | Q(dropped_at__isnull=False, dropped_by__isnull=False) & ~Q(dropped_because=""),
                name="interview_dropped_by_somebody_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} on {self.on}"

    @property
    def is_open(self) -> bool:
        """Whether notes may still be taken."""
        return self.finished_at is None and self.dropped_at is None


class InterviewNote(models.Model):
    """What was said to one question, as it was saved last. ``revision`` counts, ``page`` and ``turn`` say by which
    window it was saved.
    """

    interview = models.ForeignKey(Interview, on_delete=models.PROTECT, related_name="notes")
    question = models.CharField(max_length=10)
    words = models.TextField(blank=True, default="")
    revision = models.PositiveIntegerField(default=1)
    page = models.UUIDField(null=True, blank=True)
    turn = models.PositiveIntegerField(default=0)
    saved_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "interview", "question", "revision", "page", "turn", "saved_by", "saved_at"], OPEN),
        "words": SENSITIVE,
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["interview", "question"], name="interview_note_once_a_question"),
            models.CheckConstraint(condition=~Q(question=""), name="interview_note_is_to_a_question"),
        ]

    def __str__(self) -> str:
        return f"note to {self.question} of interview {self.interview_id}"


class Theme(models.Model):
    """What comes back in several interviews, in the words of those who inspect. A finding may rest on it.

    ``version`` counts its changes. Ended, it was merged into another (``merged_into``) or removed, and never changes
    again. ``published_at``: since then a published report cites it, so its title stays and it cannot be ended.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.UUIDField(null=True, blank=True, unique=True)
    exercise = models.ForeignKey("samples.Exercise", on_delete=models.PROTECT, related_name="themes")
    title = models.CharField(max_length=150)
    words = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=0)
    written_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.TextField(blank=True, default="")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "submission", "exercise", "title", "version", "written_by", "written_at"], OPEN),
        **dict.fromkeys(["published_at", "ended_by", "ended_at", "merged_into"], OPEN),
        **dict.fromkeys(["words", "ended_because"], SENSITIVE),
    }

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                fields=["exercise", "title"], condition=Q(ended_at__isnull=True), name="theme_in_use_once"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="theme_has_a_title"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_because="", merged_into__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_because=""),
                name="theme_ended_by_somebody_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(ended_at__isnull=True), name="theme_published_goes_on"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ThemeChange(models.Model):
    """What a theme was called and said before somebody changed it, and why they did."""

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="changes")
    title = models.CharField(max_length=150)
    words = models.TextField(blank=True, default="")
    because = models.TextField()
    changed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "theme", "title", "changed_by", "changed_at"], OPEN),
        **dict.fromkeys(["words", "because"], SENSITIVE),
    }

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(because=""), name="theme_change_says_what_and_why")
        ]

    def __str__(self) -> str:
        return f"change of theme {self.theme_id}"


class Quote(models.Model):
    """Words of somebody who was asked, kept word for word under a theme.

    ``attributable``: a report may say in which role, and where, they were said. Never by whom.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.UUIDField(null=True, blank=True, unique=True)
    interview = models.ForeignKey(Interview, on_delete=models.PROTECT, related_name="quotes")
    question = models.CharField(max_length=10)
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="quotes")
    words = models.TextField()
    attributable = models.BooleanField(default=False)
    marked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "submission", "interview", "question", "theme", "attributable"], OPEN),
        **dict.fromkeys(["marked_by", "marked_at"], OPEN),
        "words": SENSITIVE,
    }

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(words="") & ~Q(question=""), name="quote_says_something")]

    def __str__(self) -> str:
        return f"quote of interview {self.interview_id}"
