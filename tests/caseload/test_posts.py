"""The posts of a demonstration: a vacancy in one unit, one too many in another, and nothing twice."""

from decimal import Decimal

import pytest

from openmappa.accounts.acting import as_job
from openmappa.caseload.services.content.establishment import leave_posts
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.people.models import Establishment
from openmappa.people.queries.establishment import posts_of_units
from tests.timeline.build import make_area, make_case, make_person, make_unit, today

pytestmark = pytest.mark.django_db


def test_one_unit_has_a_vacancy_another_is_over_and_doing_it_again_adds_nothing() -> None:
    first, second, nobodys = (make_unit(make_area(), "police", number) for number in (1, 2, 3))
    make_person(Role.LINE_MANAGER, unit=first)
    for unit in (first, first, second):
        make_person(Role.POLICE_OFFICER, unit=unit)
    Case.objects.filter(pk=make_case().pk).update(source="made-up")
    with as_job("test"):
        assert (leave_posts("made-up"), leave_posts("made-up"), leave_posts("another")) == (4, 0, 0)
        found = posts_of_units([first, second, nobodys], today())
        assert not Establishment.objects.filter(unit=nobodys).exists()
    officers = [[one for one in unit.roles if one.role is Role.POLICE_OFFICER] for unit in found]
    assert [(one.posts, one.vacant, one.over) for roles in officers for one in roles] == [
        (Decimal("3.5"), Decimal("1.5"), 0),
        (Decimal("0.5"), 0, Decimal("0.5")),
    ]
