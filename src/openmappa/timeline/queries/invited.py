"""What somebody who was invited to a case may know of it: the fields of those classes that their role reads."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from django.db import models
from django.utils import timezone

from openmappa.cases.models import Case, Involvement, Person
from openmappa.timeline.models import Standing
from openmappa.timeline.queries.frame import CaseFrame
from openmappa.ui.formats import day


class Field(NamedTuple):
    """One field of the record: where it stands, what pages call it, and its value in words."""

    model: type[models.Model]
    field: str
    label: str
    words: Callable[[CaseFrame], str]


FIELDS = (
    Field(Person, "family_name", "Name", lambda frame: frame.case.person.full_name),
    Field(Person, "born_on", "Born", lambda frame: f"{day(frame.case.person.born_on)}, aged {frame.age}"),
    Field(Case, "reference", "Reference", lambda frame: frame.case.reference),
    Field(Person, "pnc_id", "PNC", lambda frame: frame.case.person.pnc_id),
    Field(Standing, "mappa_level", "MAPPA level", lambda frame: str(frame.standing.mappa_level or "None set")),
    Field(Standing, "mappa_category", "MAPPA category", lambda frame: str(frame.standing.mappa_category or "None set")),
    Field(Case, "area", "Area", lambda frame: frame.case.area.name),
    Field(Case, "case_manager", "Case manager", lambda frame: _named(frame.case.case_manager)),
    Field(Case, "police_officer", "Police officer", lambda frame: _named(frame.case.police_officer)),
)


@dataclass(frozen=True)
class Known:
    """The fields that a person may know, in words, and the invitations through which they are here."""

    fields: tuple[tuple[str, str], ...]
    invitations: tuple[Involvement, ...]


def what_may_be_known(frame: CaseFrame) -> Known:
    """What of this case its reader may know. One query."""
    shown = [(each.label, each.words(frame)) for each in FIELDS if frame.user.reads(each.model, each.field)]
    rows = Involvement.objects.in_force_at(timezone.now()).given_to(frame.user).filter(case=frame.case)
    return Known(tuple((label, words) for label, words in shown if words), tuple(rows.order_by("from_at")))


def _named(person: models.Model | None) -> str:
    return str(person) if person else "Nobody yet"
