"""Scoring an RM2000 and countersigning it."""

import uuid

import pytest

from openmappa.accounts.errors import NotAllowed
from openmappa.assessments.errors import NotEligible, NotScored, OwnWork
from openmappa.assessments.models import Countersignature, Rm2000Score
from openmappa.assessments.queries import latest_rm2000, rm2000s_of
from openmappa.assessments.services import countersign_rm2000, score_rm2000
from openmappa.core.access import Rank, Role
from openmappa.core.instruments.rm2000.answers import Rm2000SItems
from openmappa.timeline.errors import Impossible, NotRecorded
from openmappa.timeline.models import Duty, Fact, Standing
from openmappa.timeline.services import void_fact
from tests.timeline.build import ago, make_case, make_person, today, write

pytestmark = pytest.mark.django_db

HIGH = Rm2000SItems(
    age_at_risk=30,
    sexual_appearances=2,
    criminal_appearances=2,
    male_victim=True,
    stranger_victim=True,
    single=False,
    non_contact=False,
)
"""1 point for the age and 1 for the appearances: medium; two factors raise it to high."""


@pytest.fixture
def officer():
    return make_person(Role.POLICE_OFFICER, rank=Rank.CONSTABLE)


@pytest.fixture
def sergeant():
    return make_person(Role.LINE_MANAGER, rank=Rank.SERGEANT)


@pytest.fixture
def case(officer):
    case = make_case(police_officer=officer)
    write(case, "registered", ago(20))
    return case


def test_two_points_and_two_factors_are_high(officer, case) -> None:
    recording = score_rm2000(by=officer, case=case, scored_on=ago(15), items=HIGH)
    assert recording.fact.details == {"band": "high", "rank": "constable"}
    score = Rm2000Score.objects.get()
    assert (score.s_points, score.s_first_band, score.s_band, score.scored_by) == (2, "medium", "high", officer)
    assert Standing.objects.get(case=case).band == "high"


def test_scoring_within_a_week_of_registration_meets_that_duty_and_opens_two(officer, case) -> None:
    score_rm2000(by=officer, case=case, scored_on=ago(15), items=HIGH)
    assert Duty.objects.get(case=case, standard="rm2000-start").met_on == ago(15)
    assert Duty.objects.get(case=case, standard="rm2000-countersign").met_on is None
    assert Duty.objects.get(case=case, standard="home-visit").opened_on == ago(15)


def test_a_sergeant_countersigns_and_the_duty_is_met(officer, sergeant, case) -> None:
    score_rm2000(by=officer, case=case, scored_on=ago(15), items=HIGH)
    countersign_rm2000(by=sergeant, case=case, signed_on=today(), comment="Agreed.")
    assert Duty.objects.get(case=case, standard="rm2000-countersign").met_on == today()
    latest = latest_rm2000(case)
    assert latest is not None
    assert latest.signature is not None
    assert (latest.signature.signed_by, latest.signature.comment) == (sergeant, "Agreed.")


def test_nobody_countersigns_what_they_scored(sergeant, case) -> None:
    score_rm2000(by=sergeant, case=case, scored_on=ago(1), items=HIGH)
    with pytest.raises(OwnWork):
        countersign_rm2000(by=sergeant, case=case, signed_on=today())
    assert Fact.objects.filter(kind="rm2000_countersigned").count() == 0


def test_a_line_manager_without_the_rank_may_not_sign(officer, case) -> None:
    score_rm2000(by=officer, case=case, scored_on=ago(1), items=HIGH)
    with pytest.raises(NotRecorded, match="sergeant"):
        countersign_rm2000(by=make_person(Role.LINE_MANAGER, rank=Rank.CONSTABLE), case=case, signed_on=today())


def test_an_officer_may_not_countersign_whatever_the_rank(officer, case) -> None:
    score_rm2000(by=officer, case=case, scored_on=ago(1), items=HIGH)
    with pytest.raises(NotAllowed):
        countersign_rm2000(by=make_person(Role.POLICE_OFFICER, rank=Rank.INSPECTOR), case=case, signed_on=today())


def test_one_signature_is_enough(officer, sergeant, case) -> None:
    score_rm2000(by=officer, case=case, scored_on=ago(1), items=HIGH)
    countersign_rm2000(by=sergeant, case=case, signed_on=today())
    with pytest.raises(NotRecorded, match="countersigned already"):
        countersign_rm2000(by=sergeant, case=case, signed_on=today())
    assert Countersignature.objects.count() == 1


def test_the_same_signature_sent_twice_counts_once(officer, sergeant, case) -> None:
    score_rm2000(by=officer, case=case, scored_on=ago(1), items=HIGH)
    token = uuid.uuid4()
    first = countersign_rm2000(by=sergeant, case=case, signed_on=today(), submission=token)
    again = countersign_rm2000(by=sergeant, case=case, signed_on=today(), submission=token)
    assert (again.fact.pk, again.replayed) == (first.fact.pk, True)


def test_there_is_nothing_to_sign_before_a_score(sergeant, case) -> None:
    with pytest.raises(NotRecorded, match="no RM2000"):
        countersign_rm2000(by=sergeant, case=case, signed_on=today())


def test_a_voided_score_stands_no_longer_and_the_one_before_does(officer, case) -> None:
    first = score_rm2000(by=officer, case=case, scored_on=ago(15), items=HIGH)
    second = score_rm2000(by=officer, case=case, scored_on=ago(2), items=HIGH)
    void_fact(by=officer, fact=second.fact, reason="Somebody else's file.")
    latest = latest_rm2000(case)
    assert latest is not None
    assert latest.fact == first.fact
    assert [one.fact.is_voided for one in rm2000s_of(case)] == [True, False]


def test_a_voided_signature_can_be_given_again(officer, sergeant, case) -> None:
    score_rm2000(by=officer, case=case, scored_on=ago(15), items=HIGH)
    signed = countersign_rm2000(by=sergeant, case=case, signed_on=today())
    void_fact(by=sergeant, fact=signed.fact, reason="Signed the wrong one.")
    countersign_rm2000(by=sergeant, case=case, signed_on=today())
    assert Duty.objects.get(case=case, standard="rm2000-countersign").met_on == today()


def test_a_woman_is_not_scored(officer, case) -> None:
    case.person.sex = "female"
    case.person.save()
    with pytest.raises(NotEligible, match="only for men"):
        score_rm2000(by=officer, case=case, scored_on=ago(1), items=HIGH)
    assert Fact.objects.filter(kind="rm2000_completed").count() == 0


def test_more_sexual_than_criminal_appearances_are_refused_at_the_field(officer, case) -> None:
    with pytest.raises(NotScored) as refused:
        score_rm2000(
            by=officer,
            case=case,
            scored_on=ago(1),
            items=Rm2000SItems(30, 3, 2, male_victim=False, stranger_victim=False, single=False, non_contact=False),
        )
    assert list(refused.value.problems) == ["criminal_appearances"]


def test_a_score_before_the_person_was_born_is_refused(officer, case) -> None:
    with pytest.raises(Impossible):
        score_rm2000(by=officer, case=case, scored_on=case.person.born_on.replace(year=1960), items=HIGH)


def test_an_imported_score_has_no_answers_and_can_be_signed(sergeant, case) -> None:
    write(case, "rm2000_completed", ago(5), band="low", rank="constable")
    latest = latest_rm2000(case)
    assert latest is not None
    assert (latest.result, latest.score) == (None, None)
    countersign_rm2000(by=sergeant, case=case, signed_on=today())
    assert Duty.objects.get(case=case, standard="rm2000-countersign").met_on == today()


def test_a_countersigned_score_is_not_voided_before_its_signature(officer, sergeant, case) -> None:
    scored = score_rm2000(by=officer, case=case, scored_on=ago(15), items=HIGH)
    signed = countersign_rm2000(by=sergeant, case=case, signed_on=today())
    with pytest.raises(NotRecorded, match="Another entry rests on this one: RM2000 countersigned"):
        void_fact(by=officer, fact=scored.fact, reason="The wrong file.")
    void_fact(by=sergeant, fact=signed.fact, reason="The wrong file.")
    assert void_fact(by=officer, fact=scored.fact, reason="The wrong file.").is_voided


def test_a_form_sent_for_another_case_before_is_refused(officer, case) -> None:
    token = uuid.uuid4()
    score_rm2000(by=officer, case=case, scored_on=ago(15), items=HIGH, submission=token)
    other = make_case(police_officer=officer)
    write(other, "registered", ago(20))
    with pytest.raises(NotRecorded, match="another case"):
        score_rm2000(by=officer, case=other, scored_on=ago(15), items=HIGH, submission=token)
    assert Fact.objects.filter(case=other, kind="rm2000_completed").count() == 0
