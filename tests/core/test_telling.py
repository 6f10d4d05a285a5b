"""Who must know of a change: each person's reason, and everybody who is left out."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from openmappa.core.access import Role
from openmappa.core.compartments import Compartment
from openmappa.core.involvement import CaseHeld, Covering, Given, InvolvementKind, Reader
from openmappa.core.telling import Why, unheld, who_must_know

AT, TODAY = datetime(2005, 3, 8, 9, tzinfo=UTC), date(2005, 3, 8)
POLICE, PROBATION, OTHER = 1, 2, 3
OFFICER = Reader(11, Role.POLICE_OFFICER, POLICE, area=7, unit=21)
MANAGER = Reader(12, Role.CASE_MANAGER, PROBATION, area=7, unit=22)
COLLEAGUE = Reader(13, Role.POLICE_OFFICER, POLICE, area=7, unit=21)
SERGEANT = Reader(14, Role.LINE_MANAGER, POLICE, area=7, unit=21)
COORDINATOR = Reader(15, Role.MAPPA_COORDINATOR, PROBATION, area=7)
ELSEWHERE = Reader(16, Role.MAPPA_COORDINATOR, PROBATION, area=8)
VICTIMS = Reader(17, Role.VICTIM_CONTACT_OFFICER, PROBATION, unit=23)
PARTNER = Reader(18, Role.PARTNER_MEMBER, OTHER)
BOARD = Reader(19, Role.SMB_MEMBER, OTHER)
EVERYBODY = [OFFICER, MANAGER, COLLEAGUE, SERGEANT, COORDINATOR, ELSEWHERE, VICTIMS, PARTNER, BOARD]
CASE = CaseHeld(5, 7, police_unit=21, probation_unit=22, police_officer=11, case_manager=12)


def given(kind: InvolvementKind, *, person: int | None = None, unit: int | None = None) -> Given:
    return Given(5, kind, AT - timedelta(days=1), person=person, unit=unit)


def told(case: CaseHeld = CASE, *givens: Given, **more: object) -> dict[int, Why]:
    covers = more.pop("covers", [])
    return who_must_know(case, EVERYBODY, covers, list(givens), at=AT, today=TODAY, **more)  # type: ignore[arg-type]


def test_both_services_and_the_coordinator_of_the_area_must_know_and_no_line_manager() -> None:
    assert told() == {11: Why.POLICE_OFFICER, 12: Why.CASE_MANAGER, 15: Why.COORDINATOR}


def test_whoever_recorded_it_knows_already() -> None:
    assert told(but=frozenset({12})) == {11: Why.POLICE_OFFICER, 15: Why.COORDINATOR}


def test_who_covers_for_somebody_away_must_know_as_well_while_the_cover_lasts() -> None:
    cover = Covering(OFFICER, TODAY, TODAY)
    assert told(covers=[(13, cover)])[13] is Why.COVER
    assert 13 not in told(covers=[(13, replace(cover, from_on=TODAY + timedelta(days=1), until_on=date(2005, 4, 1)))])
    assert 13 not in told(covers=[(13, replace(cover, absent=ELSEWHERE))])


def test_victim_contact_officers_and_those_given_the_case_must_know_but_no_partner_board_or_emergency() -> None:
    found = told(
        CASE,
        given(InvolvementKind.VICTIM_CONTACT, unit=23),
        given(InvolvementKind.INVITED, person=18),
        given(InvolvementKind.AUDIT, person=19),
        given(InvolvementKind.BREAK_GLASS, person=16),
        given(InvolvementKind.INVITED, unit=21),
        given(InvolvementKind.NAMED, person=13),
    )
    assert found == {
        11: Why.POLICE_OFFICER,
        12: Why.CASE_MANAGER,
        13: Why.GIVEN,
        15: Why.COORDINATOR,
        17: Why.VICTIM_CONTACT,
    }


def test_what_was_given_and_is_over_asks_nobody() -> None:
    over = replace(given(InvolvementKind.VICTIM_CONTACT, person=17), until_at=AT)
    assert 17 not in told(CASE, over)


def test_of_a_confidential_change_a_victim_contact_officer_is_not_told_and_of_a_victims_neither_officer() -> None:
    victims = given(InvolvementKind.VICTIM_CONTACT, person=17)
    assert set(told(CASE, victims, compartment=Compartment.CONFIDENTIAL)) == {11, 12, 15}
    assert set(told(CASE, victims, compartment=Compartment.VICTIM)) == {15, 17}


def test_of_a_restricted_case_only_the_people_named_for_it_are_told() -> None:
    named = given(InvolvementKind.NAMED, person=12)
    assert told(replace(CASE, restricted=True), named) == {12: Why.CASE_MANAGER}


def test_where_nobody_holds_the_case_for_a_service_the_line_manager_of_its_unit_must_know() -> None:
    assert told(replace(CASE, police_officer=None))[14] is Why.LINE_MANAGER
    assert 14 not in told(replace(CASE, case_manager=None))
    assert unheld(replace(CASE, police_officer=None, case_manager=None)) == frozenset({21, 22})
    far = replace(SERGEANT, unit=None, manages=frozenset({22}))
    found = who_must_know(replace(CASE, case_manager=None), [far], [], [], at=AT, today=TODAY)
    assert found == {14: Why.LINE_MANAGER}


def test_somebody_who_has_left_is_told_nothing() -> None:
    gone = replace(OFFICER, active=False)
    assert who_must_know(CASE, [gone], [], [], at=AT, today=TODAY) == {}


def test_every_reason_has_words() -> None:
    assert [why.label for why in Why if not why.label] == []
