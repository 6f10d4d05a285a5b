"""What is said of orders elsewhere: a note on the timeline, and one sentence to those who must know (9.10)."""

import uuid

from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.compartments import Compartment
from openmappa.core.grading import Basis, Concern
from openmappa.notes.services import Placed, write_note
from openmappa.notices.services import tell
from openmappa.timeline.queries.who import people_who_must_know

KIND = "civil_order"


def note(by: User, case: Case, text: str) -> None:
    """A note on the timeline that everybody who is involved reads."""
    placed = Placed(Compartment.OPEN, Basis.FACT, Concern.OFFENDER, timezone.localdate())
    write_note(by=by, case=case, text=text, placed=placed, submission=uuid.uuid4())


def tell_on_case(by: User, case: Case, what: str) -> None:
    """Tell everybody who must know of a change on the case, but not who made it."""
    link = reverse("orders:list", kwargs={"key": case.key})
    words = f"Case {case.reference}: {what}."
    tell(people=people_who_must_know(case, but=[by]), kind=KIND, words=words, case_id=case.pk, link=link)
