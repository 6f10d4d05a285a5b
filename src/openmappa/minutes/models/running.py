"""A meeting while it runs: its lines, what it decides about level and review, and who chairs it from when."""

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from openmappa.core.compartments import Compartment, FieldClass
from openmappa.minutes.words import PLACES, Disclosed, EntryKind

OPEN, SENSITIVE = FieldClass.OPEN, FieldClass.SENSITIVE
SAVED = ("revision", "page", "turn", "changed_by", "changed_at")


class Saved(models.Model):
    """What saves itself while somebody types.

    ``revision`` counts what was saved: whoever saves names the one that they saw. ``page`` is the token of the page
    that saved last, which may save again; ``turn`` counts what that page sent, so that an earlier sending that arrives
    late is not taken for a later one.
    """

    revision = models.PositiveIntegerField(default=0)
    page = models.UUIDField(null=True)
    turn = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    changed_at = models.DateTimeField()

    class Meta:
        abstract = True


class Running(Saved):
    """What the meeting on one case decides as a whole. ``version`` counts everything saved in the meeting."""

    meeting = models.OneToOneField("meetings.Meeting", on_delete=models.PROTECT, related_name="running")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0)
    level = models.PositiveSmallIntegerField(null=True)
    category = models.PositiveSmallIntegerField(null=True)
    level_reasons = models.TextField(blank=True, default="")
    review_on = models.DateField(null=True)
    review_reason = models.TextField(blank=True, default="")

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "meeting", "case", "version", "level", "category", "review_on", *SAVED], OPEN),
        **dict.fromkeys(["level_reasons", "review_reason"], SENSITIVE),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(level__in=[1, 2, 3]), name="running_level_is_known"
            ),
            models.CheckConstraint(
                condition=Q(category__isnull=True) | Q(category__in=[1, 2, 3]), name="running_category_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"meeting {self.meeting_id} while it runs"


class Chairing(models.Model):
    """Who chairs a meeting from an instant on, until the next one does. Never changed, only added to."""

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="chairings")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    from_at = models.DateTimeField()
    noted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    noted_at = models.DateTimeField()

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        ["id", "meeting", "case", "person", "from_at", "noted_by", "noted_at"], OPEN
    )

    class Meta:
        ordering = ["meeting", "from_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "from_at"], name="chairing_one_at_an_instant"),
        ]

    def __str__(self) -> str:
        return f"chair of meeting {self.meeting_id}"


class Entry(Saved):
    """One line of a meeting: what somebody said, a decision, or a disclosure that was considered.

    ``key`` is made by the page, so that a line sent twice is one line. ``who`` is who said it, or who makes the
    disclosure. ``plain_words`` is what the offender may be told of a decision; empty where they may not be told.
    ``sequence`` is ``Running.version`` when it was last saved: a page asks for what came after the one it knows.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="entries", db_index=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=40)
    kind = models.CharField(max_length=12, choices=EntryKind.choices)
    compartment = models.CharField(max_length=20, choices=PLACES, default=Compartment.OPEN.value)
    who = models.CharField(max_length=150, blank=True, default="")
    text = models.TextField(blank=True, default="")
    reasons = models.TextField(blank=True, default="")
    dissent = models.TextField(blank=True, default="")
    plain_words = models.TextField(blank=True, default="")
    disclosed = models.CharField(max_length=4, choices=Disclosed.choices, blank=True, default="")
    to_whom = models.CharField(max_length=200, blank=True, default="")
    by_on = models.DateField(null=True)
    sequence = models.PositiveIntegerField(default=0)
    written_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    written_at = models.DateTimeField()
    removed_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    removed_at = models.DateTimeField(null=True)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "meeting", "case", "item", "kind", "compartment", "sequence", *SAVED], OPEN),
        **dict.fromkeys(["written_by", "written_at", "removed_by", "removed_at"], OPEN),
        **dict.fromkeys(["who", "text", "reasons", "dissent", "plain_words"], SENSITIVE),
        **dict.fromkeys(["disclosed", "to_whom", "by_on"], SENSITIVE),
    }

    class Meta:
        ordering = ["written_at", "id"]
        indexes = [models.Index(fields=["meeting", "sequence"], name="entry_of_meeting")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EntryKind.values), name="entry_kind_is_known"),
            models.CheckConstraint(
                condition=Q(compartment__in=[value for value, _ in PLACES]), name="entry_compartment_is_known"
            ),
            models.CheckConstraint(condition=Q(disclosed__in=Disclosed.values), name="entry_disclosed_is_known"),
            models.CheckConstraint(
                condition=Q(kind="disclosure") | Q(disclosed="", to_whom="", by_on__isnull=True),
                name="entry_only_a_disclosure_is_disclosed",
            ),
            models.CheckConstraint(
                condition=Q(kind="decision") | Q(dissent="", plain_words=""),
                name="entry_only_a_decision_has_dissent_or_is_told",
            ),
            models.CheckConstraint(
                condition=Q(plain_words="") | Q(compartment=Compartment.OPEN.value),
                name="entry_told_to_the_offender_is_open",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="entry_removed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"entry {self.key}"
