"""The library of good practice: what works, where it was seen, and which criterion of an inspection it serves."""

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q

from openmappa.core.compartments import FieldClass

OPEN = FieldClass.OPEN
LANGUAGE = "english"
"""PostgreSQL's configuration of words and stems that texts are searched by."""
SEARCHED = SearchVector("title", weight="A", config=LANGUAGE) + SearchVector(
    "text", "shows", weight="B", config=LANGUAGE
)
"""What is searched, a word of the title before one of the text. It is stored with the row: under row-level security
PostgreSQL uses no index of words, not knowing that a match leaks nothing; matching stored words is quick."""


class Practice(models.Model):
    """One entry. It holds nothing of any case. ``shows`` says what came of it; ``area`` is where it was seen, if one.

    ``criterion`` is the code of a criterion of the framework it was written by, and ``criterion_title`` its words then.
    An entry that came of an inspection names the finding and the published report, by key: no foreign key, since the
    inspections stand above the library.
    """

    class CameFrom(models.TextChoices):
        BOARD = "board", "Written by a board"
        INSPECTION = "inspection", "Found by an inspection"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.UUIDField(null=True, blank=True, unique=True)
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    title = models.CharField(max_length=200)
    text = models.TextField()
    shows = models.TextField(blank=True, default="")
    criterion = models.CharField(max_length=60)
    criterion_title = models.CharField(max_length=200)
    came_from = models.CharField(max_length=20, choices=CameFrom.choices)
    source = models.CharField(max_length=300)
    finding = models.UUIDField(null=True, blank=True, unique=True)
    inspection = models.UUIDField(null=True, blank=True)
    report_number = models.PositiveIntegerField(null=True, blank=True)
    added_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    why_withdrawn = models.CharField(max_length=500, blank=True, default="")
    searched = models.GeneratedField(expression=SEARCHED, output_field=SearchVectorField(), db_persist=True)

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        [
            *("id", "key", "submission", "area", "title", "text", "shows", "criterion", "criterion_title"),
            *("came_from", "source", "finding", "inspection", "report_number", "added_by", "added_at"),
            *("withdrawn_by", "withdrawn_at", "why_withdrawn", "searched"),
        ],
        OPEN,
    )

    class Meta:
        ordering = ["-added_at", "-id"]
        indexes = [
            models.Index(fields=["criterion", "-added_at"], name="practice_of_criterion"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(text="") & ~Q(criterion="") & ~Q(criterion_title="") & ~Q(source=""),
                name="practice_says_what_and_for_which_criterion",
            ),
            models.CheckConstraint(
                condition=Q(came_from="board", area__isnull=False)
                & Q(finding__isnull=True, inspection__isnull=True, report_number__isnull=True)
                | Q(came_from="inspection")
                & Q(finding__isnull=False, inspection__isnull=False, report_number__isnull=False),
                name="practice_came_of_a_board_or_a_finding",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, why_withdrawn="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(why_withdrawn=""),
                name="practice_withdrawn_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title
