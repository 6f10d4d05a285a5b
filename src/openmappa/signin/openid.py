"""OpenID Connect with an agency's sign-in, by Authlib: code flow, PKCE, state, nonce, and every signature checked."""

import time
from dataclasses import dataclass
from typing import Any, Final

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import OAuth
from django.http import HttpRequest
from joserfc.errors import JoseError
from requests import RequestException

from openmappa.signin.agencies import AgencySignIn

PATIENCE_SECONDS: Final = 8
LEEWAY_SECONDS: Final = 60
JUST_NOW_SECONDS: Final = 300
LONGEST_NAME: Final = 255
SIGNED_BY: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures that only the agency can make. One made with our own shared secret, or none, proves nothing here."""


class NotUsable(Exception):
    """The agency's sign-in led to nothing. ``why``: unreachable, broken_off, expired or not_understood."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Claims:
    """What an agency's sign-in says, checked: whom it means, and whether it asked for a second factor, and just now."""

    subject: str
    username: str
    second_factor: bool
    just_now: bool


def way_to(agency: AgencySignIn, request: HttpRequest, back: str, *, again: bool) -> str:
    """The address of the agency's sign-in; ``again`` has it ask even somebody whom it knows. Raises NotUsable."""
    more = {"prompt": "login", "max_age": "0"} if again else {}
    try:
        answer = _client(agency).authorize_redirect(request, back, **more)
    except RequestException as problem:
        raise NotUsable("unreachable") from problem
    except (AuthlibBaseError, RuntimeError, ValueError, KeyError) as problem:
        raise NotUsable("not_understood") from problem
    return str(answer.headers["Location"])


def claims_from(agency: AgencySignIn, request: HttpRequest) -> Claims:
    """What the agency's sign-in says of whoever came back from there. Raises NotUsable."""
    if request.GET.get("error") in ("access_denied", "login_required", "interaction_required"):
        raise NotUsable("broken_off")
    expected = {
        "iss": {"essential": True, "value": agency.issuer},
        "aud": {"essential": True, "value": agency.client_id},
        "sub": {"essential": True},
    }
    try:
        client = _client(agency)
        token = client.authorize_access_token(request, claims_options=expected, leeway=LEEWAY_SECONDS)
        claims = token["userinfo"]
    except RequestException as problem:
        raise NotUsable("unreachable") from problem
    except AuthlibBaseError as problem:
        raise NotUsable("expired" if problem.error == "mismatching_state" else "not_understood") from problem
    except (JoseError, RuntimeError, ValueError, KeyError, TypeError) as problem:
        raise NotUsable("not_understood") from problem
    if not _is_a_name(claims["sub"]):
        raise NotUsable("not_understood")
    return _claims(agency, claims)


def _is_a_name(value: object) -> bool:
    """Whether a claim is a text that can be kept and looked for (OpenID Connect Core, 2: at most 255 characters)."""
    return isinstance(value, str) and 0 < len(value) <= LONGEST_NAME and value.isprintable()


def _claims(agency: AgencySignIn, claims: Any) -> Claims:
    named = claims.get(agency.username_claim) if agency.username_claim else ""
    methods = claims.get("amr")
    asked_at = claims.get("auth_time", 0)
    return Claims(
        subject=claims["sub"],
        username=named if _is_a_name(named) else "",
        second_factor=bool(set(agency.second_factor) & {str(each) for each in methods or ()}),
        just_now=isinstance(asked_at, int | float) and asked_at > time.time() - JUST_NOW_SECONDS,
    )


def _client(agency: AgencySignIn) -> Any:
    """A client that has read what the agency's sign-in says of itself, and believes only what it may.

    Read anew each time: people sign in seldom, and an agency may change its keys or addresses on any day.
    """
    client = OAuth().register(
        agency.provider,
        client_id=agency.client_id,
        client_secret=agency.client_secret,
        server_metadata_url=f"{agency.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": " ".join(agency.scopes),
            "code_challenge_method": "S256",
            "default_timeout": PATIENCE_SECONDS,
        },
    )
    metadata = client.load_server_metadata()
    if metadata.get("issuer") != agency.issuer:
        raise RuntimeError("The agency's sign-in says that it is another one.")
    signed_by = [each for each in metadata.get("id_token_signing_alg_values_supported", []) if each in SIGNED_BY]
    if not signed_by:
        raise RuntimeError("The agency's sign-in signs in no way that can be checked.")
    metadata["id_token_signing_alg_values_supported"] = signed_by
    return client
