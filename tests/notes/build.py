"""Notes and files for the tests, and a cast: one person of each role who sees the case in the way their role does."""

import itertools
from datetime import date, timedelta

from django.conf import settings
from django.test import Client
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.core.compartments import Compartment
from openmappa.core.grading import Basis, Concern, Grading
from openmappa.core.involvement import InvolvementKind
from openmappa.notes.models import Attachment, Note
from openmappa.notes.services import Placed, attach_file, write_note
from openmappa.signin.models import OpenSession
from tests.timeline.build import give, make_person, signed_in, today

numbers = itertools.count(1)
OPEN, CONFIDENTIAL, VICTIM, INTELLIGENCE = Compartment
PLACES: dict[str, tuple[Compartment, int | None]] = {
    "open": (OPEN, None),
    "confidential": (CONFIDENTIAL, None),
    "victim": (VICTIM, None),
    **{f"intelligence {code}": (INTELLIGENCE, code) for code in range(1, 6)},
}
"""Every place where an entry can stand: its compartment, and its handling code."""


def place(compartment: Compartment = OPEN, handling: int | None = None, *, on: date | None = None) -> Placed:
    """Somewhere to write; intelligence is B2, victims concern a victim."""
    graded = compartment is INTELLIGENCE
    return Placed(
        compartment=compartment,
        basis=Basis.INTELLIGENCE if graded else Basis.FACT,
        concerns=Concern.VICTIM if compartment is VICTIM else Concern.OFFENDER,
        on=on or today(),
        grading=Grading("B", 2, handling or 1) if graded else None,
    )


def author(role: Role = Role.LINE_MANAGER) -> User:
    """A line manager of the police, who reads and writes everything on the cases of the first unit."""
    return make_person(role)


def note(
    case: Case,
    compartment: Compartment = OPEN,
    handling: int | None = None,
    *,
    by: User | None = None,
    text: str = "",
    on: date | None = None,
) -> Note:
    """A note on a case."""
    words = text or f"Words of note {next(numbers)}"
    return write_note(by=by or author(), case=case, text=words, placed=place(compartment, handling, on=on))


def file(
    case: Case,
    compartment: Compartment = OPEN,
    handling: int | None = None,
    *,
    by: User | None = None,
    name: str = "call.txt",
    content: bytes = b"What was said on the telephone.\n",
) -> Attachment:
    """A file on a case."""
    title = f"File number {next(numbers)}"
    where = place(compartment, handling)
    return attach_file(by=by or author(), case=case, name=name, content=content, title=title, placed=where)


def cast(case: Case) -> dict[str, User]:
    """One person of each role, each involved in the case as their role is; and those who are less involved."""
    people = {role.value: make_person(role) for role in Role}
    partner = make_person(Role.PARTNER_MEMBER, kind="partner")
    people["partner_member"] = partner
    give(case, InvolvementKind.INVITED, agency=partner.agency)
    give(case, InvolvementKind.VICTIM_CONTACT, person=people["victim_contact_officer"])
    give(case, InvolvementKind.AUDIT, person=people["smb_member"])
    give(case, InvolvementKind.INSPECTION, person=people["inspector"])
    return people


def stale(client: Client) -> Client:
    """The same browser, whose last proof of who sits there is too old for what is behind a wall."""
    old = timezone.now() - timedelta(minutes=settings.OPENMAPPA_STEP_UP_MINUTES + 1)
    client.get("/help/")
    OpenSession.objects.update(proved_at=old)
    return client


def browser(user: User, *, proved: bool = True) -> Client:
    """A browser of somebody who signed in just now, or long ago."""
    client = signed_in(user)
    return client if proved else stale(client)
