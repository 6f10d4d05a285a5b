"""Facts, the duties that follow from them, where a case stands, and who was told of what changed: one row each."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from openmappa.accounts.models import User
from openmappa.cases.models import Case, reach_of
from openmappa.core.compartments import WALLED, Compartment, FieldClass
from openmappa.core.packs.change_rules import What
from openmappa.core.standards.facts import KINDS
from openmappa.core.telling import Why

MAPPA_KINDS = ("mappa_level_set", "mappa_meeting_held", "action_agreed", "case_closed")
"""What figures of MAPPA are counted from, besides duties: a few of a case's many facts, in an index of their own."""

ACTION_KINDS = ("action_agreed", "action_completed")
"""What a job looks for when it brings actions in step with the timeline, every few minutes."""


class FactQuerySet(models.QuerySet["Fact"]):
    """Facts, narrowed in the field's words."""

    def standing(self) -> "FactQuerySet":
        """The facts that have not been voided, in the order the engine takes them: by day, then as entered."""
        return self.filter(voided_at__isnull=True).order_by("on", "id")


class Fact(models.Model):
    """Something that happened on a case on one day. Never edited: a mistake is voided and a right fact recorded.

    ``submission`` is the form's own token, so that a form sent twice is recorded once.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="facts", db_index=False)
    kind = models.CharField(max_length=40)
    on = models.DateField()
    details = models.JSONField(default=dict)
    recorded_on = models.DateField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    submission = models.UUIDField(null=True, unique=True)
    version = models.PositiveIntegerField(default=0, help_text="The case's version that recording this made.")
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    void_reason = models.TextField(blank=True, default="")
    voided_version = models.PositiveIntegerField(null=True, help_text="The case's version that voiding this made.")

    objects = FactQuerySet.as_manager()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "case", "recorded_on", "recorded_at", "recorded_by"], FieldClass.OPEN),
        **dict.fromkeys(["submission", "version", "voided_at", "voided_by", "voided_version"], FieldClass.OPEN),
        **dict.fromkeys(["kind", "on", "details", "void_reason"], FieldClass.SENSITIVE),
    }

    class Meta:
        indexes = [
            models.Index(fields=["case", "on", "id"], name="fact_of_case"),
            models.Index(
                fields=["case", "kind", "on"],
                include=["id", "details", "recorded_at", "recorded_on"],
                name="fact_of_mappa",
                condition=Q(kind__in=MAPPA_KINDS, voided_at__isnull=True),
            ),
            models.Index(
                fields=["case"], name="fact_action_done", condition=Q(kind="action_completed", voided_at__isnull=True)
            ),
            models.Index(
                fields=["id"], name="fact_action_voided", condition=Q(kind__in=ACTION_KINDS, voided_at__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=sorted(KINDS)), name="fact_kind_is_known"),
            models.CheckConstraint(
                condition=(
                    Q(voided_at__isnull=True, voided_by__isnull=True, void_reason="")
                    | (Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason=""))
                ),
                name="fact_voided_by_somebody_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.kind}"

    @property
    def is_voided(self) -> bool:
        """Whether the fact was found to be a mistake."""
        return self.voided_at is not None


class DutyQuerySet(models.QuerySet["Duty"]):
    """Duties, narrowed in the field's words."""

    def visible_to(self, user: User) -> "DutyQuerySet":
        """The duties on cases that this person may see. An area's are found by its index, without the cases."""
        reach = reach_of(user)
        if not reach.areas:
            return self.filter(case__in=Case.objects.visible_to(user))
        walled = Case.objects.filter(restricted=True).exclude(pk__in=reach.named)
        in_area = Q(area_id__in=reach.areas) & ~Q(case__in=walled)
        if not (reach.units or reach.people or reach.given):
            return self.filter(in_area)
        return self.filter(in_area | Q(case__in=Case.objects.visible_to(user)))

    def open(self) -> "DutyQuerySet":
        """The duties that are neither met nor closed: whatever is due or overdue today."""
        return self.filter(met_on__isnull=True, closed_on__isnull=True)


class Duty(models.Model):
    """Something that is, or was, due on a case. Derived from the facts; its outcome follows from its dates and the day.

    ``area`` copies the case's, so that an area's worklist is one index scan.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="duties", db_index=False)
    area = models.ForeignKey("accounts.Area", on_delete=models.PROTECT, related_name="+", db_index=False)
    standard = models.CharField(max_length=60)
    of = models.CharField(max_length=40)
    opened_on = models.DateField()
    due_on = models.DateField()
    met_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    because_kind = models.CharField(max_length=40)
    because_on = models.DateField()
    because_fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="+", null=True, db_index=False)

    objects = DutyQuerySet.as_manager()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "case", "area", "of"], FieldClass.OPEN),
        **dict.fromkeys(["standard", "opened_on", "due_on", "met_on", "closed_on"], FieldClass.SENSITIVE),
        **dict.fromkeys(["because_kind", "because_on", "because_fact"], FieldClass.SENSITIVE),
    }

    class Meta:
        verbose_name_plural = "duties"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "standard", "opened_on", "because_fact"],
                name="duty_opens_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(met_on__isnull=True) | Q(closed_on__isnull=True),
                name="duty_is_not_both_met_and_closed",
            ),
            models.CheckConstraint(
                condition=Q(met_on__isnull=True) | Q(met_on__gte=F("opened_on")),
                name="duty_is_met_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="duty_closes_after_it_opens",
            ),
        ]
        indexes = [
            models.Index(
                fields=["area", "case", "due_on", "of", "standard"],
                name="duty_open_in_area",
                condition=Q(met_on__isnull=True, closed_on__isnull=True),
            ),
            models.Index(
                fields=["area", "standard", "due_on", "case"],
                name="duty_open_of_standard",
                condition=Q(met_on__isnull=True, closed_on__isnull=True),
            ),
            models.Index(
                fields=["case", "due_on"],
                name="duty_open_on_case",
                condition=Q(met_on__isnull=True, closed_on__isnull=True),
            ),
            models.Index(
                fields=["area", "standard", "due_on"],
                include=["opened_on", "met_on", "closed_on", "case", "of"],
                name="duty_judged",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standard} due {self.due_on}"


class Standing(models.Model):
    """Where a case stands at the end of its last fact: what worklists filter by. Written when duties are derived."""

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, primary_key=True, related_name="standing")
    band = models.CharField(max_length=10, blank=True, default="")
    harm_level = models.CharField(max_length=10, blank=True, default="")
    mappa_level = models.PositiveSmallIntegerField(null=True)
    mappa_category = models.PositiveSmallIntegerField(null=True)
    supervised = models.BooleanField(default=False)
    registered = models.BooleanField(default=False)
    in_custody = models.BooleanField(default=False)
    closed = models.BooleanField(default=False)

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["case", "mappa_level", "mappa_category"], FieldClass.OPEN),
        **dict.fromkeys(["band", "harm_level", "supervised", "registered"], FieldClass.SENSITIVE),
        **dict.fromkeys(["in_custody", "closed"], FieldClass.SENSITIVE),
    }

    class Meta:
        indexes = [
            models.Index(
                fields=["mappa_level", "case"],
                name="standing_at_level",
                condition=Q(mappa_level__isnull=False, closed=False),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(band__in=["", "low", "medium", "high", "very_high"]),
                name="standing_band_is_known",
            ),
            models.CheckConstraint(
                condition=Q(harm_level__in=["", "low", "medium", "high", "very_high"]),
                name="standing_harm_level_is_known",
            ),
            models.CheckConstraint(
                condition=Q(mappa_level__isnull=True) | Q(mappa_level__in=[1, 2, 3]),
                name="standing_mappa_level_is_1_to_3",
            ),
        ]

    def __str__(self) -> str:
        return f"standing of case {self.pk}"


LEVELS_THAT_CHANGE = (What.HARM.value, What.BAND.value, What.MAPPA.value)


class ChangeNoticeQuerySet(models.QuerySet["ChangeNotice"]):
    """Notices of change, narrowed in the field's words."""

    def standing(self) -> "ChangeNoticeQuerySet":
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class ChangeNotice(models.Model):
    """Something on a case changed that others must know of (9.10), and by when they acknowledge it.

    ``rule`` is the id of a rule or topic of the pack's ``changes.toml``; ``before`` and ``after`` are a level's values.
    ``fact`` brought it about, or ``note`` says what it is about, in its own compartment. ``compartment`` says who reads
    the notice. ``contact`` is whom to ring. Withdrawn when the fact was a mistake. ``submission`` is the form's token.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="change_notices")
    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="change_notices", null=True)
    note = models.ForeignKey("notes.Note", on_delete=models.PROTECT, related_name="+", null=True)
    what = models.CharField(max_length=20, choices=[(each.value, each.value) for each in What])
    rule = models.CharField(max_length=40)
    before = models.CharField(max_length=20, blank=True, default="")
    after = models.CharField(max_length=20, blank=True, default="")
    compartment = models.CharField(max_length=20, default=Compartment.OPEN.value)
    urgent = models.BooleanField(default=False)
    contact = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    due_on = models.DateField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    submission = models.UUIDField(null=True, unique=True)

    objects = ChangeNoticeQuerySet.as_manager()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "key", "case", "compartment", "opened_at", "opened_by", "due_on"], FieldClass.OPEN),
        **dict.fromkeys(["withdrawn_at", "withdrawn_by", "submission"], FieldClass.OPEN),
        **dict.fromkeys(["fact", "note", "what", "rule", "before", "after"], FieldClass.SENSITIVE),
        **dict.fromkeys(["urgent", "contact"], FieldClass.SENSITIVE),
    }

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(what__in=[each.value for each in What]), name="change_is_known"),
            models.CheckConstraint(
                condition=(Q(what__in=LEVELS_THAT_CHANGE) & ~Q(before="") & ~Q(after="") & ~Q(before=F("after")))
                | (~Q(what__in=LEVELS_THAT_CHANGE) & Q(before="", after="")),
                name="change_of_a_level_says_from_what_to_what",
            ),
            models.CheckConstraint(
                condition=Q(fact__isnull=False, note__isnull=True) | Q(fact__isnull=True, note__isnull=False),
                name="change_has_a_fact_or_a_note",
            ),
            models.CheckConstraint(
                condition=Q(compartment__in=[each.value for each in Compartment if each not in WALLED]),
                name="change_is_told_in_front_of_the_walls",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="change_withdrawn_by_somebody",
            ),
            models.UniqueConstraint(fields=["fact", "what"], name="change_of_a_fact_is_told_once"),
        ]

    def __str__(self) -> str:
        return f"{self.what} on case {self.case_id}"

    @property
    def is_withdrawn(self) -> bool:
        """Whether what it said was a mistake."""
        return self.withdrawn_at is not None


class AcknowledgementQuerySet(models.QuerySet["Acknowledgement"]):
    """Acknowledgements, narrowed in the field's words."""

    def waiting(self) -> "AcknowledgementQuerySet":
        """Those that somebody still has to give."""
        return self.filter(acknowledged_at__isnull=True, lapsed_at__isnull=True, notice__withdrawn_at__isnull=True)

    def overdue_on(self, day: date) -> "AcknowledgementQuerySet":
        """Those that should have been given before this day."""
        return self.waiting().filter(due_on__lt=day)


class Acknowledgement(models.Model):
    """One person must know of one change: why they, by when, and when they said that they do.

    ``comment`` says what they did; ``lapsed_at`` that the case went to others; ``escalated_to`` who knows it is late.
    """

    notice = models.ForeignKey(ChangeNotice, on_delete=models.PROTECT, related_name="acknowledgements")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    why = models.CharField(max_length=20, choices=[(each.value, each.label) for each in Why])
    due_on = models.DateField()
    acknowledged_at = models.DateTimeField(null=True)
    comment = models.TextField(blank=True, default="")
    lapsed_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    escalated_to = ArrayField(models.BigIntegerField(), default=list)

    objects = AcknowledgementQuerySet.as_manager()

    classified: ClassVar[Mapping[str, FieldClass]] = {
        **dict.fromkeys(["id", "notice", "case", "person", "why", "due_on", "acknowledged_at"], FieldClass.OPEN),
        **dict.fromkeys(["lapsed_at", "escalated_at", "escalated_to"], FieldClass.OPEN),
        "comment": FieldClass.SENSITIVE,
    }

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "person"], name="acknowledgement_once_a_person"),
            models.CheckConstraint(
                condition=Q(why__in=[each.value for each in Why]), name="acknowledgement_reason_is_known"
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=False) | Q(comment=""),
                name="acknowledgement_comment_comes_with_it",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True) | Q(lapsed_at__isnull=True),
                name="acknowledgement_given_or_lapsed",
            ),
            models.CheckConstraint(
                condition=Q(escalated_at__isnull=True, escalated_to__len=0)
                | Q(escalated_at__isnull=False, escalated_to__len__gt=0),
                name="acknowledgement_escalated_to_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "due_on"],
                name="acknowledgement_waits",
                condition=Q(acknowledged_at__isnull=True, lapsed_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} on notice {self.notice_id}"

    @property
    def why_label(self) -> str:
        """Why this person must know, in words."""
        return Why(self.why).label

    @property
    def is_waiting(self) -> bool:
        """Whether the person still has to acknowledge it, where the notice stands."""
        return self.acknowledged_at is None and self.lapsed_at is None
