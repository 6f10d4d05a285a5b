"""Cases drawn by lot from the list of all cases of a day, for an inspection or an audit: anybody can draw them again.

``Exercise`` is what they are drawn for. Its ``CaseList`` is the frame; ``DrawnSample`` the draw, ``Replacement`` and
``JointWork`` what became of it. All of these name a case by a *key* alone: the first twelve digits of a SHA-256 of the
case's own key and the day, which nobody can choose and which says nothing to whoever cannot open the case. So the list
can be drawn from again after a case was disposed of. ``ListedLink`` and ``SampledCase`` say which case a key stands
for; they go when the case goes. ``samples.queries`` gives the values of ``core.inspection`` back from the rows.
"""

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from openmappa.core.compartments import FieldClass
from openmappa.core.inspection.traits import Strata, Whom
from openmappa.core.involvement import InvolvementKind

OPEN, SENSITIVE = FieldClass.OPEN, FieldClass.SENSITIVE
PURPOSES = (InvolvementKind.INSPECTION, InvolvementKind.AUDIT)


class Ground(models.TextChoices):
    """Why a case of the sample is replaced."""

    NO_FILES = "no_files", "The files cannot be had in time"
    RESTRICTED = "restricted", "It is restricted, and nobody who inspects may be named for it"
    MISTAKEN = "mistaken", "It should not have been on the list"
    LINKED = "linked", "Somebody who inspects has worked on it, or knows the person"
    LIVE = "live", "Reading it now would get in the way of an investigation or a trial"
    OTHER = "other", "Another reason, in your words"


class Exercise(models.Model):
    """One inspection or audit, as far as it needs a sample: the day whose record is read, its areas, who works on it.

    ``purpose`` is the kind of involvement by which its cases are opened to those who work on it. What it is called, and
    everything else of it, stands in the app that opened it.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    purpose = models.CharField(max_length=20, choices=[(each.value, each.label) for each in PURPOSES])
    on = models.DateField(help_text="The day whose record is read, as it was known on that day.")
    opened_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    ended_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        ["id", "key", "purpose", "on", "opened_by", "opened_at", "ended_by", "ended_at"], OPEN
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=[each.value for each in PURPOSES]), name="exercise_purpose_is_known"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="exercise_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} of {self.on}"

    @property
    def is_open(self) -> bool:
        """Whether it has not ended."""
        return self.ended_at is None


class ExerciseArea(models.Model):
    """An area that an exercise looks at."""

    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="in_areas")
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+")

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(["id", "exercise", "area"], OPEN)

    class Meta:
        ordering = ["area__name"]
        constraints = [models.UniqueConstraint(fields=["exercise", "area"], name="exercise_area_once")]

    def __str__(self) -> str:
        return f"area {self.area_id} of exercise {self.exercise_id}"


class MemberQuerySet(models.QuerySet["ExerciseMember"]):
    """Members, narrowed in the field's words."""

    def in_force(self) -> "MemberQuerySet":
        """Those who work on it now."""
        return self.filter(until_at__isnull=True)


class ExerciseMember(models.Model):
    """Somebody who works on an exercise, from one instant until another. Whoever leads it lets others join."""

    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    leads = models.BooleanField(default=False)
    from_at = models.DateTimeField()
    added_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    until_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        ["id", "exercise", "person", "leads", "from_at", "added_by", "until_at", "removed_by"], OPEN
    )

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["-leads", "person__full_name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["exercise", "person"], condition=Q(until_at__isnull=True), name="exercise_member_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until_at__isnull=True, removed_by__isnull=True)
                | Q(until_at__isnull=False, removed_by__isnull=False, until_at__gte=F("from_at")),
                name="exercise_member_removed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} works on exercise {self.exercise_id}"


class CaseList(models.Model):
    """The frame: every case of the areas on the exercise's day, as known then. It is never changed.

    ``whom`` says which cases are on it, ``strata`` from what they are drawn apart. ``digest`` is its fingerprint. Until
    a sample is drawn another list may be made; the last one counts.
    """

    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="lists")
    whom = models.CharField(max_length=20, choices=[(each.value, each.label) for each in Whom])
    strata = models.CharField(max_length=20, choices=[(each.value, each.label) for each in Strata])
    size = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True, default="")
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        ["id", "exercise", "whom", "strata", "size", "digest", "made_by", "made_at"], OPEN
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(whom__in=[each.value for each in Whom], strata__in=[each.value for each in Strata]),
                name="case_list_says_of_whom",
            )
        ]

    def __str__(self) -> str:
        return f"list {self.pk} of exercise {self.exercise_id}"


class ListedCase(models.Model):
    """One case of a list: its key, what it is drawn from apart, and its traits as known then (``Trait``)."""

    case_list = models.ForeignKey(CaseList, on_delete=models.PROTECT, related_name="listed")
    key = models.CharField(max_length=12)
    stratum = models.CharField(max_length=100)
    traits = models.JSONField()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "case_list", "key", "stratum"], OPEN),
        "traits": SENSITIVE,
    }

    class Meta:
        ordering = ["stratum", "key"]
        constraints = [models.UniqueConstraint(fields=["case_list", "key"], name="listed_case_once")]

    def __str__(self) -> str:
        return self.key


class ListedLink(models.Model):
    """Which case a listed key stands for. Only functions of the owner's read it; it goes when the case goes."""

    listed = models.OneToOneField(ListedCase, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")

    classified: ClassVar[Mapping[str, FieldClass]] = {"id": OPEN, "listed": SENSITIVE, "case": SENSITIVE}

    def __str__(self) -> str:
        return f"link {self.pk}"


class DrawnSample(models.Model):
    """The draw of an exercise, with all that is needed to make it again: list, seed and rules. It is never changed.

    ``rules`` and ``groups`` are what ``core.inspection.stored`` writes and reads. ``seed_from`` says in words where the
    seed is from and when it was said.
    """

    exercise = models.OneToOneField(Exercise, on_delete=models.PROTECT, related_name="drawn")
    case_list = models.ForeignKey(CaseList, on_delete=models.PROTECT, related_name="+")
    seed = models.CharField(max_length=200)
    seed_from = models.TextField()
    rules = models.JSONField()
    groups = models.JSONField()
    drawn_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "exercise", "case_list", "seed", "seed_from", "rules"], OPEN),
        **dict.fromkeys(["groups", "drawn_by", "drawn_at"], OPEN),
    }

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(seed="") & ~Q(seed_from=""), name="drawn_by_a_seed")]

    def __str__(self) -> str:
        return f"sample of exercise {self.exercise_id}"


class SampledCase(models.Model):
    """A case that is in a sample, or was until it was replaced; ``left_words`` say more of why it was.

    The database writes these rows (``samples_open``), and gives the case to those who work on the exercise. They are
    there for whoever sees the case.
    """

    sample = models.ForeignKey(DrawnSample, on_delete=models.PROTECT, related_name="cases")
    key = models.CharField(max_length=12)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    left_words = models.TextField(blank=True, default="")

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "sample", "key", "case", "from_at", "left_at"], OPEN),
        "left_words": SENSITIVE,
    }

    class Meta:
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(fields=["sample", "case"], name="sampled_case_once"),
            models.UniqueConstraint(fields=["sample", "key"], name="sampled_key_once"),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("from_at")), name="sampled_case_left_after_it_came"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} in sample {self.sample_id}"


class Gift(models.Model):
    """What opened a sampled case to one who works on the exercise, so that it ends with its cause and with no other."""

    sampled = models.ForeignKey(SampledCase, on_delete=models.PROTECT, related_name="gifts")
    member = models.ForeignKey(ExerciseMember, on_delete=models.PROTECT, related_name="+")
    involvement = models.OneToOneField("cases.Involvement", on_delete=models.PROTECT, related_name="+")

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(["id", "sampled", "member", "involvement"], OPEN)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sampled", "member"], name="sampled_case_given_once")]

    def __str__(self) -> str:
        return f"gift {self.pk}"


class Replacement(models.Model):
    """A case of a sample that a reserve took the place of: by which key, and on what ground. In the order of ``id``."""

    sample = models.ForeignKey(DrawnSample, on_delete=models.PROTECT, related_name="replacements")
    out_key = models.CharField(max_length=12)
    into_key = models.CharField(max_length=12)
    ground = models.CharField(max_length=20, choices=Ground.choices)
    replaced_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField()

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        ["id", "sample", "out_key", "into_key", "ground", "replaced_by", "replaced_at"], OPEN
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["sample", "out_key"], name="replaced_case_goes_once"),
            models.UniqueConstraint(fields=["sample", "into_key"], name="reserve_comes_in_once"),
            models.CheckConstraint(condition=Q(ground__in=Ground.values), name="replaced_on_a_known_ground"),
        ]

    def __str__(self) -> str:
        return f"{self.into_key} for {self.out_key}"


class JointWork(models.Model):
    """A case that its area named as joint work (3.5): analysed apart."""

    sample = models.ForeignKey(DrawnSample, on_delete=models.PROTECT, related_name="joint")
    key = models.CharField(max_length=12)
    stratum = models.CharField(max_length=100)
    named_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        ["id", "sample", "key", "stratum", "named_by", "named_at"], OPEN
    )

    class Meta:
        ordering = ["stratum", "key"]
        constraints = [models.UniqueConstraint(fields=["sample", "key"], name="joint_work_named_once")]

    def __str__(self) -> str:
        return f"{self.key} as joint work"
