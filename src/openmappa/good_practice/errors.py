"""Why something of the library was not written."""

from django.core.exceptions import PermissionDenied

from openmappa.ui.answering import RefusedAtFields


class NotKept(RefusedAtFields):
    """Nothing of the library was written; ``problems`` says why, by field."""


class NotTheirs(PermissionDenied):
    """The role may do this, but not with this entry (a 403)."""
