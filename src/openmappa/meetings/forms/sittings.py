"""The forms of a sitting: calling one, listing a case, moving, naming people, cancelling."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from openmappa.accounts.models import User
from openmappa.cases.models import Case, CaseQuerySet
from openmappa.meetings.forms.fields import SentOnce, TimeField, instant_of
from openmappa.meetings.models.directory import DirectoryEntry
from openmappa.meetings.services.calling import LONGEST_LIST, ToList
from openmappa.meetings.words import Level
from openmappa.ui.date_fields import DateInputField
from openmappa.ui.formats import lower_first
from openmappa.ui.forms import CheckboxesField, LongTextField, RadioField

NOBODY = ("", "Choose one")


class Clashing(SentOnce):
    """A form that may be sent although something stands in the way, once that was said."""

    despite = forms.BooleanField(label="Go ahead all the same", required=False)
    clashes: tuple[str, ...] = ()

    @property
    def goes_ahead(self) -> bool:
        """Whether the person has seen what stands in the way, and goes ahead."""
        return bool(self.cleaned_data.get("despite"))


class Where(Clashing):
    """When and where."""

    on = DateInputField(label="Day")
    at = TimeField(label="Time it begins")
    place = forms.CharField(label="Place", required=False, max_length=150)
    room = forms.CharField(label="Room", required=False, max_length=100)
    link = forms.URLField(label="Link to join", required=False, max_length=300, assume_scheme="https")

    def clean(self) -> dict[str, Any]:
        """Ask for a place or a link."""
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if not answers.get("place") and not answers.get("link") and not {"place", "link"} & set(self.errors):
            self.add_error("place", "Enter a place, or a link to join")
        return answers

    def where(self) -> dict[str, Any]:
        """When and where, as the services take it."""
        answers = self.cleaned_data
        starts_at = instant_of(answers["on"], answers["at"])
        return {"starts_at": starts_at, **{name: answers[name] for name in ("place", "room", "link")}}


class People(Clashing):
    """Who chairs, and who takes the minutes."""

    chair = forms.ChoiceField(label="Chair", error_messages={"required": "Choose who chairs"})
    minute_taker = forms.ChoiceField(label="Minute-taker", required=False)

    def __init__(self, *args: Any, chairs: list[User], takers: list[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(one.pk): one for one in [*chairs, *takers]}
        self.fields["chair"].choices = [NOBODY, *map(_person, chairs)]  # type: ignore[attr-defined]
        self.fields["minute_taker"].choices = [("", "Nobody yet"), *map(_person, takers)]  # type: ignore[attr-defined]

    def named(self) -> dict[str, Any]:
        """Who was chosen, as the services take it."""
        taker = self.cleaned_data.get("minute_taker")
        return {
            "chair": self.people[self.cleaned_data["chair"]],
            "minute_taker": self.people[taker] if taker else None,
        }


class CallSitting(Where, People):
    """A sitting on one case or several: level, when and where, who, which cases and why."""

    level = RadioField(label="Level", choices=[(str(level), words) for level, words in Level.choices])
    cases = LongTextField(
        label="Cases, one reference on each line",
        max_length=2000,
        error_messages={"required": "Enter at least one case by its reference"},
    )
    why = LongTextField(
        label="Why do the agencies meet?", max_length=2000, error_messages={"required": "Say why the agencies meet"}
    )
    entries = CheckboxesField(label="Who is invited besides those who always are?", required=False)
    child_why = LongTextField(label="Is there a risk to a child that OASys does not show?", required=False)
    field_order = ("level", "cases", "why", "on", "at", "place", "room", "link", "chair", "minute_taker")

    def __init__(self, *args: Any, entries: list[DirectoryEntry], visible: CaseQuerySet, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offered = {str(entry.key): entry for entry in entries}
        self.fields["entries"].choices = [_entry(entry) for entry in entries]  # type: ignore[attr-defined]
        self.visible = visible
        self.found: list[Case] = []

    def clean(self) -> dict[str, Any]:
        """Find the cases."""
        answers = super().clean()
        self.take_cases()
        return answers

    def references(self) -> list[str]:
        """The references that were typed, in order, each once."""
        typed = [line.strip() for line in self.cleaned_data.get("cases", "").replace(",", "\n").splitlines()]
        return list(dict.fromkeys(line for line in typed if line))

    def take_cases(self) -> None:
        """Find the cases among those that the person may see, and refuse each reference that is not there."""
        wanted = self.references()
        if len(wanted) > LONGEST_LIST:
            self.add_error("cases", f"A sitting takes {LONGEST_LIST} cases at most")
            return
        found = self.visible.filter(reference__in=_spellings(wanted)).select_related("area")
        known = {case.reference.casefold(): case for case in found}
        missing = [reference for reference in wanted if reference.casefold() not in known]
        if missing:
            self.add_error("cases", f"You can open no case with this reference: {', '.join(missing)}")
            return
        self.found = [known[reference.casefold()] for reference in wanted]

    def to_list(self, referrals: Mapping[int, uuid.UUID]) -> list[ToList]:
        """The cases, as the service takes them; each with the referral that is about it, where there is one."""
        answers = self.cleaned_data
        entries = [self.offered[key] for key in answers["entries"]]
        child_why = answers["child_why"] if len(self.found) == 1 else ""
        return [ToList(case, answers["why"], None, referrals.get(case.pk), child_why, entries) for case in self.found]


class ListCase(Clashing):
    """One more case on a list, and why."""

    case = forms.CharField(
        label="Reference of the case", max_length=60, error_messages={"required": "Enter the reference of the case"}
    )
    why = LongTextField(
        label="Why do the agencies meet?", max_length=2000, error_messages={"required": "Say why the agencies meet"}
    )
    minutes = forms.IntegerField(label="Minutes for it", required=False, min_value=5, max_value=240)
    entries = CheckboxesField(label="Who is invited besides those who always are?", required=False)
    child_why = LongTextField(label="Is there a risk to a child that OASys does not show?", required=False)

    def __init__(self, *args: Any, entries: list[DirectoryEntry], visible: CaseQuerySet, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offered = {str(entry.key): entry for entry in entries}
        self.fields["entries"].choices = [_entry(entry) for entry in entries]  # type: ignore[attr-defined]
        self.visible = visible

    def clean_case(self) -> Case:
        """The case with this reference, among those that the person may see. Raises ValidationError."""
        typed = str(self.cleaned_data["case"]).strip()
        found = self.visible.filter(reference__in=_spellings([typed])).select_related("area").first()
        if found is None:
            raise ValidationError("You can open no case with this reference", code="unseen")
        return found

    def details(self) -> dict[str, Any]:
        """What was answered, as the service takes it."""
        answers = self.cleaned_data
        chosen = [self.offered[key] for key in answers["entries"]]
        return {**{name: answers[name] for name in ("case", "why", "minutes", "child_why")}, "entries": chosen}


class Reason(SentOnce):
    """One reason, in own words."""

    reason = LongTextField(label="Why?", max_length=1000, error_messages={"required": "Say why"})


def _spellings(references: list[str]) -> list[str]:
    return [spelt for one in references for spelt in (one, one.upper(), one.lower())]


def _person(user: User) -> tuple[str, str]:
    return str(user.pk), f"{user.full_name}, {lower_first(user.role_label)}, {user.agency_name}"


def _entry(entry: DirectoryEntry) -> tuple[str, str]:
    holder = entry.person.full_name if entry.person else entry.holder
    return str(entry.key), f"{entry.post}, {entry.agency.name} ({holder})"
