"""How long a case is kept: the table of examples, the reasons given, and what must hold for every case."""

import json
import tomllib
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import openmappa.core.packs
from openmappa.core.caseload import CaseRecord, read_case
from openmappa.core.errors import PackError
from openmappa.core.packs.load import load_retention
from openmappa.core.packs.reading import PackTable
from openmappa.core.packs.retention_rules import RetentionGroup, read_retention
from openmappa.core.retention import PastReview, Retention, birthday, retention
from openmappa.core.standards.facts import Fact

RULES = load_retention("england-wales-2005")
EXAMPLES = [json.loads(line) for line in (Path(__file__).parent / "retention_examples.jsonl").read_text().splitlines()]
FILE = Path(openmappa.core.packs.__file__).parent / "england_wales_2005" / "retention.toml"
GOOD = tomllib.loads(FILE.read_text())


def happened(kind: str, on: str, **details: Any) -> Fact:
    return Fact(kind, date.fromisoformat(on), details, date.fromisoformat(on))


def read(example: dict[str, Any]) -> tuple[Fact, ...]:
    """The facts of an example, checked as those of a caseload file are."""
    record = read_case(2, json.dumps({"case": "R", "area": "a", "force": "A", "facts": example["facts"]}).encode())
    assert isinstance(record, CaseRecord)
    return record.facts


def judged(example: dict[str, Any]) -> Retention:
    past = example["review"]
    review = past and PastReview(
        date.fromisoformat(past["on"]), date.fromisoformat(past["again_on"]) if "again_on" in past else None
    )
    return retention(read(example), born_on=date.fromisoformat(example["born_on"]), rules=RULES, last_review=review)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["why"])
def test_an_example_is_kept_and_reviewed_as_it_says(example: dict[str, Any]) -> None:
    found = judged(example)
    assert {
        "group": found.group.number,
        "review_on": found.review_on and found.review_on.isoformat(),
        "keep_until": found.keep_until and found.keep_until.isoformat(),
        "child": found.began_under_age,
    } == {key: example[key] for key in ("group", "review_on", "keep_until", "child")}


def test_the_reasons_of_group_1_name_the_fact_the_age_and_the_step() -> None:
    found = retention([happened("registered", "2004-05-03")], born_on=date(1961, 4, 2), rules=RULES)
    assert [reason.sentence for reason in found.reasons] == [
        "Group 1, certain public protection matters: a registered sex offender is managed under MAPPA, category 1 "
        "(registered indefinitely, 3 May 2004).",
        "Kept until the person is 100, on 2 April 2061.",
        "Reviewed every 10 years: from the day the group began, 3 May 2004, that is 3 May 2014.",
    ]
    assert found.rests_on_memory


def test_the_reasons_of_a_clear_period_name_the_event_it_starts_with() -> None:
    facts = [
        happened("order_started", "2004-01-01", order="licence"),
        happened("significant_incident", "2005-01-01"),
    ]
    review = PastReview(date(2011, 2, 1), date(2012, 2, 1))
    found = retention(facts, born_on=date(1961, 4, 2), rules=RULES, last_review=review)
    assert [reason.sentence for reason in found.reasons] == [
        "Group 3, all other offences: nothing on the record puts it into another group.",
        "Kept until 6 years clear have passed since significant incident, 1 January 2005: 1 January 2011.",
        "Nothing that shows risk since the last review, 1 February 2011: reviewed again 5 years after it, "
        "1 February 2016.",
        "The last review asked for it sooner: 1 February 2012.",
    ]


def test_a_child_under_10_is_said_with_a_source_that_was_read() -> None:
    found = retention([happened("significant_incident", "2005-05-02")], born_on=date(1995, 5, 3), rules=RULES)
    assert found.reasons[-1].sentence.startswith("The record begins when the person was a child under 10")
    assert not found.reasons[-1].source.is_remembered


def test_months_that_make_no_years_are_said_as_months() -> None:
    content: Any = deepcopy(GOOD)
    content["groups"][2].update(clear_months=1, review_every_months=18)
    rules = read_retention(PackTable(content, "retention.toml"))
    facts = [happened("significant_incident", "2005-05-02")]
    found = retention(facts, born_on=date(1961, 4, 2), rules=rules, last_review=PastReview(date(2005, 7, 1)))
    assert found.reasons[1].sentence.startswith("Kept until 1 month clear have passed")
    assert "reviewed again 18 months after it, 1 January 2007" in found.reasons[2].sentence


def test_disposal_waits_until_the_time_for_keeping_is_over_unless_the_ground_is_exceptional() -> None:
    found = retention([happened("significant_incident", "2005-05-02")], born_on=date(1961, 4, 2), rules=RULES)
    nothing = retention([], born_on=date(1961, 4, 2), rules=RULES)
    ordinary, mistake, _ = RULES.dispose
    assert [found.allows(ordinary, date(2011, 5, day)) for day in (1, 2)] == [False, True]
    assert found.allows(mistake, date(2005, 5, 2))
    assert [nothing.allows(ground, date(2100, 1, 1)) for ground in (ordinary, mistake)] == [False, True]


def test_a_ground_is_found_by_its_id() -> None:
    found = RULES.ground("breach_of_trust")
    assert found is not None and found.words == "The behaviour involved a breach of trust"
    assert RULES.ground("no_such_ground") is None


def test_a_birthday_past_the_last_day_that_can_be_written_is_that_day() -> None:
    assert birthday(date(9950, 1, 1), 100) == date.max
    assert birthday(date(1961, 4, 2), 100) == date(2061, 4, 2)


FACTS = st.lists(
    st.builds(
        lambda kind, on: happened(kind, on.isoformat()),
        st.sampled_from(["registered", "significant_incident", "breach_found", "offender_informed", "custody_started"]),
        st.dates(date(1990, 1, 1), date(2030, 1, 1)),
    ),
    min_size=1,
    max_size=12,
)
REVIEWS = st.none() | st.builds(PastReview, st.dates(date(1990, 1, 1), date(2030, 1, 1)))


@given(FACTS, REVIEWS)
def test_only_the_first_and_last_of_what_says_the_same_count_and_the_order_does_not(
    facts: list[Fact], review: PastReview | None
) -> None:
    by_kind: dict[str, list[Fact]] = {}
    for fact in facts:
        by_kind.setdefault(fact.kind, []).append(fact)
    ends = [end(same, key=lambda fact: fact.on) for same in reversed(list(by_kind.values())) for end in (min, max)]
    judge = [retention(some, born_on=date(1980, 1, 1), rules=RULES, last_review=review) for some in (facts, ends)]
    assert (judge[0].group, judge[0].review_on, judge[0].keep_until, judge[0].began_under_age) == (
        judge[1].group,
        judge[1].review_on,
        judge[1].keep_until,
        judge[1].began_under_age,
    )


@given(FACTS, st.dates(date(2005, 1, 1), date(2030, 1, 1)))
def test_one_more_event_never_shortens_the_time_for_keeping(facts: list[Fact], on: date) -> None:
    before = retention(facts, born_on=date(1980, 1, 1), rules=RULES)
    after = retention([*facts, happened("significant_incident", on.isoformat())], born_on=date(1980, 1, 1), rules=RULES)
    assert before.keep_until is not None and after.keep_until is not None
    risky = any(fact.kind in RULES.clear_period.starts_with for fact in facts)
    assert after.keep_until >= before.keep_until or not risky


def test_the_table_of_the_documentation_says_what_the_pack_says() -> None:
    page = (Path(__file__).parents[2] / "docs" / "explanation" / "retention.md").read_text()
    table = page.split("| --- | --- | --- | --- |\n", 1)[1].split("\n\n", 1)[0]
    said = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    assert [(int(number), title) for number, title, _, _ in said] == [(one.number, one.title) for one in RULES.groups]
    for group, (_, _, until, reviewed) in zip(RULES.groups, said, strict=True):
        until_in_pack = (
            f"the person is {group.keep_until_age}" if group.keep_until_age else f"{years(group)} years clear"
        )
        assert until == until_in_pack
        assert reviewed.removeprefix("at the end of the clear period, then ").startswith(
            f"every {group.review_every_months // 12} years"
        )


def years(group: RetentionGroup) -> int:
    assert group.clear_months is not None
    return group.clear_months // 12


def problems(change: Callable[[Any], object]) -> list[str]:
    content = deepcopy(GOOD)
    change(content)
    with pytest.raises(PackError) as refused:
        read_retention(PackTable(content, "retention.toml"))
    return list(refused.value.problems)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda pack: pack["groups"][0].update(clear_months=3),
            "retention.toml, groups 1: give exactly one of `keep_until_age` and `clear_months`.",
        ),
        (
            lambda pack: pack["groups"][1].pop("clear_months"),
            "retention.toml, groups 2: give exactly one of `keep_until_age` and `clear_months`.",
        ),
        (
            lambda pack: pack["groups"][1].update(review_every_months=0),
            "retention.toml, groups 2: `review_every_months` must be 1 or more.",
        ),
        (
            lambda pack: pack["groups"][2].update(number=2),
            "retention.toml: two groups have the same number; give each its own.",
        ),
        (
            lambda pack: pack["gives"][0].update(group=7),
            "retention.toml, gives 1: `group` is 7, and there is no such group; it knows 1, 2, 3.",
        ),
        (
            lambda pack: pack["gives"][0]["fact"].update(fact="registred"),
            "retention.toml, gives 1, fact: 'registred' is not a kind of fact; did you mean 'registered'?.",
        ),
        (
            lambda pack: pack["clear_period"]["starts_with"].append("breach"),
            "retention.toml, clear_period: `starts_with` names 'breach', which is not a kind of fact; "
            "did you mean 'breach_found'?.",
        ),
        (
            lambda pack: pack["keep"][0].update(exceptional=True),
            "retention.toml: `exceptional` is for grounds to dispose; take it out of `keep`.",
        ),
        (
            lambda pack: pack["dispose"].pop(0),
            "retention.toml: every ground in `dispose` is exceptional; add one for when the time for keeping is over.",
        ),
        (
            lambda pack: pack["dispose"][0].update(id="links"),
            "retention.toml: two grounds have the same id; give each its own.",
        ),
    ],
)
def test_a_pack_that_does_not_make_sense_is_refused(change: Callable[[Any], object], sentence: str) -> None:
    assert problems(change)[0] == sentence
