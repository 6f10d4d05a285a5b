"""The pages about people that a reader has, each with how much waits there."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.core.access import Permission
from openmappa.people.models import Posting
from openmappa.people.queries.people import looked_after_by, looks_after_people, not_confirmed, vouched_for_by


@dataclass(frozen=True)
class Tab:
    """One of the pages: what the tabs' macro shows."""

    text: str
    href: str
    current: bool
    count: int | None = None


def tabs_for(user: User, current: str) -> list[Tab]:
    """The pages this person has. Three queries at most; none for who only has their own cover."""
    rows: list[tuple[str, str, int | None]] = []
    if looks_after_people(user):
        waiting = Posting.objects.waiting().filter(Q(person__in=looked_after_by(user).values("pk"))).count()
        late = not_confirmed(vouched_for_by(user), timezone.localdate()).order_by().count()
        rows += [
            ("People", "people:list", None),
            ("Waiting", "people:waiting", waiting or None),
            ("To confirm", "people:to_confirm", late or None),
        ]
    rows.append(("Cover", "people:covers", None))
    if user.may(Permission.SET_POSTS):
        rows.append(("Posts", "people:posts", None))
    if user.may(Permission.MANAGE_PEOPLE):
        rows.append(("Line managers", "people:line_managers", None))
    rows.append(("Roles", "accounts:roles", None))
    return [Tab(text, reverse(name), name == current, count) for text, name, count in rows]
