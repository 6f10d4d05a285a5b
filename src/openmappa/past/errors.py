"""Why a past day was not asked for."""


class NotPast(Exception):
    """The day is not over yet."""
