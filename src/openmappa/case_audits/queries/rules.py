"""The form that audits go by."""

from openmappa.core.packs.case_audits_rules import AuditForm
from openmappa.core.packs.load_board import load_case_audits

PACK = "england-wales-2005"


def form_in_service() -> AuditForm:
    """The form as the pack has it; read once."""
    return load_case_audits(PACK)
