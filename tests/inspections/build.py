"""Made-up inspections for tests: opened, listed, drawn; and rows by themselves."""

from datetime import date

from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import Area, User
from openmappa.core.access import Rank, Role
from openmappa.core.inspection.sample import Rules
from openmappa.core.inspection.traits import Whom
from openmappa.inspections.models import FrameworkVersion, Inspection, Kind
from openmappa.inspections.queries.frameworks import shipped
from openmappa.inspections.services.inspecting import add_member, open_inspection
from openmappa.inspections.services.sampling import draw_sample, make_list
from openmappa.samples.models import DrawnSample
from tests.samples.build import SEED, SEED_FROM, exercise_row, inspector
from tests.timeline.build import ago, make_area, make_person

__all__ = ["inspector"]


def opened(by: User, *areas: Area, on: date | None = None, title: str = "Sex offenders in the community") -> Inspection:
    """An inspection that somebody has opened: joint by an inspector, else of their own area."""
    kind = Kind.JOINT if by.role == Role.INSPECTOR else Kind.OWN
    with as_person(by):
        return open_inspection(
            by=by,
            kind=kind,
            title=title,
            purpose="To see how cases are managed",
            framework=shipped(),
            areas=areas or [make_area()],
            on=on or ago(1),
        )


def drawn(by: User, inspection: Inspection, size: int = 4) -> DrawnSample:
    """Its list, and its sample."""
    with as_person(by):
        make_list(by=by, inspection=inspection, whom=Whom.MANAGED)
        rules = Rules(size, represent=("mappa",))
        return draw_sample(by=by, inspection=inspection, seed=SEED, seed_from=SEED_FROM, rules=rules)


def joined(by: User, inspection: Inspection, person: User) -> User:
    """Somebody who works on it from now on."""
    with as_person(by):
        add_member(by=by, inspection=inspection, person=person)
    return person


def chief(area: Area | None = None) -> User:
    """A chief officer of an area."""
    return make_person(Role.LINE_MANAGER, rank=Rank.ASSISTANT_CHIEF_CONSTABLE, area=area)


# ---- rows by themselves, as the constraints are broken with


def version_row(by: User | None = None, **changed: object) -> FrameworkVersion:
    plain = {"code": "mine", "number": 1, "title": "Mine", "text": "", "digest": "", "note": "New"}
    return FrameworkVersion.objects.create(**(plain | {"saved_by": by, "saved_at": timezone.now()} | changed))


def inspection_row(by: User, **changed: object) -> Inspection:
    plain = {"kind": "joint", "title": "One", "purpose": "To see"}
    return Inspection.objects.create(
        **(plain | {"exercise": exercise_row(by), "framework": version_row(by, code="other")} | changed)
    )
