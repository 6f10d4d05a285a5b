"""Forms about one person, which notice when somebody else changed that person's access meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms

from openmappa.people.errors import ChangedMeanwhile, NotChanged, WrongPost
from openmappa.people.models import Posting
from openmappa.ui.forms import Form, LongTextField

REASON: dict[str, Any] = {
    "label": "Reason",
    "max_length": 1000,
    "error_messages": {"required": "Enter the reason: it stands in the person’s history"},
}


@dataclass(frozen=True)
class Sent:
    """How sending a form went: an entry; or what others did meanwhile; or neither, and the form has the errors."""

    entry: Posting | None = None
    conflict: ChangedMeanwhile | None = None


class PersonForm(Form):
    """Knows which version of the person it was opened on; the view gives ``initial={"version": …}``."""

    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    accept_version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    @property
    def seen_version(self) -> int:
        """The version that the reader has seen: as the form was opened, or as they accepted it since."""
        return int(self.cleaned_data.get("accept_version") or self.cleaned_data.get("version") or 0)

    def take(self, refused: NotChanged) -> None:
        """Put what a service refused where it belongs."""
        objections = refused.objections if isinstance(refused, WrongPost) else {refused.field: str(refused)}
        for field, sentence in objections.items():
            self.refuse(field if field in self.fields else None, sentence)


class ReasonForm(PersonForm):
    """Nothing but a reason."""

    def __init__(self, *args: Any, label: str = "", hint: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].label = label or self.fields["reason"].label
        self.fields["reason"].help_text = hint

    reason = LongTextField(**REASON)


class SureForm(PersonForm):
    """Nothing but the button, and which version of the person it was pressed on."""


def sent(form: PersonForm, act: Callable[[], Posting]) -> Sent:
    """Call ``act``, a service bound to the form's answers, when the form was sent and is valid."""
    if not form.is_valid():
        return Sent()
    try:
        return Sent(act())
    except ChangedMeanwhile as changed:
        return Sent(conflict=changed)
    except NotChanged as refused:
        form.take(refused)
    return Sent()
