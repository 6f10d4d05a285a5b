"""The actions that meetings agreed on a case and that nobody has completed yet."""

import re
from dataclasses import dataclass
from datetime import date

from openmappa.cases.models import Case
from openmappa.timeline.models import Fact


@dataclass(frozen=True)
class OpenAction:
    """An action agreed and not completed: its number or name, whose it is, and by when."""

    name: str
    due_on: date
    service: str

    @property
    def whose(self) -> str:
        """Whose action it is, inside a sentence."""
        return "the police" if self.service == "police" else "probation"


def open_actions(case: Case) -> list[OpenAction]:
    """The open actions, soonest due first. One query."""
    rows = Fact.objects.filter(case=case, kind__in=["action_agreed", "action_completed"]).standing()
    found: dict[str, OpenAction] = {}
    done: set[str] = set()
    for kind, details in rows.values_list("kind", "details"):
        if kind == "action_completed":
            done.add(details["action"])
        else:
            due_on = date.fromisoformat(details["due_on"])
            found[details["action"]] = OpenAction(details["action"], due_on, details["service"])
    left = [action for name, action in found.items() if name not in done]
    return sorted(left, key=lambda action: (action.due_on, action.name))


def next_action_number(case: Case) -> str:
    """A number for the next action of a case: "A4" after "A3". One query. Voided actions keep their number."""
    used = Fact.objects.filter(case=case, kind="action_agreed").values_list("details__action", flat=True)
    numbers = [int(found[1]) for name in used if (found := re.fullmatch(r"A(\d{1,6})", name))]
    return f"A{max(numbers, default=0) + 1}"
