"""Reading one's own notices."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest

from openmappa.accounts.models import Mail, User
from openmappa.notices.models import Notice, NoticeQuerySet

NEWS_DAYS = 7
"""How old a notice may be for a message about it: whoever asks for messages after a year is not sent the year."""


def notices_of(user: User) -> NoticeQuerySet:
    """What this person was told, newest first."""
    return Notice.objects.filter(to=user)


def unread_count(user: User) -> int:
    """How many notices this person has not yet marked as read. One query on a partial index."""
    return notices_of(user).unread().count()


def for_the_header(request: HttpRequest) -> dict[str, Callable[[], int]]:
    """A context processor: what the header of every page asks for the count, which it does once, and only if shown."""
    user = getattr(request, "user", None)
    return {"unread_notices": partial(unread_count, user)} if isinstance(user, User) else {}


def people_to_write_to(now: datetime, today: date, *, digests: bool) -> list[int]:
    """Whom to send a message now: those with something unread that no message went out about. For a job. One query.

    ``digests``: the hour of the day has come at which those who want one message a day get it, unless they did today.
    """
    wants = Q(mail=Mail.AT_ONCE)
    if digests:
        wants |= Q(mail=Mail.DAILY) & (
            Q(mailing__isnull=True) | Q(mailing__digest_on__isnull=True) | Q(mailing__digest_on__lt=today)
        )
    ready = Q(mailing__isnull=True) | Q(mailing__next_at__isnull=True) | Q(mailing__next_at__lte=now)
    people = User.objects.filter(wants, ready, Exists(to_be_mailed(now).filter(to=OuterRef("pk"))), is_active=True)
    return list(people.exclude(email="").order_by("pk").values_list("pk", flat=True))


def to_be_mailed(now: datetime) -> NoticeQuerySet:
    """The notices, not too old, that nobody read and no message went out about."""
    return Notice.objects.unread().filter(mailed_at__isnull=True, at__gt=now - timedelta(days=NEWS_DAYS))
