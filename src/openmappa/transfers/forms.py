"""The forms of transfers: asking, the steps after it, and how a coordinator is reached."""

from typing import Any

from django import forms

from openmappa.accounts.models import Area, User
from openmappa.core.packs.transfers_rules import Ground, Question
from openmappa.transfers.errors import MissingAnswers, NotTransferred
from openmappa.ui.date_fields import DateInputField
from openmappa.ui.forms import Form, LongTextField, OnceForm, RadioField

ANSWER = "answer_"


class StepForm(Form):
    """A form on a transfer; what a service refused stands at its top, sentence by sentence."""

    def refused(self, error: NotTransferred) -> None:
        """Show what stands in the way."""
        for sentence in error.sentences:
            self.refuse(None, sentence)


class AskForm(OnceForm, StepForm):
    """What whoever asks for a transfer says: where to, why, when, and the pack's checklist."""

    to_area = forms.ModelChoiceField(label="Receiving area", queryset=Area.objects.none(), empty_label="Choose an area")
    reasons = LongTextField(label="Why does the case go to another area?", max_length=2000)
    proposed_on = DateInputField(label="Date from which he lives there")
    address = LongTextField(label="Address in the new area", max_length=500)

    def __init__(self, *args: Any, areas: Any, checklist: tuple[Question, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["to_area"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = areas
        self.checklist = checklist
        for question in checklist:
            self.fields[ANSWER + question.id] = LongTextField(
                label=question.question,
                max_length=2000,
                error_messages={"required": f"Answer “{question.question}”, or write why there is nothing to say"},
            )

    @property
    def questions(self) -> list[tuple[Any, str]]:
        """The fields of the checklist with their hints."""
        return [(self[ANSWER + question.id], question.hint) for question in self.checklist]

    def details(self) -> dict[str, Any]:
        """What the service takes."""
        said = self.cleaned_data
        answers = {question.id: said[ANSWER + question.id] for question in self.checklist}
        kept = {name: said[name] for name in ("to_area", "reasons", "proposed_on", "address", "submission")}
        return kept | {"answers": answers}

    def refused(self, error: NotTransferred) -> None:
        """Show what stands in the way, at the questions where they are what is missing."""
        if isinstance(error, MissingAnswers):
            for question in error.questions:
                self.refuse(ANSWER + question, str(error))
        else:
            super().refused(error)


class SendForm(StepForm):
    """How the receiving area was brought into the meeting, where the record does not show it."""

    invited_how = LongTextField(
        label="How was the receiving area invited to the meeting, and who came?", required=False, max_length=1000
    )


class ReasonForm(StepForm):
    """Why something is recalled or given back."""

    reason = LongTextField(label="Reason", max_length=1000)


class ApproveForm(StepForm):
    """A chief officer's own words."""

    words = LongTextField(label="What did you look at, and why do you approve it?", max_length=2000)


class AcceptForm(StepForm):
    """Who is responsible from now on."""

    police_officer = forms.ChoiceField(label="Police officer", required=False)
    case_manager = forms.ChoiceField(label="Case manager", required=False)
    words = LongTextField(label="Anything the sending area should know", required=False, max_length=1000)

    def __init__(self, *args: Any, officers: list[User], managers: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in [*officers, *managers]}
        for name, people in (("police_officer", officers), ("case_manager", managers)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            named = [(str(person.pk), f"{person.full_name}, {person.unit}") for person in people]
            field.choices = [("", "Nobody"), *named]

    def details(self) -> dict[str, Any]:
        """What the service takes."""
        said = self.cleaned_data
        return {
            "police_officer": self.people.get(said["police_officer"]),
            "case_manager": self.people.get(said["case_manager"]),
            "words": said["words"],
        }


class DeclineForm(StepForm):
    """On which ground it is declined, and what exactly it is."""

    ground = RadioField(label="On which ground?", choices=())
    words = LongTextField(label="What exactly is it?", max_length=1000)

    def __init__(self, *args: Any, grounds: tuple[Ground, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["ground"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(ground.id, ground.label) for ground in grounds]
        self.hints = {ground.id: ground.why for ground in grounds}


class ContactForm(Form):
    """How a coordinator is reached."""

    phone = forms.CharField(label="Phone number", required=False, max_length=40)
    email = forms.EmailField(label="Email address", required=False, max_length=254)
    hours = forms.CharField(label="When you are reached there", required=False, max_length=150)
