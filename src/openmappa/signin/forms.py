"""What is typed to sign in, to prove who one is once more, and to change how one signs in."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from openmappa.accounts.models import User
from openmappa.signin.services import Proof
from openmappa.ui.forms import Form, LongTextField, RadioField

REFUSED = (
    "The username or password is not right. Check both and try again. "
    "If you still cannot sign in, ask your administrator."
)
WRONG_CODE = (
    "That code is not right, or has been used already. Check that your phone’s clock is right, wait for the next code "
    "and try again."
)
WRONG_PASSKEY = "That passkey did not work here. Try again, or use another way."
WRONG_PASSWORD = "That password is not right"  # noqa: S105 - what is said, not a password


class SignIn(Form):
    """Username and password. Wrong, unknown and no longer active are refused in the same words."""

    username = forms.CharField(
        label="Username", max_length=60, error_messages={"required": "Enter your username", "max_length": REFUSED}
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput,
        error_messages={"required": "Enter your password", "max_length": REFUSED},
    )


class ProveAgain(Form):
    """One proof more: a code, what a passkey answered, or the password. The names keep out of other forms' way."""

    proof_code = forms.CharField(label="Code", required=False, max_length=40)
    proof_credential = forms.JSONField(required=False, widget=forms.HiddenInput)
    proof_password = forms.CharField(
        label="Password", required=False, strip=False, max_length=1000, widget=forms.PasswordInput
    )

    def clean(self) -> dict[str, Any]:
        """One of the three must be there."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not any(cleaned.values()):
            if "proof_password" in self.data:
                self.add_error("proof_password", "Enter your password")
            elif "proof_code" in self.data:
                self.add_error("proof_code", "Enter the code")
            else:
                self.add_error(None, "Sign in at your agency once more first, in the other tab. Then press Go on here.")
        return cleaned

    @property
    def proof(self) -> Proof:
        """What was offered."""
        credential = self.cleaned_data["proof_credential"]
        return Proof(
            code=self.cleaned_data["proof_code"],
            credential=credential if isinstance(credential, dict) else None,
            password=self.cleaned_data["proof_password"],
        )

    def refuse_proof(self) -> None:
        """Say that it was wrong, at the field where it was typed."""
        if self.proof.credential:
            self.refuse(None, WRONG_PASSKEY)
        elif self.proof.code:
            self.refuse("proof_code", WRONG_CODE)
        else:
            self.refuse("proof_password", WRONG_PASSWORD)


class SetUpApp(Form):
    """The first code of a new authenticator app, which shows that it was set up rightly."""

    code = forms.CharField(
        label="Code that the app shows", max_length=20, error_messages={"required": "Enter the code that the app shows"}
    )


class SetUpPasskey(Form):
    """What the browser made, and what its owner calls it."""

    name = forms.CharField(
        label="Name of this passkey", max_length=60, error_messages={"required": "Enter a name for this passkey"}
    )
    credential = forms.JSONField(required=False, widget=forms.HiddenInput)

    def clean_credential(self) -> dict[str, Any]:
        """The browser's answer; without one, it has no JavaScript, or its owner broke off."""
        credential = self.cleaned_data["credential"]
        if not isinstance(credential, dict):
            raise ValidationError("No passkey was made. Try again, or set up an authenticator app instead.")
        return credential


class ChangePassword(Form):
    """The old password, and the new one twice: nobody sees what they type here, so a slip must show."""

    old_password = forms.CharField(
        label="Password you have now",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput,
        error_messages={"required": "Enter the password you have now"},
    )
    new_password = forms.CharField(
        label="New password",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput,
        error_messages={"required": "Enter a new password"},
    )
    new_password_again = forms.CharField(
        label="New password once more",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput,
        error_messages={"required": "Enter the new password once more"},
    )

    def __init__(self, person: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = person

    def clean_new_password(self) -> str:
        """Checked by the rules of the setting ``AUTH_PASSWORD_VALIDATORS``."""
        password: str = self.cleaned_data["new_password"]
        validate_password(password, self.person)
        return password

    def clean(self) -> dict[str, Any]:
        """Both the same, and another than before."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        new, again = cleaned.get("new_password"), cleaned.get("new_password_again")
        if new and again and new != again:
            self.add_error("new_password_again", "The two new passwords are not the same")
        if new and new == cleaned.get("old_password"):
            self.add_error("new_password", "Your new password must be another one than you have now")
        return cleaned


class ForgetFactors(Form):
    """Why somebody's second factors are taken away, and how the administrator knew that it was them who asked."""

    reason = LongTextField(
        label="What happened, and how did you make sure that it was them?",
        max_length=500,
        error_messages={"required": "Enter what happened, and how you made sure that it was them"},
    )


class LinkIdentity(Form):
    """Who a person is at an agency's own sign-in."""

    provider = RadioField(label="Which sign-in?")
    subject = forms.CharField(
        label="Their lasting identifier there",
        max_length=255,
        error_messages={"required": "Enter their lasting identifier there"},
    )

    def __init__(self, person: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        own = [each for each in settings.OPENMAPPA_AGENCIES.values() if each.agency == person.agency.code]
        provider = self.fields["provider"]
        assert isinstance(provider, RadioField)
        provider.choices = [(each.provider, each.name) for each in own]
