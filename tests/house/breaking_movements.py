"""For each constraint on movements and on reviews of serious further offences: a row that breaks it."""

from collections.abc import Callable

from django.utils import timezone
from tests.further_offences.build import a_contribution_row, a_lesson_row, a_review_row
from tests.movements.build import a_move_row, a_notice_row, an_acknowledgement, an_arrival_note
from tests.timeline.build import ago, make_person

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.further_offences.models.acknowledgement import LessonAcknowledgement

NOW = timezone.now


def by() -> User:
    return make_person(Role.LINE_MANAGER)


def notice(case: Case, **changed: object) -> None:
    a_notice_row(case, by(), **changed)


def move(case: Case, **changed: object) -> None:
    a_move_row(case, by(), **changed)


def review(case: Case, **changed: object) -> None:
    a_review_row(case, by(), **changed)


def contribution(case: Case, **changed: object) -> None:
    a_contribution_row(a_review_row(case, by()), by(), **changed)


def lesson(case: Case, **changed: object) -> None:
    a_lesson_row(a_review_row(case, by()), by(), **changed)


def twice_acknowledged(case: Case) -> None:
    who = by()
    row = a_notice_row(case, who)
    for _ in range(2):
        an_acknowledgement(row, who)


def two_of_an_agency(case: Case) -> None:
    row, who = a_review_row(case, by()), by()
    for _ in range(2):
        a_contribution_row(row, who)


def lesson_acknowledged_twice(case: Case) -> None:
    row, who = a_lesson_row(a_review_row(case, by()), by()), by()
    for _ in range(2):
        LessonAcknowledgement.objects.create(lesson=row, person=who, acknowledged_at=NOW())


BREAKS: dict[str, Callable[[Case], object]] = {
    "release_says_who_and_where": lambda case: notice(case, going_to=""),
    "release_is_still_to_come": lambda case: notice(case, expected_on=ago(1)),
    "release_matched_by_somebody": lambda case: notice(case, matched_by=None),
    "release_set_aside_for_a_reason": lambda case: a_notice_row(None, by(), set_aside_at=NOW()),
    "release_withdrawn_for_a_reason": lambda case: notice(case, withdrawn_at=NOW()),
    "release_acknowledged_once_for_a_day": twice_acknowledged,
    "arrival_names_the_prison": lambda case: an_arrival_note(case, by(), prison_name=""),
    "move_ends_after_it_begins": lambda case: move(case, until_on=ago(0)),
    "move_has_a_host_unless_abroad": lambda case: move(case, abroad=False),
    "move_says_where": lambda case: move(case, place=""),
    "move_acknowledged_by_somebody": lambda case: move(case, acknowledged_at=NOW()),
    "move_returned_after_it_began": lambda case: move(case, returned_on=ago(0), returned_by=by()),
    "move_withdrawn_for_a_reason": lambda case: move(case, withdrawn_at=NOW()),
    "further_offence_reviewed_once": lambda case: [a_review_row(case, by()) for _ in range(2)],
    "further_offence_says_what": lambda case: review(case, alleged=""),
    "further_offence_charged_after_it_happened": lambda case: review(case, offence_on=ago(1)),
    "further_offence_notified_by_somebody_to_somebody": lambda case: review(case, notified_on=ago(1)),
    "further_offence_concluded_with_reasons": lambda case: review(case, concluded_at=NOW()),
    "contribution_once_of_an_agency": two_of_an_agency,
    "contribution_sent_whole": lambda case: contribution(case, sent_at=NOW(), sent_by=by()),
    "contribution_saved_by_somebody": lambda case: contribution(case, chronology="Day 1"),
    "lesson_acknowledged_once": lesson_acknowledged_twice,
    "lesson_kind_is_known": lambda case: lesson(case, kind="rumour"),
    "lesson_says_what_and_for_whom": lambda case: lesson(case, sentence=""),
    "lesson_shared_by_somebody": lambda case: lesson(case, shared_at=NOW()),
}
