"""Reading the facts of a caseload line: quickly where nothing is wrong, with every problem named where something is."""

from collections.abc import Callable
from datetime import date
from typing import Any

from openmappa.core.caseload_values import ABSENT, DAY, LineProblems, day_of
from openmappa.core.standards.facts import KINDS, NO_DETAILS, Detail, Fact, Value


def read_facts(found: Any, born_on: date | None, problems: LineProblems) -> tuple[Fact, ...]:
    """The facts in a list; a fact before ``born_on`` is a problem."""
    if not isinstance(found, list):
        problems.add("facts", found, "a list of facts")
        return ()
    facts: list[Fact] = []
    for place, written in enumerate(found, start=1):
        fact = _plain_fact(written) or _fact(written, f"fact {place}", problems)
        if fact is not None:
            facts.append(fact)
            if born_on is not None and fact.on < born_on:
                problems.add(f"fact {place} on", fact.on.isoformat(), f"a day from the person's birth, {born_on}, on")
    return tuple(facts)


def _plain_fact(written: Any) -> Fact | None:
    """A fact with nothing wrong, quickly; None where anything at all is odd, for ``_fact`` to say what."""
    if type(written) is not dict:
        return None
    try:
        kind = written["kind"]
        checks = _CHECKS[kind]
        on = day_of(written["on"])
        recorded_on = day_of(written["recorded_on"]) if "recorded_on" in written else on
    except (KeyError, TypeError):
        return None
    if on is None or recorded_on is None:
        return None
    expected = 3 if "recorded_on" in written else 2
    if not checks:
        return Fact(kind, on, NO_DETAILS, recorded_on) if len(written) == expected else None
    details: dict[str, Value] = {}
    for name, optional, check in checks:
        value = written.get(name, ABSENT)
        if value is ABSENT:
            if optional:
                continue
            return None
        read = check(value)
        if read is ABSENT:
            return None
        details[name] = read
    return Fact(kind, on, details, recorded_on) if len(written) == expected + len(details) else None


def _fact(written: Any, where: str, problems: LineProblems) -> Fact | None:
    """A fact with something wrong: every problem of it is noted."""
    if not isinstance(written, dict):
        problems.add(where, written, "an object with kind and on")
        return None
    kind = written.get("kind", ABSENT)
    problems.day(written, "on", f"{where} ")
    if "recorded_on" in written:
        problems.day(written, "recorded_on", f"{where} ")
    if not isinstance(kind, str) or kind not in KINDS:
        problems.add(f"{where} kind", kind, f"a kind of fact: one of {', '.join(KINDS)}")
        return None
    for detail in KINDS[kind].details:
        value = written.get(detail.name, ABSENT)
        if (value is ABSENT and not detail.optional) or (value is not ABSENT and _checker(detail)(value) is ABSENT):
            problems.add(f"{where} {detail.name}", value, _wanted(detail))
    problems.unknown(
        written, f"{where} ", ("kind", "on", *(detail.name for detail in KINDS[kind].details), "recorded_on")
    )
    return None


def _wanted(detail: Detail) -> str:
    if detail.type == "choice" or detail.choices:
        return "one of " + ", ".join(str(choice) for choice in detail.choices)
    if detail.type == "boolean":
        return "true or false"
    if detail.type == "date":
        return DAY
    if detail.type == "text":
        return "some text"
    return f"a whole number from {detail.minimum} up" + (", or null" if detail.nullable else "")


def _checker(detail: Detail) -> Callable[[Any], Any]:
    """A function that gives the value as the core takes it, or ``ABSENT`` when it is wrong."""
    if detail.type == "boolean":
        return lambda value: value if value is True or value is False else ABSENT
    if detail.type == "date":
        return lambda value: day_of(value) or ABSENT
    if detail.choices:
        choices, kind = frozenset(detail.choices), str if detail.type == "choice" else int
        return lambda value: value if type(value) is kind and value in choices else ABSENT
    if detail.type == "text":
        return lambda value: value if type(value) is str and value.strip() and "\x00" not in value else ABSENT
    least = detail.minimum or 0
    return lambda value: (
        value if (value is None and detail.nullable) or (type(value) is int and least <= value <= 1200) else ABSENT
    )


_CHECKS = {
    kind: tuple((detail.name, detail.optional, _checker(detail)) for detail in known.details)
    for kind, known in KINDS.items()
}
