"""Entering how many posts a unit has from a day on, and voiding an entry that was wrong (decision 0067)."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from openmappa.accounts.models import Unit, User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.core.access import Permission, Role
from openmappa.core.inspection.establishment import MOST_POSTS, YEARS_AHEAD_DAYS, posts_on, roles_with_posts
from openmappa.people.errors import PostsChangedMeanwhile, PostsNotSaved
from openmappa.people.models import Establishment, said
from openmappa.people.queries.establishment import entries_of_unit, last_hand, units_with_posts, version_of_posts
from openmappa.people.services.limits import NotYours
from openmappa.ui.formats import day, lower_first


@transaction.atomic
def enter_posts(
    *,
    by: User,
    unit: Unit,
    role: Role,
    posts: Decimal | None,
    from_on: date,
    reason: str,
    seen: int | None,
    today: date,
) -> Establishment:
    """Say how many posts of a role a unit has from a day on; ``posts`` None: from that day it has none any more.

    ``seen`` is the version of the unit's posts that the page showed. Raises NotAllowed, NotYours, PostsNotSaved.
    """
    standing = _locked(by, unit, seen)
    if role not in roles_with_posts(unit.agency.kind):
        raise PostsNotSaved({"role": f"Nobody of {unit.agency.name} is {lower_first(role.label)}. Choose another role"})
    _check_number(posts)
    latest = today + timedelta(days=YEARS_AHEAD_DAYS)
    if from_on > latest:
        raise PostsNotSaved({"from_on": f"The first day must be {day(latest)} or earlier: a year ahead at most"})
    if not reason.strip():
        raise PostsNotSaved({"reason": "Say why: who decided it, and when"})
    same = [row for row in standing if row.role == role]
    there = next((row for row in same if row.from_on == from_on), None)
    if there is not None:
        raise PostsNotSaved(
            {"from_on": f"From {day(from_on)} {there.in_words} is entered already. If that is wrong, void it first"}
        )
    before = posts_on([row.posts_from for row in same], from_on)
    if posts == before:
        raise PostsNotSaved({"posts": _nothing_new(posts, from_on)})
    row = Establishment.objects.create(
        unit=unit,
        role=role.value,
        posts=posts,
        from_on=from_on,
        reason=reason.strip(),
        entered_by=by,
        entered_at=timezone.now(),
    )
    log(by=by, verb="set posts", about={**_about(row), "reason": row.reason, "posts_before": said(before)})
    return row


@transaction.atomic
def void_posts(*, by: User, entry: Establishment, reason: str, seen: int | None) -> Establishment:
    """Say that an entry was wrong, and why. It stays, and counts no longer.

    Raises NotAllowed, NotYours, PostsNotSaved.
    """
    standing = _locked(by, entry.unit, seen)
    row = next((each for each in standing if each.pk == entry.pk), None)
    if row is None:
        raise PostsNotSaved({"": "This entry was voided already"})
    if not reason.strip():
        raise PostsNotSaved({"reason": "Say what was wrong with it"})
    row.voided_at, row.voided_by, row.void_reason = timezone.now(), by, reason.strip()
    row.save(update_fields=["voided_at", "voided_by", "void_reason"])
    log(by=by, verb="void posts", about={**_about(row), "reason": row.void_reason})
    return row


def _locked(by: User, unit: Unit, seen: int | None) -> list[Establishment]:
    """The standing entries of a unit that nobody else changes until the transaction ends.

    Raises PostsChangedMeanwhile when more has been entered or voided than was seen.
    """
    require(by, Permission.SET_POSTS)
    if not units_with_posts(by).filter(pk=unit.pk).exists():
        raise NotYours(f"The posts of {unit.name} are set by its line managers and the administrators of its agency.")
    Unit.objects.select_for_update().get(pk=unit.pk)
    entries = entries_of_unit(unit)
    if seen != version_of_posts(entries):
        raise PostsChangedMeanwhile(last_hand(entries) or "Somebody")
    return [entry for entry in entries if not entry.is_voided]


def _check_number(posts: Decimal | None) -> None:
    if posts is None:
        return
    if not posts.is_finite() or not 0 < posts <= MOST_POSTS:
        raise PostsNotSaved({"posts": f"Posts must be more than 0 and no more than {MOST_POSTS}. Empty ends them"})
    if posts != posts.quantize(Decimal("0.1")):
        raise PostsNotSaved({"posts": "Posts have one decimal at most, like 4.5"})


def _nothing_new(posts: Decimal | None, from_on: date) -> str:
    if posts is None:
        return f"There are no posts on {day(from_on)} that could end. Enter how many there are"
    return f"{said(posts)} is what holds on {day(from_on)} already. Enter what changes, or cancel"


def _about(row: Establishment) -> dict[str, object]:
    return {
        "entry": row.pk,
        "unit": row.unit.code,
        "role": row.role,
        "posts": row.in_words,
        "from": row.from_on.isoformat(),
    }
