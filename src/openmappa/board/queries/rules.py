"""The pack that the pages of a board go by."""

from openmappa.core.packs.board_rules import BoardRules
from openmappa.core.packs.load_board import load_board

PACK = "england-wales-2005"


def rules() -> BoardRules:
    """What the pack says; read once."""
    return load_board(PACK)
