"""The pack that reviews of serious further offences go by."""

from openmappa.core.packs.further_offences_rules import FurtherOffenceRules
from openmappa.core.packs.load import load_further_offences

PACK = "england-wales-2005"


def rules() -> FurtherOffenceRules:
    """What the pack says; read once."""
    return load_further_offences(PACK)
