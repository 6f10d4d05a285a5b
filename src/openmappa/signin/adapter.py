"""What allauth's second factors ask of us: encrypting their secrets, and the names that authenticators show."""

import base64
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from openmappa.ui.jinja import SERVICE_NAME

PURPOSE = b"openmappa second factors"


class Factors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Named in the setting ``MFA_ADAPTER``."""

    def encrypt(self, text: str) -> str:
        """A secret as it is stored: whoever copies the database cannot make codes from it without the secret key."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again. Raises ``ImproperlyConfigured`` when no key that is still known opens it."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            raise ImproperlyConfigured(
                "A second factor was encrypted with another OPENMAPPA_SECRET_KEY. Put the old key into "
                "OPENMAPPA_OLD_SECRET_KEYS, or remove the person's second factors and let them set up new ones."
            ) from None

    def get_totp_issuer(self) -> str:
        """What an authenticator app shows above the code."""
        return SERVICE_NAME

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """For which site a passkey is: the name in the address, and how it is called."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": SERVICE_NAME}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """Whose passkey it is. The handle says nothing to others and is the same for all passkeys of a person."""
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return {**entity, "name": user.get_username(), "display_name": user.display_name}


def _cipher() -> MultiFernet:
    return MultiFernet([Fernet(_key(secret)) for secret in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]])


def _key(secret: str) -> bytes:
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return base64.urlsafe_b64encode(derived)
