"""Refusing answers that a calculation cannot use: all that is wrong with them at once, field by field."""

from collections.abc import Mapping

from openmappa.core.errors import CoreError


class AnswersRefused(CoreError):
    """The answers cannot be used.

    `problems` gives, for each field, a sentence that says what to do about it.
    """

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__(" ".join(self.problems.values()))


def whole_number_problem(value: object, what: str, lowest: int, highest: int, because: str = "") -> str:
    """A sentence that says why `value` is no whole number from `lowest` to `highest`; empty when it is one.

    `because` is given as the reason when the number is too small.
    """
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    if is_whole and lowest <= value <= highest:  # type: ignore[operator]  # is_whole says so
        return ""
    sentence = f"{what} must be a whole number from {lowest} to {highest}, not {value!r}."
    is_too_small = is_whole and value < lowest  # type: ignore[operator]
    return f"{sentence} {because}." if is_too_small and because else sentence


def counted(count: int, one: str) -> str:
    """A count with its noun: "1 point", "3 points". Only for nouns that take a plain "s"."""
    return f"{count} {one}" if count == 1 else f"{count} {one}s"
