"""The pack of referrals: what it refuses, sentence by sentence."""

import tomllib
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

import openmappa.core.packs
from openmappa.core.errors import PackError
from openmappa.core.packs.load import load_mappa_referrals
from openmappa.core.packs.mappa_referral_rules import read_mappa_referrals
from openmappa.core.packs.reading import PackTable

FILE = Path(openmappa.core.packs.__file__).parent / "england_wales_2005" / "mappa_referrals.toml"
GOOD = tomllib.loads(FILE.read_text())
RULES = load_mappa_referrals("england-wales-2005")


def set_to(*path: Any) -> Callable[[dict[str, Any]], None]:
    def change(content: dict[str, Any]) -> None:
        place: Any = content
        for step in path[:-2]:
            place = place[step]
        place[path[-2]] = path[-1]

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (set_to("category", "custody_months", 0), "`custody_months` must be 1 or more"),
        (set_to("screening", "urgent_working_days", 11), "`urgent_working_days` is more than `working_days`"),
        (set_to("seats", 0, "from_rank", "sergeant"), "'sergeant', which the probation does not have"),
        (set_to("tests", 0, "level", 1), "`level` must be 2 or 3"),
        (set_to("tests", 1, "id", "high_harm"), "two of `tests` have the same id"),
        (set_to("categories", 0, "number", 4), "`categories` must be 1, 2 and 3"),
        (set_to("outcomes", 0, "id", "level_4"), "`outcomes` must be level_1"),
        (set_to("screening", "hours", 4), "`hours` is not a key"),
    ],
)
def test_a_pack_that_makes_no_sense_is_refused(change: Callable[[dict[str, Any]], None], said: str) -> None:
    content = deepcopy(GOOD)
    change(content)
    with pytest.raises(PackError, match=said):
        read_mappa_referrals(PackTable(content, "mappa_referrals.toml"))


def test_what_the_report_leaves_open_is_called_our_own_choice() -> None:
    assert "our own choice" in str(RULES.time.source)
    assert "our own choice" in str(RULES.seat("police").source)


def test_categories_by_their_numbers() -> None:
    assert [RULES.category_label(1), RULES.category_label(None)] == ["Registered sex offender", "In no category"]
