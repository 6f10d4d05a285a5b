"""Signing in and out, second factors, sessions, passwords: each a verb, a transaction and an event of access."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.conf import settings
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.core.access import Permission
from openmappa.signin import factors
from openmappa.signin.agencies import AgencySignIn
from openmappa.signin.browser import CameFrom
from openmappa.signin.errors import NotDone
from openmappa.signin.models import Ended, FailedAttempt, How, OpenSession, OutsideIdentity
from openmappa.signin.queries import has_second_factor, locked_until, subject_of

MARK: Final = "signin.session"
"""The key in Django's session that holds the number of its OpenSession."""
WHY: Final = "signin.why"
"""The key in the session of somebody signed out under which it says why, for the sign-in page to tell."""
HALF: Final = "signin.half"
"""The key in the session under which somebody waits whose password was right, for the second proof."""
KEPT_DAYS: Final = 30
SEEN_EVERY: Final = timedelta(seconds=20)


@dataclass(frozen=True)
class Attempt:
    """What came of an attempt: the person and by what, or until when nothing is tried (``locked_until``)."""

    person: User | None = None
    how: How = How.PASSWORD
    locked_until: datetime | None = None


@dataclass(frozen=True)
class Proof:
    """What somebody offers; one of the three."""

    code: str = field(default="", repr=False)
    credential: Mapping[str, Any] | None = field(default=None, repr=False)
    password: str = field(default="", repr=False)

    @property
    def what(self) -> str:
        """Which of them, as the log says it."""
        return "passkey" if self.credential else "code" if self.code else "password"


@transaction.atomic
def try_password(*, username: str, password: str, came: CameFrom) -> Attempt:
    """Whose name and password these are. A name that nobody has is hashed, counted and locked like any other."""
    known = User.objects.filter(username=username).values_list("pk", flat=True).first()

    def check() -> tuple[Any, How]:
        return authenticate(username=username, password=password), How.PASSWORD

    return _attempt(None, subject_of("password", username), came, check, {"tried": "password", "person": known})


@transaction.atomic
def try_proof(*, person: User, proof: Proof, came: CameFrom, by: User | None = None) -> Attempt:
    """One more proof of who somebody is: a code, a passkey or, of somebody signed in (``by``), the password again."""
    about = {"tried": proof.what, "person": person.pk}
    return _attempt(by, subject_of("proof", str(person.pk)), came, lambda: _check(person, proof), about)


def _attempt(
    by: User | None,
    subject: str,
    came: CameFrom,
    check: Callable[[], tuple[Any, How]],
    about: Mapping[str, object],
) -> Attempt:
    """One at a time for each subject, so that trying in parallel gains nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [subject])
    now = timezone.now()
    about = {**about, "from": came.address, "browser": came.browser}
    if until := locked_until(subject, came.address, now):
        log(by=by, verb="refuse while locked", operation="access", outcome="refused", about=about)
        return Attempt(locked_until=until)
    person, how = check()
    if isinstance(person, User):
        FailedAttempt.objects.filter(subject=subject).delete()
        return Attempt(person, how)
    FailedAttempt.objects.filter(at__lt=now - timedelta(days=1)).delete()
    FailedAttempt.objects.create(subject=subject, address=came.address, at=now)
    until = locked_until(subject, came.address, now)
    verb = "lock after failures" if until else "fail to sign in"
    log(by=by, verb=verb, operation="access", outcome="refused", about=about)
    return Attempt(locked_until=until)


def _check(person: User, proof: Proof) -> tuple[User | None, How]:
    if proof.credential is not None:
        return _use_passkey(person, proof.credential)
    if proof.code:
        return _use_code(person, proof.code)
    return (person if person.check_password(proof.password) else None), How.PASSWORD


def _use_code(person: User, code: str) -> tuple[User | None, How]:
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES]
    rows = {row.type: row for row in Authenticator.objects.select_for_update().filter(user=person, type__in=kinds)}
    if app := rows.get(Authenticator.Type.TOTP):
        step = factors.step_of(factors.app_secret(app), code, after=app.data.get("last_step", -1))
        if step is not None:
            _note_use(app, last_step=step)
            return person, How.APP
    codes = rows.get(Authenticator.Type.RECOVERY_CODES)
    if codes and codes.wrap().validate_code(factors.tidy(code)):
        codes.refresh_from_db()
        _note_use(codes)
        left = len(codes.wrap().get_unused_codes())
        log(by=person, verb="use a recovery code", operation="access", about={"left": left})
        return person, How.RECOVERY_CODE
    return None, How.APP


def _use_passkey(person: User, credential: Mapping[str, Any]) -> tuple[User | None, How]:
    passkey = factors.used(person, dict(credential))
    if passkey is None:
        return None, How.PASSKEY
    _note_use(passkey)
    return person, How.PASSKEY


def _note_use(factor: Authenticator, **more: object) -> None:
    factor.data = {**factor.data, **more}
    factor.last_used_at = timezone.now()
    factor.save(update_fields=["data", "last_used_at"])


@transaction.atomic
def begin_session(
    *, request: HttpRequest, person: User, how: How, second_factor: bool, came: CameFrom, provider: str = ""
) -> OpenSession:
    """Sign a person in. The browser's session gets a new key, so that none can be planted."""
    request.session.pop(HALF, None)
    login(request, person)
    OpenSession.objects.filter(person=person, ended_at__lt=timezone.now() - timedelta(days=KEPT_DAYS)).delete()
    session = _noted(request, person, how=how, second_factor=second_factor, came=came, provider=provider)
    about = {"how": how.value, "second_factor": second_factor, "from": came.address, "browser": came.browser}
    log(by=person, verb="sign in", operation="access", about={**about, "provider": provider} if provider else about)
    return session


def adopt_session(*, request: HttpRequest, person: User, came: CameFrom) -> OpenSession:
    """Note a session that Django's own ``login`` began, from its first request on."""
    return _noted(request, person, how=How.PASSWORD, second_factor=False, came=came, provider="")


def _noted(
    request: HttpRequest, person: User, *, how: How, second_factor: bool, came: CameFrom, provider: str
) -> OpenSession:
    session = OpenSession.objects.create(
        person=person,
        session_key=request.session.session_key,
        how=how,
        provider=provider,
        second_factor=second_factor,
        address=came.address,
        browser=came.browser,
    )
    request.session[MARK] = session.pk
    return session


def note_seen(*, session: OpenSession, now: datetime) -> None:
    """Note that somebody is there; at most every 20 seconds, and never waiting for another request of the session."""
    if now - session.last_seen_at < SEEN_EVERY:
        return
    with transaction.atomic():
        free = OpenSession.objects.open().select_for_update(skip_locked=True).filter(pk=session.pk)
        if free.values_list("pk", flat=True).first():
            OpenSession.objects.filter(pk=session.pk).update(last_seen_at=now)
    session.last_seen_at = now


@transaction.atomic
def note_proved(*, by: User, session: OpenSession, how: How) -> None:
    """The person has proved once more who they are."""
    session.proved_at = timezone.now()
    session.save(update_fields=["proved_at"])
    log(by=by, verb="prove again", operation="access", about={"how": how.value})


@transaction.atomic
def sign_out(*, request: HttpRequest, because: Ended = Ended.SIGNED_OUT) -> None:
    """End the session of this browser, whatever was in it."""
    person, pk = request.user, int(request.session.get(MARK) or 0)
    if isinstance(person, User):
        verb = "sign out" if because is Ended.SIGNED_OUT else "end a session"
        log(by=person, verb=verb, operation="access", about={"because": because.value})
    _forget(OpenSession.objects.filter(pk=pk), because)
    logout(request)
    if because is not Ended.SIGNED_OUT:
        request.session[WHY] = because.value


@transaction.atomic
def end_session(*, by: User, session: OpenSession) -> None:
    """End one of one's own sessions, from another."""
    if _forget(OpenSession.objects.filter(pk=session.pk, person=by), Ended.BY_THEM):
        log(by=by, verb="end a session", operation="access", about={"session": session.pk, "browser": session.browser})


@transaction.atomic
def end_other_sessions(*, by: User, keep: OpenSession, because: Ended = Ended.BY_THEM) -> int:
    """End all of one's own sessions but this one; how many there were."""
    ended = _forget(OpenSession.objects.filter(person=by).exclude(pk=keep.pk), because)
    if ended:
        log(by=by, verb="end other sessions", operation="access", about={"sessions": ended, "because": because.value})
    return ended


@transaction.atomic
def end_all_sessions(*, by: User, person: User) -> int:
    """End every session of somebody, who has left or whose sign-in was reset; how many there were."""
    ended = _forget(OpenSession.objects.filter(person=person), Ended.BY_ADMINISTRATOR)
    log(by=by, verb="end all sessions", operation="access", about={"person": person.pk, "sessions": ended})
    return ended


def _forget(sessions: Any, because: Ended) -> int:
    """The rows say that they are over, and Django's sessions behind them are gone from the next request on."""
    rows = list(sessions.open().select_for_update())
    Session.objects.filter(session_key__in=[row.session_key for row in rows]).delete()
    ended = OpenSession.objects.filter(pk__in=[row.pk for row in rows])
    return ended.update(ended_at=timezone.now(), ended_because=because, session_key=None)


@transaction.atomic
def set_up_app(*, by: User, session: OpenSession, secret: str, step: int) -> list[str]:
    """Give oneself an authenticator app, in place of another; recovery codes, if they are the first."""
    Authenticator.objects.filter(user=by, type=Authenticator.Type.TOTP).delete()
    kept = {"secret": get_adapter().encrypt(secret), "last_step": step}
    Authenticator.objects.create(user=by, type=Authenticator.Type.TOTP, data=kept)
    log(by=by, verb="set up an authenticator app", operation="access")
    return _after_setting_up(by, session)


@transaction.atomic
def set_up_passkey(*, by: User, session: OpenSession, name: str, credential: Mapping[str, Any]) -> list[str]:
    """Give oneself a passkey; recovery codes, if they are the first."""
    WebAuthn.add(by, name, dict(credential))
    log(by=by, verb="set up a passkey", operation="access", about={"name": name})
    return _after_setting_up(by, session)


def _after_setting_up(by: User, session: OpenSession) -> list[str]:
    session.second_factor = True
    session.proved_at = timezone.now()
    session.save(update_fields=["second_factor", "proved_at"])
    if Authenticator.objects.filter(user=by, type=Authenticator.Type.RECOVERY_CODES).exists():
        return []
    return make_recovery_codes(by=by)


@transaction.atomic
def make_recovery_codes(*, by: User) -> list[str]:
    """Ten new recovery codes, to be shown once; older ones are good for nothing from now on."""
    User.objects.select_for_update().get(pk=by.pk)
    Authenticator.objects.filter(user=by, type=Authenticator.Type.RECOVERY_CODES).delete()
    codes: list[str] = RecoveryCodes.activate(by).generate_codes()
    log(by=by, verb="make recovery codes", operation="access", about={"codes": len(codes)})
    return codes


@transaction.atomic
def remove_factor(*, by: User, pk: int) -> None:
    """Take away one's own app or passkey. The last one goes only where none is required; its recovery codes with it."""
    own = Authenticator.objects.select_for_update().filter(user=by)
    factor = own.exclude(type=Authenticator.Type.RECOVERY_CODES).filter(pk=pk).first()
    if factor is None:
        raise NotDone("That way of proving who you are has been removed already.")
    others = own.exclude(type=Authenticator.Type.RECOVERY_CODES).exclude(pk=pk)
    if settings.OPENMAPPA_MFA_REQUIRED and not others.exists():
        raise NotDone("This is the only second way you have to prove who you are. Set up another one first.")
    kind = factor.type
    factor.delete()
    if not has_second_factor(by):
        own.delete()
    log(by=by, verb="remove a second factor", operation="access", about={"kind": kind})


@transaction.atomic
def forget_factors(*, by: User, person: User, reason: str) -> None:
    """For somebody who has lost them: take away every second factor, and end every session."""
    _require_other(by, person)
    removed, _ = Authenticator.objects.filter(user=person).delete()
    about = {"person": person.pk, "factors": removed, "reason": reason}
    log(by=by, verb="forget second factors", operation="access", about=about)
    end_all_sessions(by=by, person=person)


@transaction.atomic
def lift_lock(*, by: User, person: User) -> None:
    """Let somebody try again who is locked out."""
    _require_other(by, person)
    subjects = [subject_of("password", person.username), subject_of("proof", str(person.pk))]
    FailedAttempt.objects.filter(subject__in=subjects).delete()
    log(by=by, verb="lift a lock", operation="access", about={"person": person.pk})


@transaction.atomic
def change_password(*, request: HttpRequest, by: User, session: OpenSession, password: str) -> None:
    """Change one's own password, which ends every other session. The form has checked the old one and the new one."""
    by.set_password(password)
    by.save(update_fields=["password"])
    log(by=by, verb="change password", operation="access")
    update_session_auth_hash(request, by)
    OpenSession.objects.filter(pk=session.pk).update(session_key=request.session.session_key)
    end_other_sessions(by=by, keep=session, because=Ended.PASSWORD_CHANGED)


@transaction.atomic
def link_identity(*, by: User, person: User, agency: AgencySignIn, subject: str) -> None:
    """Say who a person is at their agency's own sign-in; what was said before is replaced."""
    _require_other(by, person)
    taken = OutsideIdentity.objects.filter(provider=agency.provider, subject=subject).exclude(person=person)
    if taken.exists():
        raise NotDone("Somebody else here is linked with that already. Check whose it is.")
    OutsideIdentity.objects.filter(provider=agency.provider, person=person).delete()
    OutsideIdentity.objects.create(provider=agency.provider, person=person, subject=subject, linked_by=by)
    log(by=by, verb="link a sign-in", operation="access", about={"person": person.pk, "provider": agency.provider})


@transaction.atomic
def unlink_identity(*, by: User, person: User, provider: str) -> None:
    """A person no longer signs in through their agency."""
    _require_other(by, person)
    removed, _ = OutsideIdentity.objects.filter(provider=provider, person=person).delete()
    if removed:
        log(by=by, verb="unlink a sign-in", operation="access", about={"person": person.pk, "provider": provider})


@transaction.atomic
def recognise(*, agency: AgencySignIn, subject: str, username: str) -> User | None:
    """Whom an agency's sign-in speaks of: the person linked or, the first time, the agency's person of this user name.

    From then on it must be the same subject: a user name that the agency gives to somebody else opens nothing here.
    """
    linked = OutsideIdentity.objects.filter(provider=agency.provider, subject=subject).select_related("person__agency")
    if row := linked.first():
        person = row.person
        return person if person.is_active and person.agency.code == agency.agency else None
    if not username:
        return None
    free = User.objects.filter(agency__code=agency.agency, username=username, is_active=True)
    known = OutsideIdentity.objects.filter(provider=agency.provider).values("person")
    newcomer = free.exclude(pk__in=known).first()
    if newcomer:
        OutsideIdentity.objects.create(provider=agency.provider, person=newcomer, subject=subject)
        log(by=newcomer, verb="link a sign-in", operation="access", about={"provider": agency.provider})
    return newcomer


def note_refused(*, by: User | None, agency: AgencySignIn, why: str, came: CameFrom) -> None:
    """Note that an agency's sign-in led to nobody here, or to somebody other than who is signed in (``by``)."""
    about = {"provider": agency.provider, "why": why, "from": came.address, "browser": came.browser}
    log(by=by, verb="refuse at sign-in", operation="access", outcome="refused", about=about)


def _require_other(by: User, person: User) -> None:
    require(by, Permission.MANAGE_PEOPLE)
    if by.pk == person.pk:
        raise NotDone("Another administrator must do this for you.")
    if by.agency_id != person.agency_id:
        raise NotDone("Somebody of another agency is looked after by that agency’s administrator.")
