"""The worked examples of docs/reference/ogrs3.md hold, and its tables are those of the pack."""

from pathlib import Path

import pytest

from openmappa.core.instruments.ogrs3 import Ogrs3Items, ogrs3
from openmappa.core.packs.load import load_ogrs3

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "ogrs3.md").read_text()
RULES = load_ogrs3("england-wales-2005")


def rows(head: str) -> list[list[str]]:
    """The cells of the table that begins with this head."""
    lines = PAGE[PAGE.index(head) :].splitlines()[2:]
    last = next(at for at, line in enumerate(lines) if not line.startswith("|"))
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[:last]]


@pytest.mark.parametrize("cells", rows("| sex | at conviction"), ids=" ".join)
def test_a_worked_example_holds_to_twelve_digits(cells: list[str]) -> None:
    sex, conviction, first, risk, previous, offence, p1, p2, reported, category = cells
    result = ogrs3(Ogrs3Items(sex, int(conviction), int(first), int(risk), int(previous), offence), RULES)
    assert (result.p1, result.p2) == (pytest.approx(float(p1), rel=1e-12), pytest.approx(float(p2), rel=1e-12))
    assert f"{result.percent1}, {result.percent2}" == reported
    assert result.band.label.lower() == category


def test_the_ages_on_the_page_are_those_of_the_pack() -> None:
    expected = [
        (
            f"{age.lowest} or more" if age.highest is None else f"{age.lowest} to {age.highest}",
            age.by_sex["male"],
            age.by_sex["female"],
        )
        for age in RULES.ages
    ]
    assert [(span, float(man), float(woman)) for span, man, woman in rows("| age when next at risk")] == expected


def test_the_offences_on_the_page_are_those_of_the_pack() -> None:
    expected = [(offence.name, offence.weight) for offence in RULES.offences.values()]
    assert [(name, float(weight)) for name, weight in rows("| current offence")] == expected
