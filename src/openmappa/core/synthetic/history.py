"""The history of one case while it is being written: facts are added in any order and come out in the right one."""

from collections.abc import Iterator, Mapping
from datetime import date
from operator import itemgetter

from openmappa.core.dates import add_months
from openmappa.core.standards.facts import Fact, Value
from openmappa.core.synthetic.days import Calendar
from openmappa.core.synthetic.dealing import Dice
from openmappa.core.synthetic.plan import CasePlan
from openmappa.core.synthetic.shape import Shape

NOTHING: Mapping[str, Value] = {}
# What happens first when two facts fall on one day.
ORDER_OF_THE_DAY = {
    kind: place
    for place, kind in enumerate(
        (
            *("custody_ended", "order_started", "registered", "initial_notification_made", "details_changed"),
            *("details_notified", "annual_notification_made", "rm2000_completed", "rm2000_countersigned"),
            *(
                "visit_interval_set",
                "significant_incident",
                "breach_found",
                "enforcement_taken",
                "custody_started",
            ),
            *("victim_contact_eligible", "victim_unit_referred", "programme_required", "programme_started"),
            *(
                "oasys_completed",
                "harm_level_set",
                "risk_change_acknowledged",
                "isp_completed",
                "plan_reviewed",
            ),
            *("rmp_completed", "rmp_reviewed", "mappa_level_set", "mappa_meeting_held", "action_agreed"),
            *("minutes_filed", "offender_informed", "action_completed", "home_visit"),
            *("order_ended", "registration_ended", "case_closed"),
        )
    )
}


class History:
    """Collects the facts of one planned case. Days are ordinals; what would happen after the last day does not."""

    def __init__(self, plan: CasePlan, dice: Dice, shape: Shape, calendar: Calendar) -> None:
        self.plan = plan
        self.dice = dice
        self.shape = shape
        self.calendar = calendar
        self._last_day = plan.last_day
        self._facts: list[tuple[int, int, str, Mapping[str, Value]]] = []

    def add(self, day: int, kind: str, details: Mapping[str, Value] = NOTHING) -> bool:
        """Write a fact down, unless its day is still to come. Returns whether it was."""
        if day > self._last_day:
            return False
        self._facts.append((day * 64 + ORDER_OF_THE_DAY[kind], day, kind, details))
        return True

    def after(self, day: int, figure: str) -> int | None:
        """The day on which the case did what the figure is about, counted from `day`; None if it never did."""
        span = self.shape.figures[figure].spans.get(self.plan.answers[figure])
        if span is None:
            return None
        return self.calendar.open_day(self.calendar.after(day, span, self.dice.within(span)))

    def drawn_after(self, day: int, name: str) -> int:
        """An office day drawn from one of the ranges, counted from `day`."""
        span = self.shape.spans[name]
        return self.calendar.open_day(self.calendar.after(day, span, self.dice.within(span)))

    def drawn(self, name: str) -> int:
        """A number of days drawn from one of the ranges."""
        return self.dice.within(self.shape.spans[name])

    def happens(self, name: str) -> bool:
        """Whether something with one of the chances happens this time."""
        return self.dice.roll() < self.shape.chances[name]

    def months_after(self, day: int, months: int) -> date:
        """The same day of the month, so many months later."""
        return add_months(self.calendar.date(day), months)

    def facts(self) -> tuple[Fact, ...]:
        """All facts in the order in which they happened, each with the day it was written down."""
        return tuple(self._written_down())

    def _written_down(self) -> Iterator[Fact]:
        very_late, late = self.shape.chances["recorded_very_late"], self.shape.chances["recorded_late"]
        calendar, roll, until = self.calendar, self.dice.roll, self.plan.until
        for _, day, kind, details in sorted(self._facts, key=itemgetter(0)):
            rolled = roll()
            recorded = calendar.open_day(day)
            if rolled < very_late:
                recorded = self.drawn_after(day, "recorded_very_late")
            elif rolled < very_late + late:
                recorded = self.drawn_after(day, "recorded_late")
            on = calendar.date(day)
            yield Fact(kind, on, details, calendar.date(recorded) if recorded <= until else on)
