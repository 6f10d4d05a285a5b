"""The pack of 2005 is what the report says."""

import csv
from pathlib import Path

import pytest

from openmappa.core.errors import PackError
from openmappa.core.packs.load import load_caseload_shape, load_pack, load_rm2000, packs_in_service, shipped_packs

PACK = load_pack("england-wales-2005")
POLICY = Path(__file__).parents[2] / "spec" / "report" / "table1_visit_policy.csv"


def test_the_visit_table_is_table_1_row_by_row() -> None:
    with POLICY.open(newline="") as file:
        rows = {
            (row["force"], row["band"]): (int(row["interval_months"]) if row["interval_months"] else None, row["note"])
            for row in csv.DictReader(file)
        }
    table = PACK.tables["visit-interval"]
    assert {key: (months, table.notes.get(key, "")) for key, months in table.rows.items()} == rows


def test_there_are_twenty_three_standards_each_with_its_source() -> None:
    assert len(PACK.standards) == 23
    assert all(standard.source and standard.title for standard in PACK.standards)
    assert sum(standard.assumption for standard in PACK.standards) == 11


def test_it_has_no_first_and_no_last_day_and_is_in_service() -> None:
    assert (PACK.in_force_from, PACK.in_force_until) == (None, None)
    assert shipped_packs() == ("england-wales-2005",)
    assert packs_in_service() == (PACK,)


def test_a_standard_is_found_by_its_id() -> None:
    assert PACK.standard("home-visit").title == "Unannounced police home visit"
    with pytest.raises(KeyError, match="visit-home"):
        PACK.standard("visit-home")


def test_a_pack_that_does_not_exist_is_refused_by_name() -> None:
    with pytest.raises(PackError, match=r"There is no pack called 'wales-1900'. There is: england-wales-2005."):
        load_pack("wales-1900")
    with pytest.raises(PackError, match="there is no such file"):
        load_caseload_shape("wales-1900")
    with pytest.raises(PackError, match="there is no such file"):
        load_rm2000("wales-1900")
