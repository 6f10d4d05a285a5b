"""An audit of cases, the cases that were drawn for it, and the answers to its criteria.

Its list, draw and who works on it stand in ``samples`` (the exercise). What was answered on a case stands with that
case and goes when the case does; how often each answer was given is kept with the audit when it is closed.
"""

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from openmappa.core.board.audits import Results
from openmappa.core.compartments import FieldClass
from openmappa.core.inspection.scores import Answer
from openmappa.samples.models import Exercise, SampledCase

OPEN, SENSITIVE = FieldClass.OPEN, FieldClass.SENSITIVE
GIVEN = (*(each for each in Answer if each.is_judged), Answer.NOT_APPLICABLE)
"""The answers that are given: the four points, and that a criterion does not apply. What is not answered has no row."""


class Cites(models.TextChoices):
    """What of the record an answer is taken from."""

    MINUTES = "minutes", "Minutes or agenda of a meeting"
    ACTIONS = "actions", "Actions"
    ASSESSMENT = "assessment", "RM2000 or OASys"
    PLAN = "plan", "A plan"
    VISITS = "visits", "Home visits"
    TIMELINE = "timeline", "The timeline, a note or a file"
    LEVELS = "levels", "Levels and referrals"
    NONE = "none", "There was none to be found"


class CaseAudit(models.Model):
    """An audit of an area's cases by its board. ``exercise`` holds its day, list, draw and who works on it.

    ``results`` are kept when it is closed (``core.board.audits``): by level, criterion and answer, how many cases.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.UUIDField(null=True, blank=True, unique=True)
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    exercise = models.OneToOneField(Exercise, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    why = models.TextField(blank=True, default="")
    form_version = models.CharField(max_length=20)
    begun_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    closed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    strengths = models.TextField(blank=True, default="")
    improvements = models.TextField(blank=True, default="")
    results = models.JSONField(default=dict, blank=True)
    cases = models.PositiveIntegerField(default=0, help_text="How many cases were answered on, when it was closed.")

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        [
            *("id", "key", "submission", "area", "exercise", "title", "why", "form_version", "begun_by", "begun_at"),
            *("closed_by", "closed_at", "strengths", "improvements", "results", "cases"),
        ],
        OPEN,
    )

    class Meta:
        ordering = ["-begun_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="case_audit_has_a_title"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, cases=0)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="case_audit_closed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether it has not been closed."""
        return self.closed_at is None

    @property
    def found(self) -> Results:
        """The results that were kept."""
        return Results(self.results)


class AuditedCase(models.Model):
    """One drawn case as it is audited: strengths, what could be better, and whether the form is finished."""

    audit = models.ForeignKey(CaseAudit, on_delete=models.PROTECT, related_name="audited")
    sampled = models.OneToOneField(SampledCase, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    stratum = models.CharField(max_length=100)
    strengths = models.TextField(blank=True, default="")
    improvements = models.TextField(blank=True, default="")
    begun_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    finished_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "audit", "sampled", "case", "stratum", "begun_by", "begun_at"], OPEN),
        **dict.fromkeys(["finished_by", "finished_at", "version"], OPEN),
        **dict.fromkeys(["strengths", "improvements"], SENSITIVE),
    }

    class Meta:
        ordering = ["sampled__key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, finished_by__isnull=True)
                | Q(finished_at__isnull=False, finished_by__isnull=False) & ~Q(strengths="", improvements=""),
                name="audited_case_finished_with_words",
            )
        ]

    def __str__(self) -> str:
        return f"audit {self.audit_id} of a drawn case"


class AuditAnswer(models.Model):
    """The answer to one criterion on one case, with what it is taken from, or why it does not apply."""

    audited = models.ForeignKey(AuditedCase, on_delete=models.PROTECT, related_name="answers")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    criterion = models.CharField(max_length=40)
    answer = models.CharField(max_length=20, choices=[(each.value, each.label) for each in GIVEN])
    cites = models.CharField(max_length=20, choices=Cites.choices, blank=True, default="")
    evidence = models.TextField(blank=True, default="")
    answered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "audited", "case", "criterion", "answered_by", "answered_at"], OPEN),
        **dict.fromkeys(["answer", "cites", "evidence"], SENSITIVE),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["audited", "criterion"], name="audit_answer_once"),
            models.CheckConstraint(
                condition=Q(answer__in=[each.value for each in GIVEN]), name="audit_answer_is_on_the_scale"
            ),
            models.CheckConstraint(condition=Q(cites__in=["", *Cites.values]), name="audit_answer_cites_what_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.answer}"

    @property
    def given(self) -> Answer:
        """The answer."""
        return Answer(self.answer)
