"""Finding one of the people whose access somebody looks after. It is posted, so that no name stands in an address."""

from typing import Any

from django import forms

from openmappa.accounts.models import User
from openmappa.core.access import Role
from openmappa.people.queries.people import STATES, Asked, looked_after_by, units_of
from openmappa.ui.forms import Form


class FindPeople(Form):
    """A part of a name, a unit, a role, and where somebody stands."""

    text = forms.CharField(label="Name or user name", max_length=100, required=False)
    unit = forms.ChoiceField(label="Unit", required=False)
    role = forms.ChoiceField(label="Role", required=False)
    state = forms.ChoiceField(label="Access", required=False, choices=[*STATES.items(), ("", "Everybody")])

    def __init__(self, by: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        unit, role = self.fields["unit"], self.fields["role"]
        assert isinstance(unit, forms.ChoiceField) and isinstance(role, forms.ChoiceField)
        unit.choices = [("", "All units"), *((str(each.pk), each.name) for each in units_of(by))]
        held = set(looked_after_by(by).order_by().values_list("role", flat=True).distinct())
        role.choices = [("", "All roles"), *((each.value, each.label) for each in Role if each in held)]

    @property
    def asked(self) -> Asked:
        """What was asked for, once the form is valid."""
        return Asked(**{name: self.cleaned_data[name] for name in ("text", "unit", "role", "state")})
