"""What stands behind each plan and review of a generated case, tied to the OASys that was there on the day."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from openmappa.core.bands import HarmLevel
from openmappa.core.instruments.oasys.scoring import scores
from openmappa.core.instruments.oasys.summary import GroundKind, grounds
from openmappa.core.packs.oasys_rules import AtRisk, OasysRules
from openmappa.core.standards.facts import Fact
from openmappa.core.synthetic.content.assessments import Assessment
from openmappa.core.synthetic.content.decks import Decks
from openmappa.core.synthetic.content.known import Known
from openmappa.core.synthetic.content.objectives import Objectives
from openmappa.core.synthetic.content.plan_words import (
    ACTION_DONE,
    ACTIONS,
    CONTINGENCIES,
    GOOD,
    LIAISON,
    MAPPA_NOT,
    MAPPA_TAKEN_IN,
    NOT_SHARED,
    PROGRESS,
    REVIEW_CHANGED,
    REVIEW_THIN,
    REVIEW_WHY,
    THIN,
    THIN_ACTION,
    THIN_CONTINGENCY,
    THIN_LIAISON,
    THIN_PROGRESS,
)
from openmappa.core.synthetic.content.planned import (
    OPEN,
    RISK_MANAGEMENT,
    SUPERVISION,
    ActionText,
    ContingencyText,
    GroundText,
    LiaisonText,
    PlanText,
)
from openmappa.core.synthetic.content.sequence import steps_on
from openmappa.core.synthetic.content.step_words import STEPS
from openmappa.core.synthetic.dealing import Dice

KINDS = {
    "isp_completed": SUPERVISION,
    "plan_reviewed": SUPERVISION,
    "rmp_completed": RISK_MANAGEMENT,
    "rmp_reviewed": RISK_MANAGEMENT,
}
FIRST = ("isp_completed", "rmp_completed")
STILL_OPEN = 0.5  # of the actions of a risk management plan, by its next review


class Based(NamedTuple):
    """The OASys that a plan was based on: the level it found and the grounds it gives."""

    harm: HarmLevel
    grounds: tuple[GroundText, ...]


def plans_of(known: Known, assessments: list[Assessment], rules: OasysRules, decks: Decks, seed: str) -> list[PlanText]:
    """Every plan and every review of a case, in the order in which they were written."""
    facts = list(known.of_kind(*KINDS))
    if not facts:
        return []
    writer = _Writer(known, decks, Dice(seed, known.reference, "plans"))
    based = {each.fact: _based_on(each, rules) for each in _used([place for place, _ in facts], assessments)}
    return [writer.write(place, fact, _standing(based, place)) for place, fact in facts]


def _used(places: list[int], assessments: list[Assessment]) -> list[Assessment]:
    """The OASys that plans at these places are based on: the last before each, and the first of all."""
    last = {max((each.fact for each in assessments if each.fact <= place), default=-1) for place in places}
    return [each for number, each in enumerate(assessments) if number == 0 or each.fact in last]


def _standing(based: Mapping[int, Based], place: int) -> Based:
    """The last OASys before a plan, or the first where the plan came before any."""
    if not based:
        return Based(HarmLevel.MEDIUM, ())
    return based[max((fact for fact in based if fact <= place), default=min(based))]


def _based_on(assessment: Assessment, rules: OasysRules) -> Based:
    needs = {f"need:{score.slug}" for score in scores(rules, assessment.sections) if score.is_need}
    must = needs | {f"harm:{who}" for who in AtRisk}
    found = tuple(
        GroundText(ground.kind.value, ground.key, ground.title, ground.key in must)
        for ground in grounds(rules, assessment.sections)
        if ground.kind is GroundKind.NEED or ground.key in must
    )
    return Based(assessment.harm, found)


class _Writer:
    """Writes the plans of one case, each from the version before."""

    def __init__(self, known: Known, decks: Decks, dice: Dice) -> None:
        self._known = known
        self._decks = decks
        self._dice = dice
        self._steps = [name for name in STEPS if name != "programme" and decks.yes(f"step_{name}")]
        self._in_sequence = decks.yes("plan_sequence")
        self._before: dict[str, PlanText] = {}
        self._objectives = Objectives(dice, smart=False, whole=False)

    def write(self, place: int, fact: Fact, based: Based) -> PlanText:
        """One version."""
        kind = KINDS[fact.kind]
        before = self._before.get(kind)
        is_review = fact.kind not in FIRST
        own = self._supervision if kind == SUPERVISION else self._risk_management
        plan = PlanText(
            fact=place,
            kind=kind,
            purpose="review" if is_review else "initial",
            version=before.version + 1 if before else 1,
            harm=based.harm,
            liaison=LiaisonText(*(LIAISON if self._decks.yes("plan_liaison") else THIN_LIAISON)),
            mappa_actions=self._open_actions(place),
            countersigned=self._decks.yes("plan_countersigned"),
        )
        self._before[kind] = own(plan, fact.on, before, based)
        return self._before[kind]

    def _supervision(self, plan: PlanText, day: date, before: PlanText | None, based: Based) -> PlanText:
        latest = _order_ends(self._known, day)
        if plan.purpose == "initial":
            needed = any(ground.must for ground in based.grounds)
            whole = needed and self._decks.yes("isp_content")
            self._objectives = Objectives(self._dice, self._decks.yes("isp_smart"), whole)
        careful = plan.purpose == "initial" or self._decks.yes("review_content")
        if before is None:
            objectives = self._objectives.first(day, latest, based.grounds)
        else:
            objectives = self._objectives.reviewed(day, latest, before.objectives, based.grounds, careful)
        shared = self._decks.yes("isp_shared")
        return replace(
            plan,
            shared_on=day if shared else None,
            texts=self._texts(shared),
            grounds=based.grounds,
            objectives=objectives,
            steps=steps_on(day, self._steps_so_far(day), self._in_sequence, plan.purpose == "review"),
            review=self._review(careful, plan.mappa_actions) if plan.purpose == "review" else {},
        )

    def _risk_management(self, plan: PlanText, day: date, before: PlanText | None, based: Based) -> PlanText:
        good = self._decks.yes("rmp_content")
        contingencies = self._dice.shuffled(CONTINGENCIES)[:2] if good else [THIN_CONTINGENCY]
        return replace(
            plan,
            texts=GOOD if good else THIN,
            actions=self._actions(day, before, good),
            contingencies=tuple(ContingencyText(*each) for each in contingencies),
            review=self._review(good, plan.mappa_actions) if plan.purpose == "review" else {},
        )

    def _actions(self, day: date, before: PlanText | None, good: bool) -> tuple[ActionText, ...]:
        kept = [self._moved(action, day, good) for action in before.actions if action.state == OPEN] if before else []
        said = {action.what for action in kept}
        chosen = self._dice.shuffled(ACTIONS)[: self._dice.between(2, 3)] if good else [THIN_ACTION]
        first = max((action.number for action in before.actions), default=0) + 1 if before else 1
        due = day + timedelta(days=self._dice.between(7, 60))
        new = [each for each in chosen if each[0] not in said]
        return (*kept, *(ActionText(first + n, what, owner, due) for n, (what, owner) in enumerate(new)))

    def _moved(self, action: ActionText, day: date, good: bool) -> ActionText:
        if self._dice.roll() < STILL_OPEN:
            going = self._dice.one_of(PROGRESS[OPEN]) if good else THIN_PROGRESS
            return replace(action, due_on=max(action.due_on, day + timedelta(weeks=4)), going=going)
        evidence = ACTION_DONE if good else THIN_PROGRESS
        return replace(action, state="done", state_on=day, evidence=evidence, going=evidence)

    def _texts(self, shared: bool) -> dict[str, str]:
        texts = dict(GOOD)
        if not self._decks.yes("isp_diversity"):
            texts |= {name: THIN[name] for name in ("diversity", "adapted")}
        texts["own_words"] = GOOD["own_words"] if shared else ""
        texts["why_not_shared"] = "" if shared else NOT_SHARED
        return texts

    def _steps_so_far(self, day: date) -> list[str]:
        programme = any(fact.on <= day for _, fact in self._known.of_kind("programme_required"))
        return [*self._steps, "programme"] if programme else self._steps

    def _review(self, careful: bool, mappa: tuple[str, ...]) -> dict[str, str]:
        taken_in = MAPPA_TAKEN_IN if mappa and self._decks.yes("plan_mappa") else MAPPA_NOT
        return {
            "why_now": REVIEW_WHY,
            "what_changed": REVIEW_CHANGED if careful else REVIEW_THIN,
            "mappa_taken_in": taken_in if mappa else "",
        }

    def _open_actions(self, place: int) -> tuple[str, ...]:
        """The numbers of the actions from MAPPA meetings that were open then (7.8)."""
        found: dict[str, None] = {}
        for _, fact in self._known.of_kind_before(place, "action_agreed", "action_completed"):
            number = str(fact.details["action"])
            if fact.kind == "action_agreed":
                found[number] = None
            else:
                found.pop(number, None)
        return tuple(found)


def _order_ends(known: Known, day: date) -> date:
    """The last day of the order that runs on this day; a year on where it is not known."""
    ends = [fact.details.get("ends") for _, fact in known.of_kind("order_started") if fact.on <= day]
    last = ends[-1] if ends else None
    return last if isinstance(last, date) else day + timedelta(days=365)
