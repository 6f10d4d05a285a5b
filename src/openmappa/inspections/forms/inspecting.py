"""Forms to open an inspection, to say who works on it, and to close it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from openmappa.accounts.models import Area, User
from openmappa.inspections.models import FrameworkVersion, Kind
from openmappa.ui.date_fields import DateInputField
from openmappa.ui.forms import CheckboxesField, Form, LongTextField, OnceForm, RadioField


class OpenForm(OnceForm):
    """What an inspection is, what for, of which areas, as of which day, and by which framework."""

    title = forms.CharField(label="Name of the inspection", max_length=150)
    purpose = LongTextField(
        label="What is it for?",
        max_length=1000,
        help_text="Who asked for it, and what it is to find out. Do not name a case.",
        error_messages={"required": "Say what the inspection is for"},
    )
    areas = CheckboxesField(label="Areas", error_messages={"required": "Select at least one area"})
    on = DateInputField(
        label="Fieldwork day",
        in_past=True,
        help_text="Cases are listed and read as they were known at the end of this day, whatever is recorded later.",
    )
    framework = RadioField(label="What is asked", error_messages={"required": "Select what is asked"})

    def __init__(
        self, data: Any = None, *, areas: Sequence[Area], frameworks: Sequence[FrameworkVersion], today: date
    ) -> None:
        only = {"areas": [str(areas[0].pk)]} if len(areas) == 1 else {}
        super().__init__(data, initial={**only, "on": today})
        self.known_areas, self.known = (
            {str(area.pk): area for area in areas},
            {_name(each): each for each in frameworks},
        )
        for name, choices in (
            ("areas", [(key, area.name) for key, area in self.known_areas.items()]),
            ("framework", [(key, str(each)) for key, each in self.known.items()]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def details(self) -> dict[str, Any]:
        """The answers as the service takes them."""
        said = self.cleaned_data
        return {
            "title": said["title"],
            "purpose": said["purpose"],
            "areas": [self.known_areas[key] for key in said["areas"]],
            "on": said["on"],
            "framework": self.known[said["framework"]],
            "submission": self.submission_key,
        }


class MemberForm(Form):
    """Who is to work on it, and whether they lead it too."""

    person = forms.ChoiceField(label="Person")
    leads = forms.BooleanField(
        label="They lead it too", required=False, help_text="They may add people, draw the sample and close it."
    )

    def __init__(self, data: Any = None, *, people: Iterable[User]) -> None:
        super().__init__(data)
        self.people = {str(person.pk): person for person in people}
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Select a person"), *((key, _who(person)) for key, person in self.people.items())]

    @property
    def chosen(self) -> User:
        """Who was selected."""
        return self.people[self.cleaned_data["person"]]


class CloseForm(Form):
    """Closing cannot be taken back, so it is ticked."""

    sure = forms.BooleanField(
        label="I have finished: the cases close to everybody who works on it, and no answer can be changed",
        error_messages={"required": "Tick the box to close the inspection"},
    )


KINDS = {Kind.JOINT: "a joint inspection", Kind.OWN: "a self-inspection"}


def _name(version: FrameworkVersion) -> str:
    return f"{version.code}/{version.number}"


def _who(person: User) -> str:
    return f"{person.full_name}, {person.role_label}, {person.agency_name}"
