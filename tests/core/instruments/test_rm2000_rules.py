"""A pack's RM2000 tables are refused with what is wrong and how to mend it."""

import tomllib
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

import openmappa.core.packs
from openmappa.core.errors import PackError
from openmappa.core.packs.reading import PackTable
from openmappa.core.packs.rm2000.read import read_rm2000

FILE = Path(openmappa.core.packs.__file__).parent / "england_wales_2005" / "rm2000.toml"
GOOD = tomllib.loads(FILE.read_text())


def problems(change: Callable[[Any], object], scale: str | None = "s") -> list[str]:
    content = deepcopy(GOOD)
    change(content if scale is None else content[scale])
    with pytest.raises(PackError) as refused:
        read_rm2000(PackTable(content, "rm2000.toml"))
    return list(refused.value.problems)


def test_the_pack_as_it_stands_is_read() -> None:
    rules = read_rm2000(PackTable(GOOD, "rm2000.toml")).s
    assert [item.title for item in rules.items] == [
        "Age at commencement of risk",
        "Sexual appearances",
        "Criminal appearances",
    ]
    assert len(rules.cautions) == 4


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda s: s["items"][0]["points"][1].update({"from": 26}),
            "rm2000.toml, s, items 1: the points for 26 to 34 leave a gap or overlap; write from = 25.",
        ),
        (
            lambda s: s["items"][0]["points"][2].update({"to": 99}),
            "rm2000.toml, s, items 1: the last points have an upper end; leave its `to` out, so that every "
            "answer "
            "scores.",
        ),
        (
            lambda s: s["items"][2].update(at_least="sexual"),
            "rm2000.toml, s, items 3: `at_least` is 'sexual'; write one of age_at_risk, sexual_appearances, "
            "criminal_appearances.",
        ),
        (
            lambda s: s["bands"][0].update(band="tiny"),
            "rm2000.toml, s, bands 1: `band` is 'tiny'; write one of low, medium, high, very_high.",
        ),
        (
            lambda s: s["bands"][1].update({"from": 2}),
            "rm2000.toml, s: the band medium is from 2 to 2; write from = 1.",
        ),
        (
            lambda s: s["bands"][3].update(to=7),
            "rm2000.toml, s: `bands` end at 7 points, but the items add up to at most 6.",
        ),
        (
            lambda s: s["bands"].reverse(),
            "rm2000.toml, s: `bands` must give low, medium, high and very_high, once each and in that order.",
        ),
        (
            lambda s: s["factors"].pop(),
            "rm2000.toml, s: `factors` are male_victim, stranger_victim, single; write male_victim, "
            "stranger_victim, single, non_contact, in that order.",
        ),
        (
            lambda s: s["uplifts"].pop(),
            "rm2000.toml, s: `uplifts` must have one row for each of [0, 1, 2, 3, 4] factors, in that order.",
        ),
    ],
)
def test_a_pack_that_does_not_make_sense_is_refused(change: Callable[[Any], object], sentence: str) -> None:
    assert problems(change)[0] == sentence


def test_points_that_end_before_they_begin_are_refused() -> None:
    found = problems(lambda s: s["items"][1]["points"][1].update({"to": 1}))
    assert found[0] == "rm2000.toml, s, items 2: the points for 2 to 1 end before they begin; swap `from` and `to`."


def test_everything_that_is_wrong_is_named_in_one_run() -> None:
    def change(s: Any) -> None:
        s["uplifts"][2]["raised_by"] = -1
        s["uplifts"][3]["raised"] = 1
        s["items"] = []

    assert problems(change) == [
        "rm2000.toml, s: `items` is []; write a list of tables, with at least one.",
        "rm2000.toml, s: `items` are missing; write age_at_risk, sexual_appearances, criminal_appearances, "
        "in that "
        "order.",
        "rm2000.toml, s: `bands` end at 6 points, but the items add up to at most 0.",
        "rm2000.toml, s, uplifts 3: `raised_by` is -1; write a whole number from 0 up.",
        "rm2000.toml, s, uplifts 4: `raised` is not a key that is known here; did you mean `raised_by`?",
    ]


@pytest.mark.parametrize(
    ("scale", "change", "sentence"),
    [
        (
            "v",
            lambda v: v["items"][1].update(at_most="convictions"),
            "rm2000.toml, v, items 2: `at_most` is 'convictions'; write one of age_at_risk, sexual_appearances, "
            "criminal_appearances.",
        ),
        (
            "v",
            lambda v: v["yes_items"][0].update(points=1),
            "rm2000.toml, v: `bands` end at 8 points, but the items add up to at most 7.",
        ),
        (
            "v",
            lambda v: v["yes_items"][0].update(name="theft"),
            "rm2000.toml, v: `yes_items` are theft; write burglary, in that order.",
        ),
        (
            "c",
            lambda c: c["points"].update(very_high=4),
            "rm2000.toml, c: `bands` end at 6 points, but the items add up to at most 8.",
        ),
        (
            "eligibility",
            lambda eligibility: eligibility["no_score"][0].update(code="other"),
            "rm2000.toml, eligibility: the code 'other' stands twice under `no_score`; give one of them another.",
        ),
    ],
)
def test_scales_v_and_c_and_the_reasons_are_checked_too(
    scale: str, change: Callable[[Any], object], sentence: str
) -> None:
    assert problems(change, scale)[0] == sentence
