"""The menu of everything that a person may record on a case."""

import uuid
from dataclasses import dataclass

from django.urls import reverse

from openmappa.accounts.models import User
from openmappa.core.access import Permission
from openmappa.core.recording import TO_RECORD
from openmappa.timeline.forms.table import ELSEWHERE, GROUPS, MAPPA, RISK, pages_in
from openmappa.timeline.forms.ways import Way, way_by_form, way_to_record

TELLS = (
    ("timeline:tell", "Tell others of a change of circumstances", Permission.WRITE_NOTE),
    ("timeline:tell_victim_risk", "Tell others of a change of risk to a victim", Permission.WRITE_NOTE),
)
OF_MAPPA = (
    ("referrals:refer", "Refer to MAPPA", Permission.REFER_TO_MAPPA),
    ("referrals:record_other_meeting", "Record a meeting outside MAPPA", Permission.RECORD_OTHER_MEETING),
)
WITHOUT_A_FACT = {RISK: TELLS, MAPPA: OF_MAPPA}
"""Pages that record what no kind of fact says, by the group that they stand in: URL name, title, what they need."""


@dataclass(frozen=True)
class MenuGroup:
    """A part of the menu, with the pages this person may use."""

    title: str
    ways: tuple[Way, ...]


def menu_for(user: User, key: uuid.UUID) -> list[MenuGroup]:
    """The parts of the menu that have something in them for this person."""
    groups = [MenuGroup(group, tuple(_ways(group, user, key))) for group in GROUPS]
    return [group for group in groups if group.ways]


def _ways(group: str, user: User, key: uuid.UUID) -> list[Way]:
    own = [kind for kind, (_, place, _) in ELSEWHERE.items() if place == group and user.may(TO_RECORD[kind])]
    small = [way_by_form(page, key) for page in pages_in(group, user)]
    others = [
        Way(reverse(name, kwargs={"key": key}), title) for name, title, needs in _besides(group) if user.may(needs)
    ]
    return [*(way_to_record(kind, key) for kind in own), *small, *others]


def _besides(group: str) -> tuple[tuple[str, str, Permission], ...]:
    return WITHOUT_A_FACT.get(group, ())
