"""The pack that planned releases and temporary moves go by."""

from openmappa.core.packs.load import load_movements
from openmappa.core.packs.movements_rules import MovementRules

PACK = "england-wales-2005"


def rules() -> MovementRules:
    """What the pack says; read once."""
    return load_movements(PACK)
