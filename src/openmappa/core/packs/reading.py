"""Reading a pack's tables: values are asked for by name and type, and all that is wrong is collected."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from math import isfinite
from typing import Any, TypeVar

from openmappa.core.errors import PackError
from openmappa.core.sources import Certainty, Confidence, Source

Choice = TypeVar("Choice", bound=StrEnum)

_NO_SOURCE = Source("", Certainty.READ)


class PackTable:
    """One table of a pack file.

    A value that is missing or of the wrong kind is noted as a problem and replaced by a harmless one, so that
    one run names everything that is wrong. `finish`, on the table of the whole file, notes keys that nobody
    asked for and raises.
    """

    def __init__(self, content: Mapping[str, object], where: str, problems: list[str] | None = None) -> None:
        self.where = where
        self._content = content
        self._problems: list[str] = [] if problems is None else problems
        self._asked: set[str] = set()
        self._children: list[PackTable] = []

    def has(self, key: str) -> bool:
        """Whether the table has this key. Asking makes the key a known one."""
        self._asked.add(key)
        return key in self._content

    def problem(self, sentence: str) -> None:
        """Note a problem of this table."""
        self._problems.append(f"{self.where}: {sentence}")

    def text(self, key: str) -> str:
        """A piece of text that is not empty."""
        value = self._value(key)
        if isinstance(value, str) and value.strip():
            return value
        self._refuse(key, "some text in quotes")
        return ""

    def whole(self, key: str) -> int:
        """A whole number from 0 up."""
        value = self._value(key)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        self._refuse(key, "a whole number from 0 up")
        return 0

    def number(self, key: str) -> float:
        """A number with or without decimals, of either sign."""
        value = self._value(key)
        if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value):
            return float(value)
        self._refuse(key, "a number such as 0.5")
        return 0.0

    def day(self, key: str) -> date:
        """A date."""
        value = self._value(key)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        self._refuse(key, "a date such as 2004-05-01, without quotes")
        return date.min

    def words(self, key: str) -> list[str]:
        """A list of pieces of text, with at least one in it."""
        value = self._value(key)
        if isinstance(value, list) and value and all(isinstance(word, str) for word in value):
            return list(value)
        self._refuse(key, "a list of words in quotes, with at least one")
        return []

    def months(self) -> int | None:
        """The `months` of a row: a whole number from 1 up, or None where the row says "none"."""
        value = self._value("months")
        if value == "none":
            return None
        if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
            return value
        self._refuse("months", 'a whole number from 1 up, or "none"')
        return None

    def keys(self) -> list[str]:
        """Every key that the table has. Asking makes them known ones."""
        self._asked.update(self._content)
        return list(self._content)

    def value(self, key: str) -> Any:
        """Whatever stands under the key, None when nothing does. The caller checks it."""
        return self._value(key)

    def yes(self, key: str) -> bool:
        """True when the key is there; it may only be there as `true`."""
        if not self.has(key):
            return False
        if self._content[key] is not True:
            self._refuse(key, "true, or no such line")
        return True

    def choice(self, key: str, choices: type[Choice]) -> Choice:
        """One of the words of an enumeration."""
        value = self._value(key)
        words = [str(word) for word in choices]
        if isinstance(value, str) and value in words:
            return choices(value)
        self._refuse(key, "one of " + ", ".join(words))
        return next(iter(choices))

    def source(self, key: str = "source") -> Source:
        """A source: `{ text = …, certainty = "read" }`, or remembered with a confidence."""
        if key not in self._content:
            self._refuse(key, 'a source such as { text = "Section 1", certainty = "read" }')
            return _NO_SOURCE
        table = self.table(key)
        text, certainty = table.text("text"), table.choice("certainty", Certainty)
        if certainty is Certainty.REMEMBERED:
            return Source(text, certainty, table.choice("confidence", Confidence))
        if table.has("confidence"):
            table.problem("`confidence` is only for what is remembered; take it out, or say certainty remembered.")
        return Source(text, certainty)

    def table(self, key: str) -> "PackTable":
        """The table under this key."""
        value = self._value(key)
        if not isinstance(value, Mapping):
            self._refuse(key, "a table")
            value = {}
        return self._child(value, key)

    def tables(self, key: str) -> "list[PackTable]":
        """The list of tables under this key, with at least one in it."""
        value = self._value(key)
        if not isinstance(value, Sequence) or not value or not all(isinstance(row, Mapping) for row in value):
            self._refuse(key, "a list of tables, with at least one")
            return []
        return [self._child(row, f"{key} {position}") for position, row in enumerate(value, start=1)]

    def finish(self) -> None:
        """Raise PackError with every problem found in this table and those below it, if there is one."""
        self.note_unknown_keys()
        if self._problems:
            raise PackError(*self._problems)

    def _value(self, key: str) -> object:
        self._asked.add(key)
        return self._content.get(key)

    def _child(self, content: Mapping[str, object], name: str) -> "PackTable":
        child = PackTable(content, f"{self.where}, {name}", self._problems)
        self._children.append(child)
        return child

    def _refuse(self, key: str, wanted: str) -> None:
        self._asked.add(key)
        found = repr(self._content[key]) if key in self._content else "nothing"
        self.problem(f"`{key}` is {found}; write {wanted}.")

    def note_unknown_keys(self) -> None:
        for key in self._content:
            if key not in self._asked:
                near = get_close_matches(key, self._asked, n=1)
                hint = f"did you mean `{near[0]}`?" if near else f"the keys here are {', '.join(sorted(self._asked))}."
                self.problem(f"`{key}` is not a key that is known here; {hint}")
        for child in self._children:
            child.note_unknown_keys()


def is_one_of(value: object, allowed: Sequence[Any]) -> bool:
    """Whether the value is one of these, of the same type: true is not 1."""
    return any(type(value) is type(one) and value == one for one in allowed)


def one_of(allowed: Sequence[Any], found: object) -> str:
    """What to write instead: "one of …", with the nearest to what was found."""
    near = get_close_matches(str(found), [str(one) for one in allowed], n=1)
    listed = "one of " + ", ".join(str(one).lower() if isinstance(one, bool) else str(one) for one in allowed)
    return f"{listed} (did you mean {near[0]}?)" if near else listed


def hint(found: str, known: Sequence[str]) -> str:
    """The nearest name that is known, or all of them."""
    near = get_close_matches(found, known, n=1)
    return f"did you mean {near[0]!r}?" if near else f"it knows {', '.join(known)}"
