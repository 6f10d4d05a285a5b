"""The tables of docs/reference/sample-caseload.md. `python -m tests.core.synthetic.page` writes them again."""

import re
from datetime import date
from pathlib import Path

from openmappa.core.synthetic.comparison import assumptions, comparison
from openmappa.core.synthetic.generate import Sample, generate
from openmappa.core.synthetic.measure import Row, measure
from tests.core.synthetic.samples import PACK, SHAPE, sample

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "sample-caseload.md"
REFERENCE: Sample = sample(until=date(2005, 3, 31))


def measured() -> list[Row]:
    """The comparison for the caseload that the page names."""
    return measure(generate(REFERENCE), SHAPE, PACK, REFERENCE.until)


def rewritten(page: str) -> str:
    """The page with its tables made again."""
    for name, table in (("comparison", comparison(measured())), ("assumptions", assumptions(SHAPE))):
        page = re.sub(f"(<!-- {name} -->\n).*?(<!-- end -->)", rf"\g<1>\n{table}\n\g<2>", page, flags=re.DOTALL)
    return page


if __name__ == "__main__":
    PAGE.write_text(rewritten(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
