"""Which posts an agency has, and whether a change gives more, against the tables of permissions."""

import itertools

import pytest

from openmappa.core.access import PERMISSIONS, Rank, Role
from openmappa.core.compartments import COMPARTMENTS_OF
from openmappa.core.posts import (
    IN_A_UNIT,
    RANKS_OF_AGENCY,
    ROLES_OF_AGENCY,
    classes_of,
    compartments_of,
    gives_more,
    objections,
    permissions_of,
    signs,
)

PO, LM, MC, CM = Role.POLICE_OFFICER, Role.LINE_MANAGER, Role.MAPPA_COORDINATOR, Role.CASE_MANAGER
SMB = Role.SMB_MEMBER
NOBODY = "Nobody of your agency can be {}. Choose another role"
NO_RANK = "Your agency has no rank or grade “Constable”. Choose another"
CONSTABLE, SERGEANT, NONE = Rank.CONSTABLE, Rank.SERGEANT, Rank.NONE


def test_every_role_can_be_held_in_some_agency_and_every_rank_given_by_some() -> None:
    assert {role for roles in ROLES_OF_AGENCY.values() for role in roles} == set(Role)
    assert {rank for ranks in RANKS_OF_AGENCY.values() for rank in ranks} == set(Rank)


def test_nobody_is_given_nothing() -> None:
    assert (permissions_of(None), compartments_of(None), classes_of(None)) == (frozenset(),) * 3


@pytest.mark.parametrize("role", Role)
def test_whoever_joins_is_given_something_so_a_second_person_is_asked(role: Role) -> None:
    assert gives_more(None, NONE, role, NONE)


@pytest.mark.parametrize(("before", "after"), list(itertools.product(Role, Role)))
def test_a_change_of_role_gives_more_exactly_when_a_table_says_so(before: Role, after: Role) -> None:
    gained = any(after in holders and before not in holders for holders in PERMISSIONS.values())
    opened = COMPARTMENTS_OF[after] - COMPARTMENTS_OF[before]
    read = classes_of(after) - classes_of(before)
    assert gives_more(before, NONE, after, NONE) is bool(gained or opened or read)


def test_a_line_manager_who_becomes_an_officer_gains_nothing_and_an_officer_who_becomes_one_does() -> None:
    assert not gives_more(LM, SERGEANT, PO, CONSTABLE)
    assert gives_more(PO, CONSTABLE, LM, CONSTABLE)


def test_a_line_manager_who_becomes_a_sergeant_may_countersign_which_is_more() -> None:
    assert (signs(LM, CONSTABLE), signs(LM, SERGEANT), signs(PO, SERGEANT)) == (False, True, False)
    assert gives_more(LM, CONSTABLE, LM, SERGEANT)
    assert not gives_more(LM, SERGEANT, LM, Rank.INSPECTOR)
    assert not gives_more(PO, CONSTABLE, PO, SERGEANT)


@pytest.mark.parametrize(
    ("kind", "role", "rank", "unit", "area", "expected"),
    [
        ("police", PO, CONSTABLE, True, True, {}),
        ("partner", Role.PARTNER_MEMBER, NONE, False, True, {}),
        ("police", Role.ADMINISTRATOR, NONE, False, False, {}),
        ("police", PO, CONSTABLE, False, True, {"unit": "Choose a unit: a police officer works in one"}),
        ("police", MC, NONE, False, False, {"area": "Choose an area: a MAPPA coordinator belongs to one"}),
        ("partner", SMB, NONE, False, False, {"area": "Choose an area: an SMB member or lay adviser belongs to one"}),
        ("police", CM, CONSTABLE, True, True, {"role": NOBODY.format("a case manager")}),
        ("army", Role.INSPECTOR, CONSTABLE, True, True, {
            "role": NOBODY.format("an inspector"),
            "rank": NO_RANK,
        }),
        ("probation", CM, CONSTABLE, True, True, {"rank": NO_RANK}),
    ],
)  # fmt: skip
def test_a_post_that_does_not_fit_is_refused_field_by_field(
    kind: str, role: Role, rank: Rank, unit: bool, area: bool, expected: dict[str, str]
) -> None:
    assert objections(kind, role, rank, has_unit=unit, has_area=area) == expected


def test_roles_that_answer_for_cases_work_in_a_unit() -> None:
    assert {PO, CM, LM} <= IN_A_UNIT
