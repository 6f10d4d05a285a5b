"""Why a caseload was not taken in or given out. Each is one sentence or a list of them for the person at the keyboard."""


class CaseloadError(Exception):
    """Nothing was written."""


class NotADemonstration(CaseloadError):
    """Demonstration people were asked for where real people may be."""

    def __init__(self) -> None:
        super().__init__(
            "This is not a demonstration, so no demonstration sign-ins were made. They belong only where every person is "
            "generated; there OPENMAPPA_SYNTHETIC is set to yes."
        )
