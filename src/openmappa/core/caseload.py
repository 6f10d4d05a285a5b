"""The caseload file, ``openmappa-caseload/1``: one line in, one record or every problem of that line out; and back.

Reading is done twice where it has to be. The first reading is quick and knows only right from wrong; a line that it
does not take goes to ``caseload_checks``, which is slow and says everything that is wrong. 6 million facts are read so.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import orjson

from openmappa.core.caseload_checks import case_problems, header_problems, strictly_read
from openmappa.core.caseload_fields import FORMAT, LONGEST, MOST_IN_TEXT, is_day, is_text
from openmappa.core.errors import Problem
from openmappa.core.standards.facts import KINDS, NO_DETAILS, Detail, Fact, Value, details_to_json


class Header(NamedTuple):
    """The first line of a file: which register the cases come from, and the day it was written."""

    source: str
    made_on: date


class Name(NamedTuple):
    """Another name that the person has used."""

    given_names: str
    family_name: str


class PersonRecord(NamedTuple):
    """Who the case is about. ``ethnicity``, ``pnc_id`` and ``crn`` are empty where the file does not give them."""

    given_names: str
    family_name: str
    aliases: tuple[Name, ...]
    born_on: date
    sex: str
    ethnicity: str
    pnc_id: str
    crn: str


class CaseRecord(NamedTuple):
    """One case as the file has it. ``staff`` holds sign-in names by ``case_manager`` and ``police_officer``."""

    reference: str
    area: str
    force: str
    person: PersonRecord | None
    staff: Mapping[str, str]
    facts: tuple[Fact, ...]


class _Refused(Exception):
    """The quick reading does not take this line."""


_Refusals = (_Refused, KeyError, TypeError, ValueError, AttributeError)


def read_header(raw: bytes) -> Header | list[Problem]:
    """The header from the file's first line, or everything that is wrong with it."""
    found = strictly_read(1, raw)
    problems = found.problems + (header_problems(found.content) if found.is_json else [])
    if problems:
        return problems
    return Header(found.content["source"], date.fromisoformat(found.content["made_on"]))


def read_case(number: int, raw: bytes) -> CaseRecord | list[Problem]:
    """The case on line ``number`` of a file, or everything that is wrong with that line."""
    record = _quickly_read(raw)
    if record is not None:
        return record
    found = strictly_read(number, raw)
    problems = found.problems + (case_problems(number, found.content) if found.is_json else [])
    return problems or _case(found.content)


def header_line(header: Header) -> bytes:
    """The header as the first line of a file."""
    return _line({"format": FORMAT, "source": header.source, "made_on": header.made_on.isoformat()})


def record_line(record: CaseRecord) -> bytes:
    """A case as a line of a file: fields in the order of the format, what is not known left out."""
    content: dict[str, Any] = {"case": record.reference, "area": record.area, "force": record.force}
    if record.person is not None:
        content["person"] = _person_to_json(record.person)
    if record.staff:
        content["staff"] = dict(record.staff)
    content["facts"] = [fact_to_json(fact) for fact in record.facts]
    return _line(content)


def fact_to_json(fact: Fact) -> dict[str, Any]:
    """A fact as the file has it: ``recorded_on`` only where it is not the day itself."""
    content = {"kind": fact.kind, "on": fact.on.isoformat(), **details_to_json(fact)}
    if fact.recorded_on != fact.on:
        content["recorded_on"] = fact.recorded_on.isoformat()
    return content


def _person_to_json(person: PersonRecord) -> dict[str, Any]:
    content: dict[str, Any] = {"given_names": person.given_names, "family_name": person.family_name}
    if person.aliases:
        content["aliases"] = [alias._asdict() for alias in person.aliases]
    content["born_on"] = person.born_on.isoformat()
    for name in ("sex", "ethnicity", "pnc_id", "crn"):
        if value := getattr(person, name):
            content[name] = value
    return content


def _line(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode() + b"\n"


def _quickly_read(raw: bytes) -> CaseRecord | None:
    """The case, or None where anything at all is out of the ordinary.

    A field that stands twice in an object is found by counting: there are as many colons in the line as fields
    that were read, or more (some may stand in texts); where the numbers differ, the strict reading decides.
    """
    try:
        content = orjson.loads(raw)
        record = _case(content)
        return record if raw.count(b":") == _fields_in(content) else None
    except _Refusals:
        return None


def _fields_in(content: Mapping[str, Any]) -> int:
    count = len(content) + sum(map(len, content["facts"])) + len(content.get("staff", ()))
    person = content.get("person")
    return count if person is None else count + len(person) + sum(map(len, person.get("aliases", ())))


def _case(content: Mapping[str, Any]) -> CaseRecord:
    """The record of a line without problems. Raises one of ``_Refusals`` for any other."""
    person = _person(content["person"]) if "person" in content else None
    staff = content.get("staff", {})
    for slot in staff:
        _text(staff, slot, f"staff {slot}")
    facts = content["facts"]
    if type(facts) is not list or type(staff) is not dict:
        raise _Refused
    record = CaseRecord(
        _text(content, "case", "case"),
        _text(content, "area", "area"),
        _text(content, "force", "force"),
        person,
        staff,
        tuple(map(_fact, facts)),
    )
    if len(content) != 4 + ("person" in content) + ("staff" in content):
        raise _Refused
    if person is not None and any(fact.on < person.born_on for fact in record.facts):
        raise _Refused
    return record


def _person(content: Mapping[str, Any]) -> PersonRecord:
    aliases = content.get("aliases", [])
    if type(aliases) is not list:
        raise _Refused
    person = PersonRecord(
        _text(content, "given_names", "given_names"),
        _text(content, "family_name", "family_name"),
        tuple(map(_alias, aliases)),
        _day(content["born_on"]),
        _text(content, "sex", "sex"),
        *(_text(content, name, name) if name in content else "" for name in ("ethnicity", "pnc_id", "crn")),
    )
    if len(content) != 4 + sum(name in content for name in ("aliases", "ethnicity", "pnc_id", "crn")):
        raise _Refused
    return person


def _alias(content: Mapping[str, Any]) -> Name:
    if len(content) != 2:
        raise _Refused
    return Name(_text(content, "given_names", "given_names"), _text(content, "family_name", "family_name"))


def _fact(content: Mapping[str, Any]) -> Fact:
    kind = content["kind"]
    known = _KINDS[kind]
    on = _day(content["on"])
    expected = 2
    recorded_on = on
    if "recorded_on" in content:
        expected = 3
        recorded_on = _day(content["recorded_on"])
    if not known:
        if len(content) != expected:
            raise _Refused
        return Fact(kind, on, NO_DETAILS, recorded_on)
    details: dict[str, Value] = {}
    for name, read, optional in known:
        if name in content:
            details[name] = read(content[name])
        elif not optional:
            raise _Refused
    if len(content) != expected + len(details):
        raise _Refused
    return Fact(kind, on, details, recorded_on)


def _text(content: Mapping[str, Any], name: str, limit: str) -> str:
    value = content[name]
    if not is_text(value, LONGEST[limit]):
        raise _Refused
    return value  # type: ignore[no-any-return, unused-ignore]


def _day(value: Any) -> date:
    if type(value) is not str:
        raise _Refused
    return _day_of(value)


@lru_cache(maxsize=200_000)
def _day_of(text: str) -> date:
    if not is_day(text):
        raise _Refused
    return date.fromisoformat(text)


def _reader(detail: Detail) -> Callable[[Any], Value]:
    """What takes a detail's value from JSON, or raises one of ``_Refusals``."""
    if detail.type == "date":
        return _day
    if detail.type == "text":
        return _free_text
    if detail.type == "integer" and not detail.choices:
        return lambda value: _whole(value, detail.minimum or 0, detail.nullable)
    choices: tuple[Value, ...] = (True, False) if detail.type == "boolean" else detail.choices
    taken, wanted = frozenset(choices), type(choices[0])

    def one_of(value: Any) -> Value:
        if type(value) is wanted and value in taken:
            return value  # type: ignore[no-any-return, unused-ignore]
        raise _Refused

    return one_of


def _free_text(value: Any) -> str:
    if not is_text(value, MOST_IN_TEXT):
        raise _Refused
    return value  # type: ignore[no-any-return, unused-ignore]


def _whole(value: Any, minimum: int, nullable: bool) -> int | None:
    if (value is None and nullable) or (type(value) is int and value >= minimum):
        return value  # type: ignore[no-any-return, unused-ignore]
    raise _Refused


def _readers() -> Iterator[tuple[str, tuple[tuple[str, Callable[[Any], Value], bool], ...]]]:
    for kind in KINDS.values():
        yield kind.name, tuple((detail.name, _reader(detail), detail.optional) for detail in kind.details)


_KINDS = dict(_readers())
