"""What cannot be done about who sees a case."""


class NotGiven(Exception):
    """A case was not given, ended or restricted; the text says what to do."""
