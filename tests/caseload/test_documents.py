"""The page that describes the caseload file is right: its example imports, and its tables name every field and kind."""

import re
from io import BytesIO
from pathlib import Path

import pytest

from openmappa.caseload.services.importing import import_caseload
from openmappa.core.caseload_fields import CASE, HEADER, PERSON, STAFF
from openmappa.core.errors import Problem
from openmappa.core.standards.facts import KINDS
from tests.caseload.support import Quiet

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "caseload-format.md").read_text()


def kinds_on_the_page() -> dict[str, set[str]]:
    """Each kind of fact in the table, with the names of its details."""
    rows = re.findall(r"^\| (`[a-z0-9_`, ]+`) \| (.*) ?\|$", PAGE.split("## A fact")[1], re.MULTILINE)
    return {
        kind: set(re.findall(r"`([a-z_]+)`", details))
        for kinds, details in rows
        for kind in re.findall(r"`(\w+)`", kinds)
    }


@pytest.mark.django_db
def test_the_example_on_the_page_imports() -> None:
    example = re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert example is not None
    problems: list[Problem] = []
    done = import_caseload(file=BytesIO(example[1].encode()), report=problems.append, watcher=Quiet())
    assert (problems, done.cases_added, done.facts_added) == ([], 1, 2)


def test_the_page_names_every_kind_of_fact_with_its_details() -> None:
    assert kinds_on_the_page() == {name: {detail.name for detail in kind.details} for name, kind in KINDS.items()}


def test_the_page_names_every_field() -> None:
    assert [field for field in (*HEADER, *CASE, *PERSON, *STAFF) if f"`{field}`" not in PAGE] == []
