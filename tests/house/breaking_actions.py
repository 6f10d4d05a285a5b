"""For each constraint on actions of meetings: a row that breaks it."""

import uuid
from collections.abc import Callable
from typing import Any

from django.utils import timezone
from tests.actions.build import an_action, an_officer
from tests.house.breaking import again
from tests.timeline.build import today

from openmappa.actions.models import Action, ActionStep
from openmappa.cases.models import Case


def changed(**values: Any) -> Callable[[Case], object]:
    """An agreed action with these values instead."""

    def breaks(case: Case) -> object:
        action = an_action(case, an_officer())
        said = {name: action.owner if value == "the owner" else value for name, value in values.items()}
        return Action.objects.filter(pk=action.pk).update(**said)

    return breaks


def step(**values: Any) -> Callable[[Case], object]:
    """A step on an agreed action that says this."""

    def breaks(case: Case) -> object:
        action = an_action(case, an_officer())
        plain = {"kind": "accepted", "state": "accepted", "on": today(), "at": timezone.now(), "by": action.owner}
        return ActionStep.objects.create(action=action, case=case, **(plain | values))

    return breaks


def number_twice(case: Case) -> None:
    again(an_action(case, an_officer()))


BREAKS: dict[str, Callable[[Case], object]] = {
    "action_number_once": number_twice,
    "action_state_is_known": changed(state="lost"),
    "action_service_is_known": changed(service="housing"),
    "action_has_an_owner": changed(owner=None),
    "action_of_a_meeting_says_what": changed(text="", meeting=uuid.uuid4()),
    "action_has_a_number": changed(number=""),
    "action_completed_on_a_day": changed(state="completed"),
    "action_offered_in_an_agency": changed(offered_to="the owner"),
    "action_offered_while_it_is_open": lambda case: Action.objects.filter(
        pk=(action := an_action(case, an_officer())).pk
    ).update(state="withdrawn", offered_agency=action.agency),
    "action_declined_an_offer": changed(offer_declined=True),
    "action_stand_in_for_one_who_left": changed(stand_in="the owner"),
    "action_step_kind_is_known": step(kind="slept", words="x"),
    "action_step_state_is_known": step(state="lost"),
    "action_step_says_why": step(kind="cannot"),
    "action_step_completes_with_a_fact": step(kind="completed", words="x"),
    "action_step_moved_to_a_day": step(kind="moved", words="x"),
    "action_step_offered_to_an_agency": step(kind="offered", words="x"),
    "action_step_withdrawn_by_somebody": step(kind="withdrawn", words="x", by=None),
}
