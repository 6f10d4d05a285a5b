"""What an import needs of a case beyond what the format asks for: somebody responsible, and values that fit."""

from collections.abc import Iterator
from functools import cache

from django.db import models

from openmappa.accounts.models import Area, User
from openmappa.cases.models import Alias, Case, Person
from openmappa.core.caseload import CaseRecord, Header, PersonRecord
from openmappa.core.errors import Problem
from openmappa.core.packs.load import packs_in_service

ESCAPED_SURROGATE = b"\\ud"
SHOWN = 40


def unmet_needs(line: int, record: CaseRecord, raw: bytes) -> Iterator[Problem]:
    """What keeps a well-formed case from being imported. ``raw`` is its line as it stands in the file."""
    if record.person is None:
        yield Problem(line, "person", "nothing", "who the case is about, since an import needs it")
    if not record.staff:
        yield Problem(line, "staff", "nobody", "a case_manager, a police_officer or both, since an import needs one")
    forces = known_forces()
    if forces and record.force not in forces:
        yield Problem(line, "force", f'"{record.force}"', f"a force with a visit policy: {', '.join(sorted(forces))}")
    for field, value, longest in _lengths(record):
        if len(value) > longest:
            yield Problem(line, field, f'"{value[:SHOWN]}…", {len(value)} characters', f"at most {longest} characters")
    if ESCAPED_SURROGATE in raw.lower() and not _can_be_written(record):
        yield Problem(line, "line", "an escape such as \\ud800, half of a character", "whole characters")


def unmet_needs_of_header(header: Header) -> Iterator[Problem]:
    """What keeps a well-formed header from being imported."""
    longest = longest_text(Case, "source")
    if len(header.source) > longest:
        yield Problem(1, "source", f"{len(header.source)} characters", f"at most {longest} characters")


@cache
def known_forces() -> frozenset[str]:
    """The forces whose visit policy the packs in service know."""
    return frozenset[str]().union(*(pack.forces() for pack in packs_in_service()))


@cache
def longest_text(model: type[models.Model], field: str) -> int:
    """How many characters a text field of the record holds."""
    return next(found.max_length or 0 for found in model._meta.concrete_fields if found.name == field)


def _lengths(record: CaseRecord) -> Iterator[tuple[str, str, int]]:
    yield "case", record.reference, longest_text(Case, "reference")
    yield "area", record.area, longest_text(Area, "code") - len("-probation")  # its units are called after it
    for slot, username in record.staff.items():
        yield f"staff.{slot}", username, longest_text(User, "username")
    if record.person is None:
        return
    for field in PersonRecord._fields:
        value = getattr(record.person, field)
        if isinstance(value, str):
            yield f"person.{field}", value, longest_text(Person, field)
    for place, alias in enumerate(record.person.aliases, start=1):
        yield f"person.aliases {place}.given_names", alias.given_names, longest_text(Alias, "given_names")
        yield f"person.aliases {place}.family_name", alias.family_name, longest_text(Alias, "family_name")


def _can_be_written(record: CaseRecord) -> bool:
    try:
        repr(record).encode()
        str((record.person, record.staff, [fact.details for fact in record.facts])).encode()
    except UnicodeEncodeError:
        return False
    return True
