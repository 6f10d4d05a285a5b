"""What line managers made of the work on a generated case: marks of quality, reviews, reasons for lateness."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from openmappa.core.bands import HarmLevel
from openmappa.core.packs.quality_rules import Mark, QualityRules
from openmappa.core.synthetic.content.case import CaseContent
from openmappa.core.synthetic.content.decks import Decks
from openmappa.core.synthetic.content.measured import WORK_MEASURES
from openmappa.core.synthetic.content.planned import SUPERVISION
from openmappa.core.synthetic.dealing import Dice
from openmappa.core.synthetic.shape import Figure

WHY: Mapping[str, str] = {
    "harm_at_start": "Came late, and leaves out what the prison knew.",
    "harm_every_16_weeks": "More than sixteen weeks after the last one.",
    "harm_after_incident": "Came weeks after the incident.",
    "harm_content": "The summary does not say who is at risk, or when.",
    "harm_management": "No manager has looked at it.",
    "harm_interventions": "What is planned would be the same for anybody.",
    "likelihood_evidence": "The boxes for evidence hold a word or two.",
    "plan_standard": "Late, and without what the MAPPA meeting knew.",
    "plan_content": "Some needs that were found have no objective.",
    "plan_objectives": "Nobody could see on the day whether they were reached.",
    "review_progress": "Later than sixteen weeks.",
    "review_content": "Says “ongoing” of every objective.",
    "rmp_on_time": "Later than five working days.",
    "rmp_together": "Nothing in it is done by another agency.",
    "rmp_carried_out": "The actions have no evidence.",
    "rmp_reviewed": "Not looked at after the incident.",
}
"""Why work is below the line, by criterion."""
EXCELLENT, POOR = 0.15, 0.25
SIXTEEN_WEEKS = timedelta(weeks=16)
LOOKED_AT = ("oasys", "supervision_plan", "risk_management_plan", "contact", "mappa")


class Marking(NamedTuple):
    """The marks for one piece of work, by criterion, each with its comment; `fact` is its place among the facts."""

    fact: int
    marks: Mapping[str, tuple[Mark, str]]


class CaseReview(NamedTuple):
    """A management review of a case (9.13)."""

    on: date
    next_on: date
    looked_at: tuple[str, ...]
    outcome: str
    words: str


OUTCOMES = (
    ("as_it_is", "The plan holds: contact is kept, and the police officer sees the same as we do."),
    ("change_plan", "Two objectives are over. New ones are needed before the next meeting."),
    ("more_contact", "Twice missed this month. Weekly again, one of the visits with the police officer."),
)


class Overseer:
    """The line manager of generated cases. Asked in the same order, it says the same."""

    def __init__(self, source: str, figures: Mapping[str, Figure], rules: QualityRules) -> None:
        self._source = source
        self._rules = rules
        self._decks = Decks(f"{source}/oversight", figures)

    def markings(self, content: CaseContent) -> Iterator[Marking]:
        """The marks of the last OASys, the first plan, and the last reviews of a case."""
        dice = Dice(self._source, content.known.reference, "marks")
        for place in _marked(content):
            fact = content.known.facts[place]
            names = [criterion.id for criterion in self._rules.criteria_for(fact.kind, fact.details)]
            yield Marking(place, {name: _mark(name, self._above(name, place, content), dice) for name in names})

    def _above(self, name: str, place: int, content: CaseContent) -> bool:
        """Whether it is above the line: as the work itself shows where it does, else by the figure."""
        shown = WORK_MEASURES[name](content, place) if name in WORK_MEASURES else None
        return self._decks.yes(f"mark_{name}") if shown is None else shown

    def review(self, content: CaseContent, today: date) -> CaseReview | None:
        """The latest management review, where the level is high or very high and a manager looked in time (9.13)."""
        levels = [each.harm for each in content.assessments[-1:]]
        ended = any(True for _ in content.known.of_kind("order_ended", "case_closed"))
        if ended or not levels or levels[0] not in (HarmLevel.HIGH, HarmLevel.VERY_HIGH):
            return None
        if not self._decks.yes("management_review"):
            return None
        dice = Dice(self._source, content.known.reference, "review")
        day = max(content.known.facts[-1].on, today - timedelta(days=dice.between(5, 100)))
        outcome, words = dice.one_of(OUTCOMES)
        looked_at = tuple(dice.shuffled(LOOKED_AT)[: dice.between(2, 4)])
        return CaseReview(day, day + SIXTEEN_WEEKS, looked_at, outcome, words)

    def reason(self) -> str | None:
        """Why something started late, where anybody said."""
        return self._decks.answer("late_reason") if self._decks.yes("late_explained") else None


def _marked(content: CaseContent) -> list[int]:
    places = [each.fact for each in content.assessments[-1:]]
    supervision = [plan for plan in content.plans if plan.kind == SUPERVISION]
    others = [plan for plan in content.plans if plan.kind != SUPERVISION]
    places += [plan.fact for plan in supervision if plan.purpose == "initial"]
    places += [plan.fact for plan in supervision if plan.purpose == "review"][-1:]
    places += [plan.fact for plan in others if plan.purpose == "initial"]
    return places + [plan.fact for plan in others if plan.purpose == "review"][-1:]


def _mark(name: str, above: bool, dice: Dice) -> tuple[Mark, str]:
    rolled = dice.roll()
    if above:
        return (Mark.EXCELLENT if rolled < EXCELLENT else Mark.SUFFICIENT), ""
    return (Mark.POOR if rolled < POOR else Mark.NOT_SUFFICIENT), WHY[name]
