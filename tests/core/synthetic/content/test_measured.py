"""What was written has the report's shape: within 2.5 points of each figure at 500 cases."""

import pytest

from openmappa.core.synthetic.content.case import CaseContent
from openmappa.core.synthetic.content.mappa.measured import ATTENDS
from openmappa.core.synthetic.content.measured import MEASURES, measure_content
from openmappa.core.synthetic.measure import Row
from tests.core.synthetic.samples import SHAPE


@pytest.fixture(scope="module")
def rows(contents: list[CaseContent]) -> list[Row]:
    """The figures as measured."""
    return measure_content(contents, SHAPE)


def test_every_figure_is_within_two_and_a_half_points(rows: list[Row]) -> None:
    assert {row.figure: abs(row.generated - row.target) <= 0.025 for row in rows} == dict.fromkeys(MEASURES, True)


def test_every_figure_of_the_report_on_content_is_measured() -> None:
    assert [figure.name for figure in SHAPE.content.values() if figure.show] == [
        name for name in SHAPE.content if name in MEASURES or name in ATTENDS
    ]
    assert {*MEASURES, *ATTENDS} <= set(SHAPE.content)
