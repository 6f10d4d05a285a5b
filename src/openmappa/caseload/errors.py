"""Why a caseload was not taken in or given out, in words for the person at the keyboard."""


class CaseloadError(Exception):
    """Nothing was written."""


class NotADemonstration(CaseloadError):
    """Demonstration people were asked for where real people may be."""

    def __init__(self) -> None:
        super().__init__(
            "This is not a demonstration, so nothing was loaded and no demonstration sign-ins were made. They belong "
            "only where every person is generated; there, set OPENMAPPA_DEMO=yes."
        )


class NotTaken(CaseloadError):
    """The file has problems, so nothing of it was taken. Each was reported when it was found."""

    def __init__(self, problems: int) -> None:
        counted = "1 problem" if problems == 1 else f"{problems:,} problems"
        super().__init__(f"{counted}. Nothing was imported. Mend the file and import it again.")
        self.problems = problems


class ChangedWhileRead(CaseloadError):
    """The file was not the same the second time it was read."""

    def __init__(self) -> None:
        super().__init__("The file changed while it was being imported, so nothing was imported. Start again.")


class NothingToExport(CaseloadError):
    """There is no case."""

    def __init__(self) -> None:
        super().__init__("There are no cases to export.")


class SeveralSources(CaseloadError):
    """The record holds cases from several registers and none was named."""

    def __init__(self, known: list[str]) -> None:
        super().__init__(f"The cases came from several sources. Name one of them with --source: {', '.join(known)}.")


class NoSuchSource(CaseloadError):
    """No case came from the source that was named."""

    def __init__(self, source: str, known: list[str]) -> None:
        super().__init__(f"No case came from {source!r}. The sources are: {', '.join(known)}.")
