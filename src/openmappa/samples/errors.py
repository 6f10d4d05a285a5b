"""Why a list was not made, a sample not drawn, or a case not replaced."""

from openmappa.ui.answering import RefusedAtFields


class NotDrawn(RefusedAtFields):
    """Nothing of a sample was written; ``problems`` says why, by field."""
