# ruff: noqa: E501 (sentences are checked whole)
"""A draft says only what it changes of the pack that it extends, and is refused in sentences."""

from collections.abc import Callable
from pathlib import Path

import pytest

from openmappa.core.errors import PackError
from openmappa.core.packs.load import load_pack, load_pack_path, load_workload_path
from openmappa.core.packs.model import Allowance, ClockKind, Pack, Unit

PACK = load_pack("england-wales-2005")
TOP = 'extends = "england-wales-2005"\ntitle = "A draft"\nsource = "The board"\n'
NEW = """
[[standard]]
id = "probation-visit"
title = "Probation home visit"
of = "case_manager"
clock = "every"
while = { supervised = true }
allowed = { months = 2 }
met_by = [{ fact = "home_visit", service = ["probation"] }]
source = "Ours (A)"
assumption = true
"""


@pytest.fixture
def draft(tmp_path: Path) -> Callable[[str], Pack]:
    def load(text: str) -> Pack:
        (tmp_path / "draft.toml").write_text(text)
        return load_pack_path(tmp_path / "draft.toml")

    return load


@pytest.fixture
def problems(draft: Callable[[str], Pack], tmp_path: Path) -> Callable[[str], list[str]]:
    def check(text: str) -> list[str]:
        with pytest.raises(PackError) as refused:
            draft(text)
        return [problem.replace(f"{tmp_path}/", "") for problem in refused.value.problems]

    return check


def test_what_a_draft_does_not_say_is_as_in_the_pack(draft: Callable[[str], Pack]) -> None:
    found = draft(f"{TOP}in_force = {{ from = 2005-09-01 }}")
    assert (found.name, found.title, str(found.in_force_from)) == ("draft", "A draft", "2005-09-01")
    for mine, theirs in zip(found.standards, PACK.standards, strict=True):
        assert {name: getattr(mine, name) for name in mine.__dataclass_fields__} == {
            name: getattr(theirs, name) for name in theirs.__dataclass_fields__
        }
    assert {name: table.rows for name, table in found.tables.items()} == {
        name: table.rows for name, table in PACK.tables.items()
    }


def test_a_changed_number_is_the_drafts_own_assumption(draft: Callable[[str], Pack]) -> None:
    found = draft(f'{TOP}[[standard]]\nid = "plan-review"\nallowed = {{ weeks = 12 }}\n')
    one = found.standard("plan-review")
    assert (one.allowed, one.source, one.assumption) == (Allowance(Unit.WEEKS, 12), "The board (A)", True)
    assert one.met_by == PACK.standard("plan-review").met_by
    sourced = draft(f'{TOP}[[standard]]\nid = "rmp-review"\nallowed = {{ weeks = 12 }}\nsource = "Law"\n')
    assert (sourced.standard("rmp-review").source, sourced.standard("rmp-review").assumption) == ("Law", False)


def test_rows_of_a_table_are_changed_one_by_one(draft: Callable[[str], Pack]) -> None:
    text = TOP.replace("The board", "(A) the board")
    row = '{ force = "A", band = "high", months = 1 }'
    table = draft(f'{text}[[table]]\nname = "visit-interval"\nrows = [{row}]').tables["visit-interval"]
    assert table.rows == {**PACK.tables["visit-interval"].rows, ("A", "high"): 1}
    assert (table.first, table.source) == ("visit_months", "Table 1, 4.13; changed rows: (A) the board")
    whole = draft(
        f'{text}[[table]]\nname = "mappa-review-interval"\nby = ["mappa_level"]\ntitle = "T"\nsource = "S"\n'
        "rows = [{ mappa_level = 2, months = 2 }, { mappa_level = 3, months = 1 }]"
    )
    assert whole.tables["mappa-review-interval"].rows == {(2,): 2, (3,): 1}
    named = draft(f'{text}[[table]]\nname = "visit-interval"\ntitle = "Visits"')
    assert named.tables["visit-interval"].rows == PACK.tables["visit-interval"].rows


def test_standards_are_dropped_added_and_started_otherwise(draft: Callable[[str], Pack]) -> None:
    found = draft(f'{TOP}without = ["isp-start"]\n{NEW}')
    assert [one.id for one in found.standards] == [
        *(one.id for one in PACK.standards if one.id != "isp-start"), "probation-visit",
    ]  # fmt: skip
    every = draft(f'{TOP}[[standard]]\nid = "rmp-start"\nclock = "every"\nallowed = {{ months = 6 }}\n')
    assert (every.standard("rmp-start").clock, every.standard("rmp-start").when) == (ClockKind.EVERY, False)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('extends = "england-wales-2004"', "draft.toml: `extends` is 'england-wales-2004'; write one of england-wales-2005 (did you mean england-wales-2005?)."),
        (f'{TOP}[[standard]]\nid = "home-vist"\nallowed = {{ weeks = 4 }}', "draft.toml: standard home-vist: the pack that this extends has none of this id (did you mean 'home-visit'?). A standard of the draft's own needs all its lines."),
        (f"{TOP}[[table]]\nrows = []", "draft.toml: table ?: the pack that this extends has none of this name (it knows visit-interval, mappa-review-interval). A table of the draft's own needs all its lines."),
        (f'{TOP}[[standard]]\nid = "plan-review"\nallowed = {{ weaks = 4 }}', "draft.toml, standard plan-review, allowed: write exactly one of days, weeks, months, working_days, fact, table."),
        (f'{TOP}[[table]]\nname = "visit-interval"\nrows = [{{ force = "A", band = "hgh", months = 1 }}]', "draft.toml, table visit-interval, rows 21: `band` is 'hgh'; write one of low, medium, high, very_high (did you mean high?)."),
        (f'{TOP}[[table]]\nname = "visit-interval"\nrows = "none"', "draft.toml, table visit-interval: `rows` is 'none'; write a list of tables, with at least one."),
        (f'{TOP}without = "isp-start"', "draft.toml: `without` is 'isp-start'; write a list of standards, such as [\"isp-start\"]."),
        (f'{TOP}without = ["isp-strt"]', "draft.toml: `without` names 'isp-strt', and the pack that this extends has none (did you mean 'isp-start'?)."),
        (f"{TOP}standard = 3", "draft.toml: `standard` is 3; write a list of tables, with at least one."),
        (f"{TOP}table = 3", "draft.toml: `table` is 3; write a list of tables, with at least one."),
        ('extends = "england-wales-2005"\nsource = "x"', "draft.toml: `title` is nothing; write some text in quotes."),
        (f"{TOP}{NEW}{NEW}", "draft.toml: standard probation-visit: the draft says this twice; keep one."),
    ],
)  # fmt: skip
def test_a_draft_that_makes_no_sense_is_refused(problems: Callable[[str], list[str]], text: str, told: str) -> None:
    assert told in problems(text)


def test_a_draft_is_one_file(tmp_path: Path) -> None:
    (tmp_path / "standards.toml").write_text(TOP)
    (tmp_path / "tables.toml").write_text("")
    with pytest.raises(PackError) as refused:
        load_pack_path(tmp_path)
    assert refused.value.problems == (
        f"{tmp_path}/tables.toml: a pack that extends another is one file; move these tables into standards.toml.",
    )


ACTIVITY = '[[activity]]\nstandard = "a"\nminutes = 60\nsource = { text = "(A)", certainty = "ours" }\n'
CAPACITY = '[[capacity]]\nrole = "r"\nhours_a_month = 60\nsource = { text = "(A)", certainty = "ours" }\n'


def test_times_that_make_no_sense_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "times.toml"
    file.write_text(f'title = "T"\n{ACTIVITY}{ACTIVITY.replace("60", "6001")}{CAPACITY}{CAPACITY.replace("60", "745")}')
    with pytest.raises(PackError) as refused:
        load_workload_path(file)
    assert [problem.replace(f"{file}", "times.toml") for problem in refused.value.problems] == [
        "times.toml, activity for a: `minutes` is 6001; write 6,000 at most.",
        "times.toml, activity for a: there is another activity for this standard; keep one.",
        "times.toml, capacity of r: there is another capacity of this role; keep one.",
        "times.toml, capacity of r: `hours_a_month` is 745; write 744 at most.",
    ]
    with pytest.raises(PackError, match=r"there is no such file. Write the name of a file such as the pack's"):
        load_workload_path(tmp_path / "none.toml")
