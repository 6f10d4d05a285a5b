"""What becomes of issued minutes: numbered copies, whom each was given to, whose file they are on, who was told."""

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from openmappa.core.compartments import Compartment, FieldClass
from openmappa.minutes.models.minutes import Minutes
from openmappa.minutes.words import PLACES, How

OPEN, SENSITIVE = FieldClass.OPEN, FieldClass.SENSITIVE


class Copy(models.Model):
    """One numbered copy for one recipient, with the parts that it holds. ``person`` opens it here; others are sent it.

    A copy that should not have been given is withdrawn: it can no longer be opened here.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="copies", db_index=False)
    number = models.PositiveSmallIntegerField()
    of = models.PositiveSmallIntegerField(help_text="How many copies were made out.")
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True)
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+", db_index=False)
    recipient = models.CharField(max_length=150)
    post = models.CharField(max_length=150, blank=True, default="")
    compartments = ArrayField(models.CharField(max_length=20, choices=PLACES))
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdraw_reason = models.TextField(blank=True, default="")

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(
            ["id", "key", "case", "minutes", "number", "of", "person", "agency", "recipient", "post"], OPEN
        ),
        **dict.fromkeys(["compartments", "made_by", "made_at", "withdrawn_by", "withdrawn_at"], OPEN),
        "withdraw_reason": SENSITIVE,
    }

    class Meta:
        verbose_name_plural = "copies"
        ordering = ["minutes", "number"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "number"], name="copy_number_once"),
            models.UniqueConstraint(
                fields=["minutes", "person"],
                condition=Q(person__isnull=False, withdrawn_at__isnull=True),
                name="copy_once_for_a_person",
            ),
            models.CheckConstraint(condition=~Q(recipient=""), name="copy_has_a_recipient"),
            models.CheckConstraint(condition=Q(number__lte=F("of"), number__gte=1), name="copy_number_is_one_of_them"),
            models.CheckConstraint(
                condition=Q(compartments__contained_by=[value for value, _ in PLACES], compartments__contains=["open"]),
                name="copy_parts_are_known",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdraw_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdraw_reason=""),
                name="copy_withdrawn_by_somebody_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"copy {self.number} of minutes {self.minutes_id}"

    @property
    def parts_in_words(self) -> str:
        """What it holds beside the open part, inside a table: which other parts its recipient reads."""
        others = [Compartment(name).label.lower() for name in self.compartments if name != Compartment.OPEN]
        return ", ".join(["The open part", *others])


class Handout(models.Model):
    """One time that a copy was taken out: by its recipient, or by somebody who sends it to them. Only added to."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="handouts")
    taken_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    taken_at = models.DateTimeField()

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(["id", "case", "copy", "taken_by", "taken_at"], OPEN)

    class Meta:
        ordering = ["copy", "id"]

    def __str__(self) -> str:
        return f"handout of copy {self.copy_id}"


class Filing(models.Model):
    """That minutes are on the record of one agency. ``fact`` is the ``minutes_filed`` of the two services."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="filings", db_index=False)
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    filed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    filed_at = models.DateTimeField()
    fact = models.OneToOneField("timeline.Fact", on_delete=models.PROTECT, related_name="+", null=True)

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        ["id", "case", "minutes", "agency", "filed_by", "filed_at", "fact"], OPEN
    )

    class Meta:
        ordering = ["minutes", "agency__name"]
        constraints = [models.UniqueConstraint(fields=["minutes", "agency"], name="filing_once_for_an_agency")]

    def __str__(self) -> str:
        return f"minutes {self.minutes_id} filed to agency {self.agency_id}"


class Telling(models.Model):
    """That the offender was told what a meeting decided: by whom, when, how, and in which words."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="tellings")
    told_on = models.DateField()
    told_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    how = models.CharField(max_length=10, choices=How.choices)
    words = models.TextField(help_text="The list as it stood.")
    response = models.TextField(blank=True, default="", help_text="What the offender said to it.")
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()
    fact = models.OneToOneField("timeline.Fact", on_delete=models.PROTECT, related_name="+")
    submission = models.UUIDField(null=True, unique=True)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "case", "minutes", "told_on", "told_by", "how", "recorded_by"], OPEN),
        **dict.fromkeys(["recorded_at", "fact", "submission"], OPEN),
        **dict.fromkeys(["words", "response"], SENSITIVE),
    }

    class Meta:
        ordering = ["minutes", "told_on", "id"]
        constraints = [models.CheckConstraint(condition=Q(how__in=How.values), name="telling_way_is_known")]

    def __str__(self) -> str:
        return f"telling {self.key}"
