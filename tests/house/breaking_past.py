"""For each constraint on past days: a row that breaks it."""

from collections.abc import Callable

from django.utils import timezone
from tests.past.build import a_past_day, past_rows
from tests.timeline.build import ago

from openmappa.cases.models import Case
from openmappa.past.models import PastDuty

BREAKS: dict[str, Callable[[Case], object]] = {
    "past_day_once_an_area": lambda case: [a_past_day(case.area) for _ in range(2)],
    "past_day_finishes_after_it_begins": lambda case: a_past_day(case.area, finished_at=timezone.now()),
    "past_day_does_no_more_than_there_is": lambda case: a_past_day(case.area, done=2, cases=1),
    "past_case_once_a_day": lambda case: [past_rows(a_past_day(case.area), case), past_rows(None, case)],
    "past_duty_is_not_both_met_and_closed": lambda case: PastDuty.objects.create(
        day=a_past_day(case.area),
        case=case,
        standard="plan-review",
        of="case_manager",
        opened_on=ago(90),
        due_on=ago(60),
        met_on=ago(70),
        closed_on=ago(65),
    ),
}
