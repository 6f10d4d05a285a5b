"""Who is asked to the meeting on a case by itself: core members, the case's own people, and those who must be told."""

from collections.abc import Iterable
from typing import NamedTuple

from openmappa.accounts.models import Agency, User
from openmappa.cases.models import Case
from openmappa.meetings.models.directory import DirectoryEntry
from openmappa.meetings.models.sitting import Sitting
from openmappa.meetings.queries.directory import directory_of
from openmappa.meetings.queries.grounds import Grounds, victim_contacts
from openmappa.meetings.words import InviteeKind

CHAIR, MINUTE_TAKER = "Chair", "Minute-taker"
CASE_MANAGER, POLICE_OFFICER = "Case manager of the case", "Police officer of the case"
VICTIM_CONTACT = "Victim contact officer of the case"


class Guest(NamedTuple):
    """Somebody to be invited: a person with a sign-in, or a name with or without an address."""

    kind: InviteeKind
    agency: Agency
    name: str
    post: str = ""
    person: User | None = None
    entry: DirectoryEntry | None = None
    email: str = ""

    @property
    def identity(self) -> tuple[str, object]:
        """What tells two guests apart: the person, the address, or the name with its agency."""
        if self.person is not None:
            return "person", self.person.pk
        return ("email", self.email.casefold()) if self.email else ("name", (self.agency.pk, self.name.casefold()))


def from_entry(entry: DirectoryEntry, kind: InviteeKind | None = None) -> Guest:
    """The guest that an entry of the directory stands for."""
    person = entry.person
    return Guest(
        kind=kind or InviteeKind(entry.kind),
        agency=entry.agency,
        name=person.full_name if person else entry.holder,
        post=entry.post,
        person=person,
        entry=entry,
        email="" if person else entry.email,
    )


def from_person(person: User, post: str, kind: InviteeKind = InviteeKind.CASE) -> Guest:
    """The guest that somebody with a sign-in is."""
    return Guest(kind, person.agency, person.full_name, post, person)


def guests_of(sitting: Sitting, case: Case, grounds: Grounds) -> list[Guest]:
    """Everybody who is asked to the meeting on a case by itself, each once. Two or three queries."""
    entries = directory_of(sitting.area_id)
    found = [from_person(sitting.chair, CHAIR, InviteeKind.CORE)]
    if sitting.minute_taker is not None:
        found.append(from_person(sitting.minute_taker, MINUTE_TAKER, InviteeKind.CORE))
    own = [(case.case_manager, CASE_MANAGER), (case.police_officer, POLICE_OFFICER)]
    found += [from_person(person, post) for person, post in own if person is not None and person.is_active]
    found += [from_entry(entry, InviteeKind.CORE) for entry in entries if is_core(entry, sitting.level)]
    if grounds.child:
        found += [from_entry(entry) for entry in entries if entry.kind == InviteeKind.CHILD_PROTECTION]
    if grounds.victim:
        found += _for_the_victim(case, entries)
    return each_once(found)


def is_core(entry: DirectoryEntry, level: int) -> bool:
    """Whether whoever holds this post is always invited to meetings of this level."""
    return entry.core_at_2 if level == 2 else entry.core_at_3


def each_once(guests: Iterable[Guest]) -> list[Guest]:
    """The guests, each once. Who has to be told counts as that, even where they are a core member besides."""
    found: dict[tuple[str, object], Guest] = {}
    for guest in guests:
        before = found.get(guest.identity)
        if before is None or (guest.kind in _MUST and before.kind not in _MUST):
            found[guest.identity] = guest
    return list(found.values())


_MUST = (InviteeKind.CHILD_PROTECTION, InviteeKind.VICTIM_CONTACT)


def _for_the_victim(case: Case, entries: Iterable[DirectoryEntry]) -> list[Guest]:
    """Whoever is named for the victim; where nobody is, the directory's victim contact."""
    named = User.objects.filter(pk__in=victim_contacts(case), is_active=True).select_related("agency")
    found = [from_person(person, VICTIM_CONTACT, InviteeKind.VICTIM_CONTACT) for person in named]
    return found or [from_entry(entry) for entry in entries if entry.kind == InviteeKind.VICTIM_CONTACT]
