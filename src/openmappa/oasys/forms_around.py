"""The forms around an OASys: the offender's questions, taking a tablet back, the confidential section, requests."""

from collections.abc import Mapping
from typing import Any

from django import forms

from openmappa.core.packs.oasys_rules import FREE_TEXT, Answer, Answers
from openmappa.core.packs.oasys_self_rules import LINKED, Question, QuestionKind, SelfAssessmentRules
from openmappa.oasys.models_around import WAYS
from openmappa.oasys.queries.printed import CONFIDENTIAL, FILE, OFFENDER
from openmappa.timeline.forms.sharing import RecipientForm
from openmappa.ui.date_fields import DateInputField, RecentDateField
from openmappa.ui.forms import CaseForm, Form, LongTextField, RadioField


class SelfForm(Form):
    """The offender's own questions, some or all. Nothing has to be answered."""

    def __init__(self, rules: SelfAssessmentRules, questions: tuple[Question, ...], *args: Any, **kwargs: Any) -> None:
        self.questions = questions
        super().__init__(*args, **kwargs)
        for question in questions:
            for name, field in _fields(rules, question):
                self.fields[name] = field

    @property
    def answers(self) -> dict[str, Answer]:
        """What was answered; None where nothing was."""
        found: dict[str, Answer] = {}
        for name in self.fields:
            value = self.cleaned_data.get(name)
            found[name] = value.replace("\r\n", "\n").strip() or None if isinstance(value, str) else None
        return found


class QuestionForm(SelfForm):
    """One of the offender's questions, on a page of its own."""

    def __init__(
        self, rules: SelfAssessmentRules, question: Question, data: Mapping[str, Any] | None, *, initial: Answers
    ) -> None:
        self.main, self.linked = question.name, question.linked_name
        super().__init__(rules, (question,), data, initial=dict(initial))


class PasswordForm(Form):
    """The password of the officer who takes a tablet back."""

    password = forms.CharField(
        label="Staff password",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput,
        error_messages={"required": "Enter your password"},
    )


class ConfidentialForm(Form):
    """What must not be disclosed to the offender. ``revision`` is what the person saw when they opened it."""

    text = LongTextField(
        label="What the offender must not read",
        max_length=FREE_TEXT,
        error_messages={"required": "Write what the offender must not read, or leave this page"},
    )
    revision = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)


class AskForm(CaseForm):
    """Whom to ask, for what, and until when."""

    agency = forms.CharField(label="Agency or organisation", max_length=150)
    post = forms.CharField(
        label="Post",
        max_length=150,
        help_text="The post, not the person: head teacher, duty social worker, practice manager.",
    )
    question = LongTextField(
        label="What you need to know",
        max_length=2000,
        help_text="This stands in the letter. Ask for no more than you need, and tell no more than they need.",
    )
    way = RadioField(label="How you ask", choices=list(WAYS.items()))
    due_on = DateInputField(label="Date you need it by")


class AnswerForm(Form):
    """When it came, and what."""

    answered_on = RecentDateField(label="Date it came")
    answer = LongTextField(label="What came", max_length=FREE_TEXT)


class ChaseForm(Form):
    """That they were asked once more."""

    chased_on = RecentDateField(label="Date you chased it")
    way = RadioField(label="How you chased it", choices=list(WAYS.items()))
    words = LongTextField(label="What was said", max_length=1000, required=False)


def _fields(rules: SelfAssessmentRules, question: Question) -> list[tuple[str, forms.Field]]:
    if question.kind is QuestionKind.TEXT:
        too_long = {"max_length": "That is too long to keep. Make it shorter."}
        text = LongTextField(label=question.ask, required=False, max_length=FREE_TEXT, error_messages=too_long)
        return [(question.name, text)]
    wrong = {"invalid_choice": "Choose one of the answers."}
    choices = [(str(choice.value), choice.label) for choice in question.choices]
    asked = RadioField(label=question.ask, choices=choices, required=False, error_messages=wrong)
    if question.kind is QuestionKind.CHOICE:
        return [(question.name, asked)]
    linked = [(str(choice.value), choice.label) for choice in LINKED]
    also = RadioField(label=rules.linked, choices=linked, required=False, error_messages=wrong)
    return [(question.name, asked), (question.linked_name, also)]


class PrintForm(RecipientForm):
    """Which version of an OASys is printed, for whom and why."""

    which = RadioField(label="Which version?", error_messages={"required": "Select which version"})
    field_order = ("which", "recipient", "purpose")
    hints = {
        FILE: "Everything that was answered. Not to be shown to the offender.",
        CONFIDENTIAL: "The same, with the confidential section at the end. Not to be shown to the offender.",
        OFFENDER: "Without victims, children and others, without what is marked as somebody else’s, and without the "
        "confidential section.",
    }

    def __init__(self, data: Mapping[str, Any] | None = None, *, has_confidential: bool) -> None:
        super().__init__(data)
        choices = [(FILE, "For the file"), (OFFENDER, "For the offender to read")]
        if has_confidential:
            choices.insert(1, (CONFIDENTIAL, "For the file, with the confidential section"))
        field = self.fields["which"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
