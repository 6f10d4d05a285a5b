"""A pack's OGRS3 tables are refused with what is wrong and how to mend it; what was chosen is dated."""

import tomllib
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import openmappa.core.packs
from openmappa.core.errors import PackError
from openmappa.core.packs.ogrs3_rules import read_ogrs3
from openmappa.core.packs.reading import PackTable

FILE = Path(openmappa.core.packs.__file__).parent / "england_wales_2005" / "ogrs3.toml"
GOOD = tomllib.loads(FILE.read_text())


def problems(change: Callable[[Any], object]) -> list[str]:
    content = deepcopy(GOOD)
    change(content)
    with pytest.raises(PackError) as refused:
        read_ogrs3(PackTable(content, "ogrs3.toml"))
    return list(refused.value.problems)


def test_where_published_programs_differ_the_choice_is_dated_and_has_its_reason() -> None:
    choices = read_ogrs3(PackTable(GOOD, "ogrs3.toml")).choices
    assert [choice.about for choice in choices] == [
        "Girls aged 10 to 15",
        "Sexual offences that are not against a child",
        "The reported percentage",
        "More than 50 previous sanctions",
    ]
    assert {choice.chosen_on for choice in choices} == {date(2026, 11, 29)}
    assert all(choice.taken and choice.instead_of and choice.reason for choice in choices)


def test_there_are_twenty_offences_and_eleven_ages() -> None:
    rules = read_ogrs3(PackTable(GOOD, "ogrs3.toml"))
    assert (len(rules.offences), len(rules.ages)) == (20, 11)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda top: top["offences"][3].update(weight=0.0328),
            "ogrs3.toml, choices 2, weights 1: the weight in row 4 of `offences` is 0.0328, not what was chosen; mend "
            "one of them.",
        ),
        (
            lambda top: top["choices"][0]["weights"][0].update(row=99),
            "ogrs3.toml, choices 1, weights 1: the female in row 99 of `ages` is None, not what was chosen; mend one "
            "of them.",
        ),
        (
            lambda top: top["ages"][1].update({"from": 13}),
            "ogrs3.toml: the `ages` from 13 leave a gap or overlap; write from = 12.",
        ),
        (
            lambda top: top["ages"][10].update(to=99),
            "ogrs3.toml: the last of the `ages` has an upper end; leave its `to` out, so that every age has a weight.",
        ),
        (
            lambda top: top["offences"][1].update(name="violence"),
            "ogrs3.toml: two `offences` have the same name; give one of them another.",
        ),
        (
            lambda top: top["answers"]["items"].pop(),
            "ogrs3.toml, answers: `items` must be sex, age_at_conviction, age_at_first_sanction, age_at_risk_date, "
            "previous_sanctions, offence_group, in that order.",
        ),
        (
            lambda top: top["reporting"]["bands"][1].update({"from": 51}),
            "ogrs3.toml, reporting, bands 2: the band is from 51 to 74; write from = 50.",
        ),
        (
            lambda top: top["reporting"]["bands"].pop(),
            "ogrs3.toml, reporting: `bands` must give low, medium, high and very_high, in that order, from 0 to 100.",
        ),
        (
            lambda top: top["formula"].update(rate="1.25"),
            "ogrs3.toml, formula: `rate` is '1.25'; write a number such as 0.5.",
        ),
    ],
)
def test_a_pack_that_does_not_make_sense_is_refused(change: Callable[[Any], object], sentence: str) -> None:
    assert problems(change)[0] == sentence
