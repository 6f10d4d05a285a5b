"""What referrals, screening and decisions on levels refuse."""

from openmappa.timeline.errors import NotRecorded


class NotReferred(NotRecorded):
    """Nothing was written; the message says why and what to do."""


class NotDecided(NotRecorded):
    """No decision was written; the message says why and what to do."""


class DecidedMeanwhile(NotDecided):
    """Somebody else decided this referral after the page was opened."""
