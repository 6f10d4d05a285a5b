"""What the record says of a past day: every case and duty of an area as they stood, or as they were known, on that day.

``PastDay`` is asked for by somebody and worked out by a job, case by case with the engine; ``PastCase`` and
``PastDuty`` are what came of it. They are derived, as duties are, and never the record: each day says from which
moment's record it was worked out, and is deleted some days later.
"""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from openmappa.accounts.models import Area
from openmappa.core.compartments import FieldClass

OPEN, SENSITIVE = FieldClass.OPEN, FieldClass.SENSITIVE


class PastDayQuerySet(models.QuerySet["PastDay"]):
    """Past days, narrowed in plain words."""

    def of(self, areas: "list[Area]", on: date, *, known: bool) -> "PastDayQuerySet":
        """The past days of these areas that were asked for so."""
        return self.filter(area__in=areas, on=on, known=known)

    def waiting(self) -> "PastDayQuerySet":
        """Those that are still to be worked out, the first that was asked for first."""
        return self.filter(finished_at__isnull=True).order_by("asked_at", "id")


class PastDay(models.Model):
    """An area's record of a past day. ``known``: as it was known on that day; otherwise by what is known now.

    ``began_at`` is the moment whose record it is worked out from: nothing entered later counts. ``done`` of ``cases``
    have been gone through. Asked for again, it is worked out anew.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+", db_index=False)
    on = models.DateField()
    known = models.BooleanField()
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    cases = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)

    objects = PastDayQuerySet.as_manager()

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        ["id", "key", "area", "on", "known", "asked_by", "asked_at", "began_at", "finished_at", "cases", "done"], OPEN
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "on", "known"], name="past_day_once_an_area"),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(began_at__isnull=False, finished_at__gte=F("began_at")),
                name="past_day_finishes_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(done__lte=F("cases")), name="past_day_does_no_more_than_there_is"),
        ]

    def __str__(self) -> str:
        return f"{self.on}, {'as known then' if self.known else 'by what is known now'}, area {self.area_id}"

    @property
    def is_ready(self) -> bool:
        """Whether it has been worked out."""
        return self.finished_at is not None


class PastCase(models.Model):
    """A case of the area on a past day: who answered for it, and where it stood at the end of that day."""

    day = models.ForeignKey(PastDay, on_delete=models.CASCADE, related_name="+", db_index=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    force = models.CharField(max_length=20)
    police_unit = models.ForeignKey(
        "accounts.Unit", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    probation_unit = models.ForeignKey(
        "accounts.Unit", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    police_officer = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    case_manager = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    band = models.CharField(max_length=10, blank=True, default="")
    harm_level = models.CharField(max_length=10, blank=True, default="")
    mappa_level = models.PositiveSmallIntegerField(null=True)
    visit_months = models.PositiveSmallIntegerField(null=True)
    supervised = models.BooleanField()
    registered = models.BooleanField()
    in_custody = models.BooleanField()
    closed = models.BooleanField()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "day", "case", "force", "police_unit", "probation_unit", "mappa_level"], OPEN),
        **dict.fromkeys(["police_officer", "case_manager"], OPEN),
        **dict.fromkeys(["band", "harm_level", "visit_months", "supervised"], SENSITIVE),
        **dict.fromkeys(["registered", "in_custody", "closed"], SENSITIVE),
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "case"], name="past_case_once_a_day")]

    def __str__(self) -> str:
        return f"case {self.case_id} on past day {self.day_id}"


class PastDuty(models.Model):
    """A duty of a case as of a past day: nothing that happened later is in its dates."""

    day = models.ForeignKey(PastDay, on_delete=models.CASCADE, related_name="+", db_index=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    standard = models.CharField(max_length=60)
    of = models.CharField(max_length=40)
    opened_on = models.DateField()
    due_on = models.DateField()
    met_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "day", "case", "of"], OPEN),
        **dict.fromkeys(["standard", "opened_on", "due_on", "met_on", "closed_on"], SENSITIVE),
    }

    class Meta:
        verbose_name_plural = "past duties"
        indexes = [models.Index(fields=["day", "standard", "due_on"], name="past_duty_of_standard")]
        constraints = [
            models.CheckConstraint(
                condition=Q(met_on__isnull=True) | Q(closed_on__isnull=True),
                name="past_duty_is_not_both_met_and_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standard} due {self.due_on}, on past day {self.day_id}"
