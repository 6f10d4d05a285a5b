"""What the core refuses: one tree of errors, each a sentence somebody can act on."""

from typing import NamedTuple


class CoreError(Exception):
    """Anything that the core refuses."""


class PackError(CoreError):
    """A standards pack that does not make sense. ``problems`` holds one sentence for each thing that is wrong."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Problem(NamedTuple):
    """One thing that is wrong with a file: where, what was found, and what was expected."""

    line: int
    field: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.field}: found {self.found}; expected {self.expected}"
