"""What oversight refuses, in sentences for whoever asked."""


class NotForReview(Exception):
    """Somebody judged what is not theirs to judge: their own reading, or that of somebody they do not answer for."""

    def __init__(self) -> None:
        super().__init__("You cannot judge this: it is your own reading, or that of somebody you do not manage.")


class AlreadyJudged(Exception):
    """Two reviewers judged the same reading; the first one's words stand."""

    def __init__(self) -> None:
        super().__init__("Somebody else has judged this in the meantime. Their words stand; open the page again.")


class TooMuch(Exception):
    """An extract would be cut off."""

    def __init__(self, most: int) -> None:
        super().__init__(f"That is more than {most:,} rows. Choose a shorter time, and make several extracts.")
