"""The person, the case, who is responsible for it, and who may see it."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from openmappa.accounts.acting import remembered
from openmappa.accounts.models import Cover, User
from openmappa.core.access import Permission, Role
from openmappa.core.compartments import FieldClass
from openmappa.core.involvement import NOTHING, CaseHeld, Covering, Given, InvolvementKind, Reach, Reader, reach


class Squeezed(models.Func):
    """A number as it is compared when looked for: capitals and digits only (``core.names.squeezed``)."""

    template = "upper(regexp_replace(%(expressions)s, '[^A-Za-z0-9]', '', 'g'))"
    output_field = models.CharField()
    arity = 1


class Person(models.Model):
    """The person a case is about. ``name_keys`` is what finding by a misspelled name matches on (``FindKey``)."""

    given_names = models.CharField(max_length=150)
    family_name = models.CharField(max_length=150)
    born_on = models.DateField()
    sex = models.CharField(max_length=20)
    ethnicity = models.CharField(max_length=60, blank=True)
    pnc_id = models.CharField(max_length=30, blank=True)
    crn = models.CharField(max_length=30, blank=True)
    name_keys = ArrayField(models.TextField(), default=list, editable=False)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        "id": FieldClass.OPEN,
        **dict.fromkeys(["given_names", "family_name", "born_on", "sex", "name_keys"], FieldClass.PERSONAL),
        **dict.fromkeys(["ethnicity", "pnc_id", "crn"], FieldClass.SENSITIVE),
    }

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

    classified: ClassVar[Mapping[str, FieldClass]] = {
        "id": FieldClass.OPEN,
        **dict.fromkeys(["person", "given_names", "family_name"], FieldClass.PERSONAL),
    }

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.given_names} {self.family_name}".strip()


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases, narrowed in the field's words."""

    def visible_to(self, user: User) -> "CaseQuerySet":
        """The cases this person may see (``core.involvement``): those they are involved in, restrictions respected."""
        reach = reach_of(user)
        held = (
            Q(area_id__in=reach.areas)
            | Q(police_unit_id__in=reach.units)
            | Q(probation_unit_id__in=reach.units)
            | Q(police_officer_id__in=reach.people)
            | Q(case_manager_id__in=reach.people)
            | Q(pk__in=reach.given or {})
        )
        return self.filter(Q(restricted=False) | Q(pk__in=reach.named), held)

    def keyed(self, *groups: Sequence[str]) -> "CaseQuerySet":
        """The cases that have at least one key of each group."""
        found = self
        for keys in groups:
            found = found.filter(pk__in=FindKey.objects.filter(key__in=keys).values("case_id"))
        return found

    def managed_by(self, user: User) -> "CaseQuerySet":
        """The cases for which this person, or somebody they cover for, is the police officer or the case manager."""
        people = reach_of(user).people
        return self.filter(Q(police_officer_id__in=people) | Q(case_manager_id__in=people))

    def of_unit(self, unit_id: int) -> "CaseQuerySet":
        """The cases for which this unit is responsible."""
        return self.filter(Q(police_unit_id=unit_id) | Q(probation_unit_id=unit_id))


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
    police_unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    probation_unit = models.ForeignKey(
        "accounts.Unit", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    restricted = models.BooleanField(default=False, help_text="Seen by the people named for it alone.")
    restricted_contact = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    restricted_reason = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=0)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "source", "reference", "area", "force", "version"], FieldClass.OPEN),
        **dict.fromkeys(["case_manager", "police_officer", "police_unit", "probation_unit"], FieldClass.OPEN),
        **dict.fromkeys(["restricted", "restricted_contact"], FieldClass.OPEN),
        "restricted_reason": FieldClass.SENSITIVE,
        "person": FieldClass.PERSONAL,
    }

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "reference"], name="case_reference_is_unique_in_its_source"),
            models.CheckConstraint(
                condition=Q(restricted=False, restricted_contact__isnull=True, restricted_reason="")
                | (Q(restricted=True, restricted_contact__isnull=False) & ~Q(restricted_reason="")),
                name="case_restricted_with_a_contact_and_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["id"], name="case_restricted", condition=Q(restricted=True))]

    def __str__(self) -> str:
        return self.reference


class FindKey(models.Model):
    """One key that a case is found by: part of a name as it sounds or is spelled, or ``#`` and a number squeezed.

    The database writes these rows itself, whenever a case is added or its person's names or numbers change.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="find_keys")
    key = models.TextField()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "case"], FieldClass.OPEN),
        "key": FieldClass.PERSONAL,
    }

    class Meta:
        indexes = [models.Index(fields=["key", "case"], name="find_key")]

    def __str__(self) -> str:
        return f"key of case {self.case_id}"


class InvolvementQuerySet(models.QuerySet["Involvement"]):
    """Involvements, narrowed in the field's words."""

    def in_force_at(self, at: datetime) -> "InvolvementQuerySet":
        """Those that hold at an instant: begun, not over, not ended."""
        open_ended = Q(until_at__isnull=True) | Q(until_at__gt=at)
        return self.filter(open_ended, Q(ended_at__isnull=True) | Q(ended_at__gt=at), from_at__lte=at)

    def given_to(self, user: User) -> "InvolvementQuerySet":
        """Those given to this person, to their unit or to their agency."""
        to_unit = Q(unit_id=user.unit_id) if user.unit_id is not None else Q(pk__in=[])
        return self.filter(Q(person_id=user.pk) | to_unit | Q(agency_id=user.agency_id))


class Involvement(models.Model):
    """A case given to one person, unit or agency for a time, and why. It is never deleted; it is ended."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="involvements")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.label) for kind in InvolvementKind])
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField()
    given_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    given_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    end_reason = models.TextField(blank=True, default="")

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "case", "kind", "person", "unit", "agency", "from_at", "until_at"], FieldClass.OPEN),
        **dict.fromkeys(["given_by", "given_at", "ended_at", "ended_by"], FieldClass.OPEN),
        **dict.fromkeys(["reason", "end_reason"], FieldClass.SENSITIVE),
    }

    objects = InvolvementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in InvolvementKind]), name="involvement_kind_is_known"
            ),
            models.CheckConstraint(
                condition=(
                    Q(person__isnull=False, unit__isnull=True, agency__isnull=True)
                    | Q(person__isnull=True, unit__isnull=False, agency__isnull=True)
                    | Q(person__isnull=True, unit__isnull=True, agency__isnull=False)
                ),
                name="involvement_is_of_one_person_unit_or_agency",
            ),
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gt=F("from_at")),
                name="involvement_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False) | Q(ended_by__isnull=True, end_reason=""),
                name="involvement_ended_at_an_instant",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on case {self.case_id}"


class Because(models.TextChoices):
    """Why responsibility for a case stands as it does from an instant on."""

    KNOWN = "known", "The record of who is responsible begins here"
    BEGAN = "began", "The case came into the record"
    ASSIGNED = "assigned", "Handed over within the area"
    TRANSFERRED = "transferred", "Transferred to another area"
    RETURNED = "returned", "Given back after a transfer in error"
    CHANGED = "changed", "Changed otherwise"


class Responsibility(models.Model):
    """Who was responsible for a case from one instant until another: its area, units and people.

    The rows of a case are a chain: each begins at the very instant at which the one before it ends, and the last has no
    end. The database writes them itself whenever a case is added or these columns of it change, and refuses a gap, an
    overlap or a change of what was (``migrations/0009``): so they cannot differ from the case. ``because`` and ``by``
    say why and who.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="responsibilities", db_index=False)
    number = models.PositiveIntegerField()
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+", db_index=False)
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
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    because = models.CharField(max_length=20, choices=Because.choices)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "case", "number", "area", "police_unit", "probation_unit"], FieldClass.OPEN),
        **dict.fromkeys(["police_officer", "case_manager"], FieldClass.OPEN),
        **dict.fromkeys(["from_at", "until_at", "because", "by"], FieldClass.OPEN),
    }

    class Meta:
        ordering = ["case", "number"]
        verbose_name_plural = "responsibilities"

    def __str__(self) -> str:
        return f"responsibility {self.number} for case {self.case_id}"


def reach_of(user: User) -> Reach:
    """What this person reaches now: four small queries, once for each request (``accounts.acting``)."""
    known = remembered()
    found = known.get(("reach", user.pk))
    if not isinstance(found, Reach):
        found = known["reach", user.pk] = _reach(user)
    return found


def held(case: Case) -> CaseHeld:
    """What of a case decides who sees it."""
    return CaseHeld(
        case=case.pk,
        area=case.area_id,
        police_unit=case.police_unit_id,
        probation_unit=case.probation_unit_id,
        police_officer=case.police_officer_id,
        case_manager=case.case_manager_id,
        restricted=case.restricted,
    )


def _reach(user: User) -> Reach:
    if not user.may(Permission.VIEW_CASE):
        return NOTHING
    now, today = timezone.now(), timezone.localdate()
    covers = [
        Covering(_reader(cover.absent), cover.from_on, cover.until_on, cover.ended_on)
        for cover in Cover.objects.in_force_on(today)
        .filter(covering=user)
        .select_related("absent")
        .prefetch_related("absent__managing")
    ]
    given = [
        Given(
            case=row.case_id,
            kind=InvolvementKind(row.kind),
            from_at=row.from_at,
            until_at=row.until_at,
            ended_at=row.ended_at,
            person=row.person_id,
            unit=row.unit_id,
            agency=row.agency_id,
        )
        for row in Involvement.objects.in_force_at(now).given_to(user)
    ]
    return reach(_reader(user), covers, given, at=now, today=today)


def _reader(user: User) -> Reader:
    managed = user.managing.all() if user.role == Role.LINE_MANAGER else ()
    return Reader(
        person=user.pk,
        role=Role(user.role),
        agency=user.agency_id,
        area=user.area_id,
        unit=user.unit_id,
        manages=frozenset(each.unit_id for each in managed),
        active=user.is_active,
    )
