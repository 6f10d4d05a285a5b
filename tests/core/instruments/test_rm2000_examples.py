"""The worked examples of docs/reference/rm2000.md hold, and its tables are those of the pack."""

from pathlib import Path

import pytest

from openmappa.core.instruments.rm2000.answers import Rm2000SItems
from openmappa.core.instruments.rm2000.scale_s import scale_s
from openmappa.core.packs.load import load_rm2000

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "rm2000.md").read_text()
RULES = load_rm2000("england-wales-2005").s


def rows(heading: str) -> list[list[str]]:
    """The cells of the first table under a heading, without its head."""
    lines = PAGE.split(heading, 1)[1].splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith("| --- "))
    table = []
    for line in lines[start + 1 :]:
        if not line.startswith("|"):
            break
        table.append([cell.strip() for cell in line.strip("|").split("|")])
    return table


EXAMPLES = rows("## Worked examples")


def items(cells: list[str]) -> Rm2000SItems:
    age, sexual, criminal = (int(cell) for cell in cells[:3])
    return Rm2000SItems(age, sexual, criminal, *(cell == "yes" for cell in cells[3:7]))


@pytest.mark.parametrize("cells", EXAMPLES, ids=" ".join)
def test_a_worked_example_holds(cells: list[str]) -> None:
    result = scale_s(items(cells), RULES)
    found = [str(result.points), result.first_band.label.lower(), result.band.label.lower()]
    assert found == cells[7:]


def test_the_reasons_of_the_fifth_example_stand_on_the_page() -> None:
    result = scale_s(items(EXAMPLES[4]), RULES)
    numbered = [f"{place}. {line.sentence}" for place, line in enumerate(result.explanation, start=1)]
    assert "\n".join(numbered) in PAGE


def test_the_points_on_the_page_are_those_of_the_pack() -> None:
    expected = [
        (fit.label, str(fit.points), item.source.certainty.value) for item in RULES.items for fit in item.ranges
    ]
    assert [tuple(cells[1:]) for cells in rows("## Step 1")] == expected


def test_the_cut_offs_on_the_page_are_those_of_the_pack() -> None:
    found = [(cells[0], cells[1]) for cells in rows("| total | first category")]
    spans = [f"{cut.lowest}" if cut.lowest == cut.highest else f"{cut.lowest} to {cut.highest}" for cut in RULES.cuts]
    assert found == [(span, cut.band.label.lower()) for span, cut in zip(spans, RULES.cuts, strict=True)]
