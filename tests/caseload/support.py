"""What the tests of import and export share: small files, and an import that tells what it found."""

import json
from datetime import date
from io import BytesIO
from typing import Any

from openmappa.caseload.services.importing import Imported, import_caseload
from openmappa.core.errors import Problem


class Quiet:
    """Watches an import and only remembers what it was told."""

    def __init__(self) -> None:
        self.waited = False
        self.positions: list[int] = []
        self.written: list[tuple[int, int]] = []

    def waiting(self) -> None:
        self.waited = True

    def checking(self, position: int) -> None:
        self.positions.append(position)

    def writing(self, cases: int, of: int) -> None:
        self.written.append((cases, of))


HEADER = {"format": "openmappa-caseload/1", "source": "legacy-register", "made_on": "2005-03-31"}
PERSON = {
    "given_names": "Sample",
    "family_name": "Madeup-Example",
    "aliases": [{"given_names": "S", "family_name": "Testcase"}],
    "born_on": "1961-04-02",
    "sex": "male",
    "ethnicity": "white_british",
    "pnc_id": "61/0012X",
    "crn": "N000012",
}
STAFF = {"case_manager": "n.probation1", "police_officer": "n.police1"}
REGISTERED = {"kind": "registered", "on": "2004-03-01", "recorded_on": "2004-03-02"}
SCORED = {"kind": "rm2000_completed", "on": "2004-03-05", "band": "high", "rank": "constable"}
VISITED = {
    "kind": "home_visit",
    "on": "2004-06-07",
    "service": "police",
    "outcome": "seen",
    "announced": False,
    "joint": False,
}


def case(reference: str = "NSH-00012", *facts: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """One case as a file holds it, with the facts given or two of its own; ``None`` takes a field away."""
    whole = {
        "case": reference,
        "area": "northshire",
        "force": "A",
        "person": dict(PERSON),
        "staff": dict(STAFF),
        "facts": list(facts or (REGISTERED, SCORED)),
        **changes,
    }
    return {name: value for name, value in whole.items() if value is not None}


def file_of(*cases: dict[str, Any], **header: Any) -> BytesIO:
    """A caseload file of these cases, as ``json`` writes it."""
    lines = [{**HEADER, **header}, *cases]
    return BytesIO(b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines))


def taken(*cases: dict[str, Any], **header: Any) -> Imported:
    """The import of a file with these cases, which must have no problem."""
    problems: list[Problem] = []
    done = import_caseload(file=file_of(*cases, **header), report=problems.append, watcher=Quiet())
    assert problems == []
    return done


def day(text: str) -> date:
    """A day from its ISO text."""
    return date.fromisoformat(text)
