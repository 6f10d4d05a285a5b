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
    wanted = f"{what} must be a whole number from {lowest} to {highest}"
    if not isinstance(value, int) or isinstance(value, bool):
        return f"{wanted}, not {value!r}."
    if value < lowest:
        return f"{wanted}, not {value}. {because}." if because else f"{wanted}, not {value}."
    return "" if value <= highest else f"{wanted}, not {value}."


def counted(count: int, one: str) -> str:
    """A count with its noun: "1 point", "3 points". Only for nouns that take a plain "s"."""
    return f"{count} {one}" if count == 1 else f"{count} {one}s"
