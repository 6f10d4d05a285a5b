"""The rules of meetings that are in service."""

from openmappa.core.packs.load import load_mappa_meetings
from openmappa.core.packs.mappa_meetings_rules import MeetingRules

PACK = "england-wales-2005"


def rules() -> MeetingRules:
    """The rules of the pack in service, read once."""
    return load_mappa_meetings(PACK)
