"""For each constraint on OASys: a row that breaks it."""

from collections.abc import Callable

from django.utils import timezone
from tests.oasys.build import case_manager, draft_row, line_manager, section_row, signed_row

from openmappa.cases.models import Case


def judged_by_oneself(case: Case) -> None:
    one = case_manager()
    signed_row(case, one, countersigned_by=one, countersigned_at=timezone.now())


def two_drafts(case: Case) -> None:
    draft_row(case)
    draft_row(case)


def section_twice(case: Case) -> None:
    row = draft_row(case)
    section_row(row)
    section_row(row)


def both_judged(case: Case) -> None:
    now, one = timezone.now(), line_manager()
    signed_row(case, countersigned_by=one, countersigned_at=now, returned_by=one, returned_at=now, return_comment="x")


BREAKS: dict[str, Callable[[Case], object]] = {
    "oasys_signed_by_somebody": lambda case: signed_row(case, signed_by=None),
    "oasys_countersigned_by_somebody": lambda case: signed_row(case, countersigned_at=timezone.now()),
    "oasys_returned_by_somebody": lambda case: signed_row(case, returned_at=timezone.now(), return_comment="x"),
    "oasys_abandoned_by_somebody": lambda case: draft_row(case, abandoned_at=timezone.now(), abandon_reason="x"),
    "oasys_stage_is_known": lambda case: draft_row(case, stage="sometime"),
    "oasys_levels_are_known": lambda case: signed_row(case, harm_level="enormous"),
    "oasys_signed_stands_on_the_timeline": lambda case: signed_row(case, fact=None),
    "oasys_one_draft_at_a_time": two_drafts,
    "oasys_is_not_both_signed_and_abandoned": lambda case: signed_row(
        case, abandoned_at=timezone.now(), abandoned_by=case_manager(), abandon_reason="x"
    ),
    "oasys_is_signed_before_it_is_judged": lambda case: draft_row(
        case, countersigned_by=line_manager(), countersigned_at=timezone.now()
    ),
    "oasys_is_not_both_countersigned_and_returned": both_judged,
    "oasys_is_judged_by_somebody_else": judged_by_oneself,
    "oasys_high_needs_a_countersignature": lambda case: signed_row(case, level="high", needs_countersignature=False),
    "oasys_returned_with_a_comment": lambda case: signed_row(
        case, returned_by=line_manager(), returned_at=timezone.now()
    ),
    "oasys_abandoned_with_a_reason": lambda case: draft_row(
        case, abandoned_by=case_manager(), abandoned_at=timezone.now()
    ),
    "oasys_later_version_replaces_one": lambda case: draft_row(case, number=2),
    "oasys_ogrs3_is_whole": lambda case: signed_row(case, ogrs3_percent1=5),
    "oasys_ogrs2_is_a_percentage": lambda case: signed_row(case, ogrs2_entered=101),
    "oasys_section_stands_once": section_twice,
}
