"""Forms whose refusals are sentences: the base of every form, and the fields that most forms need."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import pretty_name

from openmappa.ui.formats import lower_first

QUESTION_WORDS = (
    "by",
    "what",
    "who",
    "why",
    "how",
    "where",
    "when",
    "which",
    "whether",
    "your",
    "any",
    "anything",
    "the",
)


class Form(forms.Form):
    """A form that keeps what was typed and says what to do in plain words.

    Set ``label`` on a field as a short noun phrase ("Date of visit") or a question; messages are made from it
    unless the field brings its own ``error_messages``.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = field.label or pretty_name(name)
            _speak_plainly(field, str(field.label))

    def refuse(self, field: str | None, message: str) -> None:
        """Add an error from outside (a service that refused) at a field, or at the top for ``None``."""
        self.add_error(field, ValidationError(message, code="refused"))


class OnceForm(Form):
    """A form whose submission is sent once, however often its button is pressed."""

    submission = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)

    @property
    def submission_key(self) -> uuid.UUID:
        """The same for every sending of one opened form, so that a second press records nothing twice."""
        try:
            return uuid.UUID(str(self["submission"].value()))
        except ValueError:
            return uuid.uuid4()


class SeenForm(Form):
    """A form on something that others may change meanwhile. The view gives ``initial={"version": …}``."""

    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    @property
    def seen(self) -> int | None:
        """The version that the person has seen."""
        found: int | None = self.cleaned_data.get("version")
        return found


class CaseForm(OnceForm):
    """A form on one case: knows which version of the case it was opened on, and sends each submission once.

    The view gives ``initial={"version": …}``; ``submission`` is made here. If the case has moved on,
    ``is_stale`` is true until the person has seen what changed and pressed the button that sends
    ``accept_version``.
    """

    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    accept_version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def is_stale(self, current: int) -> bool:
        """Whether the case changed since the form was opened, and the person has not yet accepted that."""
        seen = {self._number("version"), self._number("accept_version")}
        return self.is_bound and current not in seen

    def _number(self, name: str) -> int | None:
        text = str(self[name].value())
        return int(text) if text.isdecimal() else None


class RadioField(forms.ChoiceField):
    """One of a few choices, as radio buttons, none chosen beforehand."""

    widget = forms.RadioSelect


class CheckboxesField(forms.MultipleChoiceField):
    """Any of a few choices, as checkboxes."""

    widget = forms.CheckboxSelectMultiple


class YesNoField(forms.TypedChoiceField):
    """Yes or no, as two radio buttons; ``None`` when it is not required and not answered."""

    widget = forms.RadioSelect

    def __init__(self, *, yes: str = "Yes", no: str = "No", **options: Any) -> None:
        options.setdefault("empty_value", None)
        super().__init__(choices=[("yes", yes), ("no", no)], coerce=lambda value: value == "yes", **options)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class LongTextField(forms.CharField):
    """Several lines of text, with a count of the characters left."""

    widget = forms.Textarea

    def __init__(self, *, max_length: int = 4000, **options: Any) -> None:
        super().__init__(max_length=max_length, **options)


def _speak_plainly(field: forms.Field, label: str) -> None:
    """Replace Django's own messages, where the field has no better ones, by sentences about this field."""
    defaults: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        defaults.update(getattr(kind, "default_error_messages", {}))
    for code, message in _messages(field, label).items():
        if field.error_messages.get(code) == defaults.get(code):
            field.error_messages[code] = message


def _messages(field: forms.Field, label: str) -> dict[str, str]:
    subject = _subject(label)
    asked = _asks(label, "Select" if isinstance(field, forms.ChoiceField) else "Enter")
    return {
        "required": f"Tick “{label}” to go on" if isinstance(field, forms.BooleanField) else asked,
        "invalid": f"{subject} must be {_shape(field)}",
        "invalid_choice": _asks(label, "Select"),
        "max_length": f"{subject} must be %(limit_value)d characters or fewer, not %(show_value)d",
        "min_length": f"{subject} must be %(limit_value)d characters or more, not %(show_value)d",
        "min_value": f"{subject} must be %(limit_value)s or more",
        "max_value": f"{subject} must be %(limit_value)s or less",
        "null_characters_not_allowed": f"{subject} has a character that cannot be kept: type it again",
    }


def _asks(label: str, verb: str) -> str:
    if label.endswith("?"):
        return f"Answer the question “{label}”"
    phrase = lower_first(label)
    article = "" if phrase.split(" ")[0] in QUESTION_WORDS else "the "
    return f"{verb} {article}{phrase}"


def _subject(label: str) -> str:
    return f"The answer to “{label}”" if label.endswith("?") else label


def _shape(field: forms.Field) -> str:
    if isinstance(field, forms.IntegerField):
        return "a number" if isinstance(field, forms.FloatField | forms.DecimalField) else "a whole number"
    return "an email address, like name@example.org" if isinstance(field, forms.EmailField) else "in the right form"
