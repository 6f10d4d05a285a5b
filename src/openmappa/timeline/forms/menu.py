"""The menu of everything that a person may record on a case."""

import uuid
from dataclasses import dataclass

from django.urls import reverse

from openmappa.accounts.models import User
from openmappa.core.access import TO_RECORD, Permission
from openmappa.timeline.forms.table import ELSEWHERE, GROUPS, RISK, pages_in
from openmappa.timeline.forms.ways import Way, way_by_form, way_to_record

TO_TELL = {
    "timeline:tell": "Tell others of a change of circumstances",
    "timeline:tell_victim_risk": "Tell others of a change of risk to a victim",
}
"""The pages on which others are told of something that no kind of fact says, by their URL names."""


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
    told = _to_tell(key) if group == RISK and user.may(Permission.WRITE_NOTE) else []
    return [*(way_to_record(kind, key) for kind in own), *small, *told]


def _to_tell(key: uuid.UUID) -> list[Way]:
    return [Way(reverse(name, kwargs={"key": key}), title) for name, title in TO_TELL.items()]
