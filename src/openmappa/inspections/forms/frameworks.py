"""Forms to change a framework part by part, to bring one as TOML, and to save it as a version."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from openmappa.core.inspection.framework import AppliesTo, AskedOf, Choice, Criterion, Framework, Question
from openmappa.core.sources import Certainty, Confidence, Source
from openmappa.ui.forms import Form, LongTextField, RadioField, SeenForm

A_LINE = "Small letters, digits and _, such as plan_on_time. Answers are kept by it: do not change it for better words."
MOST_CHARACTERS = 500_000


class SourceForm(SeenForm):
    """The part of a form that says where something is from."""

    code = forms.CharField(label="Code", max_length=60, help_text=A_LINE)
    source = forms.CharField(
        label="Source", max_length=300, help_text="The document and the place in it, or who decided on it and when."
    )
    certainty = RadioField(
        label="How sure is the source?",
        choices=[
            (Certainty.READ.value, "It was read for this"),
            (Certainty.REMEMBERED.value, "It is remembered: check it"),
            (Certainty.OURS.value, "It is our own choice"),
        ],
    )

    def source_said(self, before: Source | None) -> Source:
        """The source; how well it is remembered is kept from before."""
        certainty = Certainty(self.cleaned_data["certainty"])
        confidence = (before.confidence if before else None) or Confidence.MEDIUM
        remembered = certainty is Certainty.REMEMBERED
        return Source(self.cleaned_data["source"], certainty, confidence if remembered else None)


class QuestionForm(SourceForm):
    """One question, with its guidance and of which cases it is asked."""

    text = LongTextField(label="Question", max_length=500)
    guidance = LongTextField(label="Guidance", max_length=2000, help_text="What to look for, and what is not enough.")
    applies_to = RadioField(
        label="Which cases is it asked of?", choices=[(each.value, each.label) for each in AppliesTo]
    )
    relevant = forms.CharField(
        label="Which cases are relevant",
        max_length=200,
        required=False,
        help_text="In words, for relevant cases only. Whoever reads the case decides.",
    )
    choices = LongTextField(
        label="Answers of its own",
        required=False,
        max_length=1000,
        help_text="One a line, as code: words. Leave it empty to answer on the four-point scale.",
    )

    field_order = ("text", "guidance", "applies_to", "relevant", "choices", "code", "source", "certainty")

    def __init__(self, data: Any = None, *, question: Question | None, version: int) -> None:
        super().__init__(data, initial={"version": version, **(_said(question) if question else {})})
        self.question = question

    def made(self) -> Question:
        """The question as the core takes it. What is wrong with it is said when the whole framework is read."""
        said = self.cleaned_data
        applies_to = AppliesTo(said["applies_to"])
        return Question(
            code=said["code"],
            text=said["text"],
            guidance=said["guidance"],
            applies_to=applies_to,
            relevant=said["relevant"],
            choices=tuple(_choice(line) for line in said["choices"].splitlines() if line.strip()),
            table=self.question.table if self.question else None,
            source=self.source_said(self.question.source if self.question else None),
        )


class CriterionForm(SeenForm):
    """One criterion; its questions have forms of their own."""

    title = forms.CharField(label="Title", max_length=150)
    statement = LongTextField(label="What good work looks like", max_length=1000)
    asked_of = RadioField(
        label="What does it judge?",
        choices=[(AskedOf.CASE.value, "Each case of the sample"), (AskedOf.AREA.value, "The area as a whole")],
    )
    code = forms.CharField(label="Code", max_length=60, help_text=A_LINE)

    def __init__(self, data: Any = None, *, criterion: Criterion | None, version: int) -> None:
        names = ("title", "statement", "asked_of", "code")
        known = {name: str(getattr(criterion, name)) for name in names} if criterion else {}
        super().__init__(data, initial={"version": version, **known})
        self.criterion = criterion

    def made(self) -> Criterion:
        """The criterion as the core takes it, with the questions that it had."""
        said = self.cleaned_data
        questions = self.criterion.questions if self.criterion else ()
        return Criterion(said["code"], said["title"], said["statement"], AskedOf(said["asked_of"]), questions)


class BringForm(Form):
    """A framework as TOML: as a file, or as text."""

    file = forms.FileField(label="File", required=False, help_text="A .toml file, as one saves it from here.")
    text = forms.CharField(
        label="Or its text", required=False, strip=False, widget=forms.Textarea, max_length=MOST_CHARACTERS
    )

    def clean(self) -> dict[str, Any]:
        """One of the two; what was in a file stands in the box afterwards, so that it can be mended there."""
        answers: dict[str, Any] = super().clean() or {}
        file = answers.get("file")
        if isinstance(file, UploadedFile):
            answers["text"] = self._read(file)
            self.data = {**dict(self.data.items()), "text": answers["text"]}
        if not (answers.get("text") or "").strip() and not self.errors:
            self.refuse("file", "Choose a file, or put its text into the box")
        return answers

    def _read(self, file: "UploadedFile[bytes]") -> str:
        if (file.size or 0) > MOST_CHARACTERS:
            self.refuse("file", f"The file is larger than {MOST_CHARACTERS:,} characters. A framework is far smaller")
            return ""
        try:
            return bytes(file.read()).decode("utf-8")
        except UnicodeDecodeError:
            self.refuse("file", "The file is not text in UTF-8. Save it as UTF-8 and choose it again")
            return ""


class SaveForm(Form):
    """A draft becomes a version."""

    code = forms.CharField(label="Code of the line of versions", max_length=60)
    title = forms.CharField(label="Title", max_length=200)
    note = LongTextField(
        label="What is different, and why?",
        max_length=1000,
        error_messages={"required": "Say what is different, and why"},
    )

    def __init__(self, data: Any = None, *, framework: Framework, own: bool) -> None:
        title = framework.title if own else f"{framework.title}, changed"
        super().__init__(data, initial={"code": framework.code if own else f"{framework.code}_ours", "title": title})


def _said(question: Question) -> dict[str, str]:
    return {
        "code": question.code,
        "text": question.text,
        "guidance": question.guidance,
        "applies_to": question.applies_to.value,
        "relevant": question.relevant,
        "choices": "\n".join(f"{each.code}: {each.title}" for each in question.choices),
        "source": question.source.text,
        "certainty": question.source.certainty.value,
    }


def _choice(line: str) -> Choice:
    code, _, title = line.partition(":")
    return Choice(code.strip(), title.strip() or code.strip())
