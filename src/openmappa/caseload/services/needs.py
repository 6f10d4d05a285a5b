"""What an import needs of a case beyond what the format asks for: a person, somebody responsible, a known force."""

from collections.abc import Iterator
from functools import cache

from openmappa.core.caseload import CaseRecord
from openmappa.core.errors import Problem
from openmappa.core.packs.load import packs_in_service


def unmet_needs(line: int, record: CaseRecord) -> Iterator[Problem]:
    """What keeps a well-formed case from being imported."""
    if record.person is None:
        yield Problem(line, "person", "nothing", "who the case is about, since an import needs it")
    if not record.staff:
        yield Problem(line, "staff", "nobody", "a case_manager, a police_officer or both, since an import needs one")
    forces = known_forces()
    if forces and record.force not in forces:
        yield Problem(line, "force", f'"{record.force}"', f"a force with a visit policy: {', '.join(sorted(forces))}")


@cache
def known_forces() -> frozenset[str]:
    """The forces whose visit policy the packs in service know."""
    return frozenset[str]().union(*(pack.forces() for pack in packs_in_service()))
