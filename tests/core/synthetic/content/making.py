"""Making content for generated cases, as a load of the demonstration does."""

from collections.abc import Iterable

from openmappa.core.caseload import CaseRecord
from openmappa.core.packs.load import load_oasys, load_rm2000
from openmappa.core.synthetic.content.case import CaseContent, ContentMaker
from openmappa.core.synthetic.content.known import Known
from tests.core.synthetic.page import REFERENCE
from tests.core.synthetic.samples import SHAPE

RM2000 = load_rm2000("england-wales-2005")
OASYS = load_oasys("england-wales-2005")


def known(case: CaseRecord) -> Known:
    """A case as the record would know it."""
    assert case.person is not None
    return Known(case.reference, case.person.born_on, case.person.sex, case.facts)


def contents_of(cases: Iterable[CaseRecord], source: str = REFERENCE.header.source) -> list[CaseContent]:
    """The content of these cases, in their order."""
    maker = ContentMaker(source, SHAPE, RM2000, OASYS)
    return [maker.of(known(case)) for case in cases]
