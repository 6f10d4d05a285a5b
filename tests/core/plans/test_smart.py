"""An objective is SMART by construction: what is refused, why, how to mend it, and what a person may keep."""

import tomllib
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import openmappa.core.packs
from openmappa.core.errors import PackError
from openmappa.core.packs.load import load_pack, load_plans
from openmappa.core.packs.model import Allowance, Unit
from openmappa.core.packs.plans_rules import read_plans
from openmappa.core.packs.reading import PackTable
from openmappa.core.plans.smart import Refusal, Span, Wording, refusals, says_nothing, words_found

RULES = load_plans("england-wales-2005")
FILE = Path(openmappa.core.packs.__file__).parent / "england_wales_2005" / "plans.toml"
TODAY = date(2026, 3, 2)
SPAN = Span(TODAY, order_ends=date(2026, 12, 1))
GOOD = Wording(
    "Completes the 12 sessions of the alcohol course at the Bridge centre.",
    "The register shows 12 of 12 sessions, and the certificate is on file.",
    "The offender",
    date(2026, 6, 1),
)


def found(**changed: Any) -> list[Refusal]:
    words = {name: getattr(GOOD, name) for name in ("what", "measure", "owner", "due_on")} | changed
    return list(refusals(Wording(**words), SPAN, RULES))


def said(**changed: Any) -> list[tuple[str, str, bool]]:
    return [(one.field, one.found, one.can_be_kept) for one in found(**changed)]


def test_a_smart_objective_is_not_refused() -> None:
    assert said() == []


@pytest.mark.parametrize(
    ("what", "word"),
    [
        ("Address his offending behaviour in supervision", "Address his"),
        ("Engages with the supervision that is offered", "Engages"),
        ("Improve his relationship with his mother", "Improve"),
        ("Explore the reasons behind the offence", "Explore"),
        ("The case manager will monitor the situation", "monitor"),
        ("Does not reoffend during the order", "not reoffend"),
        ("Works on victim empathy with the officer", "Works on"),
    ],
)
def test_a_vague_word_is_refused_with_the_word_and_may_be_kept_with_a_reason(what: str, word: str) -> None:
    assert ("what", word, True) in said(what=what)


def test_each_refusal_says_why_and_how_to_mend_it_and_gives_an_example() -> None:
    (one,) = found(what="Improve his attitude towards the police")
    assert one.reason == "“Improve” does not say from what to what."
    assert one.sentence == f"{one.reason} Say where it stands now and where it has to stand on the day."
    assert one.example.startswith("Pays 20 pounds a week")


def test_an_improvement_with_a_number_says_from_what_to_what() -> None:
    assert said(what="Reduces the rent arrears from 400 pounds to nothing") == []


def test_three_words_are_too_few_and_no_reason_helps() -> None:
    assert said(what="Attends the course") == [("what", "", False)]


def test_words_without_an_act_are_refused() -> None:
    assert said(what="Victim empathy to a good standard") == [("what", "", True)]
    assert said(what="Attends sessions about victims every week") == []


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("", [("measure", "", False)]),
        ("n/a", [("measure", "", False)]),
        ("ongoing", [("measure", "ongoing", True)]),
        ("He is a changed man", [("measure", "", True)]),
        ("The tutor’s certificate", []),
        ("At least 10 sessions", []),
    ],
)
def test_a_measure_is_a_number_a_record_or_an_event(measure: str, expected: list[tuple[str, str, bool]]) -> None:
    assert said(measure=measure) == expected


@pytest.mark.parametrize("owner", ["", "  ", "TBC", "All agencies", "others"])
def test_somebody_in_particular_does_it(owner: str) -> None:
    assert said(owner=owner) == [("owner", owner, False)]


@pytest.mark.parametrize(
    ("due_on", "expected"),
    [
        (None, []),
        (date(2026, 3, 1), [("due_on", "", False)]),
        (date(2026, 3, 2), []),
        (date(2026, 12, 1), []),
        (date(2026, 12, 2), [("due_on", "", False)]),
    ],
)
def test_the_day_is_neither_past_nor_after_the_order(
    due_on: date | None, expected: list[tuple[str, str, bool]]
) -> None:
    assert said(due_on=due_on) == expected


def test_more_than_52_weeks_are_too_far_where_the_end_of_the_order_is_not_known() -> None:
    far = Wording(GOOD.what, GOOD.measure, GOOD.owner, TODAY + timedelta(weeks=52, days=1))
    (one,) = refusals(far, Span(TODAY), RULES)
    assert (one.field, one.can_be_kept) == ("due_on", True)
    assert refusals(Wording(far.what, far.measure, far.owner, TODAY + timedelta(weeks=52)), Span(TODAY), RULES) == ()


@pytest.mark.parametrize("group", [*RULES.specific.vague], ids=lambda group: group.words[0])
def test_every_example_of_the_pack_passes_its_own_check(group: Any) -> None:
    assert said(what=group.example) == []


@pytest.mark.parametrize("group", [*RULES.measurable.vague, RULES.measurable], ids=lambda group: group.example[:20])
def test_every_example_of_a_measure_passes_its_own_check(group: Any) -> None:
    assert said(measure=group.example) == []


@pytest.mark.parametrize("text", ["", " ", "N/A", "n/a.", "Not applicable", "None", "no  issues!"])
def test_an_answer_that_says_nothing(text: str) -> None:
    assert says_nothing(text, RULES)


def test_not_applicable_with_how_it_was_found_out_says_something() -> None:
    assert not says_nothing("Not applicable: asked on 2 March, reads and writes well", RULES)


def test_a_star_ends_a_word_that_may_go_on_and_a_word_without_one_is_whole() -> None:
    assert words_found("Managers manage", ("manage",)) == ("manage",)
    assert words_found("Managers at work", ("manage*",)) == ("Managers",)
    assert words_found("dealing   with it", ("deal* with",)) == ("dealing   with",)
    assert words_found("the workbook on signs", ("work on",)) == ()


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=20), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_whatever_is_written_each_refusal_can_be_acted_on(what: str, measure: str, owner: str, due_on: date) -> None:
    for one in refusals(Wording(what, measure, owner, due_on), SPAN, RULES):
        assert one.field in ("what", "measure", "owner", "due_on")
        assert all(text.strip() for text in (one.reason, one.mend, one.example))


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=60))
def test_more_words_never_make_a_vague_one_pass(more: str) -> None:
    assert any(one.field == "what" for one in found(what=f"Engages with supervision as planned \n{more}"))


@settings(deadline=None, max_examples=50)
@given(st.sampled_from(RULES.measurable.shows), st.integers(0, 9))
def test_a_number_in_a_measure_is_enough(word: str, number: int) -> None:
    assert not any(one.field == "measure" and not one.found for one in found(measure=f"At least {number} of them"))


# ---- the pack


def changed(change: Any) -> PackTable:
    content = deepcopy(tomllib.loads(FILE.read_text()))
    change(content)
    return PackTable(content, "plans.toml")


def test_the_pack_says_so_when_a_limit_is_nothing_or_a_part_is_left_out() -> None:
    def spoil(content: dict[str, Any]) -> None:
        content["review"]["weeks"] = 0
        content["specific"].pop("mend")
        content["extra"] = 1

    with pytest.raises(PackError) as refused:
        read_plans(changed(spoil))
    text = str(refused.value)
    assert "`weeks` must be 1 or more" in text
    assert "`mend` is nothing" in text
    assert "`extra` is not a key that is known here" in text


def test_the_weeks_between_reviews_are_those_of_the_standard() -> None:
    standard = load_pack("england-wales-2005").standard("plan-review")
    assert standard.allowed == Allowance(Unit.WEEKS, RULES.review.weeks)
