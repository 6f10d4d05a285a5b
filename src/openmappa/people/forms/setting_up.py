"""Choosing a password with a code that somebody handed over."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from openmappa.people.services.codes import NO_CODE, holder_of
from openmappa.ui.forms import Form


class SetUp(Form):
    """User name, code, and the new password. What is wrong with a password is said to the holder of the code only."""

    username = forms.CharField(label="User name", max_length=60, error_messages={"required": "Enter your user name"})
    code = forms.CharField(
        label="Set-up code", max_length=40, error_messages={"required": "Enter the code you were given"}
    )
    password = forms.CharField(
        label="New password",
        strip=False,
        widget=forms.PasswordInput,
        error_messages={"required": "Choose a password"},
    )

    def clean(self) -> dict[str, Any]:
        """Whether the code is the person's, and then whether the password is good enough."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not {"username", "code", "password"} <= cleaned.keys():
            return cleaned
        person = holder_of(cleaned["username"], cleaned["code"])
        if person is None:
            self.refuse("code", NO_CODE)
            return cleaned
        try:
            validate_password(cleaned["password"], person)
        except ValidationError as weak:
            self.add_error("password", weak)
        return cleaned
