"""Who can be asked to audit."""

from openmappa.accounts.models import User
from openmappa.case_audits.models.audits import CaseAudit
from openmappa.core.access import PERMISSIONS, Permission
from openmappa.samples.queries import members_of


def people_to_audit(audit: CaseAudit) -> list[User]:
    """Those of the area who may audit cases and do not work on this audit yet, by agency. One query."""
    roles = sorted(role.value for role in PERMISSIONS[Permission.AUDIT_CASES])
    there = members_of(audit.exercise).in_force().values("person")
    people = User.objects.filter(area=audit.area_id, role__in=roles, is_active=True).exclude(pk__in=there)
    return list(people.select_related("agency").order_by("agency__name", "full_name"))
