"""A pack's notification periods are refused with what is wrong and how to mend it."""

import tomllib
from collections.abc import Callable
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import openmappa.core.packs
from openmappa.core.errors import PackError
from openmappa.core.packs.reading import PackTable
from openmappa.core.packs.registration_rules import DisposalKind, read_registration

FILE = Path(openmappa.core.packs.__file__).parent / "england_wales_2005" / "registration.toml"
GOOD = tomllib.loads(FILE.read_text())
SHORTEST_TERM = 3


def problems(change: Callable[[Any], object]) -> list[str]:
    content = deepcopy(GOOD)
    change(content)
    with pytest.raises(PackError) as refused:
        read_registration(PackTable(content, "registration.toml"))
    return list(refused.value.problems)


def test_the_pack_as_it_stands_is_read_and_its_under_18_periods_are_half() -> None:
    rules = read_registration(PackTable(GOOD, "registration.toml"))
    fixed = [(row.months, row.under_18_months) for row in rules.periods if row.months]
    assert fixed == [(120, 60), (84, 42), (84, 42), (24, 12), (60, 30)]
    assert rules.titles(DisposalKind.OTHER) == ("Any other disposal, such as a community order or a fine",)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda pack: pack["periods"][0].update(own_length=True),
            "registration.toml, periods 1: give exactly one of `months`, `indefinite = true` and `own_length = true`.",
        ),
        (
            lambda pack: pack["periods"][SHORTEST_TERM].pop("under_18_months"),
            "registration.toml, periods 4: `months` and `under_18_months` go together; give both or neither.",
        ),
        (
            lambda pack: pack["periods"][7].pop("longest_source"),
            "registration.toml, periods 8: `longest_months` and `longest_source` go together; give both or neither.",
        ),
        (
            lambda pack: pack["periods"][8].update(more_than_months=2),
            "registration.toml, periods 9: `at_least_months` and `more_than_months` are only for "
            "imprisonment; take "
            "them out.",
        ),
        (
            lambda pack: pack["periods"].pop(6),
            "registration.toml: `periods` has no row for caution; add one.",
        ),
        (
            lambda pack: pack["periods"].pop(SHORTEST_TERM),
            "registration.toml: of the rows for imprisonment, the last, and only the last, must be without "
            "a limit of "
            "months.",
        ),
        (
            lambda pack: pack["periods"][2].update(more_than_months=31),
            "registration.toml: the rows for imprisonment must go from the longest terms to the shortest.",
        ),
        (
            lambda pack: pack["periods"][0].update(indefinite=1),
            "registration.toml, periods 1: `indefinite` is 1; write true, or no such line.",
        ),
        (
            lambda pack: pack["cautions"][0].update(relevant_before=datetime(1997, 9, 1)),
            "registration.toml, cautions 1: `relevant_before` is datetime.datetime(1997, 9, 1, 0, 0); "
            "write a date "
            "such as 2004-05-01, without quotes.",
        ),
        (
            lambda pack: pack["under_18"].update(source="section 82"),
            "registration.toml, under_18: `source` is 'section 82'; write a table.",
        ),
        (
            lambda pack: pack["under_18"].pop("source"),
            "registration.toml, under_18: `source` is nothing; write a source such as "
            '{ text = "Section 1", certainty = "read" }.',
        ),
        (
            lambda pack: pack["under_18"]["source"].update(confidence="high"),
            "registration.toml, under_18, source: `confidence` is only for what is remembered; take it "
            "out, or say "
            "certainty remembered.",
        ),
        (
            lambda pack: pack.update(title=" "),
            "registration.toml: `title` is ' '; write some text in quotes.",
        ),
        (
            lambda pack: pack["under_18"].update(zzz=1),
            "registration.toml, under_18: `zzz` is not a key that is known here; the keys here are age, source.",
        ),
    ],
)
def test_a_pack_that_does_not_make_sense_is_refused(change: Callable[[Any], object], sentence: str) -> None:
    assert problems(change)[0] == sentence


def test_a_caution_cannot_have_a_length_of_its_own() -> None:
    def change(pack: Any) -> None:
        row = pack["periods"][6]
        del row["months"], row["under_18_months"]
        row["own_length"] = True

    assert problems(change) == [
        "registration.toml, periods 7: `own_length = true` is only for conditional_discharge; give "
        "`months`, or "
        "`indefinite = true`."
    ]
