"""A small world in which there is something to leak: each secret is a word that stands nowhere else."""

from dataclasses import dataclass, field

from django.test import Client

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Rank, Role
from openmappa.core.compartments import COMPARTMENTS_OF, Compartment
from openmappa.core.involvement import InvolvementKind
from openmappa.notes.models import Attachment, Note
from tests.notes.build import OPEN, VICTIM, file, note
from tests.timeline.build import ago, give, make_area, make_case, make_person, make_unit, signed_in, write

INTELLIGENCE = Compartment.INTELLIGENCE
NOBODY = "nobody"


@dataclass
class World:
    """One person of each role, the cases around them, and which words each of them may never be sent."""

    people: dict[str, User]
    cases: dict[str, Case]
    notes: dict[str, Note] = field(default_factory=dict)
    files: dict[str, Attachment] = field(default_factory=dict)
    sessions: dict[str, Client] = field(default_factory=dict)

    def browser(self, role: str) -> Client:
        """A browser of this role's person, signed in just now; what it does to its cookies stays with it."""
        made = Client(raise_request_exception=True)
        if role != NOBODY:
            if role not in self.sessions:
                self.sessions[role] = signed_in(self.people[role])
                self.sessions[role].get("/help/")  # the session's own row is written with its first page
            for name, cookie in self.sessions[role].cookies.items():
                made.cookies[name] = cookie.value
        return made

    def secrets(self, role: str) -> set[str]:
        """The words that may be in no answer to this role."""
        kept = {"Zzelsewhere", "Zzrestricted"}
        opens = COMPARTMENTS_OF[Role(role)] if role != NOBODY else frozenset()
        kept |= {f"Zz{compartment.value}" for compartment in Compartment if compartment not in opens}
        if not opens and role != Role.PARTNER_MEMBER.value:
            kept.add("Zzown")  # who opens no case knows no name
        if role == Role.SMB_MEMBER.value:
            kept.discard("Zzown")  # the case under audit
        return kept


def make_world() -> World:
    """Own case, a colleague's in another unit, one elsewhere, a restricted one; notes and files behind every wall."""
    people = {role.value: make_person(role, rank=Rank.SERGEANT) for role in Role}
    people["partner_member"] = make_person(Role.PARTNER_MEMBER, kind="partner")
    elsewhere = make_area("eastmarch", "B")
    named = make_person(Role.LINE_MANAGER, unit=make_unit(make_area(), "police", 2))
    own = _named(make_case(police_officer=people["police_officer"], case_manager=people["case_manager"]), "Zzown")
    far = _named(make_case(elsewhere), "Zzelsewhere")
    shut = _named(make_case(restricted_contact=named), "Zzrestricted")
    give(shut, InvolvementKind.NAMED, person=named)
    give(own, InvolvementKind.INVITED, agency=people["partner_member"].agency)
    give(own, InvolvementKind.VICTIM_CONTACT, person=people["victim_contact_officer"])
    give(own, InvolvementKind.AUDIT, person=people["smb_member"])
    give(own, InvolvementKind.INSPECTION, person=people["inspector"])
    made = World(people, {"own": own, "elsewhere": far, "restricted": shut})
    write(own, "registered", ago(100))
    write(own, "rm2000_completed", ago(95), band="high", rank="constable")
    there = make_person(Role.LINE_MANAGER, area=elsewhere)
    for place, handling in [(OPEN, None), (Compartment.CONFIDENTIAL, None), (VICTIM, None), (INTELLIGENCE, 1)]:
        by = make_person(Role.LINE_MANAGER)
        words = f"Zz{place.value} was said"
        made.notes[place.value] = note(own, place, handling, by=by, text=words)
        made.files[place.value] = file(own, place, handling, by=by, content=f"{words}\n".encode())
    made.notes["elsewhere"] = note(far, by=there, text="Zzelsewhere was said")
    made.files["elsewhere"] = file(far, by=there, content=b"Zzelsewhere was said\n")
    return made


def _named(case: Case, family_name: str) -> Case:
    case.person.family_name = family_name
    case.person.save()
    return case
