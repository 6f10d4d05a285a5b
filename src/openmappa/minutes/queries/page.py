"""The page of a meeting while it runs, and what is new on it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from openmappa.accounts.models import Agency, User
from openmappa.actions.models import Action
from openmappa.actions.queries.of_case import ActionLine, actions_of_meeting, unaccounted_before
from openmappa.core.access import PERMISSIONS, Permission
from openmappa.core.compartments import Compartment
from openmappa.core.mappa.agenda import AgendaItem
from openmappa.core.mappa.minutes import IN_COPIES, Closing, gaps
from openmappa.meetings.models.contribution import Contribution
from openmappa.meetings.models.invitee import Invitee
from openmappa.meetings.models.sitting import Meeting
from openmappa.meetings.queries.agenda import agenda
from openmappa.minutes.forms.running import AccountForm, AttendanceForm, EntryForm, blank_form, line_form
from openmappa.minutes.models.running import Chairing, Entry, Running
from openmappa.minutes.queries.beforehand import to_take_over
from openmappa.minutes.queries.closing import closing_of, entries_of, invitees_of, rank_words
from openmappa.minutes.words import EntryKind
from openmappa.notes.models import open_compartments

DISCLOSURE = "disclosure"
ANCHORS = {
    "actions": "last-actions",
    "decisions": "risk-management-plan",
    "level": "conclusion",
    "review": "conclusion",
}
"""Where on the page what is missing is mended, for those places whose part of the page has another name."""


@dataclass(frozen=True)
class Missing:
    """One thing that the meeting still lacks, and the part of the page where it is mended."""

    sentence: str
    anchor: str


@dataclass(frozen=True)
class LineShown:
    """One line on the page: its form, and who saved it last."""

    key: uuid.UUID
    form: EntryForm
    row: Entry | None = None


@dataclass
class ItemShown:
    """One item of the agenda: what is known, the lines written so far, and blank lines of each kind."""

    item: AgendaItem
    lines: list[LineShown] = field(default_factory=list)
    blanks: list[LineShown] = field(default_factory=list)


@dataclass(frozen=True)
class InviteeShown:
    """One invitee on the page: what is written down, and the form for it."""

    row: Invitee
    form: AttendanceForm
    rank: str


@dataclass(frozen=True)
class Lists:
    """What a page shows anew whenever somebody saved something. What is missing comes first."""

    missing: list[Missing]
    actions: list[Action]
    chairings: list[Chairing]


@dataclass(frozen=True)
class RunningPage(Lists):
    """Everything on the page of a meeting that runs."""

    items: list[ItemShown]
    invitees: list[InviteeShown]
    unaccounted: list[tuple[ActionLine, AccountForm]]
    to_take: list[Contribution]

    @property
    def is_walled(self) -> bool:
        """Whether anything on it stands in the part on victims: a line, or what was written beforehand."""
        rows = [line.row for shown in self.items for line in shown.lines if line.row]
        walled = any(row.compartment == Compartment.VICTIM for row in rows)
        return walled or any(shown.item.is_walled for shown in self.items)

    @property
    def answered(self) -> int:
        """How many have answered the invitation and are not written down yet."""
        return sum(1 for shown in self.invitees if shown.row.reply and not shown.row.attendance)


def places_of(reader: User, meeting: Meeting) -> list[Compartment]:
    """The parts in which this person may write, in their order."""
    opened = open_compartments(reader, meeting.case)
    return [place for place in IN_COPIES if place in opened]


def missing_from(closing: Closing) -> list[Missing]:
    """What the meeting still lacks, in the order of its page."""
    return [Missing(gap.sentence, ANCHORS.get(gap.place, gap.place)) for gap in gaps(closing)]


def running_page(meeting: Meeting, reader: User, running: Running | None = None) -> RunningPage:
    """The page of a meeting for somebody who takes its minutes. A fixed number of queries."""
    places = places_of(reader, meeting)
    items = [ItemShown(item) for item in agenda(meeting, reader)]
    by_slug = {shown.item.slug: shown for shown in items}
    for row in entries_of(meeting):
        by_slug.get(row.item, items[-1]).lines.append(LineShown(row.key, line_form(row, places), row))
    for shown in items:
        shown.blanks = [blank(shown.item.slug, kind, places) for kind in kinds_in(shown.item.slug)]
    lists = lists_of(meeting, running)
    return RunningPage(
        missing=lists.missing,
        actions=lists.actions,
        chairings=lists.chairings,
        items=items,
        invitees=[InviteeShown(row, AttendanceForm.of(row), rank_words(row)) for row in invitees_of(meeting)],
        unaccounted=[
            (line, AccountForm(auto_id=f"action-{place}-%s"))
            for place, line in enumerate(unaccounted_before(meeting.case, meeting.key))
        ],
        to_take=to_take_over(meeting, reader),
    )


def lists_of(meeting: Meeting, running: Running | None) -> Lists:
    """The lists of a page that change with what others save. A fixed number of queries."""
    return Lists(
        missing=missing_from(closing_of(meeting, running)) if running else [],
        actions=actions_of_meeting(meeting.key),
        chairings=list(Chairing.objects.filter(meeting=meeting).select_related("person").order_by("from_at")),
    )


def kinds_in(slug: str) -> list[EntryKind]:
    """What lines an item has: what was said and decisions everywhere, disclosures in their own item."""
    kinds = [EntryKind.SAID, EntryKind.DECISION]
    return [EntryKind.DISCLOSURE, *kinds] if slug == DISCLOSURE else kinds


def blank(slug: str, kind: EntryKind, places: Iterable[Compartment]) -> LineShown:
    """A line that is still to be written."""
    key = uuid.uuid4()
    return LineShown(key, blank_form(slug, kind, places, key))


def entries_since(meeting: Meeting, since: int) -> list[Entry]:
    """The lines saved or removed after a page last asked, as far as the reader opens their part. One query."""
    rows = Entry.objects.filter(meeting=meeting, sequence__gt=since).select_related("changed_by")
    return list(rows.order_by("written_at", "pk"))


def has_victim_lines(meeting: Meeting) -> bool:
    """Whether lines about a victim stand in the meeting, as far as the reader opens them. One query."""
    rows = Entry.objects.filter(meeting=meeting, removed_at__isnull=True, compartment=Compartment.VICTIM.value)
    return rows.exists()


def who_may_chair(meeting: Meeting) -> list[User]:
    """Who may take the chair: invitees and people of the area whose role chairs meetings. One query."""
    roles = [role.value for role in PERMISSIONS[Permission.CHAIR_MEETING]]
    people = User.objects.filter(is_active=True, role__in=roles).select_related("agency")
    return list(people.filter(area_id=meeting.sitting.area_id).order_by("full_name"))


def who_may_own(invitees: Iterable[InviteeShown]) -> tuple[list[User], list[Agency]]:
    """Who actions can be given to: people invited who sign in, and each agency invited, for somebody else of it."""
    rows = [shown.row for shown in invitees]
    people = {row.person.pk: row.person for row in rows if row.person and row.person.may(Permission.DO_ACTION)}
    agencies = {row.agency.pk: row.agency for row in rows}
    return list(people.values()), list(agencies.values())


def values_of(row: Entry | Running, names: Iterable[str]) -> dict[str, Any]:
    """What a line says, as the fields of its form hold it; a day in three parts."""
    found: dict[str, Any] = {}
    for name in names:
        value = getattr(row, name)
        if name in ("by_on", "review_on"):
            parts = ("", "", "") if value is None else (str(value.day), str(value.month), str(value.year))
            found |= dict(zip((f"{name}-day", f"{name}-month", f"{name}-year"), parts, strict=True))
        else:
            found[name] = "" if value is None else str(value)
    return found
