"""MAPPA meetings in the core: how often, what clashes, who has to be told, how senior, what is talked about."""

from datetime import date, datetime, timedelta

import pytest

from openmappa.core.access import Rank, Service
from openmappa.core.bands import HarmLevel
from openmappa.core.errors import PackError
from openmappa.core.mappa.agenda import AgendaItem, Line, agenda_items, standing_item
from openmappa.core.mappa.attendance import LADDERS, Present, rank_checks, step
from openmappa.core.mappa.meetings import (
    Slot,
    clashes,
    minutes_due,
    opens_until,
    review_due,
    risk_to_a_child,
    start_times,
    victim_to_hear,
)
from openmappa.core.packs.load import load_mappa_meetings, load_pack
from openmappa.core.packs.mappa_meetings_rules import read_mappa_meetings
from openmappa.core.packs.reading import PackTable
from openmappa.core.posts import RANKS_OF_AGENCY

RULES = load_mappa_meetings("england-wales-2005")
TEN = datetime(2026, 12, 3, 10, 0)
HOUR = timedelta(hours=1)


def test_reviews_are_as_often_as_the_standard_mappa_review_says() -> None:
    table = load_pack("england-wales-2005").tables["mappa-review-interval"]
    assert {RULES.review_months(level) for level in (2,)} == {3} == {table.rows[(2,)]}
    assert {RULES.review_months(level) for level in (3,)} == {1} == {table.rows[(3,)]}
    assert (review_due(2, date(2026, 11, 30), RULES), review_due(3, date(2026, 1, 31), RULES)) == (
        date(2027, 2, 28),
        date(2026, 2, 28),
    )


def test_minutes_have_as_long_as_the_standards_of_minutes_give() -> None:
    standards = {each.id: each for each in load_pack("england-wales-2005").standards}
    given = {standards[f"minutes-{service}"].allowed.amount for service in ("police", "probation")}
    assert {RULES.minutes_days(2), RULES.minutes_days(3)} == given == {10}
    assert minutes_due(2, date(2026, 12, 21), RULES) == date(2027, 1, 7), "bank holidays of Christmas and New Year"


def test_an_invitation_opens_a_case_until_21_days_after_the_meeting() -> None:
    assert opens_until(TEN, RULES) == TEN + timedelta(days=21)


def test_cases_follow_one_another() -> None:
    assert start_times(TEN, [30, 45]) == (TEN, TEN + timedelta(minutes=30), TEN + timedelta(minutes=75))
    assert (RULES.case_minutes(2), RULES.case_minutes(3)) == (30, 60)


@pytest.mark.parametrize(
    ("other", "over"),
    [
        (Slot("b", TEN, TEN + HOUR, "hall", "ROOM 1 "), ["room"]),
        (Slot("b", TEN, TEN + HOUR, "hall", "room 2"), []),
        (Slot("b", TEN, TEN + HOUR, "elsewhere", "room 1"), []),
        (Slot("b", TEN, TEN + HOUR, chair=7), ["chair"]),
        (Slot("b", TEN, TEN + HOUR, "Hall", "Room 1", 7), ["room", "chair"]),
        (Slot("b", TEN + HOUR, TEN + 2 * HOUR, "Hall", "Room 1", 7), []),
        (Slot("a", TEN, TEN + HOUR, "Hall", "Room 1", 7), []),
    ],
)
def test_what_stands_in_the_way_of_a_sitting(other: Slot, over: list[str]) -> None:
    mine = Slot("a", TEN, TEN + HOUR, "Hall", "Room 1", 7)
    assert [clash.over for clash in clashes(mine, [other])] == over


def test_a_sitting_without_a_room_or_chair_stands_in_nobodys_way() -> None:
    assert clashes(Slot("a", TEN, TEN + HOUR, "Hall"), [Slot("b", TEN, TEN + HOUR, "Hall")]) == ()


def test_the_child_protection_unit_is_told_from_medium_up_and_for_what_was_answered() -> None:
    levels = {"in the community": HarmLevel.MEDIUM, "in custody": HarmLevel.LOW}
    answers = {"R1.2.3": "previous", "R1.2.5": "no", "R2.1": True, "FA15": False}
    assert risk_to_a_child(levels, answers, {"R1.2.3": "A sexual offence against a child"}, RULES) == (
        "OASys, risk of harm to children in the community: medium.",
        "OASys, R1.2.3: A sexual offence against a child.",
        "OASys, R2.1: answered yes.",
    )
    assert risk_to_a_child({"in the community": HarmLevel.LOW}, {"R2.1": False}, {}, RULES) == ()


def test_a_victim_entitled_to_contact_or_an_officer_named_for_one_asks_for_the_victim_contact_officer() -> None:
    assert victim_to_hear(["registered"], 0, RULES) == ()
    assert victim_to_hear(["victim_contact_eligible"], 1, RULES) == (
        "A victim is entitled to contact.",
        "A victim contact officer is named for this case.",
    )


def test_level_3_asks_for_a_superintendent_and_an_assistant_chief_officer() -> None:
    police, probation = rank_checks(3, [Present(Service.POLICE, Rank.CONSTABLE)], RULES)
    assert (police.is_met, probation.is_met) == (False, False)
    assert police.sentence == "Level 3 asks for at least a superintendent from the police: a constable attended."
    assert probation.sentence == (
        "Level 3 asks for at least an assistant chief officer from probation: nobody of theirs is written down as "
        "present."
    )


def test_level_2_takes_an_inspector_for_a_detective_inspector_and_the_highest_who_came() -> None:
    came = [Present(Service.POLICE, Rank.CONSTABLE), Present(Service.POLICE, Rank.INSPECTOR)]
    came += [Present(Service.PROBATION, Rank.NONE)]
    police, probation = rank_checks(2, came, RULES)
    assert (police.is_met, police.highest, police.came) == (True, Rank.INSPECTOR, 2)
    assert (probation.is_met, probation.highest, probation.came) == (False, None, 1)
    assert probation.sentence.endswith("from probation: whoever attended has no rank or grade written down.")
    assert rank_checks(1, came, RULES) == ()


def test_every_rank_of_the_two_services_stands_on_its_ladder_once() -> None:
    for service in Service:
        ranks = [rank for ranks in LADDERS[service] for rank in ranks]
        assert sorted(ranks) == sorted(set(RANKS_OF_AGENCY[service]) - {Rank.NONE})
    assert [step(Service.POLICE, rank) for rank in (Rank.CONSTABLE, Rank.DETECTIVE_SERGEANT, Rank.CHIEF_OFFICER)] == [
        1,
        2,
        0,
    ]


def test_the_agenda_begins_with_the_last_actions_and_ends_with_the_next_review() -> None:
    items = agenda_items(RULES, {"level": [Line("Now", "Level 2")]})
    assert [item.slug for item in items] == [
        "last-actions",
        "information",
        "likelihood-and-harm",
        "victims",
        "children",
        "accommodation",
        "disclosure",
        "diversity",
        "community",
        "risk-management-plan",
        "level",
        "next-review",
    ]
    assert items[10] == AgendaItem(11, "level", "MAPPA level", RULES.agenda[10].prompt, (Line("Now", "Level 2"),))
    with pytest.raises(KeyError, match="weather"):
        agenda_items(RULES, {"weather": []})
    assert standing_item(RULES.agenda, "level") is RULES.agenda[10]
    assert standing_item(RULES.agenda, "weather") is None


def test_an_item_is_walled_as_soon_as_one_of_its_lines_is() -> None:
    lines = [Line("Now", "Level 2"), Line("Contact", "By letter", is_walled=True)]
    open_item, walled = (agenda_items(RULES, {"level": lines[:count]})[10] for count in (1, 2))
    assert (open_item.is_walled, walled.is_walled) == (False, True)


def test_a_pack_that_makes_no_sense_is_refused_with_everything_that_is_wrong() -> None:
    source = {"text": "x", "certainty": "ours"}
    table = {
        "title": "x",
        "review": [{"level": 2, "months": 0, "source": source}],
        "rank": [{"level": 1, "service": "police", "rank": "sergeant", "source": source}] * 2,
        "child_protection": {"levels": ["awful"], "answers": ["x"], "source": source, "levels_source": source},
        "victim_contact": {"fact": "nothing", "source": source},
        "minutes": [{"level": level, "working_days": 1, "source": source} for level in (2, 3)],
        "time": [{"level": level, "minutes": 1, "source": source} for level in (2, 3)],
        "access": {"days_after": 0, "source": source},
        "agenda": [{"slug": "a", "title": "x", "prompt": "x", "source": source}] * 2,
    }
    with pytest.raises(PackError) as found:
        read_mappa_meetings(PackTable(table, "pack"))
    words = "\n".join(found.value.problems)
    wanted = ["`months` must be 1 or more", "`review` must stand there once for level 2 and once for level 3"]
    wanted += ["`level` is 1; agencies meet", "`levels` has awful", "`fact` is 'nothing'", "`days_after` must be 1"]
    wanted += ["more than one row for a", "more than one row for level 1 of the police"]
    assert [one for one in wanted if one not in words] == []
