"""How a demonstration's boards see to it that things are done well: audits, lessons, good practice, annual reports."""

from openmappa.accounts.models import User
from openmappa.case_audits.models.audits import CaseAudit
from openmappa.caseload.services.content.board.auditing import leave_audits
from openmappa.caseload.services.content.board.learning import leave_lessons, leave_practice
from openmappa.caseload.services.content.board.reporting import leave_reports
from openmappa.caseload.services.content.mappa.people import desks
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.good_practice.models import Practice


def leave_assurance(source: str) -> dict[str, int]:
    """Write it for the first area of the source, unless something of it is there; returns how much of each.

    Must be called as a job, once the boards have their members. Doing it again finds nothing to write.
    """
    there = set(Case.objects.filter(source=source).values_list("area", flat=True))
    areas = [desk for key, desk in sorted(desks().items()) if key in there]
    if not areas or CaseAudit.objects.exists() or Practice.objects.exists():
        return {}
    first = areas[0]
    member = User.objects.filter(role=Role.SMB_MEMBER, area=first.area, is_active=True).order_by("username").first()
    found = {"practice": leave_practice(areas, member), "lessons": leave_lessons(first)}
    if member is not None:
        found["audited"] = leave_audits(first, member)
    return found | {"annual reports": leave_reports(first, source)}
