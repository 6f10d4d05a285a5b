"""The agenda of a MAPPA meeting: the standing items of the pack, in order, numbered, with what each reader may know."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from openmappa.core.packs.mappa_meetings_rules import MeetingRules, StandingItem

LAST_ACTIONS, INFORMATION, LIKELIHOOD, VICTIMS, CHILDREN = (
    "last-actions",
    "information",
    "likelihood-and-harm",
    "victims",
    "children",
)
LEVEL, NEXT_REVIEW, PLAN = "level", "next-review", "risk-management-plan"
"""Items that the record knows something of."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that the record knows for an item: what it is, what it says, and who or what says so.

    ``is_walled`` marks what stands in the part on victims, which its readers open with a fresh proof of who they are.
    """

    title: str
    text: str
    by: str = ""
    is_walled: bool = False


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One item of an agenda. ``lines`` is what the record knows of it, for whoever reads."""

    number: int
    slug: str
    title: str
    prompt: str
    lines: tuple[Line, ...] = field(default=())

    @property
    def is_walled(self) -> bool:
        """Whether anything known of it stands in the part on victims."""
        return any(line.is_walled for line in self.lines)


def agenda_items(rules: MeetingRules, known: Mapping[str, Iterable[Line]]) -> tuple[AgendaItem, ...]:
    """The agenda, each item with the lines that are known for it. Raises KeyError for an item that is not on it."""
    slugs = {item.slug for item in rules.agenda}
    for slug in known:
        if slug not in slugs:
            raise KeyError(slug)
    return tuple(
        AgendaItem(number, item.slug, item.title, item.prompt, tuple(known.get(item.slug, ())))
        for number, item in enumerate(rules.agenda, start=1)
    )


def standing_item(items: Sequence[StandingItem], slug: str) -> StandingItem | None:
    """The item with this slug; None where the agenda has none."""
    return next((item for item in items if item.slug == slug), None)
