# ruff: noqa: E501
"""A pack that does not make sense is refused: the file, the standard, what is wrong, how to mend it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from openmappa.core.errors import PackError
from openmappa.core.packs.load import load_pack_path

TOP = 'name = "trial"\ntitle = "A trial"\nsource = "Nowhere"\n'
GOOD = """
[[standard]]
id = "plan"
title = "Plan"
of = "case_manager"
clock = "once"
starts_on = { fact = "order_started", order = ["licence"] }
while = { supervised = true }
allowed = { working_days = 15 }
met_by = [{ fact = "isp_completed" }]
source = "1.15"
"""
TABLE = """
[[table]]
name = "visits"
title = "Visits"
by = ["force", "band"]
source = "Table 1"
rows = [
    { force = "A", band = "low", months = 6 }, { force = "A", band = "medium", months = 4 },
    { force = "A", band = "high", months = 3 }, { force = "A", band = "very_high", months = "none" },
]
"""


@pytest.fixture
def problems(tmp_path: Path) -> Callable[[str], list[str]]:
    """What is wrong with a pack of this text, without the file's name."""

    def check(text: str) -> list[str]:
        file = tmp_path / "trial.toml"
        file.write_text(text)
        try:
            load_pack_path(file)
        except PackError as error:
            return [problem.replace(f"{file}", "trial.toml") for problem in error.problems]
        return []

    return check


def test_a_good_pack_in_one_file_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "trial.toml"
    file.write_text(f"{TOP}in_force = {{ from = 2004-05-01, until = 2005-04-30 }}\n{GOOD}{TABLE}")
    pack = load_pack_path(file)
    assert (pack.name, pack.in_force_from, pack.in_force_until) == ("trial", date(2004, 5, 1), date(2005, 4, 30))
    assert pack.in_force_on(date(2005, 4, 30))
    assert not pack.in_force_on(date(2005, 5, 1))
    assert not pack.in_force_on(date(2004, 4, 30))
    assert pack.forces() == {"A"}


def test_a_pack_without_a_name_is_called_after_its_folder(tmp_path: Path) -> None:
    (tmp_path / "my_trial").mkdir()
    (tmp_path / "my_trial" / "standards.toml").write_text(TOP.replace('name = "trial"\n', "") + GOOD)
    assert load_pack_path(tmp_path / "my_trial").name == "my-trial"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('source = "1.15"', "", "standard plan: `source` is nothing; write some text in quotes."),
        ('"isp_completed"', '"isp_complete"', "standard plan, met_by 1: 'isp_complete' is not a kind of fact; did you mean 'isp_completed'?."),
        ('"isp_completed"', '"zzz"', None),
        ('{ fact = "isp_completed" }', '{ fact = "isp_completed", rank = "x" }', "standard plan, met_by 1: isp_completed has no detail 'rank'; it has no details."),
        ('["licence"]', '["license"]', "standard plan, starts_on: `order` of order_started is 'license'; write one of community_order, suspended_sentence, licence, extended_licence (did you mean licence?)."),
        ("supervised = true", "supervized = true", "standard plan, while: `supervized` is not a field that a condition can name; write one of supervised, in_custody, registered, band, harm, mappa_level, mappa_category (did you mean supervised?)."),
        ("supervised = true", 'harm = "hihg"', "standard plan, while: `harm` is 'hihg'; write one of low, medium, high, very_high (did you mean high?), a list of them, or known."),
        ("{ working_days = 15 }", "{ working_days = -3 }", None),
        ("{ working_days = 15 }", "{ working_days = 0 }", "standard plan, allowed: `working_days` must be at least 1, and at most 25,000, which is a hundred years."),
        ("{ working_days = 15 }", "{ days = 3, weeks = 1 }", "standard plan, allowed: write exactly one of days, weeks, months, working_days, fact, table."),
        ("{ working_days = 15 }", '{ table = "visit" }', "standard plan, allowed: `table` is 'visit', and the pack has no such table; did you mean 'visits'?."),
        ("{ working_days = 15 }", '{ fact = "order" }', "standard plan, allowed: `fact` is 'order', which is no day that the starting fact has; name one that it has."),
        ('clock = "once"', 'clock = "every"', "standard plan: an `every` clock starts while its conditions hold; take starts_on out."),
        ('clock = "once"', 'clock = "weekly"', "standard plan: `clock` is 'weekly'; write one of once, every."),
        ('clock = "once"', 'clock = "once"\nwhen = true', "standard plan: a `once` clock has exactly one start, and this has starts_on and when; keep one of starts_on, when, on_change."),
        ('clock = "once"', 'clock = "once"\nkey = "action"', None),
        ('clock = "once"', 'clock = "once"\nassumption = true', "standard plan: `assumption = true` and an (A) in `source` go together; write both, or neither."),
        ('of = "case_manager"', 'of = { detail = "service" }', "standard plan, of: `detail` is 'service', which the starting fact does not have; name one of its details."),
        ('title = "Plan"', 'titel = "Plan"', None),
        ('by = ["force", "band"]', 'by = ["force", "bend"]', None),
        ("months = 6", "months = 0", None),
        ('band = "low"', 'band = "lwo"', "table visits, rows 1: `band` is 'lwo'; write one of low, medium, high, very_high (did you mean low?)."),
        ('band = "low"', 'bond = "low"', "table visits, rows 1: `band` is missing; write one of low, medium, high, very_high."),
        ('band = "low"', 'band = ["low"]', None),
        ('force = "A", band = "low"', 'force = ["A"], band = "low"', "table visits, rows 1: `force` is ['A']; write some text in quotes."),
        ('by = ["force", "band"]', 'by = ["band", "band"]', "table visits: `by` names the same twice; name each once."),
        ("{ working_days = 15 }", "{ days = 36501 }", "standard plan, allowed: `days` must be at least 1, and at most 36,500, which is a hundred years."),
        ('order = ["licence"]', "order = []", "standard plan, starts_on: `order` is an empty list, which nothing is one of; write its values, or leave it out."),
        ("supervised = true", "supervised = []", "standard plan, while: `supervised` is an empty list, which nothing is one of; write its values, or leave it out."),
        ('by = ["force", "band"]', "by = []", "table visits: `by` is []; write a list of words in quotes, with at least one."),
        ('band = "low"', 'band = "medium"', None),
        ('{ force = "A", band = "low", months = 6 }, ', "", "table visits: there is no row for A and low; add one, with months or with \"none\" where no interval is set."),
        ('by = ["force", "band"]', 'by = ["force", "band"]\nfirst = "visits"', None),
        ('title = "A trial"', 'title = ""', "`title` is ''; write some text in quotes."),
        ('title = "A trial"', 'title = "x"\nin_force = { from = 2005-05-01, until = 2004-05-01 }', "in_force: `from` is after `until`; swap them."),
        ('title = "A trial"', 'title = "x"\nin_force = { from = "2005" }', None),
        ('title = "A trial"', 'title = "x"\nfrom = 3', None),
    ],
)  # fmt: skip
def test_what_is_wrong_and_how_to_mend_it(
    problems: Callable[[str], list[str]], old: str, new: str, sentence: str | None
) -> None:
    text = TOP + GOOD + TABLE
    assert old in text
    found = problems(text.replace(old, new, 1))
    assert found
    assert all(problem.startswith("trial.toml") for problem in found)
    if sentence is not None:
        assert any(problem.endswith(sentence) for problem in found), found


def test_everything_wrong_is_said_in_one_run(problems: Callable[[str], list[str]]) -> None:
    broken = (
        GOOD.replace('source = "1.15"', "").replace("supervised", "supervized").replace('"plan"', '"plan"\nidd = 1')
    )
    found = problems(TOP + GOOD + broken + TABLE + TABLE)
    assert len(found) == 5
    assert any("another standard with this id" in problem for problem in found)
    assert any("another table with this name" in problem for problem in found)
    assert any("`idd` is not a key that is known here; did you mean `id`?" in problem for problem in found)


@pytest.mark.parametrize(
    ("standard", "sentence"),
    [
        ('clock = "every"', "an `every` clock needs conditions to run on; write `while`."),
        (
            'clock = "once"',
            "a `once` clock has exactly one start, and this has none; keep one of starts_on, when, on_change.",
        ),
        ('clock = "once"\nwhen = true', "`when` starts as conditions become true, and there are none; write `while`."),
        (
            'clock = "once"\non_change = "hram"',
            "`on_change` is 'hram'; write one of band, harm, mappa_level, mappa_category (did you mean harm?).",
        ),
        (
            'clock = "once"\non_change = "harm"\nkey = "service"',
            "`key` compares with the starting fact; it needs `starts_on`.",
        ),
        (
            'clock = "once"\nstarts_on = { fact = "action_agreed" }\nkey = "action"',
            "`key` is 'action', which isp_completed does not have; use a detail that both facts have.",
        ),
    ],
)
def test_starts_that_do_not_go_together(problems: Callable[[str], list[str]], standard: str, sentence: str) -> None:
    rest = 'id = "x"\ntitle = "X"\nof = "y"\nallowed = { days = 3 }\nmet_by = [{ fact = "%s" }]\nsource = "1"\n'
    rest %= "minutes_filed" if "service" in standard else "isp_completed"
    found = problems(f"{TOP}[[standard]]\n{rest}{standard}\n")
    assert [problem.rpartition("standard x: ")[2] for problem in found] == [sentence]


def test_the_file_itself_may_be_what_is_wrong(tmp_path: Path, problems: Callable[[str], list[str]]) -> None:
    (tmp_path / "latin.toml").write_bytes(b"title = '\xe9'")
    for path, said in (
        (tmp_path / "none.toml", "there is no such file"),
        (tmp_path, "standards.toml: there is no such file"),
        (tmp_path / "latin.toml", "the file is not UTF-8 text (byte 10)"),
        (Path("/proc/self/mem"), "the file cannot be read"),
    ):
        with pytest.raises(PackError) as refused:
            load_pack_path(path)
        assert said in str(refused.value)
    assert "this is not TOML" in problems("title = \n")[0]
    assert "line 1" in problems("title = \n")[0]
    assert problems("") != []


REVIEW = """
[[standard]]
id = "review"
title = "Review"
of = "mappa_coordinator"
clock = "every"
while = { mappa_level = [2, 3] }
allowed = { table = "months" }
met_by = [{ fact = "mappa_meeting_held" }]
source = "Table 6"

[[table]]
name = "months"
title = "Months"
by = ["mappa_level"]
source = "Table 6"
rows = [{ mappa_level = 2, months = 3 }, { mappa_level = 3, months = 1 }]
"""


def test_a_table_by_level_needs_the_rows_that_the_conditions_ask_for(problems: Callable[[str], list[str]]) -> None:
    assert problems(TOP + REVIEW) == []
    assert problems(TOP + REVIEW.replace(", { mappa_level = 3, months = 1 }", "")) == [
        "trial.toml, standard review: `while` allows mappa_level 3, and table months has no row for it; add one."
    ]
    assert problems(TOP + REVIEW.replace("mappa_level = [2, 3]", "registered = true")) == [
        "trial.toml, standard review: table months is looked up by mappa_level; name the values of mappa_level in `while`."
    ]


def test_a_table_by_band_alone_needs_every_band(problems: Callable[[str], list[str]]) -> None:
    by_band = TABLE.replace('"force", "band"', '"band"').replace('force = "A", ', "")
    assert problems(TOP + GOOD + by_band) == []
    assert problems(TOP + GOOD + by_band.replace('{ band = "high", months = 3 }, ', "")) == [
        'trial.toml, table visits: there is no row for high; add one, with months or with "none" where no interval is set.'
    ]
