"""Agencies, areas, units and people."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from openmappa.core.access import COUNTERSIGNING_RANKS, Permission, Rank, Role, allowed
from openmappa.core.compartments import FieldClass, reads


class Area(models.Model):
    """A MAPPA area: one police force and one probation area with the same boundary (4.9)."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    force = models.CharField(max_length=20, help_text="The key of the force's visit policy (Table 1).")

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(["id", "code", "name", "force"], FieldClass.OPEN)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Agency(models.Model):
    """An organisation whose people use the record."""

    class Kind(models.TextChoices):
        POLICE = "police"
        PROBATION = "probation"
        PRISON = "prison"
        PARTNER = "partner"

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=20, choices=Kind.choices)

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(["id", "code", "name", "kind"], FieldClass.OPEN)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["police", "probation", "prison", "partner"]),
                name="agency_kind_is_known",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A team within an agency, in one area: the people who cover for one another (6.4)."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=150)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="units")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="units")

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        ["id", "code", "name", "agency", "area"], FieldClass.OPEN
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """How sign-in finds a person: always with their agency, since what they may do for which service depends on it."""

    def get_queryset(self) -> "models.QuerySet[User]":
        """People with their agencies, in one query."""
        return super().get_queryset().select_related("agency")


class Mail(models.TextChoices):
    """When somebody is told by e-mail that there is something to read here."""

    AT_ONCE = "at_once", "At once, each time"
    DAILY = "daily", "Once a day, all together"
    NONE = "none", "Never: I look here myself"


class User(AbstractBaseUser):
    """A person who signs in, with one role and one rank. ``password`` unusable until one is given."""

    username = models.CharField(max_length=60, unique=True)
    full_name = models.CharField(max_length=150)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="people")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="people", null=True, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="people", null=True, blank=True)
    role = models.CharField(max_length=30, choices=[(role.value, role.label) for role in Role])
    rank = models.CharField(max_length=40, choices=[(rank.value, rank.label) for rank in Rank], default=Rank.NONE)
    is_active = models.BooleanField(default=True)
    recertified_on = models.DateField(null=True, blank=True, help_text="When somebody last confirmed the access.")
    email = models.EmailField(max_length=254, blank=True, default="")
    mail = models.CharField(max_length=10, choices=Mail.choices, default=Mail.AT_ONCE)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "username", "full_name", "agency", "area", "unit", "role", "rank"], FieldClass.OPEN),
        **dict.fromkeys(["is_active", "recertified_on", "last_login", "email", "mail"], FieldClass.OPEN),
        "password": FieldClass.SENSITIVE,
    }

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        ordering = ["full_name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in Role]), name="user_role_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(rank__in=[rank.value for rank in Rank]), name="user_rank_is_known"
            ),
            models.CheckConstraint(condition=models.Q(mail__in=Mail.values), name="user_mail_is_known"),
            models.CheckConstraint(
                condition=models.Q(email="") | models.Q(email__contains="@"), name="user_email_is_an_address"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def display_name(self) -> str:
        """The person's name as the log and pages show it."""
        return self.full_name

    @property
    def agency_name(self) -> str:
        """The agency the person acts for."""
        return self.agency.name

    @property
    def role_label(self) -> str:
        """The person's role in words."""
        return Role(self.role).label

    @property
    def rank_label(self) -> str:
        """The person's rank in words."""
        return Rank(self.rank).label

    @property
    def service(self) -> str | None:
        """``police`` or ``probation`` where the person belongs to one of the two; else None."""
        kind = self.agency.kind
        return kind if kind in (Agency.Kind.POLICE, Agency.Kind.PROBATION) else None

    @property
    def can_countersign(self) -> bool:
        """Whether the person's rank is high enough to countersign (7.4); the role is checked apart."""
        return self.rank in {rank.value for rank in COUNTERSIGNING_RANKS}

    def may(self, permission: Permission) -> bool:
        """Whether the person's role has this permission. Somebody who has left may do nothing."""
        return self.is_active and allowed(self.role, permission)

    def reads(self, model: type[models.Model], field: str) -> bool:
        """Whether the person's role reads this field of a model, on a case that they see (``classified``)."""
        classes: Mapping[str, FieldClass] = getattr(model, "classified")  # noqa: B009 - each model of ours has it
        return self.is_active and reads(self.role, classes[field])


class Managing(models.Model):
    """A line manager answers for a unit besides their own."""

    manager = models.ForeignKey(User, on_delete=models.CASCADE, related_name="managing")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="managed")

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(["id", "manager", "unit"], FieldClass.OPEN)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["manager", "unit"], name="managing_a_unit_once")]

    def __str__(self) -> str:
        return f"{self.manager_id} manages {self.unit_id}"


class CoverQuerySet(models.QuerySet["Cover"]):
    """Covers, narrowed in the field's words."""

    def in_force_on(self, day: date) -> "CoverQuerySet":
        """Those from whose first to whose last day this day lies, and that were not ended by then."""
        standing = models.Q(ended_on__isnull=True) | models.Q(ended_on__gt=day)
        return self.filter(standing, from_on__lte=day, until_on__gte=day)


class Cover(models.Model):
    """Somebody stands in for somebody absent, and reaches what is theirs, from one day to another (6.4)."""

    absent = models.ForeignKey(User, on_delete=models.PROTECT, related_name="covered_by")
    covering = models.ForeignKey(User, on_delete=models.PROTECT, related_name="covers")
    from_on = models.DateField()
    until_on = models.DateField()
    reason = models.TextField()
    arranged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    arranged_at = models.DateTimeField(auto_now_add=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    classified: ClassVar[Mapping[str, FieldClass]] = dict.fromkeys(
        [
            "id",
            "absent",
            "covering",
            "from_on",
            "until_on",
            "reason",
            "arranged_by",
            "arranged_at",
            "ended_on",
            "ended_by",
        ],
        FieldClass.OPEN,
    )

    objects = CoverQuerySet.as_manager()

    class Meta:
        ordering = ["from_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on__gte=models.F("from_on")), name="cover_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~models.Q(absent=models.F("covering")), name="cover_is_by_somebody_else"),
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True, ended_by__isnull=True)
                | models.Q(ended_on__isnull=False, ended_by__isnull=False),
                name="cover_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.covering_id} covers for {self.absent_id} from {self.from_on} to {self.until_on}"
