"""What is asked before a plan leaves the record."""

from collections.abc import Sequence
from typing import Any

from django import forms

from openmappa.core.plans.offender import Found
from openmappa.timeline.forms.sharing import RecipientForm
from openmappa.ui.forms import CheckboxesField, Form


class OffenderCopyForm(Form):
    """Which of the words that were found are nobody's name."""

    harmless = CheckboxesField(
        label="Which of these words are nobody’s name, and may stand in the copy?",
        required=False,
        help_text="Tick a word only if it gives away nobody and no place. Otherwise reword the plan first.",
    )

    def __init__(self, *args: Any, found: Sequence[Found], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = dict.fromkeys(one.word for one in found)
        if not words:
            del self.fields["harmless"]
            return
        field = self.fields["harmless"]
        assert isinstance(field, CheckboxesField)
        field.choices = [(word, word) for word in words]


class FileCopyForm(RecipientForm):
    """For whom, why, and whether with the confidential part, where there is one that the person reads."""

    confidential = forms.BooleanField(
        label="Put in what the offender must not see",
        required=False,
        help_text="Only if whoever receives it needs it.",
    )

    def __init__(self, *args: Any, confidential: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not confidential:
            del self.fields["confidential"]
