"""What stands around every page of a case: whose it is, where it stands, and how much on it is late."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.utils import timezone

from openmappa.accounts.acting import by_right_of
from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.cases.models import Case, Involvement, InvolvementQuerySet
from openmappa.core.access import Permission
from openmappa.core.involvement import InvolvementKind
from openmappa.timeline.models import Duty, Standing


@dataclass(frozen=True)
class CaseFrame:
    """A case as one person sees it today: what the banner and the tabs of its pages show."""

    case: Case
    standing: Standing
    user: User
    today: date
    overdue: int
    emergency_until: datetime | None = None
    """Until when emergency access opens the case to this person; None where it does not."""

    @property
    def key(self) -> uuid.UUID:
        """The case's key in addresses."""
        return self.case.key

    @property
    def age(self) -> int:
        """The person's age in whole years today."""
        return age_on(self.today, born_on=self.case.person.born_on)

    def may(self, permission: str) -> bool:
        """Whether the person's role has this permission."""
        return self.user.may(Permission(permission))

    @property
    def flags(self) -> list[str]:
        """What the banner must not leave out: custody, the end of registration, a closed case."""
        now = self.standing
        named = [(now.closed, "Closed"), (now.in_custody, "In custody"), (not now.registered, "Not registered")]
        return [name for holds, name in named if holds]


def age_on(day: date, *, born_on: date) -> int:
    """A person's age in whole years on a day; below nought before the day of birth."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def case_frame(user: User | AnonymousUser, key: uuid.UUID, needs: Permission = Permission.READ_RECORD) -> CaseFrame:
    """The frame of a case that this person may see; else Http404, whether or not there is such a case. Two queries.

    A page of the record needs READ_RECORD: somebody invited who may not read it is refused (NotAllowed).
    """
    if not isinstance(user, User):
        raise Http404("No such case")
    case = (
        Case.objects.visible_to(user)
        .select_related("person", "area", "standing", "case_manager__agency", "police_officer__agency")
        .annotate(emergency_until=Subquery(_emergencies(user).values("until_at")[:1]))
        .filter(key=key)
        .first()
    )
    if case is None:
        raise Http404("No such case")
    require(user, needs)
    until: datetime | None = getattr(case, "emergency_until")  # noqa: B009 - the annotation above
    if until is not None:
        by_right_of(InvolvementKind.BREAK_GLASS)
    today = timezone.localdate()
    overdue = Duty.objects.open().filter(case=case, due_on__lt=today).count()
    return CaseFrame(case, _standing(case), user, today, overdue, until)


def _emergencies(user: User) -> InvolvementQuerySet:
    """This person's emergency access to the case around it, while it is open; the last to end first."""
    rows = Involvement.objects.in_force_at(timezone.now())
    return rows.filter(case=OuterRef("pk"), person=user, kind=InvolvementKind.BREAK_GLASS).order_by("-until_at")


def _standing(case: Case) -> Standing:
    """Where the case stands; a case without a fact stands nowhere yet."""
    return case.standing if hasattr(case, "standing") else Standing(case_id=case.pk)
