"""The rules of oversight of the pack in service."""

from openmappa.core.packs.line_management_rules import LineManagementRules
from openmappa.core.packs.load import load_line_management, load_quality
from openmappa.core.packs.quality_rules import QualityRules

PACK = "england-wales-2005"


def rules() -> LineManagementRules:
    """What is overseen, and the choices of its forms."""
    return load_line_management(PACK)


def quality_rules() -> QualityRules:
    """The scale and the criteria."""
    return load_quality(PACK)
