"""The forms of assessing: one question, a remark, dealing cases out, giving one away, settling a difference."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms

from openmappa.accounts.models import User
from openmappa.assessing.models import GivenAnswer
from openmappa.assessing.queries.record import CaseRecord
from openmappa.assessing.services.answering import Said, Seen
from openmappa.core.inspection.framework import Question
from openmappa.core.inspection.offered import Offer
from openmappa.core.inspection.scores import Answer
from openmappa.ui.forms import CheckboxesField, Form, LongTextField, RadioField

LONGEST = 4000
NONE_OF_THE_SCALE = (Answer.NOT_APPLICABLE.value, Answer.NOT_APPLICABLE.label)


def choices_of(question: Question) -> list[tuple[str, str]]:
    """Every answer that a question may be given, as pages name it."""
    own = [(choice.code, choice.title) for choice in question.choices]
    return [*(own or [(code, Answer(code).label) for code in question.answers]), NONE_OF_THE_SCALE]


def answer_label(question: Question, answer: str) -> str:
    """An answer as pages name it."""
    return dict([*choices_of(question), (Answer.NOT_ANSWERED.value, Answer.NOT_ANSWERED.label)])[answer]


class QuestionForm(Form):
    """One question. Nothing is required while it is answered: signing says what is missing."""

    revision = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput, initial=0)
    page = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)
    turn = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput, initial=0)
    answer = RadioField(label="Your answer", required=False)
    records = forms.CharField(
        label="Records that show it",
        max_length=200,
        required=False,
        help_text="Their numbers on this page, for example 3, 12, N1",
    )
    passage = LongTextField(
        label="Passage, and where it stands", max_length=LONGEST, required=False, help_text="Quote it word for word"
    )
    no_evidence = forms.BooleanField(label="I looked, and there was no evidence", required=False)
    overruled_because = LongTextField(label="Why you overrule the record", max_length=LONGEST, required=False)

    def __init__(
        self, question: Question, record: CaseRecord, *args: Any, row: GivenAnswer | None = None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = _saved(record, row) | kwargs.get("initial", {})
        kwargs.setdefault("auto_id", f"{question.code}-%s")
        super().__init__(*args, **kwargs)
        self.question, self.record = question, record
        self.fields["answer"].choices = choices_of(question)  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """Numbers that are none of this record are told; the rest is saved all the same."""
        cleaned = super().clean() or self.cleaned_data
        cleaned["references"], unknown = self.record.read(cleaned.get("records") or "")
        if unknown:
            self.refuse("records", f"There is no record with the number {', '.join(unknown)} on this page")
        return cleaned

    def keep_at(self, revision: int) -> None:
        """Show what was typed once more, now on this revision: sent again, it takes the place of what is saved."""
        self.data = {**{name: self.data.get(name, "") for name in self.data}, "revision": str(revision)}

    @property
    def seen(self) -> Seen:
        """What whoever sends this has seen."""
        said = self.cleaned_data
        return Seen(said.get("revision") or 0, said.get("page"), said.get("turn") or 0)

    @property
    def said(self) -> Said:
        """The answer, as far as it is given."""
        said = self.cleaned_data
        return Said(
            said.get("answer") or Answer.NOT_ANSWERED,
            said.get("references", []),
            said.get("passage") or "",
            bool(said.get("no_evidence")),
            said.get("overruled_because") or "",
        )

    @property
    def is_behind(self) -> bool:
        """Whether it cannot be saved at all as it is."""
        return bool(set(self.errors) - {"records"})


def _saved(record: CaseRecord, row: GivenAnswer | None) -> dict[str, Any]:
    if row is None:
        return {}
    words = getattr(row, "words", None)
    return {
        "revision": row.revision,
        "answer": "" if row.answer == Answer.NOT_ANSWERED else row.answer,
        "no_evidence": row.no_evidence,
        "records": record.numbers(words.records) if words else "",
        "passage": words.passage if words else "",
        "overruled_because": words.overruled_because if words else "",
    }


def values_of(record: CaseRecord, row: GivenAnswer) -> dict[str, str]:
    """An answer as a page's script takes it: what stands in each field."""
    saved = _saved(record, row)
    return {name: value if isinstance(value, str) else ("on" if value else "") for name, value in saved.items()}


def offer_label(question: Question, offer: Offer) -> str:
    """What is offered, as pages name it."""
    return answer_label(question, offer.answer)


class RemarkForm(Form):
    """A remark apart from the answers."""

    words = LongTextField(label="Confidential remark", max_length=LONGEST, required=False)


class DealForm(Form):
    """How the cases are dealt out."""

    seed = forms.CharField(
        label="Seed",
        max_length=200,
        help_text="Any words. Say them to the others before you deal: then nobody can have chosen who gets which case.",
    )
    percent = forms.IntegerField(
        label="Share of cases that two inspectors assess, in per cent",
        min_value=0,
        max_value=100,
        initial=20,
        help_text="They do not see each other’s answers until both have signed.",
    )
    people = CheckboxesField(label="Who assesses cases")

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.named = {str(person.pk): person for person in people}
        choices = [(key, person.full_name) for key, person in self.named.items()]
        self.fields["people"].choices = choices  # type: ignore[attr-defined]  # a choice field

    @property
    def chosen(self) -> list[User]:
        """Those who were chosen."""
        return [self.named[key] for key in self.cleaned_data["people"]]


class GiveForm(Form):
    """To whom a case goes."""

    person = RadioField(label="Who assesses it from now on?")

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.named = {str(person.pk): person for person in people}
        choices = [(key, person.full_name) for key, person in self.named.items()]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]  # a choice field

    @property
    def chosen(self) -> User:
        """Who was chosen."""
        return self.named[self.cleaned_data["person"]]


class SettleForm(Form):
    """What counts where two differ, and why."""

    answer = RadioField(label="The answer that counts")
    reason = LongTextField(label="Why", max_length=LONGEST)

    def __init__(self, question: Question, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{question.code}-%s")
        super().__init__(*args, **kwargs)
        self.question = question
        self.fields["answer"].choices = choices_of(question)  # type: ignore[attr-defined]  # a choice field
