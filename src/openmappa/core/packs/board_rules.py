"""What a pack says of the board of an area: its seats, its meetings, what stands before it, bodies it is linked to."""

from dataclasses import dataclass

from openmappa.core.packs.movements_rules import Kind, from_one_up, read_kinds
from openmappa.core.packs.reading import PackTable
from openmappa.core.sources import Source


@dataclass(frozen=True, slots=True)
class SeatRules:
    """The kinds of agency that must have a seat, and how many lay advisers there are."""

    responsible: tuple[str, ...]
    lay_advisers: int
    source: Source


@dataclass(frozen=True, slots=True)
class Months:
    """A number of months, and where it comes from."""

    months: int
    source: Source


@dataclass(frozen=True, slots=True)
class StandingFigures:
    """What stands before every meeting: standards and figures of MAPPA by their ids, over so many months."""

    months: int
    standards: tuple[str, ...]
    figures: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class BoardRules:
    """All of it. ``meetings``: the longest time between two; ``links``: after how long without a word pages say so."""

    title: str
    seats: SeatRules
    meetings: Months
    standing: StandingFigures
    links: Months
    bodies: tuple[Kind, ...]


def read_board(table: PackTable) -> BoardRules:
    """The rules from the table of a whole `board.toml`. Raises PackError with everything wrong with it."""
    seats, meetings, standing, links = (table.table(name) for name in ("seats", "meetings", "standing", "links"))
    rules = BoardRules(
        title=table.text("title"),
        seats=SeatRules(tuple(seats.words("responsible")), from_one_up(seats, "lay_advisers"), seats.source()),
        meetings=Months(from_one_up(meetings, "months_between"), meetings.source()),
        standing=StandingFigures(
            from_one_up(standing, "months"),
            tuple(standing.words("standards")),
            tuple(standing.words("figures")),
            standing.source(),
        ),
        links=Months(from_one_up(links, "quiet_months"), links.source()),
        bodies=read_kinds(table, "bodies"),
    )
    table.finish()
    return rules
