"""The address and the wish for messages by e-mail."""

from typing import Any

from django import forms

from openmappa.accounts.models import Mail, User
from openmappa.ui.forms import Form, RadioField

ADDRESS: dict[str, Any] = {
    "label": "Work e-mail address",
    "required": False,
    "max_length": 254,
    "help_text": "Messages say only that there is something to read here, never anything of a case.",
    "error_messages": {"invalid": "Enter an e-mail address in the right form, like name@police.example"},
}


class AddressForm(Form):
    """An address, or none."""

    email = forms.EmailField(**ADDRESS)


class MailForm(AddressForm):
    """One's own address, and when one is told by e-mail."""

    mail = RadioField(label="When should messages come?", choices=Mail.choices)

    def __init__(self, data: Any = None, *, person: User) -> None:
        super().__init__(data, initial={"email": person.email, "mail": person.mail})

    def clean(self) -> dict[str, Any]:
        """Without an address no message can come."""
        cleaned = super().clean() or self.cleaned_data
        wanted = cleaned.get("mail") not in (None, Mail.NONE)
        if wanted and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", "Enter the address that messages should go to, or choose never")
        return cleaned
