"""The forms of steps that are texts: a field for each column, with its question."""

from collections.abc import Mapping
from typing import Any

from django import forms

from openmappa.plans.forms.base import DraftForm
from openmappa.plans.models.plan import Plan
from openmappa.plans.steps import Step
from openmappa.ui.date_fields import DateInputField
from openmappa.ui.forms import LongTextField, YesNoField

SEEN_BY_OFFENDER = "The offender reads this in their copy."

QUESTIONS: Mapping[str, tuple[str, str]] = {
    "why_now": ("Why is the plan reviewed now?", "It was due, or something happened: say what and when."),
    "what_changed": ("What has changed since the last plan?", "If you checked and nothing has, say what you checked."),
    "mappa_taken_in": (
        "How are the actions of MAPPA meetings taken into this plan?",
        "They are listed above with their state. Say what they change here.",
    ),
    "own_words": ("What does the offender say about the plan, in their own words?", SEEN_BY_OFFENDER),
    "why_not_shared": (
        "If it was not shared, or they do not agree: why?",
        "Leave empty if they have seen it and agree.",
    ),
    "diversity": (
        "What about this person matters for how you work with them?",
        "Reading and writing, language, disability, health, faith, age, sex, culture, caring for others. "
        "“Not applicable” needs how you found out.",
    ),
    "adapted": ("What is done differently for them?", SEEN_BY_OFFENDER + " If nothing had to be, say how you know."),
    "community": (
        "What ties them to the community?",
        "Home, work, people they trust, what fills the day, and what is done where something is missing.",
    ),
    "contact": (
        "How often are they seen, where and by whom?",
        SEEN_BY_OFFENDER + " Leave out visits nobody announces.",
    ),
    "other_agencies": ("Which other agencies do something, and what?", "Housing, health, education, prison, others."),
    "existing_controls": (
        "Which controls are there now?",
        "Conditions of the order or licence, orders of a court, registration, monitoring.",
    ),
    "added_measures": ("What is added?", "Measures that this plan brings in, and why they fit the risk of harm."),
    "conditions": ("Which conditions will be asked for?", "Of a court, a parole board or a prison."),
    "comments": ("Anything else", ""),
    "victim_issues": (
        "What does the plan do about victims?",
        "What they need, what they were told, what they asked for.",
    ),
    "victim_safety": (
        "What keeps victims, and people who could become victims, safe?",
        "Who is told what, by whom, and what they can do at once.",
    ),
    "third_party": ("What has somebody else said in confidence?", "Who said it, and what must not become known."),
    "hidden_controls": ("Which controls must the offender not know of?", "Surveillance, visits nobody announces."),
}
"""For each column its question and its hint."""
RISK_CONTACT = (
    "How often is there contact, by whom, and which of it is at home?",
    "Office, telephone, home visits by either service, alone or together, announced or not.",
)
REQUIRED_BY_NOBODY = frozenset({"added_measures", "conditions", "comments", "third_party", "hidden_controls"})


class StepForm(DraftForm):
    """The texts of one step. Nothing is required while it is a draft: a half-written step is kept."""

    def __init__(self, *args: Any, plan: Plan, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = step.columns_for(plan)
        for name in self.columns:
            self.fields[name] = _field(name, step)

    def texts(self) -> dict[str, Any]:
        """The answers, by column."""
        found = {name: self.cleaned_data[name] for name in self.columns}
        return {name: value.strip() if isinstance(value, str) else value for name, value in found.items()}

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if answers.get("agreed") is not None and "shared_on" in answers and answers["shared_on"] is None:
            self.refuse("shared_on", "Enter the day on which the plan was shared, since you say whether they agree")
        return answers


def _field(name: str, step: Step) -> forms.Field:
    if name == "shared_on":
        return DateInputField(label="When was the plan shared with the offender?", required=False, in_past=True)
    if name == "agreed":
        return YesNoField(label="Do they agree with it?", required=False)
    label, hint = RISK_CONTACT if name == "contact" and step.slug == "controls" else QUESTIONS[name]
    return LongTextField(label=label, required=False, max_length=4000, help_text=hint)
