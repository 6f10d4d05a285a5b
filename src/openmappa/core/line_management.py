"""What a line manager decides about a case, checked without a database; and how starts were kept, in numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from openmappa.core.dates import add_days
from openmappa.core.packs.line_management_rules import LineManagementRules, ReviewChoice, ReviewRule
from openmappa.core.standards.words import in_full


@dataclass(frozen=True, slots=True)
class ReviewAnswers:
    """What a management review says: its day, ids of the pack's choices, why, and the day of the next."""

    reviewed_on: date
    looked_at: tuple[str, ...]
    outcomes: tuple[str, ...]
    reasons: str
    next_on: date


def last_day_for_next(harm: str, rule: ReviewRule, reviewed_on: date) -> date | None:
    """The last day on which the next review of a case at this level may be; None where the rule sets none."""
    return add_days(reviewed_on, 7 * rule.weeks) if harm in rule.harm else None


def problems_of(answers: ReviewAnswers, rules: LineManagementRules, *, harm: str, today: date) -> dict[str, str]:
    """What is wrong with a review: a sentence for each answer at fault. Empty when it can be kept."""
    found: dict[str, str] = {}
    if not answers.looked_at or not _known(answers.looked_at, rules.looked_at):
        found["looked_at"] = "Select what you looked at"
    if not answers.outcomes or not _known(answers.outcomes, rules.outcomes):
        found["outcomes"] = "Select what your review came to"
    alone = [one for one in rules.outcomes if one.stands_alone and one.id in answers.outcomes]
    if alone and len(answers.outcomes) > 1:
        found["outcomes"] = f"“{alone[0].label}” stands alone: take it away, or the others"
    if not answers.reasons.strip():
        found["reasons"] = "Say why"
    if answers.reviewed_on > today:
        found["reviewed_on"] = "The day of the review must be today or in the past"
    latest = last_day_for_next(harm, rules.review, answers.reviewed_on)
    if answers.next_on <= answers.reviewed_on:
        found["next_on"] = "The next review must be after this one"
    elif latest is not None and answers.next_on > latest:
        found["next_on"] = (
            f"At this level of risk of harm the next review is within {rules.review.weeks} weeks: "
            f"by {in_full(latest)} at the latest"
        )
    return found


def labels(ids: Sequence[str], choices: Sequence[ReviewChoice]) -> list[str]:
    """The labels of these choices, in the pack's order; an id that the pack no longer has is shown as it is."""
    known = {choice.id: choice.label for choice in choices}
    return [label for id_, label in known.items() if id_ in ids] + [id_ for id_ in ids if id_ not in known]


@dataclass(frozen=True, slots=True)
class StartCounts:
    """How starts were kept: on time, late, still missing, and never done before it was no longer needed.

    ``explained`` is how many of the last three have a reason recorded.
    """

    on_time: int = 0
    late: int = 0
    missing: int = 0
    never: int = 0
    explained: int = 0

    @property
    def judged(self) -> int:
        """All of them."""
        return self.on_time + self.late + self.missing + self.never

    @property
    def not_on_time(self) -> int:
        """Those that a reason can be recorded for."""
        return self.late + self.missing + self.never

    @property
    def percentage(self) -> int | None:
        """On time, of all, to the nearest per cent; None if there are none. Shown with its count only."""
        return (200 * self.on_time + self.judged) // (2 * self.judged) if self.judged else None

    def plus(self, other: "StartCounts") -> "StartCounts":
        """Both together."""
        return StartCounts(*(getattr(self, name) + getattr(other, name) for name in StartCounts.__dataclass_fields__))


def _known(ids: Sequence[str], choices: Sequence[ReviewChoice]) -> bool:
    return {*ids} <= {choice.id for choice in choices}
