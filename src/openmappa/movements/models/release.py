"""Notice of a planned release, who acknowledged it, and what is known of a release that nobody gave notice of."""

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from openmappa.core.compartments import FieldClass

OPEN, PERSONAL, SENSITIVE = FieldClass.OPEN, FieldClass.PERSONAL, FieldClass.SENSITIVE


class ReleaseNoticeQuerySet(models.QuerySet["ReleaseNotice"]):
    """Notices of releases, narrowed in the field's words."""

    def standing(self) -> "ReleaseNoticeQuerySet":
        """Those that nobody has withdrawn or set aside."""
        return self.filter(withdrawn_at__isnull=True, set_aside_at__isnull=True)


class ReleaseNotice(models.Model):
    """Somebody is to be released from prison on a day: who, where to, on what conditions (9.8).

    What was typed about the person is never changed: whoever gives notice finds nobody, so a coordinator matches it to
    a case. ``area`` is where the person goes; ``managing_area`` another whose coordinators look too. ``version`` counts
    the changes; ``chased`` the stages of chasing that were told. ``informed`` are the people of the case, by number: a
    prison that changes the day does not see the case, and they are told all the same.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.UUIDField(null=True, blank=True, unique=True)
    given_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    given_on = models.DateField()
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    prison = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    prison_name = models.CharField(max_length=150)
    person_name = models.CharField(max_length=200)
    born_on = models.DateField(null=True, blank=True)
    prison_number = models.CharField(max_length=40, blank=True, default="")
    reference = models.CharField(max_length=60, blank=True, default="")
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    managing_area = models.ForeignKey(
        "accounts.Area", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    expected_on = models.DateField()
    going_to = models.CharField(max_length=300)
    conditions = models.TextField(blank=True, default="")
    told = models.TextField(blank=True, default="")
    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, related_name="release_notices", null=True, blank=True
    )
    matched_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    matched_at = models.DateTimeField(null=True, blank=True)
    set_aside_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    set_aside_at = models.DateTimeField(null=True, blank=True)
    set_aside_reason = models.TextField(blank=True, default="")
    withdrawn_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True, default="")
    moved_reason = models.TextField(blank=True, default="", help_text="Why the day was changed last.")
    informed = ArrayField(models.BigIntegerField(), default=list, blank=True, help_text="Who of its case was told.")
    version = models.PositiveIntegerField(default=0)
    chased = models.PositiveSmallIntegerField(default=0)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "submission", "given_by", "given_at", "given_on", "agency", "prison"], OPEN),
        **dict.fromkeys(["prison_name", "area", "managing_area", "case", "matched_by", "matched_at"], OPEN),
        **dict.fromkeys(
            ["set_aside_by", "set_aside_at", "withdrawn_by", "withdrawn_at", "version", "chased", "informed"], OPEN
        ),
        **dict.fromkeys(["person_name", "born_on", "reference"], PERSONAL),
        **dict.fromkeys(["prison_number", "expected_on", "going_to", "conditions", "told"], SENSITIVE),
        **dict.fromkeys(["set_aside_reason", "withdrawn_reason", "moved_reason"], SENSITIVE),
    }

    objects = ReleaseNoticeQuerySet.as_manager()

    class Meta:
        ordering = ["expected_on", "id"]
        indexes = [
            models.Index(fields=["area", "expected_on"], name="release_to_area"),
            models.Index(fields=["case", "given_on"], name="release_of_case"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(person_name="") & ~Q(prison_name="") & ~Q(going_to=""), name="release_says_who_and_where"
            ),
            models.CheckConstraint(condition=Q(expected_on__gte=F("given_on")), name="release_is_still_to_come"),
            models.CheckConstraint(
                condition=Q(case__isnull=True, matched_by__isnull=True, matched_at__isnull=True)
                | Q(case__isnull=False, matched_by__isnull=False, matched_at__isnull=False),
                name="release_matched_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(set_aside_at__isnull=True, set_aside_by__isnull=True, set_aside_reason="")
                | Q(set_aside_at__isnull=False, set_aside_by__isnull=False, case__isnull=True)
                & ~Q(set_aside_reason=""),
                name="release_set_aside_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason=""),
                name="release_withdrawn_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"notice of release {self.key}"

    @property
    def is_standing(self) -> bool:
        """Whether nobody has withdrawn it or set it aside."""
        return self.withdrawn_at is None and self.set_aside_at is None


class ReleaseAcknowledgement(models.Model):
    """Somebody knows that the person is to be released on ``of_day``. A new day is acknowledged anew."""

    notice = models.ForeignKey(ReleaseNotice, on_delete=models.PROTECT, related_name="acknowledgements")
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    of_day = models.DateField()
    at = models.DateTimeField()
    words = models.TextField(blank=True, default="")

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "notice", "person", "at"], OPEN),
        **dict.fromkeys(["of_day", "words"], SENSITIVE),
    }

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "person", "of_day"], name="release_acknowledged_once_for_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} knows of {self.notice_id}"


class ArrivalNote(models.Model):
    """From which prison somebody came of whose release nobody gave notice, and what is said of it."""

    fact = models.OneToOneField("timeline.Fact", on_delete=models.PROTECT, related_name="arrival_note")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    prison = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    prison_name = models.CharField(max_length=150)
    words = models.TextField(blank=True, default="")
    noted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "fact", "case", "prison", "prison_name", "noted_by", "noted_at"], OPEN),
        "words": SENSITIVE,
    }

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(prison_name=""), name="arrival_names_the_prison")]

    def __str__(self) -> str:
        return f"arrival of {self.case_id} from {self.prison_name}"
