"""Scales V and C beside S, an RM2000 scored again, and what its pages show of both."""

from dataclasses import replace

import pytest
from django.urls import reverse

from openmappa.assessments.errors import NotEligible, NotScored
from openmappa.assessments.models import Rm2000Score
from openmappa.assessments.queries import latest_rm2000, to_start_from
from openmappa.assessments.services import countersign_rm2000, score_rm2000
from openmappa.core.access import Rank, Role
from openmappa.core.instruments.rm2000.answers import Rm2000SItems, Rm2000VItems
from openmappa.timeline.models import Fact, Standing
from openmappa.timeline.services import void_fact
from tests.timeline.build import ago, make_case, make_person, sent, signed_in, today, write

pytestmark = pytest.mark.django_db

S = Rm2000SItems(30, 2, 2, male_victim=True, stranger_victim=True, single=False, non_contact=False)
V = Rm2000VItems(30, 2, burglary=False)
ANSWERS = {
    "age_at_risk": "30",
    "sexual_appearances": "2",
    "criminal_appearances": "2",
    "male_victim": "yes",
    "stranger_victim": "yes",
    "single": "no",
    "non_contact": "no",
}
OF_V = {"violent_appearances": "2", "burglary": "no"}
CONFIRMED = {f"confirm_{name}": "on" for name in ANSWERS}


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


def test_v_and_c_stand_beside_s_whose_band_alone_is_the_fact(officer, case) -> None:
    recording = score_rm2000(by=officer, case=case, scored_on=ago(15), items=replace(S, age_at_risk=50), v_items=V)
    assert recording.fact.details == {"band": "high", "rank": "constable"}
    score = Rm2000Score.objects.get()
    assert (score.s_band, score.v_points, score.v_band, score.c_points, score.c_band) == ("high", 4, "high", 4, "high")
    assert Standing.objects.get(case=case).band == "high"


def test_without_v_the_row_holds_s_alone_and_stays_readable(officer, case) -> None:
    score_rm2000(by=officer, case=case, scored_on=ago(15), items=S)
    score = Rm2000Score.objects.get()
    assert (score.violent_appearances, score.burglary, score.v_band, score.c_points) == (None, None, "", None)
    latest = latest_rm2000(case)
    assert latest is not None
    assert latest.result is not None
    assert (latest.result.s.points, latest.result.v, latest.result.c) == (2, None, None)
    assert "not scored" in signed_in(officer).get(address(case, "list")).content.decode()


def test_more_violent_than_criminal_appearances_are_refused(officer, case) -> None:
    with pytest.raises(NotScored) as refused:
        score_rm2000(by=officer, case=case, scored_on=ago(1), items=S, v_items=replace(V, violent_appearances=3))
    assert list(refused.value.problems) == ["violent_appearances"]
    assert Rm2000Score.objects.count() == 0


def test_a_boy_of_17_by_the_record_is_not_scored_whatever_age_at_risk_is_entered(officer, case) -> None:
    case.person.born_on = ago(365 * 17)
    case.person.save()
    with pytest.raises(NotEligible, match="He is under 18"):
        score_rm2000(by=officer, case=case, scored_on=ago(1), items=S)
    text = signed_in(officer).get(address(case, "score_rm2000")).content.decode()
    assert "RM2000 is not for this person. By the record: he is under 18." in text


def test_one_answer_of_v_alone_is_refused_at_the_other(officer, case) -> None:
    form = sent(case, today(), **ANSWERS, violent_appearances="2")
    text = signed_in(officer).post(address(case, "score_rm2000"), form).content.decode()
    assert "V is scored whole or not" in text
    assert Rm2000Score.objects.count() == 0


def test_the_points_of_all_three_scales_stand_there_as_one_goes(officer, case) -> None:
    client = signed_in(officer)
    text = client.post(address(case, "preview_rm2000"), ANSWERS | {"violent_appearances": "2"}).content.decode()
    assert "Scale V: 4 points" in text
    assert "1 answer to go before scale V has a category." in text
    assert "Scale C" not in text
    text = client.post(address(case, "preview_rm2000"), ANSWERS | OF_V).content.decode()
    assert "The items add up to 4 points. The category is high (4 to 5)." in text
    assert "S and V add up to 4 points." in text
    assert Fact.objects.filter(kind="rm2000_completed").count() == 0


def test_what_v_rests_on_is_marked_as_remembered(officer, case) -> None:
    text = signed_in(officer).post(address(case, "preview_rm2000"), ANSWERS | OF_V).content.decode()
    assert "remembered, confidence medium: check before relying on it" in text


def test_a_re_score_starts_from_the_last_answers(officer, case) -> None:
    score_rm2000(by=officer, case=case, scored_on=ago(15), items=S, v_items=V)
    text = signed_in(officer).get(address(case, "score_rm2000")).content.decode()
    assert text.count("Still right: ") == 9
    assert "Step 1: 2 points" in text
    assert "Nothing differs from the RM2000 of" in text


def test_an_answer_that_is_neither_changed_nor_confirmed_is_refused(officer, case) -> None:
    score_rm2000(by=officer, case=case, scored_on=ago(15), items=S)
    client = signed_in(officer)
    confirmed = {name: on for name, on in CONFIRMED.items() if name != "confirm_single"}
    form = sent(case, today(), **(ANSWERS | {"sexual_appearances": "1"} | confirmed))
    text = client.post(address(case, "score_rm2000"), form).content.decode()
    assert "Is he single?: tick that “no” is still right, or change it" in text
    assert "Sexual appearances: tick" not in text
    assert "What changes since the RM2000 of" in text
    assert Rm2000Score.objects.count() == 1


def test_a_re_score_shows_every_difference_in_one_list(officer, case) -> None:
    score_rm2000(by=officer, case=case, scored_on=ago(15), items=S)
    client = signed_in(officer)
    form = sent(case, today(), **(ANSWERS | {"male_victim": "no"} | CONFIRMED | OF_V))
    assert client.post(address(case, "score_rm2000"), form).status_code == 302
    latest = latest_rm2000(case)
    assert latest is not None
    assert [(one.title, one.was, one.now) for one in latest.changes] == [
        ("A male victim of a sexual offence", "yes", "no"),
        ("Violent appearances", "", "2"),
        ("A conviction of burglary", "", "no"),
        ("Scale S", "high", "medium"),
        ("Scale V", "", "high"),
        ("Scale C", "", "high"),
    ]
    assert "What changed since the RM2000 of" in client.get(address(case, "list")).content.decode()


def test_a_voided_score_and_one_from_elsewhere_are_not_what_a_re_score_starts_from(officer, case) -> None:
    write(case, "rm2000_completed", ago(16), band="low", rank="constable")
    assert to_start_from(case) is None
    wrong = score_rm2000(by=officer, case=case, scored_on=ago(15), items=S)
    void_fact(by=officer, fact=wrong.fact, reason="Somebody else's file.")
    assert to_start_from(case) is None
    score_rm2000(by=officer, case=case, scored_on=ago(14), items=S)
    latest = latest_rm2000(case)
    assert latest is not None
    assert (latest.before, latest.changes) == (None, ())


def test_whoever_countersigns_sees_all_three_scales_and_what_changed(officer, case) -> None:
    sergeant = make_person(Role.LINE_MANAGER, rank=Rank.SERGEANT)
    score_rm2000(by=officer, case=case, scored_on=ago(15), items=S)
    score_rm2000(by=officer, case=case, scored_on=ago(1), items=replace(S, single=True), v_items=V)
    text = signed_in(sergeant).get(address(case, "countersign")).content.decode()
    assert "Scale V: violence that is not sexual" in text
    assert "What changed since the RM2000 of" in text
    countersign_rm2000(by=sergeant, case=case, signed_on=today())
    assert "om-harm--high" not in text


def test_the_front_sheet_shows_v_and_c_and_none_where_they_were_not_scored(officer, case) -> None:
    client = signed_in(officer)
    front = reverse("timeline:front_sheet", kwargs={"key": case.key})
    score_rm2000(by=officer, case=case, scored_on=ago(15), items=S)
    assert "Scale V, violence that is not sexual" not in client.get(front).content.decode()
    score_rm2000(by=officer, case=case, scored_on=ago(1), items=S, v_items=V)
    assert "Scale V, violence that is not sexual" in client.get(front).content.decode()
