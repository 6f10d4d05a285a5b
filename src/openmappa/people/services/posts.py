"""Joining, moving, leaving and coming back, and the second person's word on whatever gives more (decision 0012)."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.models import Agency, Area, Managing, Unit, User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.core.access import Permission, Rank, Role
from openmappa.core.posts import gives_more, objections
from openmappa.notices.services import tell
from openmappa.people.errors import ChangedMeanwhile, NotChanged, WrongPost
from openmappa.people.models import Posting, SetUpCode
from openmappa.people.queries.history import happened_to, in_words, waiting_of
from openmappa.people.queries.people import line_managers_of, second_people_for
from openmappa.people.services.covers import end_covers_of
from openmappa.people.services.limits import require_someone_else, require_vouching
from openmappa.signin.services import end_all_sessions

NOTICE = "people"


@dataclass(frozen=True)
class Post:
    """What somebody holds: a role with a rank, in a unit, in an area."""

    name: str
    role: Role
    rank: Rank
    unit: Unit | None
    area: Area | None

    @classmethod
    def of(cls, person: User) -> "Post":
        """What a person holds now."""
        return cls(person.full_name, Role(person.role), Rank(person.rank), person.unit, person.area)

    @property
    def settled(self) -> "Post":
        """The same with the unit's area, where there is a unit."""
        return replace(self, area=self.unit.area) if self.unit else self

    @property
    def said(self) -> dict[str, object]:
        """The post as the log keeps it."""
        places = {"unit": self.unit.code if self.unit else None, "area": self.area.code if self.area else None}
        return {"name": self.name, "role": self.role.value, "rank": self.rank.value, **places}


@transaction.atomic
def add_person(*, by: User, username: str, post: Post, reason: str, email: str = "") -> Posting:
    """Put somebody forward to join the actor's agency. They have no access until a second person has confirmed it.

    Raises NotChanged when the user name is taken, or the post does not fit.
    """
    require(by, Permission.MANAGE_PEOPLE)
    post = _fitting(by.agency, post)
    if User.objects.filter(username__iexact=username).exists():
        raise NotChanged(
            f"The user name “{username}” is taken. Choose another, or look among those who left", "username"
        )
    person = User.objects.create(
        username=username,
        full_name=post.name,
        agency=by.agency,
        area=post.area,
        unit=post.unit,
        role=post.role,
        rank=post.rank,
        is_active=False,
        password=make_password(None),
        email=email,
    )
    return _ask(by, person, Posting.Kind.JOINED, None, post, reason)


@transaction.atomic
def move_person(*, by: User, person: User, post: Post, reason: str, version: int) -> Posting:
    """Give somebody another name, role, rank, unit or area.

    What gives no more than they had holds from their next request on; what gives more waits for a second person, and
    until then they keep what they have. Raises NotChanged.
    """
    require(by, Permission.MANAGE_PEOPLE)
    require_someone_else(by, person)
    row = _locked(person, version)
    if not row.is_active:
        raise NotChanged(f"{row.full_name} has no access. Let them come back instead")
    before, post = Post.of(row), _fitting(row.agency, post)
    if post == before:
        raise NotChanged("Nothing here is different from what they have. Change something, or cancel")
    if gives_more(before.role, before.rank, post.role, post.rank):
        return _ask(by, row, Posting.Kind.MOVED, before, post, reason)
    entry = written(by, row, Posting.Kind.MOVED, before, post, reason, decided_by=by)
    _take_up(by, row, post)
    logged(by, "move person", row, before, post, reason)
    tell(people=line_managers_of(row), kind=NOTICE, words=f"{row.full_name} has {in_words(entry)}.", link=_page(row))
    return entry


@transaction.atomic
def end_access(*, by: User, person: User, reason: str, version: int) -> Posting:
    """Take all access from somebody at once: every session ends, the password and any code are worth nothing.

    An administrator may, and so may the line manager of the person's unit: taking away needs one person only.
    Their cases stay with the unit. Raises NotChanged.
    """
    require(by, Permission.ARRANGE_COVER)
    require_vouching(by, person)
    row = _locked(person, version)
    if not row.is_active:
        raise NotChanged(f"{row.full_name} has no access already")
    post = Post.of(row)
    _withdraw_waiting(by, row)
    entry = written(by, row, Posting.Kind.LEFT, post, post, reason, decided_by=by)
    row.is_active = False
    row.set_unusable_password()
    row.save(update_fields=["is_active", "password"])
    SetUpCode.objects.filter(person=row).delete()
    Managing.objects.filter(manager=row).delete()
    end_covers_of(by=by, person=row, as_absent=False)
    ended = end_all_sessions(by=by, person=row)
    logged(by, "end access", row, post, None, reason, sessions=ended)
    words = f"{row.full_name} has left. Look at the cases they held and hand them over."
    tell(people=line_managers_of(row), kind=NOTICE, words=words, link=_page(row))
    return entry


@transaction.atomic
def let_come_back(*, by: User, person: User, post: Post, reason: str, version: int) -> Posting:
    """Put somebody who left forward to come back. A second person confirms it; then they need a new code."""
    require(by, Permission.MANAGE_PEOPLE)
    require_someone_else(by, person)
    row = _locked(person, version)
    if row.is_active:
        raise NotChanged(f"{row.full_name} has access already")
    if waiting_of(row):
        raise NotChanged(f"{row.full_name} already waits for a second person")
    return _ask(by, row, Posting.Kind.RETURNED, Post.of(row), _fitting(row.agency, post), reason)


@transaction.atomic
def confirm(*, by: User, entry: Posting, version: int) -> Posting:
    """Say as the second person that a change is right; it holds from the person's next request on.

    Raises NotChanged when the actor asked for it, or it no longer waits.
    """
    require_vouching(by, entry.person)
    row = _locked(entry.person, version)
    waiting = _still_waiting(row, entry)
    if waiting.asked_by_id == by.pk:
        raise NotChanged("You asked for this yourself. Somebody else has to confirm it")
    before = Post.of(row) if row.is_active else None
    post = Post(waiting.name, Role(waiting.role), Rank(waiting.rank), waiting.unit, waiting.area)
    _decide(waiting, by, Posting.State.DONE)
    row.is_active = True
    row.recertified_on = timezone.localdate()
    _take_up(by, row, post)
    logged(by, "confirm change of access", row, before, post, waiting.reason, asked_by=waiting.asked_by_id)
    words = f"{by.full_name} has confirmed: {row.full_name} {in_words(waiting)}."
    tell(people=_asker(waiting), kind=NOTICE, words=words, link=_page(row))
    return waiting


@transaction.atomic
def refuse(*, by: User, entry: Posting, reason: str, version: int) -> Posting:
    """Refuse a change that waits, or withdraw one that the actor asked for. Nothing is given."""
    own = entry.asked_by_id == by.pk
    if not own:
        require_vouching(by, entry.person)
    row = _locked(entry.person, version)
    waiting = _still_waiting(row, entry)
    _decide(waiting, by, Posting.State.WITHDRAWN if own else Posting.State.REFUSED, reason)
    verb = "withdraw change of access" if own else "refuse change of access"
    logged(by, verb, row, None, None, reason, asked_by=waiting.asked_by_id)
    if not own:
        words = f"{by.full_name} has refused: {row.full_name} {in_words(waiting)}."
        tell(people=_asker(waiting), kind=NOTICE, words=words, link=_page(row))
    return waiting


@transaction.atomic
def confirm_access(*, by: User, person: User, version: int, today: date) -> Posting:
    """Confirm that somebody still needs what they can open (every 90 days). Nobody confirms themselves."""
    require_vouching(by, person)
    row = _locked(person, version)
    if not row.is_active:
        raise NotChanged(f"{row.full_name} has no access that could be confirmed")
    post = Post.of(row)
    entry = written(by, row, Posting.Kind.CONFIRMED, post, post, "Still needed", decided_by=by)
    before, row.recertified_on = row.recertified_on, today
    row.save(update_fields=["recertified_on"])
    dates = {"confirmed_before": before.isoformat() if before else None, "confirmed_now": today.isoformat()}
    logged(by, "confirm access", row, post, post, "", **dates)
    return entry


def _fitting(agency: Agency, post: Post) -> Post:
    """The post, settled in its unit's area; raises WrongPost when it does not fit the agency."""
    if post.unit is not None and post.unit.agency_id != agency.pk:
        raise WrongPost({"unit": "Choose a unit of your own agency"})
    post = post.settled
    against = objections(agency.kind, post.role, post.rank, has_unit=bool(post.unit), has_area=bool(post.area))
    if against:
        raise WrongPost(against)
    return post


def _locked(person: User, version: int) -> User:
    """The person, locked until the transaction ends. Raises ChangedMeanwhile when more has happened than was seen."""
    row = User.objects.select_for_update(of=("self",)).select_related("agency", "unit__area", "area").get(pk=person.pk)
    happened = happened_to(row)
    if len(happened) != version:
        raise ChangedMeanwhile(len(happened), happened[version:] or happened[-1:])
    return row


def _ask(by: User, person: User, kind: Posting.Kind, before: Post | None, post: Post, reason: str) -> Posting:
    """Write a change that waits for a second person, and tell those who may be it."""
    if waiting_of(person):
        raise NotChanged(f"Another change of {person.full_name} waits for a second person. Have that decided first")
    entry = written(by, person, kind, before, post, reason, decided_by=None, waits=True)
    logged(by, "ask for change of access", person, before, post, reason, kind=kind.value)
    words = f"{by.full_name} asks you to confirm: {post.name} {in_words(entry)}."
    tell(people=second_people_for(entry), kind=NOTICE, words=words, link=reverse("people:decide", args=[entry.pk]))
    return entry


def written(
    by: User | None,
    person: User,
    kind: Posting.Kind,
    before: Post | None,
    after: Post,
    reason: str,
    *,
    decided_by: User | None,
    waits: bool = False,
) -> Posting:
    """Write one entry into a person's history."""
    return Posting.objects.create(
        person=person,
        kind=kind,
        state=Posting.State.WAITING if waits else Posting.State.DONE,
        name_before=before.name if before else "",
        role_before=before.role if before else "",
        rank_before=before.rank if before else "",
        unit_before=before.unit if before else None,
        area_before=before.area if before else None,
        name=after.name,
        role=after.role,
        rank=after.rank,
        unit=after.unit,
        area=after.area,
        reason=reason,
        asked_by=by,
        needs_second=waits,
        decided_by=decided_by,
        decided_at=None if waits else timezone.now(),
    )


def _take_up(by: User, person: User, post: Post) -> None:
    """Let the person hold a post. What was arranged for the old one ends: cover, and further units to manage."""
    moved = (person.role, person.unit_id, person.area_id) != (
        post.role,
        post.unit.pk if post.unit else None,
        post.area.pk if post.area else None,
    )
    person.full_name, person.role, person.rank = post.name, post.role, post.rank
    person.unit, person.area = post.unit, post.area
    person.save(update_fields=["full_name", "role", "rank", "unit", "area", "is_active", "recertified_on"])
    if moved:
        end_covers_of(by=by, person=person, as_absent=True)
    if person.role != Role.LINE_MANAGER:
        Managing.objects.filter(manager=person).delete()


def _still_waiting(person: User, entry: Posting) -> Posting:
    waiting = waiting_of(person)
    if waiting is None or waiting.pk != entry.pk:
        raise NotChanged("This was decided already")
    return waiting


def _withdraw_waiting(by: User, person: User) -> None:
    waiting = waiting_of(person)
    if waiting is not None:
        _decide(waiting, by, Posting.State.WITHDRAWN, "Access was ended")


def _decide(entry: Posting, by: User, state: Posting.State, reason: str = "") -> None:
    entry.state, entry.decided_by, entry.decided_at, entry.decision_reason = state, by, timezone.now(), reason
    entry.save(update_fields=["state", "decided_by", "decided_at", "decision_reason"])


def logged(
    by: User | None, verb: str, person: User, before: Post | None, after: Post | None, reason: str, **more: Any
) -> None:
    """One event for what was done to a person's access: before and after, never a secret."""
    about = {
        "person": person.pk,
        "username": person.username,
        "before": before.said if before else None,
        "after": after.said if after else None,
        "reason": reason,
        **more,
    }
    log(by=by, verb=verb, operation="access", about=about)


def _asker(entry: Posting) -> list[User]:
    return [entry.asked_by] if entry.asked_by else []


def _page(person: User) -> str:
    return reverse("people:person", args=[person.pk])
