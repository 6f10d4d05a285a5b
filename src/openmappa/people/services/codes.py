"""Codes to set up with: made for somebody, shown once, used once, worth nothing after 72 hours."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from openmappa.accounts.models import User
from openmappa.audit.services import log
from openmappa.notices.services import tell
from openmappa.people.errors import NotChanged
from openmappa.people.models import SetUpCode
from openmappa.people.queries.codes import why_not_theirs
from openmappa.people.queries.people import line_managers_of, other_administrators
from openmappa.people.services.limits import require_vouching
from openmappa.signin.services import end_all_sessions

HOURS = 72
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Letters and digits that cannot be taken for one another, read out or written down."""

GROUPS, GROUP = 4, 4
"""Sixteen characters of 31: 79 bits, more than can be tried in 72 hours, so a wrong try needs no count."""


@transaction.atomic
def make_code(*, by: User, person: User) -> str:
    """A new code for somebody with access; the only time it can be read. An earlier one is worth nothing any more.

    Sessions go on and an old password holds until the code is used. Raises NotChanged for somebody without access, and
    where somebody else has to make it (``queries.codes.why_not_theirs``).
    """
    require_vouching(by, person)
    row = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if not row.is_active:
        raise NotChanged(f"{row.full_name} has no access, so there is nothing to set up")
    if why_not := why_not_theirs(by, row):
        raise NotChanged(why_not)
    code, until_at = write_code(row, made_by=by)
    about = {"person": row.pk, "username": row.username, "until": until_at.isoformat()}
    log(by=by, verb="make set-up code", operation="access", about=about)
    watching = [*line_managers_of(row), *other_administrators(row)]
    tell(
        people=[each for each in watching if each.pk != by.pk],
        kind="people",
        words=f"{by.full_name} made a set-up code for {row.full_name}.",
    )
    return code


def write_code(person: User, *, made_by: User | None) -> tuple[str, datetime]:
    """A new code and when it runs out, kept as a hash; within the transaction of whoever logs it."""
    code = "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
    now = timezone.now()
    until_at = now + timedelta(hours=HOURS)
    fresh = {"code_hash": _hashed(person, code), "made_by": made_by, "made_at": now, "until_at": until_at}
    SetUpCode.objects.update_or_create(person=person, defaults=fresh)
    return code, until_at


def holder_of(username: str, code: str) -> User | None:
    """The person whose code this is, while it holds; None for a wrong name or code, one used, or one that ran out.

    An unknown name takes as long as a wrong code. One query.
    """
    rows = SetUpCode.objects.filter(person__username=username, person__is_active=True).select_related("person__agency")
    row = rows.first()
    known = row.code_hash if row else "0" * 64
    fits = constant_time_compare(known, _hashed(row.person if row else User(pk=0), code))
    return row.person if row and fits and row.until_at > timezone.now() else None


@transaction.atomic
def set_up(*, username: str, code: str, password: str) -> User:
    """Give the holder of a code the password they chose; the code is used up, and sessions elsewhere end.

    Raises NotChanged when the code is worth nothing (any more).
    """
    if SetUpCode.objects.select_for_update().filter(person__username=username).first() is None:
        raise NotChanged(NO_CODE)
    person = holder_of(username, code)
    if person is None:
        raise NotChanged(NO_CODE)
    person.set_password(password)
    person.save(update_fields=["password"])
    SetUpCode.objects.filter(person=person).delete()
    end_all_sessions(by=person, person=person)
    log(by=person, verb="set up sign-in", operation="access", about={"person": person.pk})
    return person


NO_CODE = (
    "The user name and code do not go together, or the code was used or has run out. Check both. If it still does not "
    "work, ask whoever gave you the code for a new one"
)


def _hashed(person: User, code: str) -> str:
    """The code as it is kept, bound to its person. Small letters, spaces and dashes make no difference."""
    typed = "".join(char for char in code.upper() if char.isalnum())
    return salted_hmac(f"openmappa.people.code.{person.pk}", typed, algorithm="sha256").hexdigest()
