"""Marking work: whether a marking is whole, and how much of what was marked is above the line.

The four steps and the criteria are the pack's (``packs.quality_rules``). Where a mark is below the line, whoever wrote
the work has to learn why, so a comment is asked for.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from openmappa.core.packs.quality_rules import Criterion, Mark, WorkKind


@dataclass(frozen=True, slots=True)
class Marked:
    """What one criterion was marked with, and the comment on it."""

    mark: Mark
    comment: str = ""


def missing_in(marks: Mapping[str, Marked], criteria: Sequence[Criterion]) -> dict[str, str]:
    """What a marking lacks: for each criterion's id at fault a sentence. Empty when it can be kept.

    Every criterion is marked, each below the line with a comment, and no other is.
    """
    known = {criterion.id for criterion in criteria}
    found = {id_: "This is not marked of this kind of work" for id_ in marks if id_ not in known}
    for criterion in criteria:
        marked = marks.get(criterion.id)
        if marked is None:
            found[criterion.id] = f"Select a mark for “{criterion.title}”"
        elif marked.mark.counts and not marked.mark.is_above_the_line and not marked.comment.strip():
            found[criterion.id] = f"Say why “{criterion.title}” is {marked.mark.label.lower()}"
    return found


@dataclass(frozen=True, slots=True)
class Tally:
    """How often one criterion was given each mark."""

    criterion: Criterion
    counts: Mapping[Mark, int]

    @property
    def judged(self) -> int:
        """How many marks there are, those that do not apply left out."""
        return sum(count for mark, count in self.counts.items() if mark.counts)

    @property
    def above(self) -> int:
        """How many of them are above the line."""
        return sum(count for mark, count in self.counts.items() if mark.is_above_the_line)

    @property
    def percentage(self) -> int | None:
        """Above the line, of those judged, to the nearest per cent; None if there are none. Never without its count."""
        return (200 * self.above + self.judged) // (2 * self.judged) if self.judged else None

    def count(self, mark: str) -> int:
        """How often this mark was given."""
        return self.counts.get(Mark(mark), 0)


def tallies(
    criteria: Iterable[Criterion], given: Iterable[tuple[str, str, int]]
) -> list[tuple[WorkKind, tuple[Tally, ...]]]:
    """The criteria of each kind of work with how often each mark was given, in the pack's order.

    ``given`` holds criterion, mark and count; a criterion that the pack no longer has is passed over.
    """
    counts: dict[str, dict[Mark, int]] = {}
    for criterion_id, mark, count in given:
        counts.setdefault(criterion_id, {})[Mark(mark)] = count
    kinds: dict[WorkKind, list[Tally]] = {}
    for criterion in criteria:
        kinds.setdefault(criterion.kind, []).append(Tally(criterion, counts.get(criterion.id, {})))
    return [(kind, tuple(rows)) for kind, rows in kinds.items()]
