"""Why a note was not written or a file not attached."""


class NotWritten(Exception):
    """Nothing was written; the message says why and what to do."""


class RecordMovedOn(NotWritten):
    """Somebody else recorded or voided something on the case after this form was opened."""

    def __init__(self, version: int) -> None:
        super().__init__("Somebody else has changed this case since you opened this page. Nothing was saved yet.")
        self.version = version


class VoidedBefore(NotWritten):
    """The note or file was voided or corrected before."""
