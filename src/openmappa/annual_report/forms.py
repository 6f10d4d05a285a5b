"""The forms of an annual report: which year, which standards, what is written, and publishing it."""

from typing import Any

from django import forms

from openmappa.annual_report.services.writing import LONGEST
from openmappa.board.queries.figures import standards_by_id
from openmappa.core.board.years import BoardYear
from openmappa.ui.forms import CheckboxesField, Form, LongTextField, OnceForm, RadioField, SeenForm


class BeginForm(OnceForm):
    """On which year the board reports."""

    year = RadioField(label="On which year?", error_messages={"required": "Select the year"})

    def __init__(self, *args: Any, years: list[BoardYear], **options: Any) -> None:
        if years:
            options.setdefault("initial", {"year": str(years[0].start)})
        super().__init__(*args, **options)
        self.fields["year"].choices = [(str(year.start), year.name) for year in years]  # type: ignore[attr-defined]

    @property
    def of(self) -> BoardYear:
        """The year that was chosen."""
        return BoardYear(int(self.cleaned_data["year"]))


class KeptForm(SeenForm):
    """A form on what somebody else may have saved meanwhile: the button that has seen theirs sends their version."""

    accept_version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    @property
    def seen(self) -> int | None:
        """The version that the person has seen last."""
        accepted: int | None = self.cleaned_data.get("accept_version")
        return accepted if accepted is not None else super().seen


class StandardsForm(KeptForm):
    """Whose figures the report shows."""

    standards = CheckboxesField(label="Which standards stand in the report?", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["standards"].choices = list(standards_by_id().items())  # type: ignore[attr-defined]


class WordsForm(KeptForm):
    """What the board writes."""

    words = LongTextField(label="What does the board say?", required=False, max_length=LONGEST)


class PublishForm(Form):
    """Publishing what was read; ``seal`` says which draft that was. What is corrected is asked from the second on."""

    seal = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    corrects = LongTextField(label="What is corrected, and why?", max_length=1000)

    def __init__(self, *args: Any, first: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if first:
            del self.fields["corrects"]
