"""The caseload that docs/reference/sample-caseload.md names, made once."""

import pytest

from openmappa.core.caseload import CaseRecord
from openmappa.core.synthetic.generate import generate
from tests.core.synthetic.page import REFERENCE


@pytest.fixture(scope="session")
def cases() -> list[CaseRecord]:
    """Five areas of 100 cases, seed 7, until 31 March 2005."""
    return list(generate(REFERENCE))
