"""Agencies, areas, units and people."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from openmappa.core.access import COUNTERSIGNING_RANKS, Permission, Rank, Role, allowed


class Area(models.Model):
    """A MAPPA area: one police force and one probation area with the same boundary (4.9)."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    force = models.CharField(max_length=20, help_text="The key of the force's visit policy (Table 1).")

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

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """How sign-in finds a person: always with their agency, since what they may do for which service depends on it."""

    def get_queryset(self) -> "models.QuerySet[User]":
        """People with their agencies, in one query."""
        return super().get_queryset().select_related("agency")


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
