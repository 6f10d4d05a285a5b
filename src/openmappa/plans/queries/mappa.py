"""The actions that MAPPA meetings agreed on a case, with their state: the seam between meetings and plans.

Whatever records an ``action_agreed`` fact, by hand today and from a meeting's minutes later, is in every plan of the
case from that moment on (7.8).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from openmappa.cases.models import Case
from openmappa.timeline.models import Fact

KINDS = ("action_agreed", "action_completed")


@dataclass(frozen=True)
class MappaAction:
    """An action from a meeting: its number, whose it is, when it was agreed, is due, and was completed."""

    name: str
    service: str
    agreed_on: date
    due_on: date
    completed_on: date | None

    @property
    def whose(self) -> str:
        """Whose action it is."""
        return "Police" if self.service == "police" else "Probation"

    @property
    def is_open(self) -> bool:
        """Whether nobody has completed it."""
        return self.completed_on is None

    def is_overdue(self, today: date) -> bool:
        """Whether it is open and its day has passed."""
        return self.is_open and self.due_on < today


def mappa_actions(case: Case) -> list[MappaAction]:
    """Every action agreed at a meeting on this case: open ones first, soonest due first. One query."""
    rows = Fact.objects.filter(case=case, kind__in=KINDS).standing()
    return actions_in(rows.values_list("kind", "on", "details"))


def actions_in(rows: Iterable[tuple[str, date, Mapping[str, str]]]) -> list[MappaAction]:
    """The same from facts of these kinds, each its kind, its day and its details, by day and then as entered."""
    agreed: list[tuple[str, date, date, str]] = []
    completed: dict[str, date] = {}
    for kind, on, details in rows:
        if kind == "action_completed":
            completed.setdefault(details["action"], on)
        else:
            agreed.append((details["action"], on, date.fromisoformat(details["due_on"]), details["service"]))
    found = [MappaAction(name, service, on, due_on, completed.get(name)) for name, on, due_on, service in agreed]
    return sorted(found, key=lambda one: (not one.is_open, one.due_on, one.name))
