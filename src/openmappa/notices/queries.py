"""Reading one's own notices."""

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest

from openmappa.accounts.models import User
from openmappa.notices.models import Notice, NoticeQuerySet


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
