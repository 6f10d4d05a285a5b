"""Who meets in the areas of a demonstration: agencies, the directory of each area, and who holds its posts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from openmappa.accounts.models import Agency, Area, User
from openmappa.cases.models import Case
from openmappa.core.access import Rank, Role
from openmappa.core.synthetic.content.mappa.posts import AGENCIES, CASE_MANAGER, COORDINATOR, OFFICER, POSTS, Post
from openmappa.meetings.models.directory import DirectoryEntry

SERVICES = ("police", "probation")
PHONE = "01632 960{number:03}"
"""Numbers that Ofcom keeps for invented people."""
CHAIR = Post("police", "MAPPA coordinator", "Coordinator", kind="core", sign_in="coordinator")


@dataclass(frozen=True)
class Attendee:
    """Somebody who can be invited: a person with a sign-in, or a name alone. `entry` is theirs in the directory."""

    post: str
    agency: Agency
    title: str
    name: str
    kind: str
    rank: str
    grade: str
    email: str = ""
    person: User | None = None
    entry: DirectoryEntry | None = None

    @property
    def in_words(self) -> str:
        """Who it is, as minutes name them."""
        return f"{self.name}, {self.title[:1].lower()}{self.title[1:]}"


@dataclass(frozen=True)
class Desk:
    """An area's coordinator, the two managers, and everybody in its directory by the short name of their post."""

    area: Area
    coordinator: User
    police: User
    probation: User
    attendees: Mapping[str, Attendee]

    def attendee(self, post: str, case: Case) -> Attendee | None:
        """Who holds a post, for a case: its own officer and case manager, or the area's."""
        if post == OFFICER:
            return _of_the_case(post, "Police officer of the case", case.police_officer)
        if post == CASE_MANAGER:
            return _of_the_case(post, "Case manager", case.case_manager)
        return self.attendees.get(post)


def desks() -> dict[int, Desk]:
    """The desk of each area that has a coordinator and two managers, by the area's key. Adds what it does not have."""
    found = {}
    coordinators = User.objects.filter(role=Role.MAPPA_COORDINATOR, area__isnull=False)
    for coordinator in coordinators.select_related("area", "agency"):
        prefix = coordinator.username.partition(".")[0]
        people = {
            person.username.partition(".")[2]: person
            for person in User.objects.filter(username__startswith=f"{prefix}.", area=coordinator.area).select_related(
                "agency"
            )
        }
        police, probation = people.get("manager.police"), people.get("manager.probation")
        if coordinator.area is not None and police is not None and probation is not None:
            attendees = _attendees(coordinator.area, people)
            found[coordinator.area.pk] = Desk(coordinator.area, coordinator, police, probation, attendees)
    return found


def _of_the_case(post: str, title: str, person: User | None) -> Attendee | None:
    if person is None:
        return None
    return Attendee(post, person.agency, title, person.full_name, "case", person.rank, "", "", person)


def _attendees(area: Area, people: Mapping[str, User]) -> dict[str, Attendee]:
    family = people["coordinator"].full_name.rpartition(" ")[2]
    entries = {
        entry.post: entry
        for entry in DirectoryEntry.objects.filter(area=area, left_at__isnull=True).select_related("agency", "person")
    }
    found = {}
    for number, (name, post) in enumerate(_all_posts()):
        person = people.get(post.sign_in) if post.sign_in else None
        agency = person.agency if person else _agency(area, post, people)
        entry = entries.get(post.title) or _entry(area, agency, post, person, family, number, people["coordinator"])
        rank = person.rank if person else post.rank
        holder = person.full_name if person else entry.holder
        found[name] = Attendee(
            name, agency, post.title, holder, post.kind, rank, post.grade, entry.email, person, entry
        )
    return found


def _all_posts() -> Iterable[tuple[str, Post]]:
    yield COORDINATOR, CHAIR
    yield from POSTS.items()


def _entry(
    area: Area, agency: Agency, post: Post, person: User | None, family: str, number: int, by: User
) -> DirectoryEntry:
    slug = post.holder.lower().replace(" ", ".")
    return DirectoryEntry.objects.create(
        area=area,
        agency=agency,
        post=post.title,
        kind=post.kind,
        person=person,
        holder="" if person else f"{post.holder} {family}",
        email="" if person else f"{slug}@{area.code}.example",
        phone=PHONE.format(number=(area.pk * 20 + number) % 1000),
        core_at_2=post.core_at_2,
        core_at_3=post.core_at_3,
        added_by=by,
    )


def _agency(area: Area, post: Post, people: Mapping[str, User]) -> Agency:
    """The agency of a post that nobody with a sign-in holds."""
    if post.agency in SERVICES:
        return people[f"manager.{post.agency}"].agency
    words, kind = AGENCIES[post.agency]
    defaults = {"name": f"{area.name} {words}", "kind": kind}
    agency, _ = Agency.objects.get_or_create(code=f"demo-{post.agency}-{area.code}", defaults=defaults)
    return agency


def rank_of(attendee: Attendee) -> str:
    """The rank that stands in the attendance; empty where they have none of the list."""
    return attendee.rank if attendee.rank and attendee.rank != Rank.NONE else ""
