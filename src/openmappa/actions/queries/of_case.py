"""The actions of one case or meeting, those that are known only as facts among them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from openmappa.actions.models import Action, ActionStep
from openmappa.cases.models import Case
from openmappa.core.mappa.actions import OPEN, ActionState, lateness
from openmappa.timeline.models import Fact

KINDS = ("action_agreed", "action_completed")
NO_TEXT = "Recorded without its text"
SERVICE_WORDS = {"police": "Police", "probation": "Probation"}


@dataclass(frozen=True)
class ActionLine:
    """An action as lists show it. ``action`` is None, and ``text`` empty, where it is known only as a fact."""

    name: str
    text: str
    whose: str
    agency: str
    service: str
    agreed_on: date
    first_due_on: date
    due_on: date
    state: ActionState
    completed_on: date | None
    action: Action | None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.state in OPEN

    def is_overdue(self, today: date) -> bool:
        """Whether it is open and its day has passed."""
        return self.is_open and self.due_on < today

    @property
    def owner_and_agency(self) -> str:
        """Whose it is, with the agency where that does not say it already."""
        return self.whose if self.agency in self.whose else f"{self.whose}, {self.agency}"

    def state_words(self, today: date) -> str:
        """Where it stands, in words: "Overdue, accepted"; of one without its text only whether it is done."""
        if not self.is_open:
            return self.state.label
        if not self.text:
            return "Overdue" if self.is_overdue(today) else "Open"
        said = self.state.label
        return f"Overdue, {said[0].lower()}{said[1:]}" if self.is_overdue(today) else said

    def lateness(self, today: date) -> str:
        """How it stands to its day, in words; empty once nobody has anything to do about it any more."""
        return lateness(self.due_on, today) if self.is_open else ""


def actions_of_case(case: Case) -> list[ActionLine]:
    """Every action agreed on the case, voided ones apart: open ones first, soonest due first. Two queries.

    An action is completed when a fact says so, whoever recorded it, and open again once that was voided as a mistake.
    """
    facts = Fact.objects.filter(case=case, kind__in=KINDS).standing()
    rows = Action.objects.filter(case=case).select_related("owner", "agency", "fact")
    return lines(list(facts), list(rows))


def open_actions_of_case(case: Case) -> list[ActionLine]:
    """The open ones, soonest due first. Two queries."""
    return [line for line in actions_of_case(case) if line.is_open]


def actions_of_meeting(meeting_key: uuid.UUID) -> list[Action]:
    """What a meeting agreed, in the order of the numbers, mistakes apart. One query."""
    rows = Action.objects.filter(meeting=meeting_key).select_related("owner", "agency")
    return list(rows.exclude(state__in=_OPEN_STATES, fact__voided_at__isnull=False).order_by("id"))


def unaccounted_before(case: Case, meeting_key: uuid.UUID) -> list[ActionLine]:
    """The actions of earlier meetings that this meeting has still to account for: first on its agenda.

    They are neither completed nor withdrawn, and no step on them names this meeting (carried over, moved, changed).
    Three queries.
    """
    dealt = set(ActionStep.objects.filter(case=case, meeting=meeting_key).values_list("action_id", flat=True))
    return [
        line
        for line in open_actions_of_case(case)
        if line.action is None or (line.action.meeting != meeting_key and line.action.pk not in dealt)
    ]


def first_on_the_agenda(case: Case) -> list[ActionLine]:
    """The actions that the next meeting on the case starts with: every open one, soonest due first. Two queries."""
    return open_actions_of_case(case)


def lines(facts: Sequence[Fact], rows: Sequence[Action]) -> list[ActionLine]:
    """Lines from the standing facts of a case and its actions, the open ones first, soonest due first."""
    done: dict[str, date] = {}
    agreed: dict[str, Fact] = {}
    for fact in facts:
        if fact.kind == "action_completed":
            done.setdefault(fact.details["action"], fact.on)
        else:
            agreed.setdefault(fact.details["action"], fact)
    known = {row.number: row for row in rows}
    found = [_line_of(row, done.get(row.number), row.number in agreed) for row in rows]
    found += [_fact_alone(fact, done.get(name)) for name, fact in agreed.items() if name not in known]
    standing = [line for line in found if line is not None]
    return sorted(standing, key=lambda line: (not line.is_open, line.due_on, line.agreed_on, len(line.name), line.name))


def _line_of(row: Action, done_on: date | None, agreed: bool) -> ActionLine | None:
    """The line of an action; None where agreeing it was a mistake that was voided."""
    state = row.stands
    if not agreed and state is not ActionState.WITHDRAWN:
        return None
    if state is not ActionState.WITHDRAWN and done_on is not None:
        state = ActionState.COMPLETED
    elif state is ActionState.COMPLETED:
        state = ActionState.ACCEPTED
    return ActionLine(
        name=row.number,
        text=row.text,
        whose=row.whose,
        agency=row.agency.name,
        service=row.service,
        agreed_on=row.agreed_on,
        first_due_on=row.first_due_on,
        due_on=row.due_on,
        state=state,
        completed_on=done_on if state is ActionState.COMPLETED else None,
        action=row,
    )


def _fact_alone(fact: Fact, done_on: date | None) -> ActionLine:
    due_on = date.fromisoformat(fact.details["due_on"])
    words = SERVICE_WORDS[fact.details["service"]]
    state = ActionState.COMPLETED if done_on else ActionState.AGREED
    return ActionLine(
        fact.details["action"], "", words, words, fact.details["service"], fact.on, due_on, due_on, state, done_on, None
    )


_OPEN_STATES = sorted(state.value for state in OPEN)
