"""The one short form of a referral, and the answer to what the coordinator asks."""

from typing import Any

from django import forms

from openmappa.referrals.models.referral import Referral
from openmappa.referrals.queries.rules import referral_rules
from openmappa.referrals.services.referring import Said
from openmappa.ui.date_fields import DateInputField
from openmappa.ui.forms import CheckboxesField, Form, LongTextField, OnceForm, RadioField, YesNoField

LEVELS = [
    ("1", "Level 1: one agency can manage it"),
    ("2", "Level 2: agencies have to meet"),
    ("3", "Level 3: senior people of the agencies have to meet"),
]
WORDS = {
    "children": ("children_words", "Say which children may be at risk, and how"),
    "victims": ("victim_words", "Say what is known of the risk to a victim"),
    "urgent": ("urgent_words", "Say why it is urgent"),
}
"""Where a yes needs words: the field they stand in, and what is said when it is empty."""


class ReferralForm(OnceForm):
    """A referral. ``typed``: about somebody typed in, not a case; ``draft``: kept as it is, whole or not."""

    name = forms.CharField(label="Full name", max_length=200)
    born_on = DateInputField(label="Date of birth", in_past=True, required=False)
    address = forms.CharField(label="Where they live: a street, a town or an area", max_length=200, required=False)
    tests = CheckboxesField(label="Which of these hold?", required=False)
    why = LongTextField(label="What has happened, and why do you refer?", max_length=4000)
    adds = LongTextField(label="What can agencies do together that one cannot do alone?", max_length=2000)
    children = YesNoField(label="May children be at risk?")
    children_words = LongTextField(label="Which children, and how?", required=False, max_length=1000)
    victims = YesNoField(label="May a victim be at risk?")
    victim_words = LongTextField(label="What is known of that?", required=False, max_length=1000)
    urgent = YesNoField(label="Is it urgent?")
    urgent_words = LongTextField(label="Why can it not wait?", required=False, max_length=1000)
    proposed_level = RadioField(label="Which level do you propose?", choices=LEVELS)

    def __init__(self, *args: Any, typed: bool, draft: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft = draft
        tests = [(test.id, test.label) for test in referral_rules().tests]
        self.fields["tests"].choices = tests  # type: ignore[attr-defined]
        if not typed:
            del self.fields["name"], self.fields["born_on"], self.fields["address"]
        if draft:
            for field in self.fields.values():
                field.required = False

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        for name, (words, message) in WORDS.items():
            if not self.draft and answers.get(name) and not (answers.get(words) or "").strip():
                self.refuse(words, message)
        return answers

    def said(self) -> Said:
        """What was answered. Words whose question was answered no are left out."""
        answers = {name: value for name, value in self.cleaned_data.items() if name != "submission"}
        for name, (words, _) in WORDS.items():
            if not answers.get(name) and not self.draft:
                answers[words] = ""
        level = answers.pop("proposed_level", "")
        tests = tuple(answers.pop("tests", ()))
        return Said(**answers, tests=tests, proposed_level=int(level) if level else None)


def said_in(referral: Referral, victim_words: str) -> dict[str, Any]:
    """A draft's answers, as the form starts with them."""
    names = [name for name in ReferralForm.base_fields if name not in ("submission", "victim_words", "proposed_level")]
    answers = {name: getattr(referral, name) for name in names}
    level = str(referral.proposed_level) if referral.proposed_level else ""
    return {**answers, "victim_words": victim_words, "proposed_level": level}


class AnswerForm(Form):
    """What the referrer answers."""

    words = LongTextField(label="Your answer", max_length=4000)
