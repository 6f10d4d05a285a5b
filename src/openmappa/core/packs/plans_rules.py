"""What makes an objective SMART and what a plan has to say, as a pack gives it: frozen values, and their reading."""

from dataclasses import dataclass

from openmappa.core.packs.reading import PackTable
from openmappa.core.sources import Source


@dataclass(frozen=True, slots=True)
class Vague:
    """Words that say too little: why, what to write instead, and an example.

    With `fine_with_a_number` they say enough where a number stands beside them.
    """

    words: tuple[str, ...]
    why: str
    instead: str
    example: str
    fine_with_a_number: bool = False


@dataclass(frozen=True, slots=True)
class Specific:
    """What an objective has to name. ``acts`` are words for something that somebody else could see being done."""

    fewest_words: int
    too_short: str
    no_act: str
    mend: str
    example: str
    acts: tuple[str, ...]
    vague: tuple[Vague, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Measurable:
    """What a measure has to name. ``shows`` are words for a number, a record or an event."""

    nothing_shows: str
    mend: str
    example: str
    shows: tuple[str, ...]
    vague: tuple[Vague, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class OneOwner:
    """That one person or agency does it. ``too_many`` are names that stand for nobody in particular."""

    nobody: str
    mend: str
    example: str
    too_many: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class ByWhen:
    """On which days something may be due: not past, within the order, at most so many weeks away."""

    furthest_weeks: int
    past: str
    after_the_order: str
    too_far: str
    mend: str
    example: str
    source: Source


@dataclass(frozen=True, slots=True)
class EmptyAnswers:
    """Answers that say nothing, such as "n/a"."""

    words: frozenset[str]
    why: str
    mend: str
    example: str
    source: Source


@dataclass(frozen=True, slots=True)
class ReviewEvery:
    """How many weeks a plan stands at most before it is reviewed."""

    weeks: int
    source: Source


@dataclass(frozen=True, slots=True)
class HiddenNames:
    """Words that begin with a capital and are nobody's name; all in lower case."""

    not_names: frozenset[str]
    source: Source


@dataclass(frozen=True, slots=True)
class PlanRules:
    """All rules of plans."""

    title: str
    specific: Specific
    measurable: Measurable
    owner: OneOwner
    by_when: ByWhen
    empty_answers: EmptyAnswers
    review: ReviewEvery
    hidden_names: HiddenNames


def read_plans(table: PackTable) -> PlanRules:
    """The rules from the table of a whole `plans.toml`.

    Raises PackError with everything that is wrong with it.
    """
    rules = PlanRules(
        title=table.text("title"),
        specific=_read_specific(table.table("specific")),
        measurable=_read_measurable(table.table("measurable")),
        owner=_read_owner(table.table("owner")),
        by_when=_read_by_when(table.table("by_when")),
        empty_answers=_read_empty_answers(table.table("empty_answers")),
        review=_read_review(table.table("review")),
        hidden_names=_read_hidden_names(table.table("hidden_names")),
    )
    table.finish()
    return rules


def _read_specific(row: PackTable) -> Specific:
    return Specific(
        fewest_words=row.whole("fewest_words"),
        too_short=row.text("too_short"),
        no_act=row.text("no_act"),
        mend=row.text("mend"),
        example=row.text("example"),
        acts=tuple(row.words("acts")),
        vague=_read_vague(row),
        source=row.source(),
    )


def _read_measurable(row: PackTable) -> Measurable:
    return Measurable(
        nothing_shows=row.text("nothing_shows"),
        mend=row.text("mend"),
        example=row.text("example"),
        shows=tuple(row.words("shows")),
        vague=_read_vague(row),
        source=row.source(),
    )


def _read_vague(row: PackTable) -> tuple[Vague, ...]:
    return tuple(
        Vague(
            words=tuple(one.words("words")),
            why=one.text("why"),
            instead=one.text("instead"),
            example=one.text("example"),
            fine_with_a_number=one.yes("fine_with_a_number"),
        )
        for one in row.tables("vague")
    )


def _read_owner(row: PackTable) -> OneOwner:
    return OneOwner(
        nobody=row.text("nobody"),
        mend=row.text("mend"),
        example=row.text("example"),
        too_many=tuple(row.words("too_many")),
        source=row.source(),
    )


def _read_by_when(row: PackTable) -> ByWhen:
    return ByWhen(
        furthest_weeks=_from_one_up(row, "furthest_weeks"),
        past=row.text("past"),
        after_the_order=row.text("after_the_order"),
        too_far=row.text("too_far"),
        mend=row.text("mend"),
        example=row.text("example"),
        source=row.source(),
    )


def _read_empty_answers(row: PackTable) -> EmptyAnswers:
    words = frozenset(word.casefold() for word in row.words("words"))
    return EmptyAnswers(words, row.text("why"), row.text("mend"), row.text("example"), row.source())


def _read_review(row: PackTable) -> ReviewEvery:
    return ReviewEvery(_from_one_up(row, "weeks"), row.source())


def _read_hidden_names(row: PackTable) -> HiddenNames:
    return HiddenNames(frozenset(word.casefold() for word in row.words("not_names")), row.source())


def _from_one_up(row: PackTable, key: str) -> int:
    value = row.whole(key)
    if value == 0:
        row.problem(f"`{key}` must be 1 or more.")
    return value
