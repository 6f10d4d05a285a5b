"""The actions that generated meetings agreed, and the steps by which each came to where it stands today."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from operator import attrgetter

from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.actions.models import Action, ActionStep
from openmappa.caseload.services.content.filed import Filed
from openmappa.caseload.services.content.mappa.people import Attendee, Desk
from openmappa.caseload.services.content.mappa.shown import with_something_to_do
from openmappa.caseload.services.content.moments import signed_at
from openmappa.caseload.services.copying import copy_rows, reserved_ids
from openmappa.core.synthetic.content.mappa.held import ACCEPTED, AGREED, COMPLETED, ActionStory, MappaContent
from openmappa.core.synthetic.content.mappa.posts import CASE_MANAGER

ACTION = tuple(field.attname for field in Action._meta.concrete_fields)
STEP = tuple(field.attname for field in ActionStep._meta.concrete_fields)
ACCEPTED_AT = time(10, 40)


def write_actions(
    told: Iterable[tuple[Filed, Desk, MappaContent]], meetings: Mapping[tuple[int, date], uuid.UUID]
) -> int:
    """Write every action with its steps with COPY; returns how many actions.

    `meetings` are the keys of recent meetings by case and day; an action of an earlier one names none.
    """
    stories = with_something_to_do([(filed, desk, story) for filed, desk, content in told for story in content.actions])
    actions: list[Action] = []
    steps: list[ActionStep] = []
    for pk, (filed, desk, story) in zip(reserved_ids(Action, len(stories)), stories, strict=True):
        owner = desk.attendee(story.post, filed.case) or desk.attendee(CASE_MANAGER, filed.case)
        if owner is None:
            continue
        action = _action(pk, filed, desk, story, owner)
        action.meeting = meetings.get((filed.case.pk, story.agreed_on))
        actions.append(action)
        steps += _steps(filed, desk, story, action)
    for pk, step in zip(reserved_ids(ActionStep, len(steps)), steps, strict=True):
        step.pk = pk
    copy_rows(Action, ACTION, map(attrgetter(*ACTION), actions))
    copy_rows(ActionStep, STEP, map(attrgetter(*STEP), steps))
    return len(actions)


def _action(pk: int, filed: Filed, desk: Desk, story: ActionStory, owner: Attendee) -> Action:
    agreed = filed.known.facts[story.agreed]
    return Action(
        pk=pk,
        key=uuid.uuid4(),
        case=filed.case,
        area=desk.area,
        reference=filed.case.reference,
        number=story.number,
        text=story.text,
        agency=owner.agency,
        owner=owner.person,
        owner_words="" if owner.person else owner.in_words[:150],
        service=story.service,
        agreed_on=story.agreed_on,
        first_due_on=story.due_on,
        due_on=story.due_on,
        fact_id=filed.ids[story.agreed],
        agreed_by=desk.coordinator,
        agreed_at=signed_at(agreed.recorded_on),
        state=story.state,
        completed_on=story.done_on,
        done_fact_id=filed.ids[story.done] if story.done is not None else None,
    )


def _steps(filed: Filed, desk: Desk, story: ActionStory, action: Action) -> Iterator[ActionStep]:
    """Accepted where the owner can sign in and has looked; then whatever became of it."""
    owner = action.owner
    by = owner or desk.coordinator
    accepted_on = min(story.agreed_on + timedelta(days=2), story.done_on or timezone.localdate(), timezone.localdate())
    if owner is not None and story.state != AGREED:
        yield _step(action, ACCEPTED, ACCEPTED, accepted_on, owner, _at(accepted_on))
    if story.state == COMPLETED and story.done is not None and story.done_on is not None:
        at = signed_at(filed.known.facts[story.done].recorded_on)
        step = _step(action, COMPLETED, COMPLETED, story.done_on, by, at)
        step.words, step.fact_id = story.evidence, filed.ids[story.done]
        yield step
    elif story.reason:
        on = max(accepted_on, min(story.due_on, timezone.localdate()))
        step = _step(action, story.state, story.state, on, by, _at(on, 2))
        step.words = story.reason
        yield step


def _step(action: Action, kind: str, state: str, on: date, by: User, at: datetime) -> ActionStep:
    return ActionStep(action=action, case=action.case, kind=kind, state=state, on=on, at=at, by=by)


def _at(day: date, hours: int = 0) -> datetime:
    moment = timezone.make_aware(datetime.combine(day, ACCEPTED_AT))
    return min(moment + timedelta(hours=hours), timezone.now())
