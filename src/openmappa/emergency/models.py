"""Emergency access: who opened which case without being involved, why, for how long, and how it was judged."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.core.compartments import FieldClass


class Emergency(models.TextChoices):
    """What kind of emergency it is, in the order in which the page offers them."""

    LIFE = "life", "Somebody’s life or safety is at risk now"
    CHILD = "child", "A child may be at risk now"
    WHEREABOUTS = "whereabouts", "The person is missing, wanted or has just been arrested"
    DECISION = "decision", "A decision on recall, release or bail cannot wait"
    OTHER = "other", "Something else that cannot wait"


class Outcome(models.TextChoices):
    """How a reviewer judged emergency access."""

    JUSTIFIED = "justified", "Justified"
    SHOULD_BE_INVOLVED = "should_be_involved", "Justified, but they should have been involved already"
    NOT_JUSTIFIED = "not_justified", "Not justified"


class BreakGlassQuerySet(models.QuerySet["BreakGlass"]):
    """Emergency access, narrowed in the reviewers' words."""

    def waiting(self) -> "BreakGlassQuerySet":
        """What nobody has judged yet."""
        return self.filter(judged_at__isnull=True)

    def open_at(self, at: datetime) -> "BreakGlassQuerySet":
        """What still opens its case at an instant."""
        ended = Q(involvement__ended_at__isnull=False, involvement__ended_at__lte=at)
        return self.filter(from_at__lte=at, until_at__gt=at).exclude(ended)


class BreakGlass(models.Model):
    """One person opened one case in an emergency. What opens it is the involvement; this says why, and what came of it.

    ``reference`` repeats the case's, so that the person can still read which case it was when it no longer opens.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="break_glasses")
    reference = models.CharField(max_length=60)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="break_glasses")
    kind = models.CharField(max_length=20, choices=Emergency.choices)
    reason = models.TextField()
    involvement = models.OneToOneField("cases.Involvement", on_delete=models.PROTECT, related_name="break_glass")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    judged_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="break_glasses_judged", null=True, blank=True
    )
    judged_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True, default="")
    words = models.TextField(blank=True, default="")

    objects = BreakGlassQuerySet.as_manager()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(
            ["id", "case", "reference", "by", "kind", "involvement", "from_at", "until_at"], FieldClass.OPEN
        ),
        **dict.fromkeys(["judged_by", "judged_at", "outcome"], FieldClass.OPEN),
        **dict.fromkeys(["reason", "words"], FieldClass.SENSITIVE),
    }

    class Meta:
        ordering = ["from_at", "id"]
        indexes = [
            models.Index(fields=["by", "-from_at"], name="break_glass_by"),
            models.Index(fields=["case"], name="break_glass_waiting", condition=Q(judged_at__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Emergency.values), name="break_glass_kind_is_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="break_glass_says_why"),
            models.CheckConstraint(condition=Q(until_at__gt=F("from_at")), name="break_glass_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(judged_by__isnull=True, judged_at__isnull=True, outcome="", words="")
                | Q(judged_by__isnull=False, judged_at__isnull=False, outcome__in=Outcome.values) & ~Q(words=""),
                name="break_glass_judged_by_somebody_with_words",
            ),
            models.CheckConstraint(
                condition=Q(judged_by__isnull=True) | ~Q(judged_by=F("by")), name="break_glass_judged_by_somebody_else"
            ),
        ]

    def __str__(self) -> str:
        return f"emergency access to {self.reference}"

    @property
    def opened_on(self) -> date:
        """The day on which it began, here."""
        return timezone.localdate(self.from_at)

    @property
    def closes_at(self) -> datetime:
        """When it stopped opening the case, or will."""
        ended = self.involvement.ended_at
        return min(ended, self.until_at) if ended else self.until_at

    @property
    def is_open(self) -> bool:
        """Whether it opens the case now."""
        return timezone.now() < self.closes_at

    @property
    def ended_early(self) -> bool:
        """Whether somebody ended it before its time."""
        return self.closes_at < self.until_at

    @property
    def is_judged(self) -> bool:
        """Whether somebody has judged it."""
        return self.judged_at is not None

    @property
    def kind_label(self) -> str:
        """The kind of emergency in words."""
        return str(Emergency(self.kind).label)

    @property
    def outcome_label(self) -> str:
        """The outcome in words; empty until it is judged."""
        return str(Outcome(self.outcome).label) if self.outcome else ""

    def is_own(self, user: User) -> bool:
        """Whether this is the person's own access, which they may not judge."""
        return bool(self.by_id == user.pk)


class Miss(models.Model):
    """Somebody asked for emergency access and no case fitted exactly. What was typed is not kept."""

    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="break_glass_misses")
    at = models.DateTimeField(default=timezone.now)

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(["id", "by", "at"], FieldClass.OPEN)

    class Meta:
        verbose_name_plural = "misses"
        indexes = [models.Index(fields=["by", "-at"], name="break_glass_miss_by")]

    def __str__(self) -> str:
        return f"no match for {self.by_id} at {self.at:%Y-%m-%d %H:%M}"
