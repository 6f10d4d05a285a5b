"""The forms of an audit: begun, drawn, answered, closed; and acknowledging its feedback."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from openmappa.accounts.models import User
from openmappa.case_audits.models.audits import GIVEN, Cites
from openmappa.case_audits.queries.cases import DrawnCase
from openmappa.case_audits.queries.rules import form_in_service
from openmappa.case_audits.services.auditing import AnswerSaid, FormSaid
from openmappa.case_audits.services.beginning import DrawSaid
from openmappa.core.inspection.scores import Answer
from openmappa.core.inspection.traits import Whom
from openmappa.core.packs.case_audits_rules import AuditCriterion
from openmappa.samples.models import Ground
from openmappa.ui.date_fields import DateInputField
from openmappa.ui.forms import Form, LongTextField, OnceForm, RadioField, SeenForm

SAVE, FINISH = "save", "finish"


class BeginForm(OnceForm):
    """What an audit is called, why it is made, and which cases it looks at."""

    title = forms.CharField(label="Title", max_length=200)
    why = LongTextField(label="Why is it made?", required=False, max_length=2000)
    on = DateInputField(label="Day whose record is read", in_past=True)
    whom = RadioField(
        label="Which cases?",
        choices=[(each.value, each.label) for each in Whom],
        error_messages={"required": "Select which cases"},
    )

    def details(self) -> dict[str, Any]:
        """As the service takes it."""
        said = self.cleaned_data
        return {"title": said["title"], "why": said["why"], "on": said["on"], "whom": Whom(said["whom"])}


class DrawForm(Form):
    """How many cases are drawn, and by which seed."""

    size = forms.IntegerField(label="How many cases?", min_value=1, max_value=500)
    at_least = forms.IntegerField(label="At least how many of each level?", min_value=1, max_value=100)
    seed = forms.CharField(label="Seed", max_length=200)
    seed_from = LongTextField(
        label="Where is the seed from, and when was it said?",
        max_length=1000,
        error_messages={"required": "Say where the seed is from, and when it was said"},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        asked = form_in_service()
        super().__init__(*args, initial={"size": asked.cases, "at_least": asked.at_least}, **options)

    def said(self) -> DrawSaid:
        """As the service takes it."""
        return DrawSaid(**{name: self.cleaned_data[name] for name in ("size", "at_least", "seed", "seed_from")})


class JoinForm(Form):
    """Who else audits."""

    person = forms.ChoiceField(label="Who else audits?")

    def __init__(self, *args: Any, people: Sequence[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(user.pk): user for user in people}
        known = [(pk, f"{user.agency.name}: {user.full_name}") for pk, user in self.people.items()]
        self.fields["person"].choices = [("", "Choose somebody"), *known]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> User:
        """Who was chosen."""
        return self.people[self.cleaned_data["person"]]


class ReplaceForm(Form):
    """Why a case is replaced."""

    ground = RadioField(
        label="Why is it replaced?", choices=Ground.choices, error_messages={"required": "Select why it is replaced"}
    )
    words = LongTextField(label="More of why", required=False, max_length=1000)


class CaseForm(SeenForm):
    """The form of one case: for each criterion an answer, what it is taken from, and where."""

    strengths = LongTextField(label="What was good", required=False, max_length=4000)
    improvements = LongTextField(label="What could be better", required=False, max_length=4000)

    def __init__(self, *args: Any, drawn: DrawnCase, **options: Any) -> None:
        row = drawn.form
        initial: dict[str, Any] = {"version": row.version if row else 0}
        if row is not None:
            initial |= {"strengths": row.strengths, "improvements": row.improvements}
        super().__init__(*args, initial=initial, **options)
        self.drawn = drawn
        for one in drawn.criteria:
            given = drawn.answers.get(one.id)
            self.fields[f"answer_{one.id}"] = RadioField(
                label=one.question,
                choices=[(each.value, each.label) for each in GIVEN],
                required=False,
                initial=given.answer if given else None,
            )
            self.fields[f"cites_{one.id}"] = forms.ChoiceField(
                label="Taken from",
                choices=[("", "Choose what the answer is taken from"), *Cites.choices],
                required=False,
                initial=given.cites if given else "",
            )
            self.fields[f"evidence_{one.id}"] = LongTextField(
                label="Where, or why it does not apply",
                required=False,
                max_length=2000,
                initial=given.evidence if given else "",
            )

    @property
    def rows(self) -> list[tuple[AuditCriterion, BoundField, BoundField, BoundField]]:
        """The three fields of each criterion, in order."""
        names = ("answer", "cites", "evidence")
        return [(one, *(self[f"{name}_{one.id}"] for name in names)) for one in self.drawn.criteria]  # type: ignore[misc]

    def said(self) -> FormSaid:
        """As the service takes it: the criteria that were answered."""
        said = self.cleaned_data
        answered = [one.id for one in self.drawn.criteria if said[f"answer_{one.id}"]]
        answers = {
            each: AnswerSaid(Answer(said[f"answer_{each}"]), said[f"cites_{each}"], said[f"evidence_{each}"])
            for each in answered
        }
        return FormSaid(answers, said["strengths"], said["improvements"])


class CloseForm(Form):
    """What the audit comes to."""

    strengths = LongTextField(label="What was good", max_length=8000, error_messages={"required": "Say what was good"})
    improvements = LongTextField(
        label="What could be better", max_length=8000, error_messages={"required": "Say what could be better"}
    )


class AcknowledgeForm(Form):
    """That somebody has read their feedback, and what they answer."""

    answer = LongTextField(label="Your answer", required=False, max_length=4000)
