"""Bodies that the board is linked to, what was reported to each, and what came back (9.1)."""

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from openmappa.board.models.meetings import BoardMeeting
from openmappa.board.models.seats import Member
from openmappa.core.compartments import FieldClass

OPEN = FieldClass.OPEN


class OtherBody(models.Model):
    """Another body of the area, such as one of its child protection committees. ``kind`` is one of the pack's.

    ``sits_on_both`` is a member of the board who sits there as well; ``contact`` whom to write to there.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.UUIDField(null=True, blank=True, unique=True)
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    sits_on_both = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    contact = models.CharField(max_length=200, blank=True, default="")
    added_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        ["id", "key", "submission", "area", "kind", "name", "sits_on_both", "contact", "added_by", "added_at"], OPEN
    )

    class Meta:
        ordering = ["kind", "name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["area", "name"], name="other_body_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(kind=""), name="other_body_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Exchange(models.Model):
    """What the board reported to another body, and what came back. ``meeting`` is where that was decided."""

    class Way(models.TextChoices):
        PAPER = "paper", "A paper or report"
        PRESENTATION = "presentation", "A presentation"
        CONVERSATION = "conversation", "A conversation"
        MINUTES = "minutes", "The minutes of a meeting"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.UUIDField(null=True, blank=True, unique=True)
    body = models.ForeignKey(OtherBody, on_delete=models.PROTECT, related_name="exchanges")
    reported_on = models.DateField()
    reported_by_whom = models.CharField(max_length=200)
    way = models.CharField(max_length=20, choices=Way.choices)
    what = models.TextField()
    meeting = models.ForeignKey(BoardMeeting, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    noted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    answer = models.TextField(blank=True, default="")
    answered_on = models.DateField(null=True, blank=True)
    answer_noted_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    answer_noted_at = models.DateTimeField(null=True, blank=True)

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        [
            *("id", "key", "submission", "body", "reported_on", "reported_by_whom", "way", "what", "meeting"),
            *("noted_by", "noted_at", "answer", "answered_on", "answer_noted_by", "answer_noted_at"),
        ],
        OPEN,
    )

    class Meta:
        ordering = ["-reported_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(what="") & ~Q(reported_by_whom=""), name="exchange_says_what"),
            models.CheckConstraint(
                condition=Q(way__in=["paper", "presentation", "conversation", "minutes"]), name="exchange_way_is_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    answered_on__isnull=True, answer="", answer_noted_by__isnull=True, answer_noted_at__isnull=True
                )
                | Q(answered_on__isnull=False, answer_noted_by__isnull=False, answer_noted_at__isnull=False)
                & Q(answered_on__gte=F("reported_on"))
                & ~Q(answer=""),
                name="exchange_answered_in_words",
            ),
        ]

    def __str__(self) -> str:
        return self.what
