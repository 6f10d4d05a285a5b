"""Making content for generated cases, as a load of the demonstration does."""

from collections.abc import Iterable
from datetime import date, timedelta

from openmappa.core.caseload import CaseRecord
from openmappa.core.packs.load import load_oasys, load_rm2000
from openmappa.core.standards.facts import Fact, Value
from openmappa.core.synthetic.content.case import CaseContent, ContentMaker
from openmappa.core.synthetic.content.known import Known
from openmappa.core.synthetic.content.mappa.held import MappaContent
from openmappa.core.synthetic.content.mappa.minuting import Minuting
from tests.core.synthetic.samples import SHAPE

RM2000 = load_rm2000("england-wales-2005")
THREE_MONTHS = timedelta(days=92)
OASYS = load_oasys("england-wales-2005")


def known(case: CaseRecord) -> Known:
    """A case as the record would know it."""
    assert case.person is not None
    return Known(case.reference, case.person.born_on, case.person.sex, case.facts)


def contents_of(cases: Iterable[CaseRecord], source: str = "openmappa-sample-7") -> list[CaseContent]:
    """The content of these cases, in their order."""
    maker = ContentMaker(source, SHAPE, RM2000, OASYS)
    return [maker.of(known(case)) for case in cases]


def made(*facts: tuple[str, str, dict[str, Value]], born_on: date = date(1960, 5, 1)) -> CaseContent:
    """The content of one case with these facts, each with its kind, its day and its details."""
    maker = ContentMaker("made", SHAPE, RM2000, OASYS)
    dated = [Fact(kind, date.fromisoformat(on), details, date.fromisoformat(on)) for kind, on, details in facts]
    return maker.of(Known("X-1", born_on, "male", tuple(dated)))


def mappa_of(contents: Iterable[CaseContent], until: date, source: str = "openmappa-sample-7") -> list[MappaContent]:
    """What stands behind the MAPPA facts of these cases, with the meetings of the last three months."""
    minuting = Minuting(source, SHAPE.content)
    return [minuting.of(content, until - THREE_MONTHS) for content in contents]
