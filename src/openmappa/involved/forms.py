"""The forms that give a case to somebody, take it back, restrict it and open it again."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from openmappa.accounts.models import Agency, Unit, User
from openmappa.core.access import Role
from openmappa.core.dates import add_months
from openmappa.core.involvement import GIVEN_TO, WORKING, InvolvementKind
from openmappa.ui.date_fields import DateInputField
from openmappa.ui.formats import joined, lower_first
from openmappa.ui.forms import CheckboxesField, Form, LongTextField, RadioField

LONGEST_MONTHS = 12
KINDS: dict[InvolvementKind, str] = {
    InvolvementKind.INVITED: "To work on it or come to its meeting",
    InvolvementKind.VICTIM_CONTACT: "As the victim contact officer of the case",
    InvolvementKind.AUDIT: "For a case audit of the Strategic Management Board",
    InvolvementKind.INSPECTION: "As part of the sample of an inspection",
}
PERSON, UNIT, AGENCY = "person", "unit", "agency"
NOBODY = ("", "Choose one")


class Invite(Form):
    """Whom the case is given to, as what, from which day to which, and why."""

    kind = RadioField(
        label="What is it for?",
        choices=[(kind.value, words) for kind, words in KINDS.items()],
        error_messages={"required": "Select what it is for"},
    )
    whom = RadioField(
        label="Who is invited?",
        choices=[(PERSON, "One person"), (UNIT, "Everybody of a unit"), (AGENCY, "Everybody of an agency")],
        error_messages={"required": "Select who is invited"},
    )
    person = forms.ChoiceField(label="Person", required=False)
    unit = forms.ChoiceField(label="Unit", required=False)
    agency = forms.ChoiceField(label="Agency", required=False)
    from_on = DateInputField(label="First day")
    until_on = DateInputField(label="Last day")
    reason = LongTextField(
        label="Why do they need this case?",
        max_length=1000,
        error_messages={"required": "Say why they need this case"},
    )

    def __init__(
        self, *args: Any, people: list[User], units: list[Unit], agencies: list[Agency], today: date, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.offered: dict[str, dict[str, Any]] = {
            PERSON: {str(each.pk): each for each in people},
            UNIT: {str(each.pk): each for each in units},
            AGENCY: {str(each.pk): each for each in agencies},
        }
        self._offer(PERSON, [(user.pk, person_label(user)) for user in people])
        self._offer(UNIT, [(unit.pk, f"{unit.name}, {unit.agency.name}") for unit in units])
        self._offer(AGENCY, [(agency.pk, agency.name) for agency in agencies])
        first, last = self.fields["from_on"], self.fields["until_on"]
        assert isinstance(first, DateInputField)
        assert isinstance(last, DateInputField)
        first.set_earliest(today, "today")
        last.set_earliest(today, "today")
        last.set_latest(add_months(today, LONGEST_MONTHS), f"{LONGEST_MONTHS} months from now")

    def _offer(self, name: str, choices: Iterable[tuple[int, str]]) -> None:
        shown = [NOBODY, *((str(pk), label) for pk, label in choices)]
        self.fields[name].choices = shown  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the one who was chosen, refuse whom this kind opens nothing to, and a last day before the first."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        whom = cleaned.get("whom")
        if whom in self.offered and whom not in self.errors:
            cleaned["invited"] = self.offered[whom].get(cleaned.get(whom, ""))
            if cleaned["invited"] is None and whom not in self.errors:
                self.add_error(whom, f"Choose the {whom}")
        if cleaned.get("kind") and cleaned.get("invited") is not None:
            self._refuse_the_wrong_role(InvolvementKind(cleaned["kind"]), str(whom), cleaned["invited"])
        if cleaned.get("from_on") and cleaned.get("until_on") and cleaned["until_on"] < cleaned["from_on"]:
            self.add_error("until_on", "The last day must not be before the first day")
        return cleaned

    def _refuse_the_wrong_role(self, kind: InvolvementKind, whom: str, invited: Any) -> None:
        if kind is InvolvementKind.INVITED and whom != PERSON:
            return
        if whom != PERSON:
            self.add_error("whom", "Choose one person for this: it is not for a whole unit or agency")
        elif invited.role not in GIVEN_TO[kind]:
            roles = joined(sorted(lower_first(Role(role).label) for role in GIVEN_TO[kind]), "or")
            role = lower_first(invited.role_label)
            self.add_error(
                PERSON, f"{invited.full_name} is a {role}. Only this role can be given a case for that: {roles}"
            )

    def details(self) -> dict[str, Any]:
        """What was answered, as ``invite`` takes it: both days count whole."""
        answers = self.cleaned_data
        return {
            "kind": InvolvementKind(answers["kind"]),
            answers["whom"]: answers["invited"],
            "from_at": max(start_of(answers["from_on"]), timezone.now()),
            "until_at": start_of(answers["until_on"] + timedelta(days=1)),
            "reason": answers["reason"],
        }


class Reason(Form):
    """One reason, in own words."""

    reason = LongTextField(label="Why?", max_length=1000, error_messages={"required": "Say why"})


class NamePeople(Form):
    """Who can open a restricted case besides those who can already."""

    people = CheckboxesField(
        label="Who can open it from now on?", error_messages={"required": "Select at least one person"}
    )
    reason = LongTextField(label="Why do they need it?", max_length=1000, error_messages={"required": "Say why"})

    def __init__(self, *args: Any, people: list[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offered = {str(user.pk): user for user in people}
        choices = [(str(user.pk), person_label(user)) for user in people]
        self.fields["people"].choices = choices  # type: ignore[attr-defined]

    def details(self) -> dict[str, Any]:
        """What was answered, as the service takes it."""
        people = [self.offered[pk] for pk in self.cleaned_data["people"]]
        return {"people": people, "reason": self.cleaned_data["reason"]}


class Restrict(NamePeople):
    """Why a case is restricted, whom others are to ring, and who else can still open it. ``by`` is named anyway."""

    people = CheckboxesField(label="Who else can open it from now on?", required=False)
    contact = forms.ChoiceField(
        label="Whom should others ring?", error_messages={"required": "Choose whom others ring"}
    )
    reason = LongTextField(
        label="Why is it restricted?", max_length=1000, error_messages={"required": "Say why it is restricted"}
    )

    def __init__(self, *args: Any, by: User, people: list[User], **options: Any) -> None:
        super().__init__(*args, people=people, **options)
        self.to_ring = {str(user.pk): user for user in [by, *people] if user.role in WORKING}
        choices = [NOBODY, *((pk, person_label(user)) for pk, user in self.to_ring.items())]
        self.fields["contact"].choices = choices  # type: ignore[attr-defined]

    def details(self) -> dict[str, Any]:
        """What was answered, as ``restrict`` takes it."""
        return {**super().details(), "contact": self.to_ring[self.cleaned_data["contact"]]}


def person_label(user: User) -> str:
    """A person in a list to pick from."""
    return f"{user.full_name}, {lower_first(user.role_label)}, {user.unit.name if user.unit else user.agency_name}"


def start_of(day: date) -> datetime:
    """The first instant of a day, here."""
    return timezone.make_aware(datetime.combine(day, time.min))
