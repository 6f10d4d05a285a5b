"""People of every role around one inspection of an area."""

from collections.abc import Mapping

import pytest

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.core.access import Rank, Role
from openmappa.samples.models import Exercise
from openmappa.samples.services.exercises import let_work
from tests.findings.build import inspected
from tests.samples.build import inspector
from tests.timeline.build import make_area, make_person


@pytest.fixture
def people() -> dict[str, User]:
    away = make_area("southdale", "C")
    return {
        "lead": inspector(),
        "member": inspector(),
        "other inspector": inspector(),
        "coordinator": make_person(Role.MAPPA_COORDINATOR),
        "chief": make_person(Role.LINE_MANAGER, rank=Rank.SUPERINTENDENT),
        "sergeant": make_person(Role.LINE_MANAGER, rank=Rank.SERGEANT),
        "board": make_person(Role.SMB_MEMBER, kind="partner"),
        "other coordinator": make_person(Role.MAPPA_COORDINATOR, area=away),
        "officer": make_person(Role.POLICE_OFFICER),
        "auditor": make_person(Role.AUDITOR),
        "partner": make_person(Role.PARTNER_MEMBER, kind="partner"),
    }


@pytest.fixture
def exercise(people: Mapping[str, User]) -> Exercise:
    made = inspected(people["lead"])
    with as_person(people["lead"]):
        let_work(by=people["lead"], exercise=made, person=people["member"])
    return made
