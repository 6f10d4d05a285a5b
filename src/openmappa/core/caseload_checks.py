"""Everything that is wrong with a line of a caseload file: field, what was found, and what was expected.

Slow and thorough; only lines that the quick reading in ``caseload`` does not take come here.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any, NamedTuple

from openmappa.core import caseload_fields as fields
from openmappa.core.errors import Problem
from openmappa.core.standards.facts import KINDS, Detail

A_DAY = "a day such as 2004-03-01"
LONGEST_SHOWN = 60


class StrictlyRead(NamedTuple):
    """A line as JSON, and what is wrong with it as such."""

    content: Any
    problems: list[Problem]
    is_json: bool


class Notes:
    """The problems of one line."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.problems: list[Problem] = []

    def add(self, field: str, found: str, expected: str) -> None:
        """Note one problem."""
        self.problems.append(Problem(self.line, field, found, expected))


def strictly_read(line: int, raw: bytes) -> StrictlyRead:
    """The line's JSON. Fields that stand twice in one object, and numbers that are none, are problems."""
    notes = Notes(line)

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        content: dict[str, Any] = {}
        for name, value in found:
            if name in content:
                notes.add(name, "the field twice in one object", "each field once")
            content[name] = value
        return content

    try:
        content = json.loads(raw.decode("utf-8"), object_pairs_hook=pairs, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        notes.add("the line", f"a byte that is not UTF-8, at byte {error.start + 1}", "UTF-8 text")
    except RecursionError:
        notes.add("the line", "brackets nested too deeply", "one JSON object")
    except ValueError as error:
        notes.add("the line", _not_json(raw, error), "one JSON object on one line")
    else:
        return StrictlyRead(content, notes.problems, True)
    return StrictlyRead(None, notes.problems, False)


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number in JSON")


def _not_json(raw: bytes, error: ValueError) -> str:
    if not raw.strip():
        return "nothing"
    if raw.startswith(b"\xef\xbb\xbf"):
        return "a byte order mark before the text (save the file as UTF-8 without one)"
    if isinstance(error, json.JSONDecodeError):
        return f"something that is not JSON, at character {error.pos + 1} ({error.msg})"
    return f"something that is not JSON ({error})"


def header_problems(content: Any) -> list[Problem]:
    """Everything that is wrong with the header."""
    notes = Notes(1)
    if not isinstance(content, dict) or "format" not in content:
        sample = f'the header, {{"format": "{fields.FORMAT}", "source": …, "made_on": …}}'
        notes.add("format", "a case" if isinstance(content, dict) and "case" in content else "no header", sample)
        return notes.problems
    _check_fields(notes, content, dict.fromkeys(fields.HEADER, True), "")
    if content["format"] != fields.FORMAT:
        notes.add("format", shown(content["format"]), shown(fields.FORMAT))
    if "source" in content:
        _check_text(notes, content["source"], "source", fields.LONGEST["source"])
    if "made_on" in content:
        _check_day(notes, content["made_on"], "made_on")
    return notes.problems


def case_problems(line: int, content: Any) -> list[Problem]:
    """Everything that is wrong with a case."""
    notes = Notes(line)
    if not isinstance(content, dict):
        notes.add("the line", shown(content), "one case, a JSON object")
        return notes.problems
    if "format" in content and "case" not in content:
        notes.add("format", "a second header", "a case; one file has one header, on its first line")
        return notes.problems
    _check_fields(notes, content, fields.CASE, "")
    for name in ("case", "area", "force"):
        if name in content:
            _check_text(notes, content[name], name, fields.LONGEST[name])
    born_on = _check_person(notes, content["person"]) if "person" in content else None
    if "staff" in content:
        _check_staff(notes, content["staff"])
    if "facts" in content:
        _check_facts(notes, content["facts"], born_on)
    return notes.problems


def _check_person(notes: Notes, person: Any) -> date | None:
    """Check the person; the day of birth where it is one."""
    if not isinstance(person, dict):
        notes.add("person", shown(person), "an object with the person's names and date of birth")
        return None
    _check_fields(notes, person, fields.PERSON, "person")
    for name in person:
        if name in fields.LONGEST:
            _check_text(notes, person[name], f"person, {name}", fields.LONGEST[name])
    aliases = person.get("aliases", [])
    if not isinstance(aliases, list):
        notes.add("person, aliases", shown(aliases), "a list of names")
        aliases = []
    for place, alias in enumerate(aliases, start=1):
        _check_alias(notes, alias, f"person, alias {place}")
    return _check_day(notes, person["born_on"], "person, born_on") if "born_on" in person else None


def _check_alias(notes: Notes, alias: Any, where: str) -> None:
    if not isinstance(alias, dict):
        notes.add(where, shown(alias), "an object with given_names and family_name")
        return
    _check_fields(notes, alias, fields.ALIAS, where)
    for name in fields.ALIAS:
        if name in alias:
            _check_text(notes, alias[name], f"{where}, {name}", fields.LONGEST[name])


def _check_staff(notes: Notes, staff: Any) -> None:
    if not isinstance(staff, dict):
        notes.add("staff", shown(staff), "an object with case_manager, police_officer or both")
        return
    _check_fields(notes, staff, fields.STAFF, "staff")
    for slot in fields.STAFF:
        if slot in staff:
            _check_text(notes, staff[slot], f"staff, {slot}", fields.LONGEST[f"staff {slot}"])


def _check_facts(notes: Notes, facts: Any, born_on: date | None) -> None:
    if not isinstance(facts, list):
        notes.add("facts", shown(facts), "a list of facts")
        return
    for place, fact in enumerate(facts, start=1):
        _check_fact(notes, fact, f"fact {place}", born_on)


def _check_fact(notes: Notes, fact: Any, where: str, born_on: date | None) -> None:
    if not isinstance(fact, dict):
        notes.add(where, shown(fact), "an object with kind and on")
        return
    kind = fact.get("kind")
    on = _check_day(notes, fact["on"], f"{where}, on") if "on" in fact else None
    if "recorded_on" in fact:
        _check_day(notes, fact["recorded_on"], f"{where}, recorded_on")
    if on is not None and born_on is not None and on < born_on:
        notes.add(f"{where}, on", str(on), f"a day not before the person was born, {born_on}")
    if isinstance(kind, str) and kind in KINDS:
        details = {detail.name: detail for detail in KINDS[kind].details}
        named = {
            "kind": True,
            "on": True,
            **{name: not one.optional for name, one in details.items()},
            "recorded_on": False,
        }
        _check_fields(notes, fact, named, f"{where} ({kind})")
        for name, detail in details.items():
            if name in fact:
                _check_detail(notes, fact[name], detail, f"{where}, {name}")
        return
    if "kind" in fact:
        notes.add(f"{where}, kind", shown(kind), f"a kind of fact{did_you_mean(kind, KINDS)}")
    _check_fields(notes, {name: 0 for name in fact if name in ("kind", "on")}, {"kind": True, "on": True}, where)


def _check_detail(notes: Notes, value: Any, detail: Detail, where: str) -> None:
    if detail.type == "date":
        _check_day(notes, value, where)
    elif detail.type == "text":
        _check_text(notes, value, where, fields.MOST_IN_TEXT)
    elif detail.type == "boolean":
        if not isinstance(value, bool):
            notes.add(where, shown(value), "true or false")
    elif detail.choices:
        if not any(type(value) is type(choice) and value == choice for choice in detail.choices):
            listed = ", ".join(map(str, detail.choices))
            notes.add(where, shown(value), f"one of {listed}{did_you_mean(value, map(str, detail.choices))}")
    elif not (value is None and detail.nullable) and (type(value) is not int or value < (detail.minimum or 0)):
        or_null = ", or null" if detail.nullable else ""
        notes.add(where, shown(value), f"a whole number from {detail.minimum or 0} up{or_null}")


def _check_fields(notes: Notes, content: Mapping[str, Any], known: Mapping[str, bool], where: str) -> None:
    """Fields that must be there and are not, and fields that nobody knows."""
    before = f"{where}, " if where else ""
    for name, needed in known.items():
        if needed and name not in content:
            notes.add(f"{before}{name}", "nothing", "this field")
    for name in content:
        if name not in known:
            listed = ", ".join(known) or "no fields"
            notes.add(f"{before}{shorter(name)}", "an unknown field", f"only {listed}{did_you_mean(name, known)}")


def _check_text(notes: Notes, value: Any, where: str, longest: int) -> None:
    if fields.is_text(value, longest):
        return
    if not isinstance(value, str) or not value.strip():
        notes.add(where, shown(value), f"text of 1 to {longest} characters")
    elif len(value) > longest:
        notes.add(where, f"text of {len(value)} characters", f"text of 1 to {longest} characters")
    else:
        notes.add(where, shown(value), "text without control characters")


def _check_day(notes: Notes, value: Any, where: str) -> date | None:
    if isinstance(value, str) and fields.is_day(value):
        return date.fromisoformat(value)
    if isinstance(value, str) and fields.looks_like_a_day(value):
        notes.add(where, shown(value), "a day that exists, such as 2004-03-01")
    else:
        notes.add(where, shown(value), f"{A_DAY}, in quotes")
    return None


def shown(value: Any) -> str:
    """A value as a problem quotes it: as JSON has it, cut where it is long."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    return shorter(json.dumps(value, ensure_ascii=not (isinstance(value, str) and fields.is_clean(value))))


def shorter(text: str) -> str:
    """The text, cut where it is long, without anything that could not be printed."""
    clean = text if fields.is_clean(text) else json.dumps(text)
    return clean if len(clean) <= LONGEST_SHOWN else f"{clean[: LONGEST_SHOWN - 1]}…"


def did_you_mean(found: Any, known: Iterable[str]) -> str:
    """A suggestion where something known is written nearly the same; nothing otherwise."""
    near: Sequence[str] = get_close_matches(str(found), list(known), n=1)
    return f" (did you mean {near[0]}?)" if near else ""
