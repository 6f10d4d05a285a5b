"""Starts that came late: one duty, and the reasons recorded on a case."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.standards.duties import Outcome
from openmappa.line_management.models import LatenessReason
from openmappa.line_management.queries.rules import rules
from openmappa.line_management.queries.whose import may_explain
from openmappa.timeline.models import Duty
from openmappa.timeline.queries.duty_list import DutyLine

LATE = (Outcome.MET_LATE, Outcome.OVERDUE, Outcome.MISSED)
Natural = tuple[str, date, int | None]


def is_late(duty: Duty, today: date) -> bool:
    """Whether a duty was met, or ended, or still stands open after it was due."""
    ended_on = duty.met_on or duty.closed_on or today
    return ended_on > duty.due_on


def start_of(case: Case, standard: str, opened_on: date, because: int) -> Duty | None:
    """The duty of this case that an address names; ``because`` is 0 where no fact started it. One query."""
    if standard not in rules().starts.standards:
        return None
    found = Duty.objects.filter(case=case, standard=standard, opened_on=opened_on)
    found = found.filter(because_fact=because) if because else found.filter(because_fact__isnull=True)
    return found.select_related("case", "because_fact").first()


def reason_for(duty: Duty) -> LatenessReason | None:
    """The reason recorded for a duty, with who gave it. One query."""
    return (
        LatenessReason.objects.filter(case=duty.case_id, standard=duty.standard, opened_on=duty.opened_on)
        .filter(because_fact=duty.because_fact_id)
        .select_related("given_by")
        .first()
    )


def reason_label(reason: str) -> str:
    """A reason in words; one that the pack no longer has stands by its id."""
    return next((one.label for one in rules().late_reasons if one.id == reason), reason)


@dataclass(frozen=True)
class Lateness:
    """What the page of duties shows beside a late start: the reason, where there is one, and who may say it."""

    opened_on: date
    standard: str
    because: int
    reason: LatenessReason | None
    label: str
    may_explain: bool


class LatenessOnPage:
    """What the late starts of a case have recorded; asked once, and only when a page has one to show."""

    def __init__(self, user: User) -> None:
        self._user = user
        self._known: dict[Natural, LatenessReason] | None = None

    def __call__(self, case: Case, line: DutyLine) -> Lateness | None:
        """What stands beside this duty; None where it is no start, or not late."""
        duty = line.duty
        if duty.standard not in rules().starts.standards or line.outcome not in LATE:
            return None
        because = line.started_by.pk if line.started_by else None
        found = self._of(case).get((duty.standard, duty.opened_on, because))
        label = reason_label(found.reason) if found else ""
        return Lateness(
            duty.opened_on, duty.standard, because or 0, found, label, may_explain(self._user, duty.of, case)
        )

    def _of(self, case: Case) -> dict[Natural, LatenessReason]:
        if self._known is None:
            rows = LatenessReason.objects.filter(case=case).select_related("given_by")
            self._known = {(row.standard, row.opened_on, row.because_fact_id): row for row in rows}
        return self._known


def for_duties(request: HttpRequest) -> dict[str, LatenessOnPage]:
    """A context processor: what the part beside a late duty asks."""
    user = getattr(request, "user", None)
    return {"lateness_on_page": LatenessOnPage(user)} if isinstance(user, User) else {}
