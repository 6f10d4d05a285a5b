"""The worked examples of the standards hold as they stand; so does the copy of the report's tables."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from openmappa.core.caseload import CaseRecord, read_case
from openmappa.core.packs.load import load_pack
from openmappa.core.standards.duties import duties

COPY = Path(__file__).parents[2] / "spec"
GIVEN = Path(__file__).parents[4] / "shared" / "data"
EXAMPLES = Path("duties") / "examples.jsonl"
FOLDERS = [COPY, GIVEN] if GIVEN.exists() else [COPY]


def examples() -> list[Any]:
    return [
        pytest.param(json.loads(line), id=f"{json.loads(line)['case']['case']}-{folder.name}")
        for folder in FOLDERS
        for line in (folder / EXAMPLES).read_text().splitlines()
    ]


@pytest.mark.parametrize("example", examples())
def test_an_example_gives_exactly_the_duties_it_says(example: dict[str, Any]) -> None:
    record = read_case(2, json.dumps(example["case"]).encode())
    assert isinstance(record, CaseRecord)
    as_of = date.fromisoformat(example["as_of"])
    known_on = date.fromisoformat(example["known_on"]) if example["known_on"] else None
    found = duties(record.facts, load_pack("england-wales-2005"), force=record.force, as_of=as_of, known_on=known_on)
    assert [
        {
            "case": record.reference,
            "standard": duty.standard,
            "of": duty.of,
            "opened_on": str(duty.opened_on),
            "due_on": str(duty.due_on),
            "met_on": duty.met_on and str(duty.met_on),
            "closed_on": duty.closed_on and str(duty.closed_on),
            "outcome": str(duty.outcome(as_of)),
            "because": {"kind": duty.because_kind, "on": str(duty.because_on)},
            "source": duty.source,
        }
        for duty in found
    ] == example["duties"]


@pytest.mark.skipif(not GIVEN.exists(), reason="the originals are not beside this checkout; their copy is tested")
@pytest.mark.parametrize("name", [str(path.relative_to(COPY)) for path in sorted(COPY.rglob("*.*"))])
def test_the_copy_is_the_original_byte_for_byte(name: str) -> None:
    assert (COPY / name).read_bytes() == (GIVEN / name).read_bytes()
