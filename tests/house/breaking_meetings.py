"""For each constraint on meetings: a row that breaks it."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from tests.meetings.build import (
    a_calendar_entry,
    a_closed_meeting,
    a_contribution,
    a_meeting,
    a_partner,
    a_sitting,
    an_entry,
    an_invitee,
    soon,
)

from openmappa.cases.models import Case

NOW = timezone.now


def twice_in_a_sitting(case: Case) -> None:
    sitting = a_sitting()
    for _ in range(2):
        a_meeting(case, sitting)


def invited_twice(case: Case) -> None:
    meeting, person = a_meeting(case), a_partner()
    for _ in range(2):
        an_invitee(meeting, person)


def two_drafts(case: Case) -> None:
    meeting, person = a_meeting(case), a_partner()
    for _ in range(2):
        a_contribution(meeting, person)


def two_calendars(case: Case, **whose: object) -> None:
    sitting = a_sitting()
    for _ in range(2):
        a_calendar_entry(sitting, **whose)


BREAKS: dict[str, Callable[[Case], object]] = {
    "sitting_level_is_2_or_3": lambda case: a_sitting(level=1),
    "sitting_ends_after_it_starts": lambda case: a_sitting(ends_at=soon()),
    "sitting_has_a_place_or_a_link": lambda case: a_sitting(place=""),
    "sitting_cancelled_by_somebody_for_a_reason": lambda case: a_sitting(cancelled_at=NOW()),
    "meeting_once_in_a_sitting": twice_in_a_sitting,
    "meeting_taken_off_for_a_reason": lambda case: a_meeting(case, taken_off_at=NOW()),
    "meeting_opened_by_somebody": lambda case: a_meeting(case, opened_at=NOW()),
    "meeting_closed_by_somebody_with_a_fact": lambda case: a_meeting(case, closed_at=NOW(), review_reason="x"),
    "meeting_has_a_review_or_a_reason_for_none": lambda case: a_closed_meeting(case, review_on=None),
    "meeting_takes_time": lambda case: a_meeting(case, minutes=0),
    "invitee_kind_is_known": lambda case: an_invitee(a_meeting(case), kind="friend"),
    "invitee_reply_is_known": lambda case: an_invitee(a_meeting(case), reply="perhaps", replied_at=NOW()),
    "invitee_attendance_is_known": lambda case: an_invitee(a_meeting(case), attendance="asleep"),
    "invitee_has_a_name": lambda case: an_invitee(a_meeting(case), name=""),
    "invitee_once_to_a_meeting": invited_twice,
    "invitee_withdrawn_for_a_reason": lambda case: an_invitee(a_meeting(case), withdrawn_at=NOW()),
    "invitee_replied_at_an_instant": lambda case: an_invitee(a_meeting(case), reply="comes"),
    "invitee_attendance_noted_by_somebody": lambda case: an_invitee(a_meeting(case), attendance="attended"),
    "directory_kind_is_known": lambda case: an_entry(kind="friend"),
    "directory_names_somebody": lambda case: an_entry(holder=""),
    "directory_left_by_somebody": lambda case: an_entry(left_at=NOW()),
    "contribution_place_is_known": lambda case: a_contribution(a_meeting(case), a_partner(), compartment="attic"),
    "contribution_says_something": lambda case: a_contribution(a_meeting(case), a_partner(), text=""),
    "contribution_one_draft_at_a_time": two_drafts,
    "contribution_withdrawn_for_a_reason": lambda case: a_contribution(
        a_meeting(case), a_partner(), withdrawn_at=NOW()
    ),
    "calendar_once_for_a_person": lambda case: two_calendars(case, person=a_partner()),
    "calendar_once_for_an_address": two_calendars,
    "calendar_entry_reaches_somebody": lambda case: a_calendar_entry(a_sitting(), email=""),
    "calendar_ends_after_it_starts": lambda case: a_calendar_entry(a_sitting(), ends_at=soon() - timedelta(days=1)),
    "calendar_failed_with_a_reason": lambda case: a_calendar_entry(a_sitting(), tries=1),
}
