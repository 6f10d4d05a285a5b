"""Why something of a finding, a report or a recommendation was not done."""

from django.core.exceptions import PermissionDenied

from openmappa.ui.answering import RefusedAtFields


class NotWritten(RefusedAtFields):
    """Nothing was written; ``problems`` says why, by field."""


class NotTheirs(PermissionDenied):
    """The role may do this, but not on this inspection or for this area (a 403)."""
