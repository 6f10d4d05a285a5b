"""The second person's word on a change of access."""

from typing import Any

from openmappa.people.forms.versions import PersonForm
from openmappa.ui.forms import LongTextField, RadioField

CONFIRM = ("confirm", "Confirm: this is right, and I know the person")
REFUSE = ("refuse", "Refuse: nothing is given")


class Decision(PersonForm):
    """Confirm or refuse; whoever asked for the change can only withdraw it."""

    decision = RadioField(label="Your decision", choices=[CONFIRM, REFUSE])
    reason = LongTextField(label="Reason for refusing", max_length=1000, required=False)

    def __init__(self, *args: Any, own: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.own = own
        if own:
            del self.fields["decision"]
            self.fields["reason"].label = "Why do you withdraw it?"

    @property
    def confirms(self) -> bool:
        """Whether the change is confirmed, once the form is valid."""
        return self.cleaned_data.get("decision") == "confirm"

    def clean(self) -> dict[str, Any]:
        """Refusing needs a reason; confirming does not."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        refuses = self.own or cleaned.get("decision") == "refuse"
        if refuses and not cleaned.get("reason") and "reason" not in self.errors:
            self.refuse("reason", "Enter the reason: it stands in the person’s history")
        return cleaned
