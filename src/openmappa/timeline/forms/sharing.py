"""What is asked before a case is printed or leaves the record as a file: which parts, for whom, and why."""

from typing import Any

from django import forms

from openmappa.core.compartments import Compartment
from openmappa.notes.models import open_compartments
from openmappa.timeline.queries.frame import CaseFrame
from openmappa.ui.csv_files import Sharing
from openmappa.ui.forms import CheckboxesField, Form, LongTextField, RadioField

PRINT, CSV = "print", "CSV file"


class RecipientForm(Form):
    """Who will receive a file, and why: both are written into the file and into the log."""

    recipient = forms.CharField(
        label="Who will receive it?",
        max_length=200,
        help_text="Name and agency. If you keep it yourself, enter your own name.",
        error_messages={"required": "Enter who will receive it"},
    )
    purpose = LongTextField(
        label="Why do they need it?",
        max_length=500,
        help_text="For example: parole hearing on 3 May. Do not name a victim or a source here.",
        error_messages={"required": "Say why they need it"},
    )

    def sharing_by(self, by: str) -> Sharing:
        """The answers, with who takes it out of the record."""
        return Sharing(by, self.cleaned_data["recipient"], self.cleaned_data["purpose"])


class CaseExportForm(RecipientForm):
    """A case to print or as a file: which compartments, of those that the person reads; for whom, and why."""

    include = CheckboxesField(
        label="What should be in it?",
        error_messages={"required": "Select what should be in it"},
    )
    as_what = RadioField(
        label="How do you need it?",
        choices=[(PRINT, "A page to print, with the front sheet"), (CSV, "A table for a spreadsheet (CSV)")],
        error_messages={"required": "Select how you need it"},
    )

    field_order = ("include", "as_what", "recipient", "purpose")
    hints = {each.value: each.sentence for each in Compartment}

    def __init__(self, data: Any = None, *, frame: CaseFrame) -> None:
        super().__init__(data, initial={"include": [Compartment.OPEN.value]})
        readable = open_compartments(frame.user, frame.case)
        field = self.fields["include"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(each.value, each.label) for each in Compartment if each in readable]

    @property
    def compartments(self) -> frozenset[Compartment]:
        """What was chosen."""
        return frozenset(Compartment(each) for each in self.cleaned_data["include"])
