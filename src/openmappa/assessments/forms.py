"""The forms of an RM2000: its answers, an answer made again, a countersignature, and why no score is made."""

from collections.abc import Mapping
from typing import Any

from django import forms

from openmappa.assessments.queries import S_ITEMS, V_ITEMS
from openmappa.core.instruments.rm2000.answers import Rm2000SItems, Rm2000VItems
from openmappa.core.packs.rm2000.shapes import NoScoreReason
from openmappa.ui.date_fields import RecentDateField
from openmappa.ui.forms import CaseForm, LongTextField, RadioField, YesNoField

MOST = 999


class ScoreRm2000(CaseForm):
    """The answers to RM2000. What each means, and what it scores, is the pack's.

    With ``last``, the answers of the RM2000 before, the form starts from them and asks of each that was not changed
    whether it still holds; ``insist`` refuses those that nobody confirmed.
    """

    on = RecentDateField(label="Date of scoring")
    age_at_risk = forms.IntegerField(label="Age at commencement of risk", min_value=0, max_value=MOST)
    sexual_appearances = forms.IntegerField(label="Sexual appearances", min_value=0, max_value=MOST)
    criminal_appearances = forms.IntegerField(label="Criminal appearances", min_value=0, max_value=MOST)
    male_victim = YesNoField(label="Has there been a male victim of a sexual offence?")
    stranger_victim = YesNoField(label="Has a victim of a sexual offence been a stranger?")
    single = YesNoField(label="Is he single?")
    non_contact = YesNoField(label="Has there been a non-contact sexual offence?")
    violent_appearances = forms.IntegerField(label="Violent appearances", min_value=0, max_value=MOST, required=False)
    burglary = YesNoField(label="Has he been convicted of burglary?", required=False)

    def __init__(self, *args: Any, last: Mapping[str, int | bool] | None = None, **kwargs: Any) -> None:
        self.last = last or {}
        self.given: dict[str, Any] = {}
        super().__init__(*args, **kwargs)
        self.initial = {**self.initial, **self.last}
        for name, answer in self.last.items():
            self.fields[f"confirm_{name}"] = forms.BooleanField(
                label=f"Still right: {_words(answer)}", required=False, label_suffix=""
            )

    def clean(self) -> dict[str, Any]:
        """Scale V is answered whole or not at all."""
        answers = super().clean() or self.cleaned_data
        given = [name for name in V_ITEMS if answers.get(name) is not None]
        if len(given) == 1 and not any(name in self.errors for name in V_ITEMS):
            missing = next(name for name in V_ITEMS if name not in given)
            self.refuse(missing, "Answer this too, or take the other answer of scale V out: V is scored whole or not")
        return answers

    def insist(self) -> None:
        """Refuse each answer that is still the one before and that nobody confirmed."""
        self.is_valid()
        self.given = dict(self.cleaned_data)  # what is refused is still an answer, and still has points
        for name, answer in self.last.items():
            if self.given.get(name) == answer and not self.given.get(f"confirm_{name}"):
                self.refuse(
                    name, f"{self.fields[name].label}: tick that “{_words(answer)}” is still right, or change it"
                )

    def items(self) -> Rm2000SItems:
        """The answers to scale S, as the instrument takes them."""
        return Rm2000SItems(**{name: self.cleaned_data[name] for name in S_ITEMS})

    def v_items(self) -> Rm2000VItems | None:
        """The answers to scale V; None where it was not answered."""
        if any(self.cleaned_data.get(name) is None for name in V_ITEMS):
            return None
        violent, burglary = (self.cleaned_data[name] for name in V_ITEMS)
        return Rm2000VItems(self.cleaned_data["age_at_risk"], violent, burglary)

    def answers_so_far(self) -> dict[str, object]:
        """Whatever has been answered so far and can be read; nothing is refused."""
        if not self.is_bound:
            return dict(self.last)
        self.is_valid()
        return {name: value for name, value in (self.given or self.cleaned_data).items() if value is not None}


class CountersignRm2000(CaseForm):
    """A signature, given today, with a comment for whoever scored it."""

    comment = LongTextField(label="Comment", required=False, max_length=1000)


class NoRm2000Form(CaseForm):
    """Why no RM2000 is made: a coded reason, with words where it asks for them."""

    on = RecentDateField(label="Date of decision")
    code = RadioField(label="Why is no RM2000 made?")
    words = LongTextField(label="What the reason is on this case", required=False, max_length=1000)

    def __init__(self, *args: Any, reasons: tuple[NoScoreReason, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.to_explain = {reason.code for reason in reasons if reason.needs_words}
        self.fields["code"].choices = [(reason.code, reason.text) for reason in reasons]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Some reasons say nothing until they are explained."""
        answers = super().clean() or self.cleaned_data
        if answers.get("code") in self.to_explain and not answers.get("words"):
            self.refuse("words", "Write what the reason is on this case")
        return answers


def _words(answer: int | bool) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return str(answer)
