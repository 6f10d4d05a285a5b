"""Those whom a demonstration is shown with have something to do: an open action each, whatever chance dealt."""

from collections.abc import Sequence
from dataclasses import replace

from openmappa.caseload.services.content.filed import Filed
from openmappa.caseload.services.content.mappa.people import Desk
from openmappa.core.synthetic.content.mappa.held import ACCEPTED, COMPLETED, ActionStory
from openmappa.core.synthetic.content.mappa.posts import CASE_MANAGER, OFFICER

Story = tuple[Filed, Desk, ActionStory]
SHOWN = (
    ("housing", "housing", "probation", "Have the caretaker’s number given to the officer."),
    ("probation1", CASE_MANAGER, "probation", "Ask the tutors for a report before the next meeting."),
    ("police1", OFFICER, "police", "Check the vehicle’s keeper and insurance."),
)
"""The end of a sign-in, the post, the service that answers for it, and an action that fits any case."""


def with_something_to_do(stories: Sequence[Story]) -> list[Story]:
    """The same actions; where somebody who is shown has no open one, the latest open one that fits becomes theirs."""
    found = list(stories)
    for end, post, service, text in SHOWN:
        if any(_is_theirs(each, end) for each in found):
            continue
        places = [place for place, each in enumerate(found) if _could_be(each, end, post, service)]
        if places:
            filed, desk, story = found[places[-1]]
            found[places[-1]] = (filed, desk, replace(story, post=post, text=text, state=ACCEPTED, reason=""))
    return found


def _is_theirs(each: Story, end: str) -> bool:
    filed, desk, story = each
    owner = desk.attendee(story.post, filed.case)
    return story.state != COMPLETED and owner is not None and _is(owner.person, desk, end)


def _could_be(each: Story, end: str, post: str, service: str) -> bool:
    filed, desk, story = each
    holder = desk.attendee(post, filed.case)
    return (
        story.state != COMPLETED and story.service == service and holder is not None and _is(holder.person, desk, end)
    )


def _is(person: object, desk: Desk, end: str) -> bool:
    prefix = desk.coordinator.username.partition(".")[0]
    return getattr(person, "username", "") == f"{prefix}.{end}"
