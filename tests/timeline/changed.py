"""Changes that others were told of some time ago, as the tests of what is overdue need them."""

from datetime import timedelta

from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.timeline.models import Acknowledgement, ChangeNotice, Fact
from tests.timeline.build import ago, make_person


def told_long_ago(case: Case, person: User, *, days: int = 3, by: User | None = None) -> Acknowledgement:
    """Somebody was told of a significant incident, and should have acknowledged it ``days`` days ago."""
    fact = Fact.objects.create(case=case, kind="significant_incident", on=ago(days + 2), recorded_on=ago(days + 2))
    notice = ChangeNotice.objects.create(
        case=case,
        fact=fact,
        what="circumstances",
        rule="incident",
        opened_at=timezone.now() - timedelta(days=days + 2),
        opened_by=by or make_person(Role.CASE_MANAGER, area=case.area),
        due_on=ago(days),
    )
    return Acknowledgement.objects.create(
        notice=notice, case=case, person=person, why="police_officer", due_on=ago(days)
    )
