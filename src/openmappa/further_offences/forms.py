"""The forms of a review of a serious further offence."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from openmappa.accounts.models import User
from openmappa.core.packs.movements_rules import Kind
from openmappa.further_offences.models.lesson import LessonKind
from openmappa.further_offences.models.review import Contribution, FurtherOffenceReview, Judgement
from openmappa.further_offences.queries.rules import rules
from openmappa.further_offences.services.reviewing import Alleged, Conclusion
from openmappa.ui.date_fields import DateInputField, RecentDateField
from openmappa.ui.forms import Form, LongTextField, OnceForm, RadioField, SeenForm

SAVE, SEND = "save", "send"


class OpenForm(OnceForm):
    """What the person is charged with."""

    offence = RadioField(
        label="Which offence is the person charged with?", error_messages={"required": "Select the offence"}
    )
    words = LongTextField(label="What is alleged?", max_length=4000, error_messages={"required": "Say what is alleged"})
    offence_on = DateInputField(label="Day of the offence", in_past=True)
    charged_on = DateInputField(label="Day of the charge", in_past=True)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "offence", rules().offences)

    def alleged(self) -> Alleged:
        """What was said, as the service takes it."""
        said = self.cleaned_data
        return Alleged(said["offence"], said["words"], said["offence_on"], said["charged_on"])


class NotifiedForm(SeenForm):
    """When it was notified, and to whom."""

    on = RecentDateField(label="Day it was notified")
    whom = forms.CharField(label="Who was notified?", max_length=200)

    def __init__(self, *args: Any, review: FurtherOffenceReview, **options: Any) -> None:
        super().__init__(*args, initial={"version": review.version}, **options)


class AskForm(Form):
    """Which other agency contributes, and by when."""

    person = forms.ChoiceField(label="Who is asked?")
    due_on = DateInputField(label="Due on")
    question = LongTextField(label="What do you ask of them in particular?", required=False, max_length=2000)

    def __init__(self, *args: Any, people: Sequence[User], due_on: date, **options: Any) -> None:
        super().__init__(*args, initial={"due_on": due_on}, **options)
        self.people = {str(user.pk): user for user in people}
        known = [(pk, f"{user.agency.name}: {user.full_name}") for pk, user in self.people.items()]
        self.fields["person"].choices = [("", "Choose somebody"), *known]  # type: ignore[attr-defined]

    def details(self) -> dict[str, Any]:
        """As the service takes it."""
        said = self.cleaned_data
        return {"person": self.people[said["person"]], "due_on": said["due_on"], "question": said["question"]}


class ContributionForm(SeenForm):
    """An agency's chronology, and what it would do differently."""

    chronology = LongTextField(label="Chronology", required=False, max_length=20_000)
    differently = LongTextField(label="What would your agency do differently?", required=False, max_length=8000)

    def __init__(self, *args: Any, row: Contribution, **options: Any) -> None:
        initial = {"version": row.version, "chronology": row.chronology, "differently": row.differently}
        super().__init__(*args, initial=initial, **options)


class ConcludeForm(SeenForm):
    """What the review comes to."""

    level_right = RadioField(
        label="Was the MAPPA level right?",
        choices=Judgement.choices,
        error_messages={"required": "Select whether the level was right"},
    )
    level_words = LongTextField(label="Why?", max_length=4000, error_messages={"required": "Say why"})
    plans_done = RadioField(
        label="Were the plans carried out?",
        choices=Judgement.choices,
        error_messages={"required": "Select whether the plans were carried out"},
    )
    plans_words = LongTextField(
        label="How do you know?", max_length=4000, error_messages={"required": "Say how you know"}
    )
    without_words = LongTextField(
        label="Why do you conclude without what has not come?", required=False, max_length=2000
    )

    def __init__(self, *args: Any, review: FurtherOffenceReview, **options: Any) -> None:
        super().__init__(*args, initial={"version": review.version}, **options)

    def conclusion(self) -> Conclusion:
        """What was said, as the service takes it."""
        said = self.cleaned_data
        judged = (Judgement(said["level_right"]), said["level_words"], Judgement(said["plans_done"]))
        return Conclusion(*judged, said["plans_words"], said["without_words"])


class LessonForm(OnceForm):
    """A lesson, or good practice."""

    kind = RadioField(label="What is it?", choices=LessonKind.choices, error_messages={"required": "Select what it is"})
    sentence = LongTextField(
        label="In one sentence", max_length=500, error_messages={"required": "Write the lesson in one sentence"}
    )
    audience = RadioField(label="For whom is it?", error_messages={"required": "Select for whom it is"})
    practice_area = RadioField(label="What is it about?", error_messages={"required": "Select what it is about"})

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "audience", rules().audiences)
        _offer(self, "practice_area", rules().practice_areas)

    def details(self) -> dict[str, Any]:
        """As the service takes it."""
        said = self.cleaned_data
        names = ("sentence", "audience", "practice_area")
        return {"kind": LessonKind(said["kind"]), **{name: said[name] for name in names}}


def _offer(form: Form, name: str, kinds: Iterable[Kind]) -> None:
    form.fields[name].choices = [(one.id, one.label) for one in kinds]  # type: ignore[attr-defined]
