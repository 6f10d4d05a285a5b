"""Why a file was not taken in."""


class Refused(Exception):
    """A file that is not kept. The message says what is wrong with it and what to do instead."""
