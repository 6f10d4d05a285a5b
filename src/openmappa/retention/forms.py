"""The forms of retention: deciding, approving, holding; and what happens when one is sent."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms

from openmappa.core.packs.retention_rules import RetentionRules
from openmappa.core.standards.words import describe_in_sentence
from openmappa.retention.errors import NotDecided
from openmappa.timeline.errors import ChangedMeanwhile
from openmappa.timeline.forms.saving import Change, Conflict
from openmappa.timeline.queries.facts import core_fact
from openmappa.ui.date_fields import DateInputField
from openmappa.ui.forms import CaseForm, CheckboxesField, LongTextField, RadioField

MOST = 2000


class ReviewForm(CaseForm):
    """Keep a case or dispose of it: on which grounds, and why in one's own words."""

    decision = RadioField(
        label="What do you decide?",
        choices=[("keep", "Keep it"), ("dispose", "Dispose of it")],
        error_messages={"required": "Select whether to keep it or to dispose of it"},
    )
    keep_grounds = CheckboxesField(label="Grounds for keeping it", choices=[], required=False)
    again_on = DateInputField(label="Review it again sooner, on", required=False)
    dispose_ground = RadioField(label="Ground for disposing of it", choices=[], required=False)
    words = LongTextField(
        label="Why, in your own words?",
        max_length=MOST,
        error_messages={"required": "Say why in your own words"},
    )

    def __init__(self, *args: Any, rules: RetentionRules, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["keep_grounds"].choices = [(one.id, one.words) for one in rules.keep]  # type: ignore[attr-defined]
        self.fields["dispose_ground"].choices = [  # type: ignore[attr-defined]
            (one.id, one.words) for one in rules.dispose
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for the grounds of the decision that was chosen."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("decision") == "keep" and not cleaned.get("keep_grounds"):
            self.add_error("keep_grounds", "Select at least one ground for keeping it")
        if cleaned.get("decision") == "dispose" and not cleaned.get("dispose_ground"):
            self.add_error("dispose_ground", "Select the ground for disposing of it")
        return cleaned


class JudgeForm(CaseForm):
    """Approve a disposal, which cannot be undone, or refuse it."""

    outcome = RadioField(
        label="Do you approve the disposal?",
        choices=[("approve", "Approve: erase the case now"), ("refuse", "Refuse: keep the case")],
        error_messages={"required": "Select whether you approve it"},
    )
    words = LongTextField(
        label="Why, in your own words?",
        max_length=MOST,
        error_messages={"required": "Say why in your own words"},
    )
    understood = forms.BooleanField(label="I understand that what is erased cannot be brought back", required=False)

    def clean(self) -> dict[str, Any]:
        """Whoever approves has to say that they know what it means."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("outcome") == "approve" and not cleaned.get("understood"):
            self.add_error("understood", "Tick that you understand: what is erased cannot be brought back")
        return cleaned


class HoldForm(CaseForm):
    """Why a case must not be disposed of."""

    reason = LongTextField(
        label="Why must it be kept?",
        max_length=MOST,
        help_text="For example, a court case, an inquiry, a complaint. Name it, so that others know when it ends.",
        error_messages={"required": "Say why it must be kept"},
    )


class LiftForm(CaseForm):
    """Why a hold is over."""

    reason = LongTextField(
        label="Why is the hold over?", max_length=MOST, error_messages={"required": "Say why the hold is over"}
    )


class WithdrawForm(CaseForm):
    """Why a disposal is taken back."""

    reason = LongTextField(
        label="Why do you withdraw it?", max_length=MOST, error_messages={"required": "Say why you withdraw it"}
    )


@dataclass(frozen=True)
class Sent:
    """How sending a form went: what was written; or a conflict to show; or neither, and the form has the errors."""

    written: object = None
    conflict: Conflict | None = None


def sent(form: CaseForm, write: Callable[[], object]) -> Sent:
    """Call ``write`` when the form was sent and is valid; what the service refuses goes back to the form."""
    if not form.is_bound or not form.is_valid():
        return Sent()
    try:
        return Sent(write())
    except ChangedMeanwhile as changed:
        facts = changed.facts[-10:]
        changes = (Change(str(one.recorded_by), describe_in_sentence(core_fact(one)), one.recorded_at) for one in facts)
        return Sent(conflict=Conflict(changed.version, tuple(changes)))
    except NotDecided as refused:
        for sentence in getattr(refused, "obstacles", [str(refused)]):
            form.refuse(None, sentence)
    return Sent()
