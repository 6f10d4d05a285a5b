"""Judging one line of a caseload file, and writing its duties as JSON Lines or CSV.

The JSON is put together by hand, since that is done some 3 million times.
"""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from openmappa.core.caseload import CaseRecord, read_case
from openmappa.core.errors import Problem
from openmappa.core.packs.model import Pack
from openmappa.core.standards.clocks import UnknownForce
from openmappa.core.standards.duties import Duty, duties

COLUMNS = (
    "case", "standard", "of", "opened_on", "due_on", "met_on", "closed_on", "outcome",
    "because_kind", "because_on", "source",
)  # fmt: skip
CSV_HEADER = (",".join(COLUMNS) + "\r\n").encode()


class Judge(NamedTuple):
    """What the duties are worked out by."""

    pack: Pack
    as_of: date
    known_on: date | None
    format: str

    def line(self, number: int, raw: bytes) -> "Judged":
        """One case's duties as text; or what is wrong with its line."""
        record = read_case(number, raw)
        if not isinstance(record, CaseRecord):
            return Judged("", "", record)
        try:
            found = duties(record.facts, self.pack, force=record.force, as_of=self.as_of, known_on=self.known_on)
        except UnknownForce as error:
            known = f"one of {', '.join(error.known)}, which the pack has a visit policy for"
            return Judged(record.reference, "", [Problem(number, "force", _json(error.force), known)])
        return Judged(record.reference, FORMATS[self.format](record.reference, found, self.as_of), [])

    def rest(self) -> str:
        """Nothing: every line's duties have been said."""
        return ""


class Judged(NamedTuple):
    """One line of the file, judged."""

    reference: str
    text: str
    problems: Sequence[Problem]


def as_json(reference: str, found: Sequence[Duty], as_of: date) -> str:
    """Duties as lines of JSON, keys in the order of the format."""
    case = _json(reference)
    return "".join(
        [
            f'{{"case": {case}, "standard": {_json(duty.standard)}, "of": {_json(duty.of)}, '
            f'"opened_on": {_json_day(duty.opened_on)}, "due_on": {_json_day(duty.due_on)}, '
            f'"met_on": {_json_day(duty.met_on)}, "closed_on": {_json_day(duty.closed_on)}, '
            f'"outcome": "{duty.outcome(as_of).value}", "because": {{"kind": "{duty.because_kind}", '
            f'"on": {_json_day(duty.because_on)}}}, "source": {_json(duty.source)}}}\n'
            for duty in found
        ]
    )


def as_csv(reference: str, found: Sequence[Duty], as_of: date) -> str:
    """Duties as rows of CSV (RFC 4180), with an empty field where there is no day."""
    text = io.StringIO()
    write = csv.writer(text).writerow
    for duty in found:
        write(
            (
                reference, duty.standard, duty.of, duty.opened_on, duty.due_on, duty.met_on, duty.closed_on,
                duty.outcome(as_of).value, duty.because_kind, duty.because_on, duty.source,
            )
        )  # fmt: skip
    return text.getvalue()


FORMATS: Mapping[str, Callable[[str, Sequence[Duty], date], str]] = {"jsonl": as_json, "csv": as_csv}
"""The formats that are written line by line."""


@lru_cache(maxsize=10_000)
def _json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


@lru_cache(maxsize=100_000)
def _json_day(day: date | None) -> str:
    return "null" if day is None else f'"{day.isoformat()}"'
