"""The plan of each case before its history is written: what it is, when it began, and the answers dealt to it.

Cases are planned in blocks of up to a hundred of one area, so that each block follows the report's shares.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from openmappa.core.synthetic.days import Calendar
from openmappa.core.synthetic.dealing import GOLDEN, Dice, deal, quota
from openmappa.core.synthetic.shape import Figure, Shape

BLOCK = 100  # cases that share one deal: the size of the report's own sample
LEVELS = ("low", "medium", "high", "very_high")
FROM_PRISON = ("licence", "extended_licence")
PERIOD_YEARS = {"5_years": 5, "7_years": 7, "10_years": 10}
LOWEST_BAND_FROM = 35  # RM2000/S gives points to anybody younger at the start of risk, so that nobody of them is low
TOO_YOUNG = "21_to_30"


@dataclass(slots=True)
class CasePlan:
    """One case to be: days are ordinals; `answers` holds the answer of every figure dealt to it."""

    number: int
    force: str
    until: int
    answers: dict[str, str] = field(default_factory=dict)
    clocks: dict[str, int] = field(default_factory=dict)
    sentenced_on: int | None = None
    order_on: int = 0
    order_ended_on: int | None = None
    closed_on: int | None = None

    @property
    def registered(self) -> bool:
        """Whether the offence is one that has to be registered (3.9)."""
        return self.answers.get("registered") != "no"

    @property
    def registered_on(self) -> int:
        """The day of the sentence or the order."""
        return self.order_on if self.sentenced_on is None else self.sentenced_on

    @property
    def last_day(self) -> int:
        """The last day on which anything can happen."""
        return self.until if self.closed_on is None else self.closed_on

    @property
    def supervision_ends(self) -> int:
        """The last day under supervision so far."""
        return self.last_day if self.order_ended_on is None else self.order_ended_on

    @property
    def level(self) -> int:
        """The MAPPA level while under supervision."""
        return int(self.answers.get("mappa_level") or self.answers["mappa_level_before"])

    @property
    def planned_months(self) -> int:
        """The months between planned home visits."""
        return int(self.answers[f"planned_visits_{self.force}"])

    def room(self, clock: str) -> int:
        """Days for which a clock has run so far."""
        ends = self.supervision_ends if clock in ("order", "level") else self.last_day
        return ends - self.clocks[clock]

    def has(self, figure: str, *wanted: str) -> bool:
        """Whether one of these answers was dealt."""
        return self.answers.get(figure) in wanted


Group = Callable[[CasePlan], bool]


def _visited_in(force: str) -> Group:
    return lambda plan: "visiting" in plan.clocks and plan.force == force


def _planned_every(months: int) -> Group:
    return lambda plan: "visiting" in plan.clocks and plan.planned_months == months


GROUPS: Mapping[str, Group] = {
    "all": lambda plan: True,
    "none": lambda plan: False,
    "supervised": lambda plan: plan.has("status", "supervised"),
    "not_supervised": lambda plan: not plan.has("status", "supervised"),
    "registered": lambda plan: plan.registered,
    "community": lambda plan: plan.registered and plan.has("order", "community_order"),
    "suspended": lambda plan: plan.registered and plan.has("order", "suspended_sentence"),
    "on_licence": lambda plan: plan.registered and plan.has("order", "licence"),
    "on_extended_licence": lambda plan: plan.registered and plan.has("order", "extended_licence"),
    "from_prison": lambda plan: plan.has("order", *FROM_PRISON),
    "rm2000_done": lambda plan: plan.has("rm2000_done", "yes"),
    "without_rm2000": lambda plan: not plan.has("rm2000_done", "yes"),
    "band_changed": lambda plan: plan.has("band_change", "changed"),
    "visited": lambda plan: "visiting" in plan.clocks,
    **{f"visited_{force}": _visited_in(force) for force in "ABCDE"},
    **{f"planned_{months}": _planned_every(months) for months in (1, 2, 3, 4, 6, 8, 9, 12)},
    "with_incident": lambda plan: plan.has("incident", "one", "two"),
    "harm_changed": lambda plan: plan.has("harm_change", "changed"),
    "high_harm": lambda plan: plan.has("harm", *LEVELS[2:]) or plan.has("harm_before", *LEVELS[2:]),
    "with_risk_management_plan": lambda plan: plan.has("rmp", "on_time", "late"),
    "programme_required": lambda plan: plan.has("programme", "required"),
    "victim_eligible": lambda plan: plan.has("victim_contact", "eligible"),
    "level_2": lambda plan: plan.level == 2,
    "level_3": lambda plan: plan.level == 3,
    "met": lambda plan: plan.level > 1 and not plan.has(f"mappa_review_{plan.level}", "none"),
    "breached": lambda plan: plan.has("breach", "yes"),
    "licence_breached": lambda plan: plan.has("breach", "yes") and plan.has("order", *FROM_PRISON),
}


@dataclass(frozen=True, slots=True)
class Planner:
    """Plans the blocks of one sample caseload. `window` is the length of the history in days."""

    seed: int
    until: int
    window: int
    shape: Shape
    calendar: Calendar

    def block(self, *, area: int, force: str, first: int, count: int, turn: int) -> list[CasePlan]:
        """The plans of `count` cases from number `first`; `turn` is the block's place in the whole caseload."""
        dice = Dice(self.seed, "plan", area, first)
        plans = [CasePlan(number, force, self.until) for number in range(first, first + count)]
        steps: Mapping[str, Callable[[Dice, list[CasePlan]], None]] = {
            "start": self._lay_out_days,
            "rm2000_delay": self._start_visiting,
            "planned_visits_E": self._share_out_bands,
            "oasys_review": lambda _, plans: self._review_only_what_there_is(plans, "oasys_start", "oasys_review"),
            "plan_review": lambda _, plans: self._review_only_what_there_is(plans, "isp", "plan_review"),
            "harm_change": lambda dice, plans: _choose_level_before(dice, plans, "harm"),
        }
        for figure in self.shape.figures.values():
            self._deal(dice, figure, [plan for plan in plans if GROUPS[figure.among](plan)], turn)
            if figure.name in steps:
                steps[figure.name](dice, plans)
        return plans

    def _deal(self, dice: Dice, figure: Figure, plans: Sequence[CasePlan], turn: int) -> None:
        offset = (Dice(self.seed, figure.name).roll() + turn * GOLDEN) % 1.0
        old = [plan for plan in plans if not figure.split or plan.room(figure.clock) >= figure.split]
        young = [plan for plan in plans if figure.split and plan.room(figure.clock) < figure.split]
        for part in (old, young):
            for plan, answer in deal(dice, figure, offset, part, lambda plan: plan.room(figure.clock)):
                plan.answers[figure.name] = answer

    def _review_only_what_there_is(self, plans: list[CasePlan], first: str, review: str) -> None:
        """Swap answers so that, as far as may be, what was never done at the start is never reviewed either."""
        figure = self.shape.figures[review]
        plans = [plan for plan in plans if plan.room(figure.clock) >= figure.split]
        odd = [plan for plan in plans if plan.has(first, "never") and not plan.has(review, "never")]
        swaps = [plan for plan in plans if plan.has(review, "never") and not plan.has(first, "never")]
        for one, other in zip(odd, swaps, strict=False):
            one.answers[review], other.answers[review] = other.answers[review], one.answers[review]

    def _lay_out_days(self, dice: Dice, plans: list[CasePlan]) -> None:
        for plan in plans:
            if plan.has("status", "supervised"):
                ago = self._scaled(dice.within(self.shape.figures["start"].spans[plan.answers["start"]]))
            else:
                ago = self._scaled(dice.within(self.shape.spans["ended_order_start"]))
            from_prison = plan.has("order", *FROM_PRISON)
            if from_prison:
                ago = min(ago, self.window - self.shape.spans["in_prison"].low)
            plan.order_on = self.calendar.open_day(plan.until - ago)
            if from_prison:
                inside = min(dice.within(self.shape.spans["in_prison"]), self.window - ago)
                plan.sentenced_on = self.calendar.open_day(plan.order_on - inside)
            if not plan.has("status", "supervised"):
                self._end(dice, plan)
            plan.clocks = {
                "order": plan.order_on,
                "registered": plan.registered_on,
                "level": self._level_day(dice, plan),
            }

    def _end(self, dice: Dice, plan: CasePlan) -> None:
        ended = plan.order_on + self._scaled(dice.within(self.shape.spans["ended_order_length"]))
        if plan.has("status", "closed"):
            plan.closed_on = self.calendar.open_day(plan.until - dice.within(self.shape.spans["closed_ago"]))
        plan.order_ended_on = min(self.calendar.open_day(ended), plan.last_day)

    def _level_day(self, dice: Dice, plan: CasePlan) -> int:
        when = "level_set_about_release" if plan.sentenced_on else "level_set_after_sentence"
        return self.calendar.open_day(plan.order_on + dice.within(self.shape.spans[when]))

    def _start_visiting(self, dice: Dice, plans: list[CasePlan]) -> None:
        delays = self.shape.figures["rm2000_delay"].spans
        for plan in plans:
            if plan.has("rm2000_done", "yes"):
                day = plan.registered_on + dice.within(delays[plan.answers["rm2000_delay"]])
                plan.clocks["rm2000"] = min(day, plan.last_day)
                plan.clocks["visiting"] = max(plan.order_on, plan.clocks["rm2000"])

    def _share_out_bands(self, dice: Dice, plans: list[CasePlan]) -> None:
        """The higher bands go to those with the shorter intervals, more or less."""
        scored = [plan for plan in plans if "visiting" in plan.clocks]
        ranked = sorted((plan.planned_months * (0.7 + 0.6 * dice.roll()), plan.number, plan) for plan in scored)
        bands = quota(self.shape.figures["band"], len(scored), dice.roll()) if scored else []
        for (_, _, plan), band in zip(ranked, bands, strict=True):
            plan.answers["band"] = band
        _keep_the_lowest_band_from_the_young([plan for _, _, plan in ranked])
        _choose_level_before(dice, plans, "band")

    def _scaled(self, days: int) -> int:
        return days * self.window // self.shape.three_year_days


def _keep_the_lowest_band_from_the_young(ranked: list[CasePlan]) -> None:
    """Swap bands with the next one up among those who are old enough, so that each share stays what it is."""
    young = [plan for plan in ranked if plan.has("band", "low") and plan.has("age", TOO_YOUNG)]
    older = [plan for plan in reversed(ranked) if plan.has("band", "medium") and not plan.has("age", TOO_YOUNG)]
    for plan in young:
        plan.answers["band"] = "medium"
    for _, other in zip(young, older, strict=False):
        other.answers["band"] = "low"


def _choose_level_before(dice: Dice, plans: list[CasePlan], name: str) -> None:
    """Give each case whose band or harm changed the level it had before: the one above or below."""
    for plan in plans:
        if plan.has(f"{name}_change", "changed"):
            now = LEVELS.index(plan.answers[name])
            lowest = 1 if name == "band" and plan.has("age", TOO_YOUNG) else 0
            beside = [level for level in (now - 1, now + 1) if lowest <= level < len(LEVELS)]
            plan.answers[f"{name}_before"] = LEVELS[dice.one_of(beside)]
