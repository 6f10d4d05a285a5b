"""Handing somebody's cases over to a colleague."""

from collections.abc import Sequence
from typing import Any

from django import forms

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.people.forms.versions import REASON
from openmappa.people.queries.cases import could_take_over
from openmappa.ui.forms import CheckboxesField, Form, LongTextField, RadioField

ALL, SOME = "all", "some"


class HandOver(Form):
    """All of somebody's cases or the ticked ones, to whom, and why."""

    which = RadioField(label="Which cases", choices=[(ALL, "All of them"), (SOME, "Those I tick")])
    cases = CheckboxesField(label="Cases", required=False)
    to = forms.ChoiceField(label="Who takes them over", error_messages={"required": "Choose who takes them over"})
    reason = LongTextField(**REASON | {"error_messages": {"required": "Enter the reason: it stands in the log"}})

    def __init__(self, by: User, person: User, held: Sequence[Case], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.held = {str(case.key): case for case in held}
        self.colleagues = {str(one.pk): one for one in could_take_over(by, person)}
        cases, to = self.fields["cases"], self.fields["to"]
        assert isinstance(cases, forms.MultipleChoiceField) and isinstance(to, forms.ChoiceField)
        cases.choices = [(key, f"{case.person.full_name}, {case.reference}") for key, case in self.held.items()]
        to.choices = [
            ("", "Choose a person"),
            *((key, f"{one.full_name}, {one.role_label}") for key, one in self.colleagues.items()),
        ]

    def clean(self) -> dict[str, Any]:
        """Some means at least one."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("which") == SOME and not cleaned.get("cases"):
            self.refuse("cases", "Tick at least one case, or choose all of them")
        return cleaned

    @property
    def chosen(self) -> list[Case]:
        """The cases to hand over, once the form is valid."""
        if self.cleaned_data["which"] == ALL:
            return list(self.held.values())
        return [self.held[key] for key in self.cleaned_data["cases"]]
