"""Why nothing was changed about how somebody signs in."""


class NotDone(Exception):
    """Nothing was written; the message says why and what to do."""
