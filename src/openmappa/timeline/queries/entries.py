"""The timeline of a case: facts, notes and files together, newest first, voided ones too, and its filters."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django.db.models import F, QuerySet, Value

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Permission
from openmappa.core.compartments import WALLED, Compartment
from openmappa.core.standards.words import describe
from openmappa.notes import models as notes
from openmappa.notes.models import open_compartments
from openmappa.notes.queries import may_void
from openmappa.timeline.models import Fact
from openmappa.timeline.queries.facts import core_fact
from openmappa.timeline.queries.frame import CaseFrame

GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "visits": ("Home visits", ("home_visit", "visit_interval_set")),
    "likelihood": ("Likelihood (RM2000)", ("rm2000_completed", "rm2000_countersigned")),
    "harm": ("Risk of harm and OASys", ("harm_level_set", "oasys_completed", "risk_change_acknowledged")),
    "plans": ("Plans", ("isp_completed", "plan_reviewed", "rmp_completed", "rmp_reviewed")),
    "mappa": (
        "MAPPA",
        (
            "mappa_level_set",
            "mappa_meeting_held",
            "minutes_filed",
            "action_agreed",
            "action_completed",
            "offender_informed",
        ),
    ),
    "registration": (
        "Registration and notifications",
        (
            "registered",
            "registration_ended",
            "initial_notification_made",
            "annual_notification_made",
            "details_changed",
            "details_notified",
        ),
    ),
    "order": (
        "Order, licence and custody",
        ("order_started", "order_ended", "custody_started", "custody_ended", "case_closed"),
    ),
    "programmes": (
        "Programmes and victims",
        ("programme_required", "programme_started", "victim_contact_eligible", "victim_unit_referred"),
    ),
    "incidents": ("Incidents and enforcement", ("significant_incident", "breach_found", "enforcement_taken")),
}
"""Each group of kinds: its slug, its name, and its kinds. Every kind stands in exactly one."""


WRITTEN: Mapping[str, str] = {"notes": "Notes", "files": "Files"}
"""What else the filter by kind offers besides groups of facts."""
FACT, NOTE, FILE = "fact", "note", "file"
Row = tuple[str, int, date, datetime]
"""What an entry is (``FACT``, ``NOTE``, ``FILE``), its key, the day it is about, and when it was written down."""


@dataclass(frozen=True)
class Entry:
    """One fact as the timeline shows it."""

    fact: Fact
    title: str
    may_void: bool
    shape: ClassVar[str] = FACT

    @property
    def written_down_after(self) -> timedelta:
        """How long after it happened the fact was written down."""
        return self.fact.recorded_on - self.fact.on

    @property
    def recorded_by(self) -> str:
        """Who wrote it down."""
        return str(self.fact.recorded_by) if self.fact.recorded_by else "the record that was imported"


@dataclass(frozen=True)
class NoteEntry:
    """One note as the timeline shows it."""

    note: notes.Note
    may_void: bool
    shape: ClassVar[str] = NOTE

    @property
    def may_correct(self) -> bool:
        """Whether this person may write a right note instead."""
        return self.may_void

    @property
    def corrected_by(self) -> "notes.Note | None":
        """The note that was written instead of this one."""
        return getattr(self.note, "corrected_by", None)


@dataclass(frozen=True)
class FileEntry:
    """One file as the timeline shows it. A voided one cannot be opened any more."""

    file: notes.Attachment
    may_void: bool
    shape: ClassVar[str] = FILE


AnyEntry = Entry | NoteEntry | FileEntry


@dataclass(frozen=True)
class Wanted:
    """Which entries of a case: facts (of these kinds; none given: of all), notes, files, and from where."""

    compartments: frozenset[Compartment]
    kinds: tuple[str, ...] = ()
    facts: bool = True
    notes: bool = True
    files: bool = True

    @classmethod
    def asked(cls, readable: Iterable[Compartment], kind: str = "", compartment: str = "") -> "Wanted":
        """What the two filters of the timeline ask for, of what this person reads."""
        within = frozenset(each for each in readable if compartment in ("", each))
        _, kinds = GROUPS.get(kind, ("", ()))
        return cls(
            compartments=within,
            kinds=kinds,
            facts=Compartment.OPEN in within and kind not in WRITTEN,
            notes=kind in ("", "notes"),
            files=kind in ("", "files"),
        )

    def but(self, left_out: frozenset[Compartment]) -> "Wanted":
        """The same without these compartments."""
        return Wanted(self.compartments - left_out, self.kinds, self.facts, self.notes, self.files)


def facts_newest_first(case: Case, kinds: tuple[str, ...] = ()) -> QuerySet[Fact]:
    """All facts of a case, voided ones too, of these kinds (none given: of every kind), with the people in them."""
    found = Fact.objects.filter(case=case).select_related("recorded_by", "voided_by").order_by("-on", "-id")
    return found.filter(kind__in=kinds) if kinds else found


def entry(fact: Fact, user: User) -> Entry:
    """A fact in words, and whether this person may say that it is a mistake."""
    own = fact.recorded_by_id == user.pk
    may = user.may(Permission.VOID_OWN_FACT if own else Permission.VOID_ANY_FACT)
    return Entry(fact, describe(core_fact(fact)), may and not fact.is_voided)


def rows_newest_first(frame: CaseFrame, wanted: Wanted) -> "QuerySet[Any, Row]":
    """Which entries there are, newest first, without what they say: one query, whatever slice is asked for."""
    facts = facts_newest_first(frame.case, wanted.kinds).select_related(None).order_by()
    of_notes, of_files = (
        model.objects.open_to(frame.user, frame.case).filter(compartment__in=wanted.compartments)
        for model in (notes.Note, notes.Attachment)
    )
    parts = [
        _as_rows(facts if wanted.facts else facts.none(), FACT, "recorded_at"),
        _as_rows(of_notes if wanted.notes else of_notes.none(), NOTE, "written_at"),
        _as_rows(of_files if wanted.files else of_files.none(), FILE, "written_at"),
    ]
    found: QuerySet[Any, Row] = parts[0].union(*parts[1:], all=True).order_by("-on", "-at", "-pk")
    return found


def entries(frame: CaseFrame, rows: Iterable[Row]) -> list[AnyEntry]:
    """These rows as the timeline shows them, in their order. One query for each of facts, notes and files."""
    order = list(rows)
    user, case = frame.user, frame.case
    ids = {shape: [pk for each, pk, _, _ in order if each == shape] for shape in (FACT, NOTE, FILE)}
    facts = facts_newest_first(case).filter(pk__in=ids[FACT]) if ids[FACT] else ()
    people = ("written_by", "voided_by", "agency")
    of_notes = notes.Note.objects.open_to(user, case).select_related(*people, "corrected_by")
    of_files = notes.Attachment.objects.open_to(user, case).select_related(*people)
    found: dict[tuple[str, int], AnyEntry] = {(FACT, fact.pk): entry(fact, user) for fact in facts}
    for note in of_notes.filter(pk__in=ids[NOTE]) if ids[NOTE] else ():
        found[NOTE, note.pk] = NoteEntry(note, may_void(user, note))
    for file in of_files.filter(pk__in=ids[FILE]) if ids[FILE] else ():
        found[FILE, file.pk] = FileEntry(file, may_void(user, file))
    return [found[shape, pk] for shape, pk, _, _ in order]


def sealed_count(frame: CaseFrame, wanted: Wanted) -> int:
    """How many of these entries need proof of who the reader is; none for who may not read them. Two queries."""
    behind = wanted.compartments & open_compartments(frame.user, frame.case) & WALLED
    asked = [model for model, is_wanted in ((notes.Note, wanted.notes), (notes.Attachment, wanted.files)) if is_wanted]
    if not behind:
        return 0
    return sum(model.objects.open_to(frame.user, frame.case).filter(compartment__in=behind).count() for model in asked)


def _as_rows(found: "QuerySet[Any]", shape: str, at: str) -> "QuerySet[Any, Row]":
    rows: QuerySet[Any, Row] = found.annotate(shape=Value(shape), at=F(at)).values_list("shape", "pk", "on", "at")
    return rows
