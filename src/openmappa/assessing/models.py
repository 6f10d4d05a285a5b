"""What inspectors found in the cases of a sample: who assesses which, each answer with its evidence, what was settled.

Everything is of an ``samples.Exercise`` and names its case by the key that it has in the sample, so that answers count
on after a case was disposed of. What is written in words about a case (``AnswerWords``, ``ConfidentialRemark``,
``ResolutionWords``) stands apart, names the case, opens and closes with it, and goes when it goes.

Of a case that two assess blind, neither reads the other's answers until both have signed: the database says so.
"""

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from openmappa.core.compartments import FieldClass

OPEN, SENSITIVE = FieldClass.OPEN, FieldClass.SENSITIVE


class Dealing(models.Model):
    """The lot by which cases were given to inspectors, and by which some were given to two: anybody can repeat it.

    ``twice`` are the keys of cases that two assess. ``people`` are the numbers of those among whom they were dealt.
    """

    exercise = models.OneToOneField("samples.Exercise", on_delete=models.PROTECT, related_name="dealing")
    seed = models.CharField(max_length=200)
    percent = models.PositiveSmallIntegerField()
    keys = models.JSONField()
    twice = models.JSONField()
    people = models.JSONField()
    dealt_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    dealt_at = models.DateTimeField()

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        ["id", "exercise", "seed", "percent", "keys", "twice", "people", "dealt_by", "dealt_at"], OPEN
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(seed="") & Q(percent__lte=100), name="dealt_by_a_seed_and_a_share")
        ]

    def __str__(self) -> str:
        return f"dealing of exercise {self.exercise_id}"


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Assessments, narrowed in the field's words."""

    def standing(self) -> "AssessmentQuerySet":
        """Those that were not given to somebody else instead."""
        return self.filter(withdrawn_at__isnull=True)

    def signed(self) -> "AssessmentQuerySet":
        """Those that are finished, and never change again."""
        return self.filter(signed_at__isnull=False)


class Assessment(models.Model):
    """One case of a sample as one inspector assesses it; signed by that inspector, and then frozen.

    ``place`` is 1, or 2 for the second of two; both are ``blind`` then.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    exercise = models.ForeignKey("samples.Exercise", on_delete=models.PROTECT, related_name="assessments")
    case_key = models.CharField(max_length=12)
    place = models.PositiveSmallIntegerField(default=1)
    blind = models.BooleanField(default=False)
    inspector = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    given_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        [
            *("id", "key", "exercise", "case_key", "place", "blind", "inspector"),
            *("given_by", "given_at", "withdrawn_by", "withdrawn_at", "signed_at"),
        ],
        OPEN,
    )

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["case_key", "place", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["exercise", "case_key", "place"],
                condition=Q(withdrawn_at__isnull=True),
                name="assessed_once_at_a_place",
            ),
            models.UniqueConstraint(
                fields=["exercise", "case_key", "inspector"],
                condition=Q(withdrawn_at__isnull=True),
                name="assessed_by_two_different_people",
            ),
            models.CheckConstraint(condition=Q(place=1) | Q(place=2, blind=True), name="second_assessment_is_blind"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, signed_at__isnull=True),
                name="assessment_withdrawn_by_somebody_before_it_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) | Q(signed_at__gte=F("given_at")),
                name="assessment_signed_after_it_was_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_key} by {self.inspector_id}"

    @property
    def is_signed(self) -> bool:
        """Whether it is finished."""
        return self.signed_at is not None


class GivenAnswer(models.Model):
    """The answer to one question, as it was saved last. The words to it stand in ``AnswerWords``.

    ``no_evidence``: the inspector looked, and there was none. ``offered`` is what the record offered; an answer that is
    another has overruled it. ``revision`` counts how often it was saved, ``page`` and ``turn`` by which window.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="answers")
    question = models.CharField(max_length=80)
    answer = models.CharField(max_length=40)
    no_evidence = models.BooleanField(default=False)
    offered = models.CharField(max_length=40, blank=True, default="")
    revision = models.PositiveIntegerField(default=1)
    page = models.UUIDField(null=True, blank=True)
    turn = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "assessment", "question", "revision", "page", "turn", "saved_at"], OPEN),
        **dict.fromkeys(["answer", "no_evidence", "offered"], SENSITIVE),
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "question"], name="question_answered_once"),
            models.CheckConstraint(condition=~Q(answer="") & ~Q(question=""), name="answer_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.answer}"

    @property
    def overrules(self) -> bool:
        """Whether the record offered another answer."""
        return self.offered not in ("", self.answer)


class AnswerWords(models.Model):
    """What an answer rests on: records by their number, a passage quoted, why what the record offered is overruled.

    ``records`` are numbers of facts ("fact:12") and notes ("note:3") that were known on the day.
    """

    answer = models.OneToOneField(GivenAnswer, on_delete=models.PROTECT, related_name="words")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    records = models.JSONField(default=list)
    passage = models.TextField(blank=True, default="")
    overruled_because = models.TextField(blank=True, default="")

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "answer", "case"], OPEN),
        **dict.fromkeys(["records", "passage", "overruled_because"], SENSITIVE),
    }

    def __str__(self) -> str:
        return f"words to answer {self.answer_id}"


class ConfidentialRemark(models.Model):
    """What an inspector notes of a case apart from its answers: read by them and whoever leads, in no result."""

    assessment = models.OneToOneField(Assessment, on_delete=models.PROTECT, related_name="remark")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    saved_at = models.DateTimeField()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "assessment", "case", "saved_at"], OPEN),
        "words": SENSITIVE,
    }

    def __str__(self) -> str:
        return f"remark to assessment {self.assessment_id}"


class Resolution(models.Model):
    """What a question is answered where two inspectors differed: by whoever leads, or by one of the two and the other.

    It counts once whoever leads said it, or the other of the two agreed. Why stands in ``ResolutionWords``.
    """

    exercise = models.ForeignKey("samples.Exercise", on_delete=models.PROTECT, related_name="resolutions")
    case_key = models.CharField(max_length=12)
    question = models.CharField(max_length=80)
    answer = models.CharField(max_length=40)
    resolved_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    resolved_at = models.DateTimeField()
    by_lead = models.BooleanField(default=False)
    agreed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "exercise", "case_key", "question", "resolved_by", "resolved_at"], OPEN),
        **dict.fromkeys(["by_lead", "agreed_by", "agreed_at"], OPEN),
        "answer": SENSITIVE,
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "case_key", "question"], name="difference_resolved_once"),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True)
                | (Q(agreed_at__isnull=False, agreed_by__isnull=False) & ~Q(agreed_by=F("resolved_by"))),
                name="resolution_agreed_by_somebody_else",
            ),
            models.CheckConstraint(condition=~Q(answer=""), name="resolution_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.question} of {self.case_key}"

    @property
    def counts(self) -> bool:
        """Whether it settles the difference."""
        return self.by_lead or self.agreed_at is not None


class ResolutionWords(models.Model):
    """Why a difference was resolved as it was."""

    resolution = models.OneToOneField(Resolution, on_delete=models.PROTECT, related_name="words")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "resolution", "case"], OPEN),
        "reason": SENSITIVE,
    }

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="resolution_has_a_reason")]

    def __str__(self) -> str:
        return f"words to resolution {self.resolution_id}"
