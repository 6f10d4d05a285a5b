"""What stands behind the facts of the caseload that docs/reference/sample-caseload.md names, made once."""

import pytest

from openmappa.core.caseload import CaseRecord
from openmappa.core.synthetic.content.case import CaseContent
from tests.core.synthetic.content.making import contents_of


@pytest.fixture(scope="session")
def contents(cases: list[CaseRecord]) -> list[CaseContent]:
    """The content of five areas of 100 cases, seed 7, until 31 March 2005."""
    return contents_of(cases)
