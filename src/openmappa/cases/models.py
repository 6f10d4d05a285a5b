"""The person, the case, who is responsible for it, and who may see it."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from openmappa.accounts.models import User
from openmappa.core.access import Permission


class Squeezed(models.Func):
    """A number as it is compared when looked for: capitals and digits only (``core.names.squeezed``)."""

    template = "upper(regexp_replace(%(expressions)s, '[^A-Za-z0-9]', '', 'g'))"
    output_field = models.CharField()
    arity = 1


class Person(models.Model):
    """The person a case is about. ``name_keys`` is what finding by a misspelled name matches on."""

    given_names = models.CharField(max_length=150)
    family_name = models.CharField(max_length=150)
    born_on = models.DateField()
    sex = models.CharField(max_length=20)
    ethnicity = models.CharField(max_length=60, blank=True)
    pnc_id = models.CharField(max_length=30, blank=True)
    crn = models.CharField(max_length=30, blank=True)
    name_keys = ArrayField(models.TextField(), default=list, editable=False)

    class Meta:
        indexes = [
            GinIndex(fields=["name_keys"], name="person_name_keys"),
            models.Index(Squeezed("pnc_id"), name="person_pnc_id_squeezed"),
            models.Index(Squeezed("crn"), name="person_crn_squeezed"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Given names and family name, in that order."""
        return f"{self.given_names} {self.family_name}".strip()


class Alias(models.Model):
    """Another name the person has used, in the order they were given."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="aliases")
    given_names = models.CharField(max_length=150)
    family_name = models.CharField(max_length=150)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.given_names} {self.family_name}".strip()


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases, narrowed in the field's words."""

    def visible_to(self, user: User) -> "CaseQuerySet":
        """The cases this person may see: those of their area, where their role opens cases at all."""
        if not user.may(Permission.VIEW_CASE) or user.area_id is None:
            return self.none()
        return self.filter(area_id=user.area_id)

    def managed_by(self, user: User) -> "CaseQuerySet":
        """The cases for which this person is the police officer or the case manager."""
        return self.filter(Q(police_officer=user) | Q(case_manager=user))

    def of_unit(self, unit_id: int) -> "CaseQuerySet":
        """The cases whose police officer or case manager belongs to this unit."""
        return self.filter(Q(police_officer__unit_id=unit_id) | Q(case_manager__unit_id=unit_id))


class Case(models.Model):
    """One person under management in one area. ``version`` counts what was recorded: a stale page is noticed."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    source = models.CharField(max_length=60, default="openmappa")
    reference = models.CharField(max_length=60)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="case")
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="cases")
    force = models.CharField(max_length=20)
    case_manager = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    police_officer = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    version = models.PositiveIntegerField(default=0)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "reference"], name="case_reference_is_unique_in_its_source"),
        ]
        indexes = [models.Index(Squeezed("reference"), name="case_reference_squeezed")]

    def __str__(self) -> str:
        return self.reference
