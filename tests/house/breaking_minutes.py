"""For each constraint on minutes: a row that breaks it."""

from collections.abc import Callable

from django.utils import timezone
from tests.minutes import build
from tests.minutes.build import a_coordinator, a_meeting

from openmappa.cases.models import Case
from openmappa.minutes.models.minutes import Minutes
from openmappa.minutes.models.running import Chairing

NOW = timezone.now


def entry(case: Case, kind: str = "said", **changed: object) -> None:
    by = a_coordinator(case)
    build.an_entry(a_meeting(case, by), by, kind, **changed)


def whole(case: Case, **changed: object) -> None:
    by = a_coordinator(case)
    build.running(a_meeting(case, by), by, **changed)


def minutes(case: Case, **changed: object) -> Minutes:
    by = a_coordinator(case)
    return build.some_minutes(a_meeting(case, by), by, **changed)


def issued(case: Case) -> Minutes:
    row = minutes(case)
    return build.issued(row, row.drafted_by)


def line(case: Case, **changed: object) -> None:
    build.a_line(minutes(case), **changed)


def twice(make: Callable[[Minutes], object]) -> Callable[[Case], None]:
    def breaks(case: Case) -> None:
        row = issued(case)
        make(row)
        make(row)

    return breaks


def two_chairs_at_once(case: Case) -> None:
    by, at = a_coordinator(case), NOW()
    meeting = a_meeting(case, by)
    for _ in range(2):
        Chairing.objects.create(meeting=meeting, case=case, person=by, from_at=at, noted_by=by, noted_at=at)


def same_number(case: Case) -> None:
    row = issued(case)
    build.some_minutes(row.meeting, row.drafted_by)


def two_drafts(case: Case) -> None:
    row = minutes(case)
    build.some_minutes(row.meeting, row.drafted_by, number=2, corrects=row, correction_reason="x")


def two_lines(case: Case) -> None:
    row = minutes(case)
    build.a_line(row)
    build.a_line(row)


def copy(case: Case, **changed: object) -> None:
    row = issued(case)
    build.a_copy(row, row.drafted_by, **changed)


def told(case: Case) -> None:
    row = issued(case)
    build.a_telling(row, row.drafted_by, how="shouting")


BREAKS: dict[str, Callable[[Case], object]] = {
    "running_level_is_known": lambda case: whole(case, level=4),
    "running_category_is_known": lambda case: whole(case, category=0),
    "chairing_one_at_an_instant": two_chairs_at_once,
    "entry_kind_is_known": lambda case: entry(case, "joke"),
    "entry_compartment_is_known": lambda case: entry(case, compartment="intelligence"),
    "entry_disclosed_is_known": lambda case: entry(case, "disclosure", disclosed="no!"),
    "entry_only_a_disclosure_is_disclosed": lambda case: entry(case, to_whom="The landlord"),
    "entry_only_a_decision_has_dissent_or_is_told": lambda case: entry(case, dissent="Housing did not agree"),
    "entry_told_to_the_offender_is_open": lambda case: entry(
        case, "decision", compartment="confidential", plain_words="You will be told this"
    ),
    "entry_removed_by_somebody": lambda case: entry(case, removed_at=NOW()),
    "minutes_number_once": same_number,
    "minutes_one_draft_at_a_time": two_drafts,
    "minutes_later_version_corrects_for_a_reason": lambda case: minutes(case, number=2),
    "minutes_checked_by_somebody": lambda case: minutes(case, checked_at=NOW()),
    "minutes_issued_by_somebody_once_checked": lambda case: minutes(
        case, issued_at=NOW(), issued_by=a_coordinator(case)
    ),
    "line_number_once": two_lines,
    "line_kind_is_known": lambda case: line(case, kind="joke"),
    "line_compartment_is_known": lambda case: line(case, compartment="intelligence"),
    "line_says_something": lambda case: line(case, text=""),
    "line_told_to_the_offender_is_an_open_decision": lambda case: line(
        case, kind="decision", compartment="victim", plain_words="You will be told this"
    ),
    "copy_number_once": twice(lambda row: build.a_copy(row, row.drafted_by)),
    "copy_once_for_a_person": lambda case: [
        build.a_copy(row, row.drafted_by, number, person=row.drafted_by) for row in [issued(case)] for number in (1, 2)
    ],
    "copy_number_is_one_of_them": lambda case: copy(case, of=0),
    "copy_has_a_recipient": lambda case: copy(case, recipient=""),
    "copy_parts_are_known": lambda case: copy(case, compartments=["open", "intelligence"]),
    "copy_withdrawn_by_somebody_for_a_reason": lambda case: copy(case, withdrawn_at=NOW()),
    "filing_once_for_an_agency": twice(lambda row: build.a_filing(row, row.drafted_by)),
    "telling_way_is_known": told,
}
