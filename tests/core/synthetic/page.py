"""The tables of docs/reference/sample-caseload.md. `python -m tests.core.synthetic.page` writes them again."""

import re
from datetime import date
from functools import cache
from pathlib import Path

from openmappa.core.caseload import CaseRecord
from openmappa.core.synthetic.comparison import assumptions, comparison
from openmappa.core.synthetic.content.mappa.measured import measure_meetings
from openmappa.core.synthetic.content.measured import measure_content
from openmappa.core.synthetic.generate import Sample, generate
from openmappa.core.synthetic.measure import Row, measure
from tests.core.synthetic.content.making import contents_of, mappa_of
from tests.core.synthetic.samples import PACK, SHAPE, sample

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "sample-caseload.md"
REFERENCE: Sample = sample(until=date(2005, 3, 31))


@cache
def cases() -> tuple[CaseRecord, ...]:
    """The caseload that the page names."""
    return tuple(generate(REFERENCE))


def measured() -> list[Row]:
    """The comparison for the caseload that the page names."""
    return measure(cases(), SHAPE, PACK, REFERENCE.until)


def measured_content() -> list[Row]:
    """The comparison for what stands behind its facts."""
    contents = contents_of(cases(), REFERENCE.header.source)
    return measure_content(contents, SHAPE) + measure_meetings(mappa_of(contents, REFERENCE.until), SHAPE)


def rewritten(page: str) -> str:
    """The page with its tables made again."""
    tables = {
        "comparison": comparison(measured()),
        "assumptions": assumptions(SHAPE.figures),
        "content": comparison(measured_content()),
        "content assumptions": assumptions(SHAPE.content),
    }
    for name, table in tables.items():
        page = re.sub(f"(<!-- {name} -->\n).*?(<!-- end -->)", rf"\g<1>\n{table}\n\g<2>", page, flags=re.DOTALL)
    return page


if __name__ == "__main__":
    PAGE.write_text(rewritten(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
