"""From every duty there is a way to the form that meets it, for whoever may, with the one right answer chosen."""

import uuid

import pytest
from django.urls import resolve

from openmappa.core.access import PERMISSIONS, Role
from openmappa.core.involvement import WORKING
from openmappa.core.packs.load import load_pack
from openmappa.core.recording import TO_RECORD
from openmappa.timeline.forms.table import page_for_kind
from openmappa.timeline.forms.ways import way_by_form, way_to_meet, way_to_record
from tests.timeline.build import ago, make_case, make_person, sent, signed_in, write

pytestmark = pytest.mark.django_db

STANDARDS = {standard.id: standard for standard in load_pack("england-wales-2005").standards}
KEY = uuid.UUID("00000000-0000-4000-8000-000000000000")


@pytest.mark.parametrize("standard_id", sorted(STANDARDS))
@pytest.mark.parametrize("role", sorted(WORKING))
def test_there_is_a_way_exactly_where_the_role_records_what_meets_it(standard_id: str, role: Role) -> None:
    standard = STANDARDS[standard_id]
    may = any(role in PERMISSIONS[TO_RECORD[match.kind]] for match in standard.met_by)
    if standard_id == "home-visit":
        may = role in (
            Role.POLICE_OFFICER,
            Role.LINE_MANAGER,
        )  # a case manager's visit is probation's and does not count
    way = way_to_meet(standard, make_person(role), KEY)
    assert (way is not None) == may
    if way is not None:
        assert resolve(way.href.split("?")[0]).kwargs["key"] == KEY


@pytest.mark.parametrize(
    ("standard_id", "address"),
    [
        ("minutes-police", "minutes/?service=police"),
        ("minutes-probation", "minutes/?service=probation"),
        ("oasys-start", "oasys/start/?stage=start"),
        ("oasys-review", "oasys/start/"),
        ("risk-change-probation", "record/change-acknowledged/?service=probation"),
        ("mappa-action", "actions/"),
        ("change-notification", "record/details-notified/"),
        ("annual-notification", "record/annual-notification/"),
    ],
)
def test_the_one_right_answer_is_chosen_beforehand(standard_id: str, address: str) -> None:
    way = way_to_meet(STANDARDS[standard_id], make_person(Role.LINE_MANAGER), KEY)
    assert way is not None and way.href == f"/cases/{KEY}/{address}"


def test_kinds_with_a_page_of_their_own_lead_there() -> None:
    assert way_to_record("home_visit", KEY).text == "Record a home visit"


def test_following_the_way_of_an_open_duty_meets_it() -> None:
    case, manager = make_case(), make_person(Role.LINE_MANAGER)
    write(case, "mappa_meeting_held", ago(5), level=2)
    page = page_for_kind("minutes_filed")
    assert page is not None
    client = signed_in(manager)
    answer = client.post(way_by_form(page, case.key).href, sent(case, ago(1), service="police"), follow=True)
    shown = answer.content.decode()
    assert "Met by this" in shown and "<strong>Minutes on the police file</strong>" in shown
