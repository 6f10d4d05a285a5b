"""What a pack says of the board, of its audits and of its annual report, read once each."""

from functools import cache

from openmappa.core.packs.board_rules import BoardRules, read_board
from openmappa.core.packs.case_audits_rules import AuditForm, read_case_audits
from openmappa.core.packs.load import shipped_table


@cache
def load_board(pack: str) -> BoardRules:
    """What a pack that comes with the software says of the board of an area. Raises PackError."""
    return read_board(shipped_table(pack, "board.toml"))


@cache
def load_case_audits(pack: str) -> AuditForm:
    """The form by which a board audits cases, in a pack that comes with the software. Raises PackError."""
    return read_case_audits(shipped_table(pack, "case_audits.toml"))
