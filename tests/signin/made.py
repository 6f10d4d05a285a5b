"""People who sign in, and what they hold in their hands: an app that shows codes, and a key that signs."""

import base64
import hashlib
import json
import re
import struct
import time
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2 import cbor
from fido2.cose import ES256

from openmappa.accounts.models import User
from openmappa.audit.models import Event
from openmappa.core.access import Role
from openmappa.signin.models import OpenSession
from tests.worklist.made import a_person_with

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
LAPTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"


def officer(name: str = "Officer Sample One") -> User:
    """A police officer with the password "right" and nothing else."""
    return a_person_with(Role.POLICE_OFFICER, name=name)


def code(secret: str = SECRET, *, steps: int = 0) -> str:
    """What the app shows, so many half-minutes from now."""
    shown: str = format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))
    return shown


def give_app(person: User) -> Authenticator:
    """An authenticator app, set up at some time before."""
    data = {"secret": get_adapter().encrypt(SECRET)}
    return Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data=data)


def give_codes(person: User) -> list[str]:
    """Recovery codes."""
    codes: list[str] = RecoveryCodes.activate(person).generate_codes()
    return codes


def signing_in(person: User, password: str = "right", **more: str) -> Client:
    """A browser in which this person has sent the sign-in form."""
    client = Client(headers={"User-Agent": LAPTOP})
    client.post("/sign-in/", {"username": person.username, "password": password, **more})
    return client


def sessions(person: User) -> list[OpenSession]:
    """The person's sessions that are open."""
    return list(OpenSession.objects.open().filter(person=person))


def events(**narrowed: object) -> list[tuple[str, str]]:
    """Verb and outcome of each event of signing in, in order; not those of pages that were asked for in vain."""
    rows = Event.objects.filter(operation="access", **narrowed).exclude(verb__startswith="ask for").order_by("at", "id")
    return [(row.verb, row.outcome) for row in rows]


def shown_key(page: str) -> str:
    """The key for the app that a page shows."""
    found = re.search(r'class="om-key"[^>]*>([A-Z2-7 ]+)<', page)
    assert found
    return found[1].replace(" ", "")


class Key:
    """A security key in software: makes a passkey and signs with it, as a browser would send it."""

    def __init__(self, origin: str = "https://testserver", site: str = "testserver") -> None:
        self.origin, self.site = origin, site
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.number = b"sample-key-" + bytes(str(id(self)), "ascii")
        self.owner = b""

    def make(self, options: dict[str, Any], *, verified: bool = True) -> dict[str, Any]:
        """The answer to ``navigator.credentials.create``."""
        asked = options["publicKey"]
        self.owner = unpacked(asked["user"]["id"])
        public = cbor.encode(ES256.from_cryptography_key(self.private.public_key()))  # type: ignore[no-untyped-call]
        held = bytes(16) + struct.pack(">H", len(self.number)) + self.number + public
        attested = {"fmt": "none", "attStmt": {}, "authData": self._about(0x41, verified) + held}
        answer = {"attestationObject": packed(cbor.encode(attested))}
        return self._told("webauthn.create", asked["challenge"], answer)

    def use(self, options: dict[str, Any], *, verified: bool = True) -> dict[str, Any]:
        """The answer to ``navigator.credentials.get``."""
        about = self._about(0x01, verified)
        told = self._told("webauthn.get", options["publicKey"]["challenge"], {})
        client = unpacked(told["response"]["clientDataJSON"])
        signature = self.private.sign(about + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        told["response"] |= {
            "authenticatorData": packed(about),
            "signature": packed(signature),
            "userHandle": packed(self.owner),
        }
        return told

    def _about(self, flags: int, verified: bool) -> bytes:
        site = hashlib.sha256(self.site.encode()).digest()
        return site + bytes([flags | (0x04 if verified else 0)]) + struct.pack(">I", 0)

    def _told(self, kind: str, challenge: str, answer: dict[str, Any]) -> dict[str, Any]:
        client = json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False})
        return {
            "id": packed(self.number),
            "rawId": packed(self.number),
            "type": "public-key",
            "clientExtensionResults": {"credProps": {"rk": True}} if kind == "webauthn.create" else {},
            "response": {"clientDataJSON": packed(client.encode()), **answer},
        }


def packed(content: bytes) -> str:
    """Base64 for addresses, without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def unpacked(text: str) -> bytes:
    """What ``packed`` packed."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
