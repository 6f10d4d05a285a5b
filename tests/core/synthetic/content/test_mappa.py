"""Behind the MAPPA facts of the sample stand minutes, decisions, actions and referrals: varied, and naming nobody."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from openmappa.core.synthetic.content.case import CaseContent
from openmappa.core.synthetic.content.mappa.filling import FEMALE, MALE
from openmappa.core.synthetic.content.mappa.held import HeldText, MappaContent
from openmappa.core.synthetic.content.mappa.measured import measure_meetings
from openmappa.core.synthetic.content.mappa.posts import CASE_MANAGER, OFFICER, POSTS
from openmappa.core.synthetic.vocabulary import FAMILY_BEGINNINGS
from tests.core.synthetic.content.making import THREE_MONTHS, made, mappa_of
from tests.core.synthetic.samples import SHAPE

UNTIL = date(2005, 3, 31)
MOST = 2
"""How often the same words may stand in one case."""
ITEMS = (
    *("last-actions", "information", "likelihood-and-harm", "victims", "children", "accommodation"),
    *("diversity", "community", "risk-management-plan"),
)


@pytest.fixture(scope="session")
def mappa(contents: list[CaseContent]) -> list[MappaContent]:
    """The MAPPA side of the same cases."""
    return mappa_of(contents, UNTIL)


@pytest.fixture(scope="session")
def held(mappa: list[MappaContent]) -> list[HeldText]:
    """All meetings of the last three months."""
    return [meeting for content in mappa for meeting in content.meetings]


def texts(content: MappaContent) -> Iterator[str]:
    """Every text of a case that could be repeated; the state of an action of the last meeting is one that may."""
    for level in content.levels:
        yield level.reasons
        if level.referral:
            yield level.referral.reasons
            yield from (view for _, view in level.referral.views)
    for action in content.actions:
        yield from (action.text, action.evidence, action.reason)
    for meeting in content.meetings:
        yield from (entry.text for entry in meeting.entries if entry.item != "last-actions")
        for decision in meeting.decisions:
            yield from (decision.text, decision.reasons, decision.dissent, decision.plain)
        yield from (meeting.disclosure.what, meeting.disclosure.reasons, meeting.why, meeting.level_reasons)


def test_every_level_and_action_and_each_meeting_of_three_months_is_told(
    contents: list[CaseContent], mappa: list[MappaContent]
) -> None:
    for content, told in zip(contents, mappa, strict=True):
        places = {kind: [place for place, _ in content.known.of_kind(kind)] for kind in KINDS}
        assert [level.fact for level in told.levels] == places["mappa_level_set"]
        assert [action.agreed for action in told.actions] == places["action_agreed"]
        recent = [place for place in places["mappa_meeting_held"] if content.known.facts[place].on >= SINCE]
        assert [meeting.fact for meeting in told.meetings] == recent
        assert {action.done for action in told.actions if action.done} == set(places["action_completed"])
    assert sum(len(told.meetings) for told in mappa) > 250


KINDS = ("mappa_level_set", "mappa_meeting_held", "action_agreed", "action_completed")
SINCE = UNTIL - THREE_MONTHS


def test_no_text_stands_more_than_twice_in_a_case_and_the_words_are_many(mappa: list[MappaContent]) -> None:
    most = max(Counter(text for text in texts(content) if text).most_common(1)[0][1] for content in mappa)
    assert most <= MOST
    assert len({text for content in mappa for text in texts(content)}) > 1500


def test_no_text_has_a_slot_left_or_a_day_that_never_was_or_anybodys_name(mappa: list[MappaContent]) -> None:
    for text in (text for content in mappa for text in texts(content)):
        assert not re.search(r"[{}]|  ", text), text
        assert not any(name in text for name in FAMILY_BEGINNINGS), text
        assert text == "" or text[0].isupper() or text[0] == "“", text
        assert "please" not in text.lower(), text


def test_women_are_spoken_of_as_women(contents: list[CaseContent], mappa: list[MappaContent]) -> None:
    of_women = [told for content, told in zip(contents, mappa, strict=True) if content.known.sex == "female"]
    words = " ".join(entry.text for told in of_women for meeting in told.meetings for entry in meeting.entries)
    assert re.search(r"\bShe\b", words)
    assert set(FEMALE) == set(MALE)


def test_each_meeting_goes_through_the_agenda_decides_and_considers_disclosure(held: list[HeldText]) -> None:
    for meeting in held:
        assert tuple(dict.fromkeys(entry.item for entry in meeting.entries)) == ITEMS
        assert 1 <= len(meeting.decisions) <= 3
        assert all(decision.reasons for decision in meeting.decisions)
        disclosure = meeting.disclosure
        assert bool(disclosure.reasons) != disclosure.made
        assert disclosure.made == bool(disclosure.to_whom and disclosure.what and disclosure.post)
    assert 0.12 < sum(meeting.disclosure.made for meeting in held) / len(held) < 0.35
    assert any(decision.dissent for meeting in held for decision in meeting.decisions)
    assert any(not decision.plain for meeting in held for decision in meeting.decisions)


def test_only_those_speak_who_were_there_or_wrote(held: list[HeldText]) -> None:
    for meeting in held:
        there = {seat.post for seat in meeting.seats if seat.attendance in ("attended", "deputy") or seat.wrote}
        spoke = {entry.post for entry in meeting.entries if entry.post and entry.item != "last-actions"}
        assert spoke <= there
        assert {decision.dissent_post for decision in meeting.decisions if decision.dissent} <= there
        assert {seat.post for seat in meeting.seats} <= {CASE_MANAGER, OFFICER, *POSTS}


def test_attendance_is_as_in_table_6(mappa: list[MappaContent]) -> None:
    rows = measure_meetings(mappa, SHAPE)
    assert [abs(row.generated - row.target) <= 0.025 for row in rows] == [True, True]


def test_the_child_protection_unit_is_told_of_each_meeting_on_somebody_who_is_a_risk_to_children(
    held: list[HeldText],
) -> None:
    for meeting in held:
        posts = {seat.post for seat in meeting.seats}
        assert ("child_protection" in posts) == meeting.concerns_child
        assert ("victims" in posts) == meeting.concerns_victim


def test_what_follows_a_meeting_comes_after_it(contents: list[CaseContent], mappa: list[MappaContent]) -> None:
    for content, told in zip(contents, mappa, strict=True):
        for meeting in told.meetings:
            days = [content.known.facts[place].on for _, place in meeting.filed]
            days += [content.known.facts[meeting.told].on] if meeting.told is not None else []
            days += [action.done_on for action in meeting.actions if action.done_on]
            assert all(day >= meeting.on for day in days)
            assert meeting.review_on > meeting.on
            assert all(action.agreed_on == meeting.on for action in meeting.actions)


def test_a_first_higher_level_of_the_last_months_followed_from_a_referral(
    contents: list[CaseContent], mappa: list[MappaContent]
) -> None:
    referred = [level for told in mappa for level in told.levels if level.referral]
    assert referred
    assert all(level.level > 1 and level.on >= SINCE for level in referred)
    assert all(level.referral.on < level.on and len(level.referral.views) == 3 for level in referred if level.referral)


def test_the_same_caseload_has_the_same_minutes(contents: list[CaseContent], mappa: list[MappaContent]) -> None:
    assert mappa_of(contents[:30], UNTIL) == mappa[:30]
    assert mappa_of(contents[:30], UNTIL, "another") != mappa[:30]


def test_a_level_goes_down_from_the_panel_for_a_reason_of_its_own() -> None:
    content = made(
        ("order_started", "2004-03-01", {"order": "licence"}),
        ("mappa_level_set", "2004-03-01", {"level": 3, "category": 2}),
        ("mappa_level_set", "2004-09-01", {"level": 2, "category": 2}),
        ("mappa_level_set", "2004-12-01", {"level": 1, "category": 2}),
    )
    (told,) = mappa_of([content], UNTIL)
    assert len({level.reasons for level in told.levels}) == 3
    assert [level.referral for level in told.levels] == [None] * 3
