"""The form that somebody signs in with."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from openmappa.ui.forms import Form

REFUSED = (
    "The username or password is not right. Check both and try again. "
    "If you still cannot sign in, ask your administrator."
)


class SignIn(Form):
    """Username and password. Wrong, unknown and no longer active are refused in the same words."""

    username = forms.CharField(
        label="Username", max_length=60, error_messages={"required": "Enter your username", "max_length": REFUSED}
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        widget=forms.PasswordInput,
        error_messages={"required": "Enter your password"},
    )

    def __init__(self, request: HttpRequest, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.request = request
        self.person: AbstractBaseUser | None = None

    def clean(self) -> dict[str, Any]:
        """Find the person; the password is hashed even for an unknown username, so the time taken tells nothing."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "username" in cleaned and "password" in cleaned:
            self.person = authenticate(self.request, username=cleaned["username"], password=cleaned["password"])
            if self.person is None:
                self.add_error("username", REFUSED)
        return cleaned
