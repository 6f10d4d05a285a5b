"""The forms of OASys: starting one, one section of questions, signing, judging, abandoning."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms

from openmappa.core.instruments.oasys.answering import problems
from openmappa.core.packs.oasys_rules import Answer, Answers, ItemKind, OasysItem
from openmappa.core.packs.oasys_rules import OasysSection as Section
from openmappa.ui.date_fields import RecentDateField
from openmappa.ui.forms import CaseForm, Form, LongTextField, RadioField

STAGES = {
    "start": "At the start of the order or licence",
    "review": "Review",
    "incident": "After a significant incident",
    "end": "At the end of the order or licence",
}
STAGE_HINTS = {
    "start": "Within 15 working days of the start",
    "review": "At least every 16 weeks",
    "incident": "An arrest, a new offence, a threat, or whatever else puts the last one in doubt",
}
CONFIRM, THEIRS = "confirm_", "theirs_"
"""What stands before an item's name where its copied answer is confirmed, or somebody else's is taken."""


class StartForm(CaseForm):
    """Which OASys is started, and what it begins with."""

    stage = RadioField(label="Which OASys is this?", choices=list(STAGES.items()))
    begin = RadioField(
        label="What should it begin with?",
        choices=[("copy", "The answers of the last one, each to be confirmed"), ("blank", "Nothing: a blank one")],
    )

    def __init__(self, *args: Any, can_copy: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not can_copy:
            del self.fields["begin"]


class AbandonForm(Form):
    """Why a draft is given up."""

    reason = LongTextField(label="Why is this draft abandoned?", max_length=1000)


class SignForm(CaseForm):
    """The day of the OASys; for a new version also what becomes of the entry of the one before."""

    on = RecentDateField(label="Date it was completed")
    earlier = RadioField(
        label="What about the version before?",
        choices=[
            ("stands", "It was right at the time: its entry on the timeline stays"),
            ("wrong", "It was wrong: mark its entry on the timeline as a mistake"),
        ],
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, corrects: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not corrects:
            del self.fields["earlier"]


class JudgeForm(Form):
    """What a line manager does with a signed OASys."""

    decision = RadioField(
        label="What do you decide?",
        choices=[("countersign", "Countersign it"), ("return", "Return it with comments")],
    )
    comment = LongTextField(label="Comment", required=False, max_length=2000)

    def clean_comment(self) -> str:
        comment: str = self.cleaned_data["comment"]
        if self.cleaned_data.get("decision") == "return" and not comment.strip():
            raise forms.ValidationError("Say what has to change. The author reads it.")
        return comment


class SectionForm(Form):
    """The questions of one section. Nothing is required; what cannot be kept is refused where it stands.

    ``revision`` is the section's when the page was opened, ``page`` the page's own token, ``turn`` how often it has
    sent something; ``accept_revision`` is sent once the person has seen what somebody else saved meanwhile, and chosen.
    """

    revision = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    page = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)
    turn = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput, initial=0)
    accept_revision = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, section: Section, data: Mapping[str, Any] | None = None, *, initial: dict[str, Any]) -> None:
        self.section = section
        super().__init__(data, initial=initial)
        for item in section.items:
            label = f"{item.code} {item.title}"
            self.fields[item.name] = forms.CharField(label=label, required=False)
            if item.evidence_at:
                self.fields[item.evidence_name] = forms.CharField(label=f"{label}: evidence", required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse what cannot be kept, each at its field."""
        cleaned = super().clean() or self.cleaned_data
        for name, sentence in problems(self.section, self.answers).items():
            self.add_error(name, sentence)
        return cleaned

    @property
    def answers(self) -> dict[str, Answer]:
        """The answers that can be read, as the instrument takes them."""
        found: dict[str, Answer] = {}
        for item in self.section.items:
            if item.name in self.cleaned_data:
                found[item.name] = read_answer(item, self.cleaned_data[item.name])
            if item.evidence_at and item.evidence_name in self.cleaned_data:
                found[item.evidence_name] = lines(self.cleaned_data[item.evidence_name])
        return found

    @property
    def seen(self) -> int:
        """The revision of the section that the person has seen."""
        return self.cleaned_data.get("accept_revision") or self.cleaned_data.get("revision") or 0

    @property
    def confirmed(self) -> frozenset[str]:
        """The items whose copied answers are confirmed."""
        return frozenset(item.name for item in self.section.items if self.data.get(CONFIRM + item.name))

    @property
    def taken_from_others(self) -> frozenset[str]:
        """The items for which the answer that somebody else saved is taken."""
        return frozenset(item.name for item in self.section.items if self.data.get(THEIRS + item.name) == "theirs")


def read_answer(item: OasysItem, text: str) -> Answer:
    """What was sent, as the instrument takes it; None where nothing was answered. Nonsense stays text."""
    if not text.strip():
        return None
    if item.kind is ItemKind.TEXT:
        return lines(text)
    if item.kind is ItemKind.NUMBER:
        return int(text) if text.strip().isascii() and text.strip().isdecimal() and len(text) < 10 else text
    return next((choice.value for choice in item.choices if sent_as(choice.value) == text), text)


def sent_as(answer: Answer) -> str:
    """An answer as a form sends it."""
    if answer is None:
        return ""
    return {True: "yes", False: "no"}[answer] if isinstance(answer, bool) else str(answer)


def lines(text: str) -> str:
    """Text with one kind of line end, as it is counted and kept."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def initial_of(section: Section, answers: Answers) -> dict[str, Any]:
    """The answers as the fields of the form show them."""
    found: dict[str, Any] = {}
    for item in section.items:
        found[item.name] = sent_as(answers.get(item.name))
        found[item.evidence_name] = sent_as(answers.get(item.evidence_name))
    return found
