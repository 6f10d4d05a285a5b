"""What is known about how people sign in: locks, sessions, second factors."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from openmappa.accounts.models import User
from openmappa.signin.models import Ended, FailedAttempt, OpenSession, OutsideIdentity

KINDS = {
    Authenticator.Type.TOTP: "Authenticator app",
    Authenticator.Type.WEBAUTHN: "Passkey",
    Authenticator.Type.RECOVERY_CODES: "Recovery codes",
}


def subject_of(kind: str, name: str) -> str:
    """The keyed digest under which attempts are counted: for passwords by the name typed, else by person."""
    return salted_hmac("openmappa.signin", f"{kind}:{name.strip().casefold()}", algorithm="sha256").hexdigest()


def locked_until(subject: str, address: str | None, now: datetime) -> datetime | None:
    """Until when nothing is tried for this subject, or from this address, after too many failures; None when open.

    At most two queries. A lock runs from the failure that reached the limit, and trying meanwhile does not lengthen it.
    """
    since = now - timedelta(minutes=settings.OPENMAPPA_LOCK_MINUTES)
    recent = FailedAttempt.objects.filter(at__gt=since).order_by("-at").values_list("at", flat=True)
    limits = [(recent.filter(subject=subject), settings.OPENMAPPA_LOCK_AFTER)]
    if address:
        limits.append((recent.filter(address=address), settings.OPENMAPPA_LOCK_ADDRESS_AFTER))
    ends = [times[0] for rows, limit in limits if len(times := list(rows[:limit])) == limit]
    return max(ends) + timedelta(minutes=settings.OPENMAPPA_LOCK_MINUTES) if ends else None


def over(session: OpenSession, now: datetime) -> Ended | None:
    """Why a session is over by now, if it is."""
    if now >= session.started_at + timedelta(seconds=settings.SESSION_COOKIE_AGE):
        return Ended.TOO_OLD
    if now >= session.last_seen_at + timedelta(minutes=settings.OPENMAPPA_IDLE_MINUTES):
        return Ended.IDLE
    return None


def open_sessions_of(person: User) -> list[OpenSession]:
    """Where a person is signed in now, the latest used first. One query."""
    now = timezone.now()
    return [session for session in OpenSession.objects.open().filter(person=person) if not over(session, now)]


@dataclass(frozen=True)
class Factor:
    """A second factor as pages show it. ``codes_left`` is for recovery codes alone."""

    pk: int
    kind: str
    name: str
    made_at: datetime
    used_at: datetime | None
    codes_left: int | None = None
    without_password: bool = False


def factors_of(person: User) -> list[Factor]:
    """Everything a person has besides a password: app, passkeys, recovery codes. One query."""
    rows = Authenticator.objects.filter(user_id=person.pk).order_by("created_at", "pk")
    return [_factor(row) for row in rows]


def proofs_of(factors: Iterable[Factor]) -> list[Factor]:
    """Those of them that sign-in asks for. Recovery codes alone are none: they stand in for one that is lost."""
    return [factor for factor in factors if factor.kind != Authenticator.Type.RECOVERY_CODES]


def has_second_factor(person: User) -> bool:
    """Whether sign-in asks this person for a second proof. One query."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return bool(Authenticator.objects.filter(user_id=person.pk, type__in=kinds).exists())


def identities_of(person: User) -> dict[str, OutsideIdentity]:
    """Who the person is at agencies' own sign-ins, by the agency's short name. One query."""
    return {row.provider: row for row in OutsideIdentity.objects.filter(person=person)}


def looked_after_by(administrator: User, pk: int) -> User | None:
    """A person of the administrator's own agency, other than themselves; None when there is none of this number."""
    people = User.objects.filter(agency_id=administrator.agency_id, pk=pk).exclude(pk=administrator.pk)
    return people.select_related("unit", "area").first()


def _factor(row: Authenticator) -> Factor:
    wrapped = row.wrap()
    passkey = row.type == Authenticator.Type.WEBAUTHN
    recovery = row.type == Authenticator.Type.RECOVERY_CODES
    return Factor(
        row.pk,
        row.type,
        wrapped.name if passkey else KINDS[Authenticator.Type(row.type)],
        row.created_at,
        row.last_used_at,
        len(wrapped.get_unused_codes()) if recovery else None,
        bool(wrapped.is_passwordless) if passkey else False,
    )
