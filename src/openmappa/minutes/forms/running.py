"""The forms of a meeting while it runs: one line, level and review, who was there, an action, the chair."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms

from openmappa.accounts.models import Agency, User
from openmappa.core.access import Rank, Service
from openmappa.core.compartments import Compartment
from openmappa.meetings.models.invitee import Invitee
from openmappa.meetings.words import Attendance
from openmappa.minutes.models.running import Entry, Running
from openmappa.minutes.services.locking import Seen
from openmappa.minutes.services.running import Concluded, Words
from openmappa.minutes.words import PLACES, Disclosed, EntryKind
from openmappa.ui.date_fields import DateInputField
from openmappa.ui.forms import Form, LongTextField

LONGEST = 10_000  # as long as what agencies write beforehand, so that a line of it can be changed
ONLY = {
    EntryKind.SAID: ("who", "text"),
    EntryKind.DECISION: ("text", "reasons", "dissent", "plain_words"),
    EntryKind.DISCLOSURE: ("disclosed", "to_whom", "text", "who", "by_on", "reasons"),
}
"""The fields of a line by what it is, in their order."""
LABELS = {
    EntryKind.SAID: {"who": "Who said it", "text": "What, in substance"},
    EntryKind.DECISION: {"text": "What was decided", "reasons": "Reasons", "dissent": "Who did not agree, and why"},
    EntryKind.DISCLOSURE: {
        "text": "What is disclosed",
        "who": "Who discloses it",
        "reasons": "Reasons, also why not",
    },
}


class SavesItself(Form):
    """What a page sends while somebody types: the revision it has seen, its own token, how often it has sent."""

    revision = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput, initial=0)
    page = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)
    turn = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput, initial=0)

    @property
    def seen(self) -> Seen:
        """What whoever sends this has seen."""
        cleaned = self.cleaned_data
        return Seen(cleaned.get("revision") or 0, cleaned.get("page"), cleaned.get("turn") or 0)


class EntryForm(SavesItself):
    """One line. Nothing is required while the meeting runs: closing it says what is missing."""

    item = forms.SlugField(max_length=40, widget=forms.HiddenInput)
    kind = forms.ChoiceField(choices=EntryKind.choices, widget=forms.HiddenInput)
    disclosed = forms.ChoiceField(label="Is it disclosed?", choices=Disclosed.choices, required=False)
    to_whom = forms.CharField(label="To whom", max_length=200, required=False)
    who = forms.CharField(label="Who", max_length=150, required=False)
    text = LongTextField(label="Words", max_length=LONGEST, required=False)
    by_on = DateInputField(label="By when", required=False)
    reasons = LongTextField(label="Reasons", max_length=LONGEST, required=False)
    dissent = LongTextField(label="Dissent", max_length=LONGEST, required=False)
    plain_words = LongTextField(
        label="What the offender may be told of it",
        max_length=2000,
        required=False,
        help_text="In words to them. Leave it empty if they may not be told.",
    )
    compartment = forms.ChoiceField(label="Who reads it", choices=PLACES)

    def __init__(self, kind: str, *args: Any, places: Iterable[Compartment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.line_kind = EntryKind(kind)
        open_to = {place.value for place in places}
        self.fields["compartment"].choices = [each for each in PLACES if each[0] in open_to]  # type: ignore[attr-defined]
        for name in ("disclosed", "to_whom", "who", "text", "by_on", "reasons", "dissent", "plain_words"):
            if name not in ONLY[self.line_kind]:
                del self.fields[name]
            elif name in LABELS[self.line_kind]:
                self.fields[name].label = LABELS[self.line_kind][name]

    @property
    def words(self) -> Words:
        """What the line says."""
        names = (*ONLY[self.line_kind], "item", "compartment")
        return Words(**{name: self.cleaned_data.get(name) for name in names})  # type: ignore[arg-type]  # as cleaned

    @property
    def shown(self) -> list[Any]:
        """The fields that are typed in, in their order."""
        return [self[name] for name in (*ONLY[self.line_kind], "compartment")]


def line_form(row: Entry, places: Iterable[Compartment]) -> EntryForm:
    """The form of a line that was saved before."""
    initial = {name: getattr(row, name) for name in (*ONLY[EntryKind(row.kind)], "item", "kind", "compartment")}
    initial |= {"revision": row.revision}
    return EntryForm(row.kind, initial=initial, places=places, auto_id=f"{row.key}-%s")


def blank_form(item: str, kind: EntryKind, places: Iterable[Compartment], key: uuid.UUID) -> EntryForm:
    """The form of a line that is still to be written, with the key that it will have."""
    initial = {"item": item, "kind": kind.value, "compartment": Compartment.OPEN.value}
    return EntryForm(kind, initial=initial, places=places, auto_id=f"{key}-%s")


class ConclusionForm(SavesItself):
    """What the meeting decides about level and review."""

    level = forms.TypedChoiceField(
        label="MAPPA level from now on",
        choices=[("", "Not decided yet"), (1, "Level 1"), (2, "Level 2"), (3, "Level 3")],
        coerce=int,
        empty_value=None,
        required=False,
    )
    category = forms.TypedChoiceField(
        label="MAPPA category",
        choices=[("", "Not decided yet"), (1, "Category 1"), (2, "Category 2"), (3, "Category 3")],
        coerce=int,
        empty_value=None,
        required=False,
    )
    level_reasons = LongTextField(
        label="Reasons for the level",
        max_length=LONGEST,
        required=False,
        help_text="Also where it stays. They stand in every copy of the minutes.",
    )
    review_on = DateInputField(label="Next review on", required=False)
    review_reason = LongTextField(
        label="Why so late, or why none",
        max_length=2000,
        required=False,
        help_text="Only where it is later than the level allows, or where there is none. It stands in every copy.",
    )

    FIELDS = ("level", "category", "level_reasons", "review_on", "review_reason")

    @property
    def concluded(self) -> Concluded:
        """What was decided so far; a day that cannot be read is left out."""
        said = self.cleaned_data
        return Concluded(
            said["level"], said["category"], said["level_reasons"], said.get("review_on"), said["review_reason"]
        )

    @classmethod
    def of(cls, row: Running, level: int | None, category: int | None) -> "ConclusionForm":
        """The form as it was saved last; before that with the level and category that hold now."""
        initial = {name: getattr(row, name) for name in cls.FIELDS} | {"revision": row.revision}
        if row.revision == 0:
            initial |= {"level": level, "category": category}
        return cls(initial=initial, auto_id="conclusion-%s")


class AttendanceForm(Form):
    """Who was there for one invitation."""

    attendance = forms.ChoiceField(label="Attendance", choices=[("", "Not written down yet"), *Attendance.choices[1:]])
    name = forms.CharField(label="Name of who was there", max_length=150, required=False)
    rank = forms.ChoiceField(
        label="Rank or grade", choices=[("", "Choose"), *[(each.value, each.label) for each in Rank]], required=False
    )
    grade = forms.CharField(label="Or their grade in words", max_length=100, required=False)
    sent_in_writing = LongTextField(label="Sent in writing", max_length=LONGEST, required=False)

    @classmethod
    def of(cls, row: Invitee) -> "AttendanceForm":
        """The form as it was written down last."""
        rank = row.attended_rank or (row.person.rank if row.person and row.person.rank != Rank.NONE else "")
        initial = {
            "attendance": row.attendance,
            "name": row.attended_name or row.deputy_name or row.name,
            "rank": rank,
            "grade": row.attended_grade,
            "sent_in_writing": row.sent_in_writing,
        }
        return cls(initial=initial, auto_id=f"{row.key}-%s")


class ActionForm(Form):
    """An action that the meeting agrees: typed once, it is at once with its owner."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    text = LongTextField(
        label="What is to be done",
        max_length=2000,
        help_text="The owner reads these words and, in a partner agency, nothing else of the case.",
    )
    whose = forms.ChoiceField(label="Who does it")
    owner_words = forms.CharField(label="Name, where they are not in the list", max_length=150, required=False)
    service = forms.ChoiceField(
        label="Which service answers for it",
        choices=[("police", "Police"), ("probation", "Probation")],
        help_text="Where a partner agency does it.",
    )
    due_on = DateInputField(label="By when")

    def __init__(self, *args: Any, people: Iterable[User], agencies: Iterable[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {f"person-{one.pk}": one for one in people}
        self.agencies = {f"agency-{one.pk}": one for one in agencies}
        named = [(code, f"{one.full_name}, {one.agency.name}") for code, one in self.people.items()]
        others = [(code, f"{one.name}: somebody else") for code, one in self.agencies.items()]
        self.fields["whose"].choices = [("", "Choose"), *named, *others]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Where an agency is chosen, somebody of it is named."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("whose") in self.agencies and not (cleaned.get("owner_words") or "").strip():
            self.refuse("owner_words", "Write the name or post of whoever does it")
        return cleaned

    @property
    def owner(self) -> User | None:
        """The person who does it, where they sign in here."""
        return self.people.get(self.cleaned_data["whose"])

    @property
    def agency(self) -> Agency:
        """The agency that does it."""
        return self.owner.agency if self.owner else self.agencies[self.cleaned_data["whose"]]

    @property
    def answering(self) -> Service:
        """The service that answers for it: the owner's own where that is police or probation."""
        kind = self.agency.kind
        return Service(kind) if kind in ("police", "probation") else Service(self.cleaned_data["service"])


class ChairForm(Form):
    """Who chairs from now on."""

    chair = forms.ChoiceField(label="Who chairs from now on?")

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in people}
        choices = [(code, f"{one.full_name}, {one.agency.name}") for code, one in self.people.items()]
        self.fields["chair"].choices = [("", "Choose"), *choices]  # type: ignore[attr-defined]

    @property
    def person(self) -> User:
        """Who was chosen."""
        return self.people[self.cleaned_data["chair"]]


class AccountForm(Form):
    """What became of an action of the last meeting."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    what = forms.ChoiceField(
        label="What became of it?",
        choices=[("", "Choose"), ("done", "Done"), ("carried", "Carried over"), ("withdrawn", "Withdrawn")],
    )
    words = LongTextField(label="What shows that it is done, or why not", max_length=2000)
    on = DateInputField(label="Done on, or due on from now", required=False)

    def clean(self) -> dict[str, Any]:
        """What is done or carried over has a day."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("what") in ("done", "carried") and not cleaned.get("on") and "on" not in self.errors:
            self.refuse("on", "Enter the day: when it was done, or by when it is due now")
        return cleaned
