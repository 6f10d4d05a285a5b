"""The worked examples of docs/reference/rm2000.md hold, and its tables are those of the pack."""

from pathlib import Path

import pytest

from openmappa.core.bands import LikelihoodBand
from openmappa.core.instruments.rm2000.answers import Rm2000SItems, Rm2000VItems
from openmappa.core.instruments.rm2000.scale_c import scale_c
from openmappa.core.instruments.rm2000.scale_s import scale_s
from openmappa.core.instruments.rm2000.scale_v import scale_v
from openmappa.core.packs.load import load_rm2000
from openmappa.core.packs.rm2000.shapes import Cut

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "rm2000.md").read_text()
WHOLE = load_rm2000("england-wales-2005")
RULES = WHOLE.s


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


EXAMPLES = rows("## Worked examples of scale S")


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
    assert [tuple(cells[1:]) for cells in rows("## Scale S, step 1")] == expected


@pytest.mark.parametrize(
    ("head", "cuts"),
    [
        ("| total | first category", RULES.cuts),
        ("| total of V | category", WHOLE.v.cuts),
        ("| total of C | category", WHOLE.c.cuts),
    ],
)
def test_the_cut_offs_on_the_page_are_those_of_the_pack(head: str, cuts: tuple[Cut, ...]) -> None:
    assert [(cells[0], cells[1]) for cells in rows(head)] == [(cut.label, cut.band.label.lower()) for cut in cuts]


def test_the_points_of_scale_v_on_the_page_are_those_of_the_pack() -> None:
    expected = [
        (fit.label, str(fit.points), item.source.certainty.value) for item in WHOLE.v.items for fit in item.ranges
    ]
    expected += [("yes", str(item.points), item.source.certainty.value) for item in WHOLE.v.yes_items]
    assert [tuple(cells[1:]) for cells in rows("## Scale V")] == expected


def test_the_reasons_for_no_score_on_the_page_are_those_of_the_pack() -> None:
    expected = [(one.code, one.text, one.source.certainty.value) for one in WHOLE.no_score_reasons]
    assert [tuple(cells) for cells in rows("| code | reason")] == expected


@pytest.mark.parametrize("cells", rows("## Worked examples of scales V and C"), ids=" ".join)
def test_a_worked_example_of_v_and_c_holds(cells: list[str]) -> None:
    s_band = LikelihoodBand(cells[0].replace(" ", "_"))
    v = scale_v(Rm2000VItems(int(cells[1]), int(cells[2]), cells[3] == "yes"), WHOLE.v)
    c = scale_c(s_band, v.band, WHOLE.c)
    assert [str(v.points), v.band.label.lower(), str(c.points), c.band.label.lower()] == cells[4:]
