"""What a pack says about referral to MAPPA: categories, tests, who screens and by when, and meetings outside it."""

from dataclasses import dataclass

from openmappa.core.access import Rank, Service
from openmappa.core.packs.reading import PackTable
from openmappa.core.posts import RANKS_OF_AGENCY
from openmappa.core.sources import Source

OUTCOMES = ("level_1", "level_2", "level_3", "not_mappa")


@dataclass(frozen=True, slots=True)
class CategoryRule:
    """What puts somebody into category 2: so many months of custody, and the orders that follow custody."""

    custody_months: int
    after_custody: frozenset[str]
    source: Source


@dataclass(frozen=True, slots=True)
class Category:
    """One of the three categories, and what it is called."""

    number: int
    label: str
    source: Source


@dataclass(frozen=True, slots=True)
class Offence:
    """A kind of offence that the form asks about; ``category_2``: one that category 2 is for."""

    id: str
    label: str
    category_2: bool


@dataclass(frozen=True, slots=True)
class ScreeningTime:
    """Within how many working days a referral is decided."""

    working_days: int
    urgent_working_days: int
    source: Source


@dataclass(frozen=True, slots=True)
class Seat:
    """Who screens beside the coordinator: somebody of this service, from this rank up."""

    id: str
    label: str
    service: Service
    from_rank: Rank
    source: Source


@dataclass(frozen=True, slots=True)
class ReferralTest:
    """A test that a referrer may say is met, and the level that it points to."""

    id: str
    label: str
    level: int
    source: Source


@dataclass(frozen=True, slots=True)
class OtherMeetingKind:
    """A kind of meeting outside MAPPA."""

    id: str
    label: str
    source: Source


@dataclass(frozen=True, slots=True)
class MappaReferralRules:
    """All of it, in the order in which pages ask."""

    title: str
    category: CategoryRule
    categories: tuple[Category, ...]
    offences: tuple[Offence, ...]
    time: ScreeningTime
    seats: tuple[Seat, ...]
    tests: tuple[ReferralTest, ...]
    outcomes: dict[str, str]
    other_meetings: tuple[OtherMeetingKind, ...]

    def seat(self, id: str) -> Seat:
        """The seat of this id. Raises KeyError."""
        return {seat.id: seat for seat in self.seats}[id]

    def category_label(self, number: int | None) -> str:
        """What a category is called; that it is none, for None."""
        return next((one.label for one in self.categories if one.number == number), "In no category")


def read_mappa_referrals(table: PackTable) -> MappaReferralRules:
    """The rules from the table of a whole `mappa_referrals.toml`.

    Raises PackError with everything that is wrong with it.
    """
    rules = MappaReferralRules(
        title=table.text("title"),
        category=_category(table.table("category")),
        categories=tuple(_category_label(row) for row in table.tables("categories")),
        offences=tuple(Offence(*_named(row), row.yes("category_2")) for row in table.tables("offences")),
        time=_time(table.table("screening")),
        seats=tuple(_seat(row) for row in table.tables("seats")),
        tests=tuple(_test(row) for row in table.tables("tests")),
        outcomes={row.text("id"): row.text("words") for row in table.tables("outcomes")},
        other_meetings=tuple(OtherMeetingKind(*_named(row), row.source()) for row in table.tables("other_meetings")),
    )
    if [one.number for one in rules.categories] != [1, 2, 3]:
        table.problem("`categories` must be 1, 2 and 3, in this order.")
    if tuple(rules.outcomes) != OUTCOMES:
        table.problem(f"`outcomes` must be {', '.join(OUTCOMES)}, in this order.")
    for name, ids in (
        ("offences", [one.id for one in rules.offences]),
        ("seats", [one.id for one in rules.seats]),
        ("tests", [one.id for one in rules.tests]),
        ("other_meetings", [one.id for one in rules.other_meetings]),
    ):
        if len(set(ids)) < len(ids):
            table.problem(f"two of `{name}` have the same id; give each its own.")
    table.finish()
    return rules


def _category(table: PackTable) -> CategoryRule:
    return CategoryRule(_from_one_up(table, "custody_months"), frozenset(table.words("after_custody")), table.source())


def _category_label(row: PackTable) -> Category:
    return Category(row.whole("number"), row.text("label"), row.source())


def _time(table: PackTable) -> ScreeningTime:
    days, urgent = _from_one_up(table, "working_days"), _from_one_up(table, "urgent_working_days")
    if urgent > days:
        table.problem("`urgent_working_days` is more than `working_days`; what is urgent is decided sooner.")
    return ScreeningTime(days, urgent, table.source())


def _seat(row: PackTable) -> Seat:
    id_, label = _named(row)
    service, rank = row.choice("service", Service), row.choice("from_rank", Rank)
    if rank not in RANKS_OF_AGENCY[service][1:]:
        row.problem(f"`from_rank` is {rank.value!r}, which the {service.value} does not have.")
    return Seat(id_, label, service, rank, row.source())


def _test(row: PackTable) -> ReferralTest:
    id_, label = _named(row)
    level = row.whole("level")
    if level not in (2, 3):
        row.problem("`level` must be 2 or 3: Level 1 needs no test.")
    return ReferralTest(id_, label, level, row.source())


def _named(row: PackTable) -> tuple[str, str]:
    return row.text("id"), row.text("label")


def _from_one_up(table: PackTable, key: str) -> int:
    value = table.whole(key)
    if value == 0:
        table.problem(f"`{key}` must be 1 or more.")
    return value
