"""What a pack says about transfers between areas: frozen values, and their reading."""

from dataclasses import dataclass

from openmappa.core.access import Rank
from openmappa.core.packs.reading import PackTable, hint
from openmappa.core.sources import Source


@dataclass(frozen=True, slots=True)
class MeetingFirst:
    """At which levels a meeting is held first, and how many days before it is sent at the most."""

    levels: frozenset[int]
    within_days: int
    assumption: bool
    source: Source


@dataclass(frozen=True, slots=True)
class ChiefOfficer:
    """At which levels a chief officer of each side approves, and which ranks count as one."""

    levels: frozenset[int]
    ranks: frozenset[Rank]
    assumption: bool
    source: Source


@dataclass(frozen=True, slots=True)
class Answer:
    """How many working days the receiving area has to answer, and how often it is reminded after that."""

    working_days: int
    remind_every_days: int
    assumption: bool
    source: Source


@dataclass(frozen=True, slots=True)
class GiveBack:
    """For how many days a transfer that was accepted in error may be given back."""

    within_days: int
    assumption: bool
    source: Source


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the checklist, with what it asks for."""

    id: str
    question: str
    hint: str


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground on which a transfer may be declined, and when it holds."""

    id: str
    label: str
    why: str
    source: Source


@dataclass(frozen=True, slots=True)
class NoGrounds:
    """What is no ground, as the page says it."""

    words: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class TransferRules:
    """All of it, in the order in which pages ask."""

    title: str
    meeting: MeetingFirst
    chief_officer: ChiefOfficer
    answer: Answer
    give_back: GiveBack
    checklist: tuple[Question, ...]
    grounds: tuple[Ground, ...]
    no_grounds: NoGrounds

    def ground(self, ground: str) -> Ground | None:
        """The ground with this id; None where there is none."""
        return next((each for each in self.grounds if each.id == ground), None)


def read_transfers(table: PackTable) -> TransferRules:
    """The rules from the table of a whole `mappa_transfers.toml`. Raises PackError with everything wrong with it."""
    rules = TransferRules(
        title=table.text("title"),
        meeting=_read_meeting(table.table("meeting")),
        chief_officer=_read_chief_officer(table.table("chief_officer")),
        answer=_read_answer(table.table("answer")),
        give_back=_read_give_back(table.table("give_back")),
        checklist=tuple(
            Question(row.text("id"), row.text("question"), row.text("hint")) for row in table.tables("checklist")
        ),
        grounds=tuple(_read_ground(row) for row in table.tables("grounds")),
        no_grounds=_read_no_grounds(table.table("no_grounds")),
    )
    for name, ids in (
        ("checklist", [each.id for each in rules.checklist]),
        ("grounds", [each.id for each in rules.grounds]),
    ):
        if len(set(ids)) < len(ids):
            table.problem(f"two of `{name}` have the same id; give each its own.")
    table.finish()
    return rules


def _read_meeting(table: PackTable) -> MeetingFirst:
    return MeetingFirst(_levels(table), _from_one_up(table, "within_days"), table.yes("assumption"), table.source())


def _read_chief_officer(table: PackTable) -> ChiefOfficer:
    known = [rank.value for rank in Rank]
    ranks = set()
    for word in table.words("ranks"):
        if word in known:
            ranks.add(Rank(word))
        else:
            table.problem(f"`ranks` names {word!r}, which is no rank; {hint(word, known)}.")
    return ChiefOfficer(_levels(table), frozenset(ranks), table.yes("assumption"), table.source())


def _read_answer(table: PackTable) -> Answer:
    days, every = _from_one_up(table, "working_days"), _from_one_up(table, "remind_every_days")
    return Answer(days, every, table.yes("assumption"), table.source())


def _read_give_back(table: PackTable) -> GiveBack:
    return GiveBack(_from_one_up(table, "within_days"), table.yes("assumption"), table.source())


def _read_ground(row: PackTable) -> Ground:
    return Ground(row.text("id"), row.text("label"), row.text("why"), row.source())


def _read_no_grounds(table: PackTable) -> NoGrounds:
    return NoGrounds(tuple(table.words("words")), table.source())


def _levels(table: PackTable) -> frozenset[int]:
    value = table.value("levels")
    if isinstance(value, list) and value and all(level in (1, 2, 3) for level in value):
        return frozenset(int(level) for level in value)
    table.problem("`levels` must be a list of MAPPA levels, such as [2, 3].")
    return frozenset()


def _from_one_up(table: PackTable, key: str) -> int:
    value = table.whole(key)
    if value == 0:
        table.problem(f"`{key}` must be 1 or more.")
    return value
