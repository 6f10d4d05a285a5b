"""Arranging cover, adding units, and giving line managers further ones."""

from typing import Any

from django import forms

from openmappa.accounts.models import User
from openmappa.people.forms.versions import REASON
from openmappa.people.queries.covers import may_be_absent, may_cover
from openmappa.people.queries.managing import line_managers_in
from openmappa.people.queries.people import areas_of, units_of
from openmappa.ui.date_fields import DateInputField
from openmappa.ui.forms import Form, LongTextField

NOBODY = ("", "Choose a person")


class ArrangeCover(Form):
    """Who is away, who stands in, from when until when, and why."""

    absent = forms.ChoiceField(label="Who is absent", error_messages={"required": "Choose who is absent"})
    covering = forms.ChoiceField(label="Who covers for them", error_messages={"required": "Choose who covers"})
    from_on = DateInputField(label="First day")
    until_on = DateInputField(label="Last day")
    reason = LongTextField(**REASON | {"error_messages": {"required": "Enter the reason, such as annual leave"}})

    def __init__(self, by: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.absentees = {str(person.pk): person for person in may_be_absent(by)}
        self.stand_ins = {str(person.pk): person for person in may_cover(by)}
        for name, people in (("absent", self.absentees), ("covering", self.stand_ins)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [NOBODY, *((key, _with_unit(person)) for key, person in people.items())]

    @property
    def answers(self) -> dict[str, Any]:
        """What ``arrange_cover`` takes, once the form is valid."""
        chosen = self.cleaned_data
        return {
            "absent": self.absentees[chosen["absent"]],
            "covering": self.stand_ins[chosen["covering"]],
            "from_on": chosen["from_on"],
            "until_on": chosen["until_on"],
            "reason": chosen["reason"],
        }


class GiveUnit(Form):
    """Which line manager answers for which further unit."""

    manager = forms.ChoiceField(label="Line manager")
    unit = forms.ChoiceField(label="Further unit")
    reason = LongTextField(**REASON)

    def __init__(self, by: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.managers = {str(person.pk): person for person in line_managers_in(by)}
        self.units = {str(unit.pk): unit for unit in units_of(by)}
        manager, unit = self.fields["manager"], self.fields["unit"]
        assert isinstance(manager, forms.ChoiceField) and isinstance(unit, forms.ChoiceField)
        manager.choices = [NOBODY, *((key, _with_unit(person)) for key, person in self.managers.items())]
        unit.choices = [("", "Choose a unit"), *((key, unit.name) for key, unit in self.units.items())]


class AddUnit(Form):
    """A unit's name, and its area."""

    name = forms.CharField(label="Name of the unit", max_length=150)
    area = forms.ChoiceField(label="Area")

    def __init__(self, by: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.areas = {str(area.pk): area for area in areas_of(by)}
        area = self.fields["area"]
        assert isinstance(area, forms.ChoiceField)
        area.choices = [("", "Choose an area"), *((key, area.name) for key, area in self.areas.items())]


def _with_unit(person: User) -> str:
    place = person.unit.name if person.unit else "no unit"
    left = "" if person.is_active else ", has left"
    return f"{person.full_name} ({place}{left})"
