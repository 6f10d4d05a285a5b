"""Made-up OASys rows, past the services, for tests of what the database itself holds."""

from typing import Any

from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Rank, Role
from openmappa.oasys.models import Oasys, OasysSection
from tests.timeline.build import ago, make_person, write


def case_manager() -> User:
    return make_person(Role.CASE_MANAGER)


def line_manager() -> User:
    """Somebody of a rank that may countersign, of the case manager's unit."""
    return make_person(Role.LINE_MANAGER, rank=Rank.SENIOR_PROBATION_OFFICER, kind="probation")


def draft_row(case: Case, by: User | None = None, **changed: Any) -> Oasys:
    plain = {"stage": "start", "pack": "england-wales-2005", "started_by": by or case_manager()}
    return Oasys.objects.create(case=case, **(plain | changed))


def section_row(oasys: Oasys, section: str = "accommodation", **changed: Any) -> OasysSection:
    plain = {"case": oasys.case, "answers": {"3.3": 1}, "saved_by": oasys.started_by, "saved_at": timezone.now()}
    return OasysSection.objects.create(oasys=oasys, section=section, **(plain | changed))


def signed_row(case: Case, by: User | None = None, level: str = "medium", **changed: Any) -> Oasys:
    """One that is signed, with an entry on the timeline and one section."""
    row = draft_row(case, by)
    section_row(row)
    row.fact = write(case, "oasys_completed", ago(2), by=row.started_by, stage=row.stage, harm=level)
    row.signed_by, row.signed_at, row.harm_level = row.started_by, timezone.now(), level
    row.needs_countersignature = level in ("high", "very_high")
    for name, value in changed.items():
        setattr(row, name, value)
    row.save()
    return row
