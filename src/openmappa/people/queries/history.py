"""What happened to a person's access, and which version of it a page was opened on."""

from collections.abc import Iterable
from datetime import datetime
from itertools import chain

from openmappa.accounts.models import User
from openmappa.people.errors import Happened
from openmappa.people.models import Posting
from openmappa.ui.formats import joined, lower_first

COMMAND = "The command line"


def entries_of(person: User) -> list[Posting]:
    """Every entry of the person, newest first, with the people and places that it names. One query."""
    places = ("unit_before", "area_before", "unit", "area", "asked_by", "decided_by")
    return list(Posting.objects.filter(person=person).select_related(*places).order_by("-asked_at", "-pk"))


def waiting_of(person: User) -> Posting | None:
    """The entry of this person that waits for a second person, if there is one. One query."""
    return Posting.objects.waiting().filter(person=person).select_related("unit", "area", "asked_by").first()


def waiting_for(people: Iterable[int]) -> list[Posting]:
    """The entries of these people that wait for a second person, the longest waiting first. One query."""
    named = ("person__agency", "unit", "area", "unit_before", "area_before", "asked_by")
    return list(Posting.objects.waiting().filter(person__in=list(people)).select_related(*named))


def happened_to(person: User) -> list[Happened]:
    """Everything that was asked or decided about a person, in the order it happened. One query.

    Its length is the version of the person: it grows by one with each.
    """
    found = chain.from_iterable(_happenings(entry) for entry in reversed(entries_of(person)))
    return [happened for _, happened in sorted(found, key=lambda pair: pair[0])]


def version_of(person: User) -> int:
    """How much has been asked or decided about this person so far. One query."""
    return len(happened_to(person))


def in_words(entry: Posting) -> str:
    """What an entry did, or would do, in one phrase: "moved: unit from A to B"."""
    changes = [f"{lower_first(name)} from “{before}” to “{after}”" for name, before, after in entry.changes]
    kind = lower_first(entry.get_kind_display())
    if entry.kind == Posting.Kind.MOVED and changes:
        return f"{kind}: {joined(changes)}"
    if entry.kind in (Posting.Kind.JOINED, Posting.Kind.RETURNED):
        return f"{kind} as {lower_first(entry.get_role_display())}" + (f", {entry.unit.name}" if entry.unit else "")
    return kind


def _happenings(entry: Posting) -> Iterable[tuple[tuple[datetime, int, int], Happened]]:
    asker = entry.asked_by.full_name if entry.asked_by else COMMAND
    waited = entry.needs_second or entry.state in (Posting.State.REFUSED, Posting.State.WITHDRAWN)
    words = in_words(entry)
    yield (entry.asked_at, entry.pk, 0), Happened(asker, f"asked: {words}" if waited else words, entry.asked_at)
    if waited and entry.decided_at is not None:
        decider = entry.decided_by.full_name if entry.decided_by else COMMAND
        verb = {"done": "confirmed", "refused": "refused", "withdrawn": "withdrew"}[entry.state]
        yield (entry.decided_at, entry.pk, 1), Happened(decider, f"{verb}: {words}", entry.decided_at)
