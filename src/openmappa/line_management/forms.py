"""The forms of oversight: why a start was late, a management review, an action done, marks of quality."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.core.line_management import ReviewAnswers, last_day_for_next
from openmappa.core.packs.quality_rules import Criterion, Mark
from openmappa.core.quality import Marked
from openmappa.line_management.models import LatenessReason, QualityMarking
from openmappa.line_management.queries.rules import rules
from openmappa.line_management.services import NewAction
from openmappa.ui.date_fields import DateInputField, RecentDateField
from openmappa.ui.forms import CaseForm, CheckboxesField, Form, LongTextField, RadioField

MOST = 2000
ACTIONS = 4
"""How many actions one review can give; another review gives more."""


class LatenessForm(Form):
    """Why a start came late."""

    reason = RadioField(label="Why was it late?", error_messages={"required": "Select why it was late"})
    words = LongTextField(
        label="In your own words",
        required=False,
        max_length=500,
        help_text="Say nothing about anybody’s health: everybody who reads this case can read it.",
    )

    def __init__(self, *args: Any, known: LatenessReason | None, **options: Any) -> None:
        initial = {"reason": known.reason, "words": known.words} if known else {}
        super().__init__(*args, initial=initial, **options)
        _choose(self, "reason", [(one.id, one.label) for one in rules().late_reasons])


class ReviewForm(CaseForm):
    """A management review: what was looked at, what it came to and why, up to four actions, and when next."""

    reviewed_on = RecentDateField(label="Date of the review")
    looked_at = CheckboxesField(label="What did you look at?", error_messages={"required": "Select what you looked at"})
    outcomes = CheckboxesField(
        label="What did your review come to?", error_messages={"required": "Select what your review came to"}
    )
    reasons = LongTextField(label="Why?", max_length=MOST, error_messages={"required": "Say why"})
    next_on = DateInputField(label="Date of the next review")

    def __init__(self, *args: Any, harm: str, owners: Sequence[User], version: int, **options: Any) -> None:
        today = timezone.localdate()
        latest = last_day_for_next(harm, rules().review, today)
        super().__init__(*args, initial={"version": version, "reviewed_on": today, "next_on": latest}, **options)
        self.owners = {str(one.pk): one for one in owners}
        _choose(self, "looked_at", [(one.id, one.label) for one in rules().looked_at])
        _choose(self, "outcomes", [(one.id, one.label) for one in rules().outcomes])
        for place in range(ACTIONS):
            for name, field in self._action_fields().items():
                self.fields[f"{name}_{place}"] = field

    def _action_fields(self) -> dict[str, forms.Field]:
        people = [
            ("", "Choose somebody"),
            *((pk, f"{one.full_name}, {one.role_label}") for pk, one in self.owners.items()),
        ]
        return {
            "what": forms.CharField(label="What is to be done?", required=False, max_length=300),
            "owner": forms.ChoiceField(label="Who does it?", required=False, choices=people),
            "due_on": DateInputField(label="By when?", required=False),
        }

    def clean(self) -> dict[str, Any]:
        """An action that was begun is whole: what, who, and by when."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for place in range(ACTIONS):
            names = [f"{name}_{place}" for name in ("what", "owner", "due_on")]
            if any(cleaned.get(name) for name in names):
                missing = ("Say what is to be done", "Select who does it", "Enter the day it must be done by")
                for name, sentence in zip(names, missing, strict=True):
                    if not cleaned.get(name) and name not in self.errors:
                        self.add_error(name, sentence)
        return cleaned

    def answers(self) -> ReviewAnswers:
        """The answers, as the service takes them."""
        given = self.cleaned_data
        chosen = (tuple(given["looked_at"]), tuple(given["outcomes"]))
        return ReviewAnswers(given["reviewed_on"], *chosen, given["reasons"], given["next_on"])

    def actions(self) -> list[NewAction]:
        """The actions that were filled in."""
        given = self.cleaned_data
        return [
            NewAction(given[f"what_{place}"], self.owners[given[f"owner_{place}"]], given[f"due_on_{place}"])
            for place in range(ACTIONS)
            if given.get(f"what_{place}")
        ]

    def action_rows(self) -> list[tuple[int, BoundField, BoundField, BoundField]]:
        """The number of each action, and its three fields."""
        return [
            (place + 1, self[f"what_{place}"], self[f"owner_{place}"], self[f"due_on_{place}"])
            for place in range(ACTIONS)
        ]


class DoneForm(Form):
    """How an action was done."""

    evidence = LongTextField(
        label="How was it done, and where can that be seen?",
        max_length=1000,
        error_messages={"required": "Say how it was done"},
    )


class MarkForm(Form):
    """A mark for each criterion with a comment, and feedback to the author."""

    feedback = LongTextField(label="Feedback to the author", required=False, max_length=MOST)

    def __init__(self, *args: Any, criteria: Sequence[Criterion], known: QualityMarking | None, **options: Any) -> None:
        given = {mark.criterion: mark for mark in known.marks.all()} if known else {}
        initial: dict[str, str] = {"feedback": known.feedback} if known else {}
        for id_, mark in given.items():
            initial |= {f"mark-{id_}": mark.mark, f"comment-{id_}": mark.comment}
        super().__init__(*args, initial=initial, **options)
        self.criteria = tuple(criteria)
        for criterion in self.criteria:
            wanted = {"required": f"Select a mark for “{criterion.title}”"}
            self.fields[f"mark-{criterion.id}"] = RadioField(
                label=criterion.title, choices=[(each.value, each.label) for each in Mark], error_messages=wanted
            )
            self.fields[f"comment-{criterion.id}"] = LongTextField(label="Why?", required=False, max_length=1000)
        self.order_fields([name for name in self.fields if name != "feedback"])

    def rows(self) -> list[tuple[Criterion, BoundField, BoundField]]:
        """Each criterion with its two fields."""
        return [(one, self[f"mark-{one.id}"], self[f"comment-{one.id}"]) for one in self.criteria]

    def marks(self) -> dict[str, Marked]:
        """The marks, as the service takes them."""
        given = self.cleaned_data
        return {one.id: Marked(Mark(given[f"mark-{one.id}"]), given[f"comment-{one.id}"]) for one in self.criteria}

    def field_of(self, problem: str) -> str | None:
        """The field at which a problem with a criterion is shown: its comment where it has a mark."""
        if f"mark-{problem}" not in self.fields:
            return None
        return f"comment-{problem}" if self.cleaned_data.get(f"mark-{problem}") else f"mark-{problem}"


def refuse(form: Form, problems: dict[str, str]) -> None:
    """Put what a service refused at the fields of the form, and at its top what belongs to none."""
    for name, sentence in problems.items():
        place = form.field_of(name) if isinstance(form, MarkForm) else name if name in form.fields else None
        form.refuse(place, sentence)


def day_in_words(word: str) -> date | None:
    """A day as an address writes it; None for anything else."""
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None


def _choose(form: Form, name: str, choices: list[tuple[str, str]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]
