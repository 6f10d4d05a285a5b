"""Where a number or a rule comes from, and how far it can be trusted.

A rule that its authors remember but have not read again is kept, marked, and shown as such wherever it
decides something.
"""

from dataclasses import dataclass
from enum import StrEnum


class Certainty(StrEnum):
    """Whether the source was read, is only remembered, or is no source at all but a choice of our own."""

    READ = "read"
    REMEMBERED = "remembered"
    OURS = "ours"


class Confidence(StrEnum):
    """How sure the authors are of something remembered."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Source:
    """A source: the document and the place in it.

    `confidence` is given when, and only when, it is remembered.
    """

    text: str
    certainty: Certainty
    confidence: Confidence | None = None

    @property
    def is_remembered(self) -> bool:
        """Whether somebody should check the document before relying on this."""
        return self.certainty is Certainty.REMEMBERED

    def __str__(self) -> str:
        """The source as a page shows it, with a warning where it has not been read."""
        if self.certainty is Certainty.OURS:
            return f"{self.text} (our own choice, not a published rule)"
        if self.confidence is None:
            return self.text
        return f"{self.text} (remembered, confidence {self.confidence}: check before relying on it)"
