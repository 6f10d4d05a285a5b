"""The one table of permission by role."""

import pytest

from openmappa.core.access import PERMISSIONS, ROLES, Permission, Role, allowed
from openmappa.core.involvement import WORKING


def test_a_role_has_what_the_table_gives_it_and_an_unknown_role_has_nothing() -> None:
    for permission in Permission:
        assert {role for role in Role if allowed(role, permission)} == PERMISSIONS[permission]
        assert not allowed("king", permission)


def test_every_role_has_a_name_and_a_sentence_and_every_permission_somebody_who_has_it() -> None:
    assert set(ROLES) == set(Role)
    assert all(facts.label and facts.sentence.endswith(".") for facts in ROLES.values())
    assert [permission for permission in Permission if not PERMISSIONS[permission]] == []


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_who_looks_after_people_or_the_log_opens_no_case(role: Role) -> None:
    assert not allowed(role, Permission.VIEW_CASE)
    assert not allowed(role, Permission.READ_RECORD)


def test_who_decides_a_disposal_does_not_approve_it_and_only_those_who_work_on_cases_find_them() -> None:
    assert PERMISSIONS[Permission.REVIEW_RETENTION] & PERMISSIONS[Permission.APPROVE_DISPOSAL] == frozenset()
    assert PERMISSIONS[Permission.FIND_CASE] == WORKING | {Role.VICTIM_CONTACT_OFFICER}
