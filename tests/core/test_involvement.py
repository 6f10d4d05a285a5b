"""Who sees a case: each way in by itself, its first and last moment, and the walls."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from openmappa.core.access import Role
from openmappa.core.compartments import HANDLING, READS, Compartment, FieldClass, opens_intelligence, reads
from openmappa.core.involvement import (
    GIVEN_TO,
    KIND_OPENS,
    CaseHeld,
    Covering,
    Given,
    InvolvementKind,
    Reach,
    Reader,
    reach,
)

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = NOW.date()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CASE = CaseHeld(case=1, area=10, police_unit=20, probation_unit=21, police_officer=30, case_manager=31)
OFFICER = Reader(person=30, role=Role.POLICE_OFFICER, agency=40, area=10, unit=20)
STRANGER = Reader(person=99, role=Role.POLICE_OFFICER, agency=40, area=10, unit=29)
OPEN, CONFIDENTIAL = Compartment.OPEN, Compartment.CONFIDENTIAL
VICTIM, INTELLIGENCE = Compartment.VICTIM, Compartment.INTELLIGENCE


def reached(reader: Reader, *given: Given, covers: tuple[Covering, ...] = ()) -> Reach:
    return reach(reader, covers, given, at=NOW, today=TODAY)


def given(kind: InvolvementKind = InvolvementKind.INVITED, **to: int) -> Given:
    return Given(case=1, kind=kind, from_at=NOW - HOUR, until_at=NOW + HOUR, **(to or {"person": 99}))


def test_the_officer_the_unit_and_its_line_manager_see_the_case_and_another_unit_of_the_area_does_not() -> None:
    colleague = replace(OFFICER, person=32)
    manager = replace(OFFICER, person=33, role=Role.LINE_MANAGER)
    probation = Reader(person=34, role=Role.CASE_MANAGER, agency=41, area=10, unit=21)
    readers = (OFFICER, colleague, manager, probation, STRANGER)
    assert [reached(reader).sees(CASE) for reader in readers] == [True, True, True, True, False]


def test_an_officer_who_moved_to_another_unit_still_sees_the_cases_they_hold() -> None:
    assert reached(replace(OFFICER, unit=29)).sees(CASE)


def test_a_line_manager_sees_the_cases_of_further_units_they_manage_and_an_officer_manages_none() -> None:
    manager = replace(STRANGER, role=Role.LINE_MANAGER, manages=frozenset({20}))
    assert reached(manager).sees(CASE)
    assert not reached(replace(manager, role=Role.POLICE_OFFICER)).sees(CASE)


def test_the_coordinator_sees_the_cases_of_the_area_and_of_no_other() -> None:
    coordinator = Reader(person=50, role=Role.MAPPA_COORDINATOR, agency=40, area=10)
    assert reached(coordinator).sees(CASE)
    assert not reached(coordinator).sees(replace(CASE, area=11))
    assert not reached(replace(coordinator, area=None)).sees(CASE)


@pytest.mark.parametrize(
    "role",
    [
        Role.VICTIM_CONTACT_OFFICER,
        Role.PARTNER_MEMBER,
        Role.SMB_MEMBER,
        Role.INSPECTOR,
        Role.ADMINISTRATOR,
        Role.AUDITOR,
    ],
)
def test_other_roles_see_nothing_by_being_in_the_unit_or_the_area_or_by_covering(role: Role) -> None:
    cover = Covering(OFFICER, TODAY, TODAY)
    assert not reached(replace(OFFICER, role=role), covers=(cover,)).sees(CASE)


def test_somebody_who_has_left_sees_nothing() -> None:
    left = replace(OFFICER, active=False)
    assert not reached(left, given(person=30)).sees(CASE)


@pytest.mark.parametrize(
    ("from_on", "until_on", "ended_on", "sees"),
    [
        (TODAY, TODAY, None, True),
        (TODAY + DAY, TODAY + DAY, None, False),
        (TODAY - DAY, TODAY - DAY, None, False),
        (TODAY - DAY, TODAY + DAY, TODAY, False),
        (TODAY - DAY, TODAY + DAY, TODAY + DAY, True),
    ],
)
def test_cover_holds_from_its_first_to_its_last_day_and_not_on_the_day_it_is_ended(
    from_on: date, until_on: date, ended_on: date | None, sees: bool
) -> None:
    assert reached(STRANGER, covers=(Covering(OFFICER, from_on, until_on, ended_on),)).sees(CASE) is sees


def test_who_covers_for_a_line_manager_sees_that_managers_units_and_for_a_coordinator_that_area() -> None:
    manager = Reader(person=60, role=Role.LINE_MANAGER, agency=40, area=10, unit=28, manages=frozenset({20}))
    coordinator = Reader(person=61, role=Role.MAPPA_COORDINATOR, agency=40, area=10)
    for absent in (manager, coordinator):
        assert reached(STRANGER, covers=(Covering(absent, TODAY, TODAY),)).sees(CASE)


def test_an_invitation_opens_the_case_to_a_person_a_unit_or_an_agency() -> None:
    partner = Reader(person=70, role=Role.PARTNER_MEMBER, agency=42, unit=22)
    for to in ({"person": 70}, {"unit": 22}, {"agency": 42}):
        assert reached(partner, given(**to)).sees(CASE)
    for to in ({"person": 71}, {"unit": 23}, {"agency": 43}):
        assert not reached(partner, given(**to)).sees(CASE)


@pytest.mark.parametrize(
    ("from_at", "until_at", "ended_at", "sees"),
    [
        (NOW, None, None, True),
        (NOW + HOUR, None, None, False),
        (NOW - HOUR, NOW, None, False),
        (NOW - HOUR, NOW + HOUR, NOW, False),
        (NOW - HOUR, NOW + HOUR, NOW + HOUR, True),
    ],
)
def test_a_case_is_given_from_its_first_instant_until_just_before_its_last(
    from_at: datetime, until_at: datetime | None, ended_at: datetime | None, sees: bool
) -> None:
    one = replace(given(), from_at=from_at, until_at=until_at, ended_at=ended_at)
    assert reached(STRANGER, one).sees(CASE) is sees


def test_each_kind_opens_the_case_to_its_roles_alone() -> None:
    opened = {
        (kind, role)
        for kind in InvolvementKind
        for role in Role
        if reached(replace(STRANGER, role=role, area=None), given(kind, person=99)).sees(CASE)
    }
    assert opened == {(kind, role) for kind, roles in GIVEN_TO.items() for role in roles}


def test_what_was_given_opens_the_compartments_of_its_kind_that_the_role_opens() -> None:
    def opened(kind: InvolvementKind, role: Role) -> set[Compartment]:
        found = reached(replace(STRANGER, role=role), given(kind, person=99))
        return {each for each in Compartment if found.opens(CASE, each)}

    assert opened(InvolvementKind.BREAK_GLASS, Role.LINE_MANAGER) == {OPEN, CONFIDENTIAL}
    assert opened(InvolvementKind.VICTIM_CONTACT, Role.VICTIM_CONTACT_OFFICER) == {OPEN, VICTIM}
    assert opened(InvolvementKind.INVITED, Role.PARTNER_MEMBER) == set()
    assert opened(InvolvementKind.INSPECTION, Role.INSPECTOR) == {OPEN, CONFIDENTIAL}
    assert opened(InvolvementKind.AUDIT, Role.SMB_MEMBER) == {OPEN}
    assert opened(InvolvementKind.NAMED, Role.LINE_MANAGER) == set(Compartment)


def test_the_officer_responsible_opens_all_but_the_victim_compartment() -> None:
    assert {each for each in Compartment if reached(OFFICER).opens(CASE, each)} == {OPEN, CONFIDENTIAL, INTELLIGENCE}
    assert not reached(STRANGER).opens(CASE, OPEN)


def test_a_restricted_case_is_seen_by_the_people_named_alone() -> None:
    restricted = replace(CASE, restricted=True)
    coordinator = Reader(person=50, role=Role.MAPPA_COORDINATOR, agency=40, area=10)
    for reader in (OFFICER, coordinator):
        assert reached(reader).involves(restricted)
        assert not reached(reader).sees(restricted)
        assert reached(reader, given(InvolvementKind.NAMED, person=reader.person)).sees(restricted)
    assert not reached(OFFICER, given(InvolvementKind.INVITED, person=30)).sees(restricted)


def test_emergency_access_to_a_restricted_case_opens_no_victim_or_intelligence_compartment_even_to_its_manager() -> (
    None
):
    restricted = replace(CASE, restricted=True)
    manager = replace(OFFICER, person=33, role=Role.LINE_MANAGER)
    found = reached(manager, given(InvolvementKind.BREAK_GLASS, person=33))
    assert {each for each in Compartment if found.opens(restricted, each)} == {OPEN, CONFIDENTIAL}
    assert KIND_OPENS[InvolvementKind.BREAK_GLASS] == {OPEN, CONFIDENTIAL}


@pytest.mark.parametrize(
    ("code", "kind", "same_agency", "is_author", "opens"),
    [
        (1, "police", False, False, True),
        (1, "probation", False, False, False),
        (1, "probation", True, False, True),
        (2, "probation", False, False, True),
        (2, "partner", False, False, False),
        (3, "prison", False, False, False),
        (4, "police", False, False, False),
        (4, "police", True, False, True),
        (5, "police", True, False, False),
        (5, "police", True, True, True),
    ],
)
def test_intelligence_is_read_by_its_handling_code(
    code: int, kind: str, same_agency: bool, is_author: bool, opens: bool
) -> None:
    assert opens_intelligence(code, kind, same_agency=same_agency, is_author=is_author) is opens


def test_there_are_five_handling_codes_and_a_sixth_is_an_error() -> None:
    assert list(HANDLING) == [1, 2, 3, 4, 5]
    with pytest.raises(KeyError):
        opens_intelligence(6, "police", same_agency=True, is_author=True)


def test_a_role_that_is_unknown_reads_no_class_of_field_and_partners_read_nothing_sensitive() -> None:
    assert not any(reads("nobody", each) for each in FieldClass)
    partner = {each for each in FieldClass if reads(Role.PARTNER_MEMBER, each)}
    assert partner == {FieldClass.OPEN, FieldClass.PERSONAL}
    assert set(READS) == set(FieldClass)


def test_every_kind_and_compartment_has_a_name_and_every_compartment_a_sentence() -> None:
    assert [kind.label for kind in InvolvementKind] == [
        "Invited",
        "Victim contact",
        "Case audit",
        "Inspection sample",
        "Emergency",
        "Named for a restricted case",
    ]
    assert [each.label for each in Compartment] == [
        "Open to those involved",
        "Third-party and confidential",
        "Victim",
        "Intelligence",
    ]
    assert all(each.sentence.endswith(".") for each in Compartment)
