"""The worked examples and the table of docs/reference/notification-periods.md are what the pack gives."""

from datetime import date
from pathlib import Path

import pytest

from openmappa.core.packs.load import load_registration
from openmappa.core.packs.registration_rules import DisposalKind
from openmappa.core.registration.periods import Disposal, notification_period

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "notification-periods.md").read_text()
RULES = load_registration("england-wales-2005")


def rows(heading: str) -> list[list[str]]:
    """The cells of the first table under a heading, without its head."""
    table = PAGE.split(heading, 1)[1].split("| --- |\n", 1)[1].split("\n\n", 1)[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]


@pytest.mark.parametrize("cells", rows("## Worked examples"), ids=" ".join)
def test_a_worked_example_holds(cells: list[str]) -> None:
    kind, months, days, age, relevant_on, length, ends_on = cells
    disposal = Disposal(DisposalKind(kind), int(months) if months else None, int(days or 0))
    found = notification_period(disposal, relevant_on=date.fromisoformat(relevant_on), age=int(age), rules=RULES)
    assert (found.length, found.ends_on.isoformat() if found.ends_on else "none") == (length, ends_on)


def test_the_table_on_the_page_has_the_rows_and_certainties_of_the_pack() -> None:
    expected = [f"remembered, {row.source.confidence}" if row.source.is_remembered else "read" for row in RULES.periods]
    assert [cells[3] for cells in rows("## The period")] == expected
