"""Tables that a spreadsheet opens without running anything in them."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmappa.core.spreadsheets import FORMULA, as_csv, safe_cell

ANY_CELL = st.one_of(
    st.text(max_size=20),
    st.tuples(
        st.text("\ufeff\x00\x01\x1f \t\n\r\u00a0\u2003", max_size=4), st.sampled_from("=+-@|%"), st.text(max_size=8)
    ).map("".join),
)


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "|calc", "%0A", " \t=1", "\ufeff=1", "\r\n@x", "\x00-1", "\u00a0=1"]
)
def test_what_a_spreadsheet_would_run_is_text(cell: str) -> None:
    assert safe_cell(cell) == f"'{cell}"


@pytest.mark.parametrize(
    ("value", "cell"), [("O'Brien", "O'Brien"), ("3 May", "3 May"), (12, "12"), (None, ""), ("", "")]
)
def test_anything_else_stays_as_it_is(value: object, cell: str) -> None:
    assert safe_cell(value) == cell


@given(st.lists(st.lists(ANY_CELL, min_size=1, max_size=4), min_size=1, max_size=5))
def test_no_cell_of_any_table_can_be_run_and_every_table_comes_back(rows: list[list[str]]) -> None:
    text = as_csv(rows)
    assert text[0] == "\ufeff"
    found = list(csv.reader(io.StringIO(text[1:], newline=""), strict=True))
    assert not any(FORMULA.match(cell) for row in found for cell in row)
    back = [[cell[1:] if FORMULA.match(cell[1:]) and cell[0] == "'" else cell for cell in row] for row in found]
    expected = [[cell[1:] if cell[:1] == "'" and FORMULA.match(cell[1:]) else cell for cell in row] for row in rows]
    assert back == expected
