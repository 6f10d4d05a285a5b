"""Why a what-if question was not taken, or not taken away."""

from openmappa.ui.answering import RefusedAtFields


class NotAsked(RefusedAtFields):
    """Something about the question makes no sense; nothing was kept."""
