"""A draft written from a form's answers is the text that somebody would write by hand, and is read as such."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmappa.core.errors import PackError
from openmappa.core.packs.load import read_draft
from openmappa.core.packs.model import Unit
from openmappa.core.workload.changes import changes
from openmappa.core.workload.writing import Row, Wanted, amounts_of, draft_text
from tests.core.workload.made import PACK, TIMES

VISITS = PACK.tables["visit-interval"]


def read(wanted: Wanted) -> list[str]:
    """What the draft changes, in the sentences that a reader gets."""
    return [change.sentence for change in changes(PACK, read_draft(draft_text(wanted, PACK), "Draft A"))]


def test_rows_and_amounts_that_differ_are_written_and_nothing_else() -> None:
    rows: list[Row] = [(("A", "high"), 1), (("A", "low"), 6), (("E", "low"), None)]
    wanted = Wanted(
        "High seen monthly", {"visit-interval": rows, "mappa-review-interval": [((2,), 2)]}, {"plan-review": 12}
    )
    assert draft_text(wanted, PACK) == (
        'extends = "england-wales-2005"\ntitle = "High seen monthly"\nsource = "A question (A)"\n\n'
        '[[table]]\nname = "visit-interval"\nrows = [\n    { force = "A", band = "high", months = 1 },\n'
        '    { force = "E", band = "low", months = "none" },\n]\n\n'
        '[[table]]\nname = "mappa-review-interval"\nrows = [\n    { mappa_level = 2, months = 2 },\n]\n\n'
        '[[standard]]\nid = "plan-review"\nallowed = { weeks = 12 }\n'
    )
    assert read(wanted) == [
        "Supervision plan review: 16 weeks → 12 weeks",
        "Unannounced police home visit: force A, band high: 3 months → 1 month",
        "Unannounced police home visit: force E, band low: 12 months → no interval",
        "MAPPA review meeting: MAPPA level 2: 3 months → 2 months",
    ]


def test_numbers_as_they_are_in_force_change_nothing() -> None:
    same = Wanted("Same", {"visit-interval": list(VISITS.rows.items())}, {"plan-review": 16})
    assert read(same) == []
    assert same.changes_anything
    assert not Wanted("Same", {"visit-interval": []}, {}).changes_anything


def test_standards_with_a_plain_number_have_a_box() -> None:
    found = amounts_of(PACK)
    assert found["plan-review"] == (Unit.WEEKS, 16)
    assert found["initial-notification"] == (Unit.DAYS, 3)
    assert {"home-visit", "mappa-action"}.isdisjoint(found)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_any_title_is_kept_as_it_was_typed(title: str) -> None:
    wanted = Wanted(title, {}, {"plan-review": 12})
    assert read_draft(draft_text(wanted, PACK), "Draft A").title == title


def test_a_draft_that_is_no_toml_or_makes_no_sense_is_refused_by_its_name() -> None:
    refused = {
        "title": "Draft A: this is not TOML: ",
        "a = " + "[" * 9_000: "Draft A: this is not TOML: it is nested too deeply. Mend that line first; ",
        "a = " + "1" * 5_000: "Draft A: this is not TOML: ",
        'extends = "wales"': "Draft A: `extends` is 'wales'; write one of england-wales-2005",
        'extends = "england-wales-2005"\ntitle = "T"\nsource = "S"\n[[standard]]\nid = "plan-reviews"\n': (
            "Draft A: standard plan-reviews: the pack that this extends has none of this id"
        ),
    }
    for text, sentence in refused.items():
        with pytest.raises(PackError) as found:
            read_draft(text, "Draft A")
        assert found.value.problems[0].startswith(sentence), found.value.problems


def test_times_of_ones_own_replace_those_of_the_pack_and_only_where_they_differ() -> None:
    own = TIMES.with_own({"home-visit": 90, "plan-review": 60, "prison-visit": 30}, {"police_officer": 70, "clerk": 20})
    assert own.activities["home-visit"].minutes == 90
    assert own.activities["plan-review"] is TIMES.activities["plan-review"]
    assert own.activities["prison-visit"].done_by == ""
    assert own.activities["home-visit"].source.text == "(A): given with the question"
    assert (own.capacities["police_officer"].hours, own.capacities["clerk"].hours) == (70, 20)
    assert own.capacities["case_manager"] is TIMES.capacities["case_manager"]


def test_times_that_are_none_are_refused() -> None:
    with pytest.raises(PackError) as found:
        TIMES.with_own({"home-visit": 0}, {"police_officer": 745})
    assert found.value.problems == (
        "home-visit: 0 is no time for this; write 1 to 6,000.",
        "police_officer: 745 is no time for this; write 1 to 744.",
    )
