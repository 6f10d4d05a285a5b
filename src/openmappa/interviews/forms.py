"""The forms of interviews: planning one, a note, dropping one, a theme, a quote."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from openmappa.accounts.models import Area, User
from openmappa.core.inspection.interviews import InterviewQuestion
from openmappa.interviews.models import InterviewNote, Theme
from openmappa.interviews.queries import role_titles
from openmappa.interviews.services import Planned, Seen
from openmappa.ui.date_fields import DateInputField
from openmappa.ui.forms import Form, LongTextField, OnceForm, RadioField, SeenForm

LONGEST = 8000


class PlanForm(OnceForm):
    """Whom an interview is with, where and when."""

    role = RadioField(label="In which role?")
    whom = forms.CharField(
        label="Who is asked?", max_length=150, help_text="Name and post. Those who inspect read it; no report has it."
    )
    area = forms.ChoiceField(label="Area")
    on = DateInputField(label="Day")
    place = forms.CharField(label="Where", max_length=200, required=False)
    asked_by = forms.ChoiceField(label="Who asks, and takes the notes?")

    def __init__(self, *args: Any, areas: Iterable[Area], people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {str(area.pk): area for area in areas}
        self.people = {str(person.pk): person for person in people}
        _choose(self, "role", list(role_titles().items()))
        _choose(self, "area", [("", "Choose an area"), *((key, area.name) for key, area in self.areas.items())])
        _choose(
            self, "asked_by", [("", "Choose somebody"), *((key, one.full_name) for key, one in self.people.items())]
        )

    @property
    def said(self) -> Planned:
        """What the service takes."""
        kept = self.cleaned_data
        area, person = self.areas.get(kept["area"]), self.people.get(kept["asked_by"])
        return Planned(kept["role"], kept["whom"], area, kept["on"], kept["place"], person)


class NoteForm(Form):
    """What was said to one question."""

    revision = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput, initial=0)
    page = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)
    turn = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput, initial=0)
    words = LongTextField(label="Notes", max_length=LONGEST, required=False)

    def __init__(self, number: str, *args: Any, row: InterviewNote | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = {"revision": row.revision, "words": row.words} if row else {}
        kwargs.setdefault("auto_id", f"q{number.replace('.', '-')}-%s")
        super().__init__(*args, **kwargs)

    def keep_at(self, revision: int) -> None:
        """Show what was typed once more, now on this revision: sent again, it takes the place of what is saved."""
        self.data = {**{name: self.data.get(name, "") for name in self.data}, "revision": str(revision)}

    @property
    def seen(self) -> Seen:
        """What whoever sends this has seen."""
        said = self.cleaned_data
        return Seen(said.get("revision") or 0, said.get("page"), said.get("turn") or 0)


class DropForm(Form):
    """Why an interview is not held."""

    because = LongTextField(label="Why is it not held?", max_length=1000)


class ThemeForm(OnceForm):
    """What comes back in several interviews."""

    title = forms.CharField(label="What comes back?", max_length=150, help_text="It may be published. No names.")
    words = LongTextField(label="More about it", max_length=4000, required=False)


class EndThemeForm(SeenForm):
    """Why a theme is no longer used."""

    because = LongTextField(label="Why?", max_length=1000, error_messages={"required": "Say why"})

    @property
    def said(self) -> dict[str, Any]:
        """What the service takes, beside the version that was seen."""
        return {"because": self.cleaned_data["because"]}

    def press_again(self, version: int) -> None:
        """Show what was typed once more, now on this version: sent again, it is done."""
        self.data = {**{name: self.data.get(name, "") for name in self.data}, "version": str(version)}


class MergeThemeForm(EndThemeForm):
    """Into which theme another goes, and why."""

    into = forms.ChoiceField(label="Into which theme?")
    field_order = ("into", "because")

    def __init__(self, *args: Any, themes: Iterable[Theme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.themes = {str(theme.key): theme for theme in themes}
        _choose(self, "into", [("", "Choose a theme"), *((key, theme.title) for key, theme in self.themes.items())])

    @property
    def said(self) -> dict[str, Any]:
        """What the service takes, with the theme that was chosen."""
        return super().said | {"into": self.themes.get(self.cleaned_data["into"])}


class ChangeThemeForm(EndThemeForm):
    """What a theme is called, and what is written about it; a published one keeps its name."""

    title = forms.CharField(label="What comes back?", max_length=150, help_text="It may be published. No names.")
    words = LongTextField(label="More about it", max_length=4000, required=False)
    field_order = ("title", "words", "because")

    def __init__(self, *args: Any, theme: Theme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if theme.published_at:
            del self.fields["title"]
        self.theme = theme

    @property
    def said(self) -> dict[str, Any]:
        """What the service takes, with the new name and words."""
        kept = self.cleaned_data
        return super().said | {"title": kept.get("title", self.theme.title), "words": kept["words"]}


class QuoteForm(OnceForm):
    """Words to keep as they were said."""

    question = forms.ChoiceField(label="To which question?")
    words = LongTextField(
        label="The words, as they were said", max_length=1000, help_text="Leave out what would give away who said it."
    )
    theme = forms.ChoiceField(label="Theme")
    attributable = forms.BooleanField(
        label="A report may say in which role and area this was said",
        required=False,
        help_text="Tick it only where they agreed. Otherwise the words stand alone. A name is never published.",
    )

    def __init__(
        self, *args: Any, questions: Sequence[InterviewQuestion], role: str, themes: Iterable[Theme], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.themes = {str(theme.key): theme for theme in themes}
        asked = [(each.number, f"{each.number} {each.for_role(role)}") for each in questions]
        _choose(self, "question", [("", "Choose a question"), *asked])
        _choose(self, "theme", [("", "Choose a theme"), *((key, theme.title) for key, theme in self.themes.items())])

    @property
    def chosen(self) -> Theme | None:
        """The theme that was chosen."""
        return self.themes.get(self.cleaned_data["theme"])


def _choose(form: Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
