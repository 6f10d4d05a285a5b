"""The annual report of a board: what is being written, and what was published.

An ``AnnualReport`` is of one area and one year; its figures are counted whenever it is opened. A ``Commentary`` is what
the board writes on one section. A ``PublishedReport`` is frozen: it holds words and figures as they went out. No row
here belongs to a case.
"""

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from openmappa.core.board.annual_report import Section
from openmappa.core.board.years import BoardYear
from openmappa.core.compartments import FieldClass

OPEN = FieldClass.OPEN


class AnnualReport(models.Model):
    """The report of one area on the year that begins on 1 April of ``year``.

    ``standards`` are the ids of those whose figures it shows, in order.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.UUIDField(null=True, blank=True, unique=True)
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    standards = models.JSONField(default=list, blank=True)
    begun_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        ["id", "key", "submission", "area", "year", "standards", "begun_by", "begun_at", "version"], OPEN
    )

    class Meta:
        ordering = ["-year", "area__name"]
        constraints = [
            models.UniqueConstraint(fields=["area", "year"], name="annual_report_once_a_year"),
            models.CheckConstraint(condition=Q(year__gte=2001, year__lte=2999), name="annual_report_of_a_year"),
        ]

    def __str__(self) -> str:
        return f"annual report {self.of.short}"

    @property
    def of(self) -> BoardYear:
        """The year that it is of."""
        return BoardYear(self.year)


class Commentary(models.Model):
    """What the board writes on one section, or its foreword. The words may be taken out again."""

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="commentaries")
    section = models.CharField(max_length=20, choices=[(each.value, each.heading) for each in Section])
    words = models.TextField(blank=True, default="")
    written_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        ["id", "report", "section", "words", "written_by", "written_at", "version"], OPEN
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["report", "section"], name="commentary_once_a_section"),
            models.CheckConstraint(
                condition=Q(section__in=[each.value for each in Section]), name="commentary_section_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section} of report {self.report_id}"


class PublishedReport(models.Model):
    """A report as it was published, word by word and figure by figure. A correction is the next number.

    ``content`` is what ``queries.content`` makes.
    """

    report = models.ForeignKey(AnnualReport, on_delete=models.PROTECT, related_name="published")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    content = models.JSONField()
    corrects = models.TextField(blank=True, default="", help_text="What was corrected, and why.")
    published_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        ["id", "report", "number", "title", "content", "corrects", "published_by", "published_at"], OPEN
    )

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="published_report_number_once"),
            models.CheckConstraint(
                condition=Q(number=1, corrects="") | Q(number__gt=1) & ~Q(corrects=""),
                name="published_report_correction_says_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"
