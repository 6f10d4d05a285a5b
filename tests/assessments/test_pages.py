"""The pages of assessments: points as you go, refusals at the field, and who gets which page."""

import pytest
from django.urls import reverse

from openmappa.assessments.models import Rm2000Score
from openmappa.core.access import Rank, Role
from openmappa.timeline.models import Fact
from tests.timeline.build import ago, make_area, make_case, make_person, sent, signed_in, today, write

pytestmark = pytest.mark.django_db

ANSWERS = {
    "age_at_risk": "30",
    "sexual_appearances": "2",
    "criminal_appearances": "2",
    "male_victim": "yes",
    "stranger_victim": "yes",
    "single": "no",
    "non_contact": "no",
}


@pytest.fixture
def officer():
    return make_person(Role.POLICE_OFFICER, rank=Rank.CONSTABLE)


@pytest.fixture
def case(officer):
    case = make_case(police_officer=officer)
    write(case, "registered", ago(20))
    return case


def address(case, name: str) -> str:
    return reverse(f"assessments:{name}", kwargs={"key": case.key})


def test_saving_leads_to_what_the_score_changed(officer, case) -> None:
    response = signed_in(officer).post(address(case, "score_rm2000"), sent(case, today(), **ANSWERS))
    assert response.status_code == 302
    assert response["Location"].endswith("?saved=yes")
    assert Rm2000Score.objects.get().s_band == "high"


def test_the_button_shows_the_points_and_saves_nothing(officer, case) -> None:
    form = sent(case, today(), **ANSWERS) | {"preview": "1"}
    text = signed_in(officer).post(address(case, "score_rm2000"), form).content.decode()
    assert "Step 1: 2 points" in text
    assert "up 1 category from medium" in text
    assert Fact.objects.filter(kind="rm2000_completed").count() == 0


def test_the_points_so_far_stand_there_with_four_answers_missing(officer, case) -> None:
    form = {"age_at_risk": "20", "sexual_appearances": "1", "male_victim": "no"}
    text = signed_in(officer).post(address(case, "preview_rm2000"), form).content.decode()
    assert "Step 1: 2 points" in text
    assert "4 answers to go before there is a category." in text


def test_an_age_of_17_is_refused_at_the_field_with_the_reason_and_the_rest_is_kept(officer, case) -> None:
    form = sent(case, today(), **(ANSWERS | {"age_at_risk": "17"}))
    text = signed_in(officer).post(address(case, "score_rm2000"), form).content.decode()
    assert "RM2000 is only for men aged 18 or over" in text
    assert 'value="17"' in text
    assert Fact.objects.filter(kind="rm2000_completed").count() == 0


def test_the_list_gives_the_reasons_and_who_signed(officer, case) -> None:
    sergeant = make_person(Role.LINE_MANAGER, rank=Rank.SERGEANT)
    signed_in(officer).post(address(case, "score_rm2000"), sent(case, today(), **ANSWERS))
    client = signed_in(sergeant)
    assert "Not countersigned" in client.get(address(case, "list")).content.decode()
    signed = client.post(address(case, "countersign"), sent(case, comment="Agreed."))
    assert signed.status_code == 302
    text = client.get(address(case, "list")).content.decode()
    assert f"by {sergeant.full_name}, sergeant: Agreed." in text
    assert "How this score was reached" in text


def test_whoever_scored_it_is_told_that_somebody_else_signs(case) -> None:
    sergeant = make_person(Role.LINE_MANAGER, rank=Rank.SERGEANT)
    client = signed_in(sergeant)
    client.post(address(case, "score_rm2000"), sent(case, today(), **ANSWERS))
    assert "Somebody else has to countersign it." in client.get(address(case, "countersign")).content.decode()
    refused = client.post(address(case, "countersign"), sent(case))
    assert refused.status_code == 200
    assert Fact.objects.filter(kind="rm2000_countersigned").count() == 0


@pytest.mark.parametrize(
    ("role", "statuses"),
    [
        (Role.POLICE_OFFICER, (200, 200, 403)),
        (Role.CASE_MANAGER, (200, 200, 403)),
        (Role.LINE_MANAGER, (200, 200, 200)),
        (Role.MAPPA_COORDINATOR, (200, 403, 403)),
        (Role.SMB_MEMBER, (404, 404, 404)),
    ],
)
def test_each_role_gets_its_pages(case, role: Role, statuses: tuple[int, int, int]) -> None:
    client = signed_in(make_person(role, rank=Rank.SERGEANT))
    found = tuple(client.get(address(case, name)).status_code for name in ("list", "score_rm2000", "countersign"))
    assert found == statuses


def test_a_case_of_another_area_is_not_there(case) -> None:
    client = signed_in(make_person(Role.LINE_MANAGER, area=make_area("eastmarch", "B"), rank=Rank.SERGEANT))
    assert {client.get(address(case, name)).status_code for name in ("list", "score_rm2000", "countersign")} == {404}


def test_a_preview_is_only_posted(officer, case) -> None:
    assert signed_in(officer).get(address(case, "preview_rm2000")).status_code == 405
