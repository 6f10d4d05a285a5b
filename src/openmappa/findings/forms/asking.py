"""The forms of findings, feedback, recommendations and reports."""

from typing import Any

from django import forms

from openmappa.accounts.models import Agency, Area
from openmappa.core.inspection.framework import Framework
from openmappa.findings.models import Outcome, Owner, Sort
from openmappa.findings.services.publishing import Recommended
from openmappa.findings.services.writing import Said
from openmappa.ui.date_fields import DateInputField, RecentDateField
from openmappa.ui.forms import CheckboxesField, Form, LongTextField, OnceForm, RadioField, SeenForm, YesNoField

WHOLE = "The inspection as a whole"


class FindingForm(OnceForm, SeenForm):
    """What was found on one criterion, and what it rests on."""

    sort = RadioField(label="What is it?", choices=Sort.choices)
    area = forms.ChoiceField(label="What is it about?", required=False)
    text = LongTextField(label="What did you find?", max_length=4000)
    questions = CheckboxesField(label="Figures it rests on", required=False)
    cases = forms.CharField(label="Cases it rests on", required=False, max_length=600)
    themes = CheckboxesField(label="Themes of interviews it rests on", required=False)

    def __init__(
        self,
        *args: Any,
        framework: Framework,
        criterion: str,
        areas: list[Area],
        themes: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criterion = criterion
        self.areas = {str(area.pk): area for area in areas}
        asked = next(each.questions for each in framework.criteria if each.code == criterion)
        area, questions = self.fields["area"], self.fields["questions"]
        assert isinstance(area, forms.ChoiceField)
        assert isinstance(questions, forms.MultipleChoiceField)
        area.choices = [("", WHOLE), *((number, each.name) for number, each in self.areas.items())]
        questions.choices = [(question.code, question.text) for question in asked]
        if themes:
            self.fields["themes"].choices = themes  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["themes"]

    @property
    def said(self) -> Said:
        """What the service takes."""
        kept = self.cleaned_data
        keys = kept["cases"].replace(",", " ").split()
        area = self.areas.get(kept["area"])
        return Said(
            self.criterion, area, Sort(kept["sort"]), kept["text"], kept["questions"], keys, kept.get("themes", ())
        )


class FeedbackForm(Form):
    """To which area, and until when it may answer."""

    area = forms.ChoiceField(label="Area")
    due_on = DateInputField(label="Answer by")
    words = LongTextField(label="What the area should know", required=False, max_length=2000)

    def __init__(self, *args: Any, areas: list[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {str(area.pk): area for area in areas}
        field = self.fields["area"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose an area"), *((number, area.name) for number, area in self.areas.items())]


class RemarkForm(Form):
    """What an area says is wrong."""

    words = LongTextField(label="What is wrong, and how do you know?", max_length=2000)


class AnswerForm(Form):
    """What becomes of a finding that an area remarked on."""

    accepted = YesNoField(label="Do you accept the remark?", yes="Yes: the finding is changed", no="No: it stays")
    text = LongTextField(label="The finding, as changed", required=False, max_length=4000)
    answer = LongTextField(label="Why?", max_length=2000)


class RecommendationForm(OnceForm):
    """What is recommended, to whom, by when."""

    text = LongTextField(label="What is to be done?", max_length=2000)
    owner = RadioField(label="Who is to do it?", choices=Owner.choices)
    area = forms.ChoiceField(label="Area", required=False)
    agency = forms.ChoiceField(label="Agency", required=False)
    due_on = DateInputField(label="Done by")
    standard = forms.ChoiceField(label="Standard that measures it", required=False)

    def __init__(
        self, *args: Any, areas: list[Area], agencies: list[Agency], standards: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {str(area.pk): area for area in areas}
        self.agencies = {str(agency.pk): agency for agency in agencies}
        choices = {
            "area": [("", "None"), *((number, each.name) for number, each in self.areas.items())],
            "agency": [("", "None"), *((number, each.name) for number, each in self.agencies.items())],
            "standard": [("", "None"), *standards],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = offered

    @property
    def said(self) -> Recommended:
        """What the service takes."""
        kept = self.cleaned_data
        area, agency = self.areas.get(kept["area"]), self.agencies.get(kept["agency"])
        return Recommended(kept["text"], Owner(kept["owner"]), area, agency, kept["due_on"], kept["standard"])


class PublishForm(Form):
    """What a version corrects; asked for from the second on."""

    corrects = LongTextField(label="What is corrected, and why?", max_length=1000)

    def __init__(self, *args: Any, first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if first:
            del self.fields["corrects"]


class FollowUpForm(Form):
    """What had become of a recommendation on a day."""

    on = RecentDateField(label="As of which day?")
    outcome = RadioField(label="How far has it come?", choices=Outcome.choices)
    words = LongTextField(label="What happened?", max_length=3000)
