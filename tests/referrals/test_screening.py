"""From a referral to its decision: sending, matching, asking, screening by three, deciding."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.errors import NotAllowed
from openmappa.accounts.models import User
from openmappa.cases.models import Case, Involvement
from openmappa.core.access import Rank, Role
from openmappa.core.dates import add_working_days
from openmappa.notices.models import Notice
from openmappa.referrals.errors import DecidedMeanwhile, NotDecided, NotReferred
from openmappa.referrals.models.referral import Referral, VictimPart
from openmappa.referrals.queries.referrals import own_referral, screening
from openmappa.referrals.queries.waiting import waiting_referrals
from openmappa.referrals.services.referring import Said, answer, discard_draft, save_draft, send_referral
from openmappa.referrals.services.screening import (
    ask_for_more,
    ask_to_screen,
    decide_referral,
    give_view,
    match_referral,
)
from openmappa.referrals.words import Outcome
from openmappa.timeline.models import Standing
from tests.referrals.build import a_coordinator, a_partner, a_sergeant, an_spo
from tests.referrals.scene import SAID, asked_both, matched, ready, sent, viewed
from tests.timeline.build import ago, make_area, make_case, make_person, make_unit, today, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    case = make_case()
    write(case, "registered", ago(100))
    return case


@pytest.fixture
def coordinator() -> User:
    return a_coordinator()


def decide(by: User, referral: Referral, outcome: Outcome = Outcome.LEVEL_2, **more: object) -> Referral:
    plain: dict[str, object] = {"reasons": "Housing is needed.", "category": 1}
    with as_person(by):
        return decide_referral(by=by, referral=referral, outcome=outcome, **(plain | more))  # type: ignore[arg-type]


def words_to(person: User) -> list[str]:
    return [row.words for row in Notice.objects.filter(to=person).order_by("pk")]


def test_a_housing_officer_refers_somebody_by_name_and_the_coordinator_has_10_working_days(coordinator: User) -> None:
    referral = sent(a_partner())
    assert (referral.case, referral.due_on) == (None, add_working_days(today(), 10))
    assert words_to(coordinator) == [f"A referral to MAPPA came in: {referral.reference}. Screen it by its day."]
    with as_person(coordinator):
        assert list(waiting_referrals(referral.area)) == [referral]


def test_an_urgent_one_is_due_in_2_working_days_and_says_so(coordinator: User) -> None:
    referral = sent(a_partner(), said=replace(SAID, urgent=True, urgent_words="Tonight"))
    assert referral.due_on == add_working_days(today(), 2)
    assert words_to(coordinator)[0].startswith("An urgent referral to MAPPA")


def test_a_draft_is_kept_as_it_is_and_sent_later(coordinator: User) -> None:
    partner = a_partner()
    with as_person(partner):
        draft = save_draft(by=partner, said=Said(name="Sample", why="Half a sent"))
        with pytest.raises(NotReferred, match="Answer every question first"):
            send_referral(by=partner, said=Said(name="Sample"), draft=draft)
        sent_now = send_referral(by=partner, said=SAID, draft=draft)
    assert (sent_now.pk, sent_now.name, words_to(coordinator) != []) == (draft.pk, "Sample Testcase", True)
    with as_person(partner), pytest.raises(NotReferred, match="sent already"):
        discard_draft(by=partner, draft=draft)


def test_the_same_form_sent_twice_is_one_referral(coordinator: User) -> None:
    partner, token = a_partner(), uuid.uuid4()
    with as_person(partner):
        first, second = (send_referral(by=partner, said=SAID, submission=token) for _ in range(2))
    assert first == second
    assert Referral.objects.count() == 1


def test_what_is_asked_stops_the_clock_and_the_answer_starts_it(coordinator: User, case: Case) -> None:
    partner = a_partner()
    referral = sent(partner)
    with as_person(coordinator):
        asked = ask_for_more(by=coordinator, referral=referral, words="When was he seen?")
        seen = screening(coordinator, referral.key)
        assert seen is not None
        assert seen.clock.stands
        with pytest.raises(NotDecided, match="asked already"):
            ask_for_more(by=coordinator, referral=referral, words="And where?")
    type(asked).objects.filter(pk=asked.pk).update(asked_at=timezone.now() - timedelta(days=14))
    with as_person(partner):
        answer(by=partner, referral=referral, words="On Monday.")
    referral.refresh_from_db()
    assert referral.due_on == add_working_days(today(), 20) or referral.due_on > add_working_days(today(), 17)
    assert words_to(coordinator)[-1].endswith("was answered. The clock runs again.")


def test_screening_needs_a_case_and_people_of_the_rank_the_pack_says(coordinator: User, case: Case) -> None:
    referral = sent(a_partner())
    with as_person(coordinator), pytest.raises(NotDecided, match="Match the referral to a case first"):
        ask_to_screen(by=coordinator, referral=referral, seat="police", person=a_sergeant())
    with as_person(coordinator):
        match_referral(by=coordinator, referral=referral, case=case)
        constable = make_person(Role.POLICE_OFFICER, rank=Rank.CONSTABLE)
        with pytest.raises(NotDecided, match="at least sergeant"):
            ask_to_screen(by=coordinator, referral=referral, seat="police", person=constable)
        with pytest.raises(NotDecided, match="of police is asked"):
            ask_to_screen(by=coordinator, referral=referral, seat="police", person=an_spo())


def test_who_referred_it_does_not_screen_it(coordinator: User, case: Case) -> None:
    sergeant = a_sergeant()
    referral = sent(sergeant, case)
    with as_person(coordinator), pytest.raises(NotDecided, match="Ask somebody else"):
        ask_to_screen(by=coordinator, referral=referral, seat="police", person=sergeant)


def test_a_screener_of_another_unit_is_given_the_case_for_a_time(coordinator: User, case: Case) -> None:
    referral = matched(a_partner(), coordinator, case)
    other = a_sergeant(unit=make_unit(make_area(), "police", 2))
    with as_person(coordinator):
        ask_to_screen(by=coordinator, referral=referral, seat="police", person=other)
    given = Involvement.objects.get(case=case, person=other)
    assert given.until_at is not None
    with as_person(other):
        assert Case.objects.visible_to(other).filter(pk=case.pk).exists()
        assert screening(other, referral.key) is not None


def test_it_is_not_decided_before_both_have_said_what_they_think(coordinator: User, case: Case) -> None:
    referral = matched(a_partner(), coordinator, case)
    spo, _ = asked_both(referral, coordinator)
    viewed(referral, spo, Outcome.LEVEL_2)
    with pytest.raises(NotDecided, match="The view of the police officer, at least a sergeant is missing"):
        decide(coordinator, referral)
    assert Standing.objects.get(case=case).mappa_level is None


def test_the_decision_sets_the_level_tells_the_referrer_and_another_view_stands(coordinator: User, case: Case) -> None:
    partner = a_partner()
    referral = ready(case, coordinator, partner, police=Outcome.LEVEL_3)
    decide(coordinator, referral, words="Thank you.")
    assert Standing.objects.get(case=case).mappa_level == 2
    assert referral.level_decision.basis == "screening"
    with as_person(coordinator):
        seen = screening(coordinator, referral.key)
    assert seen is not None
    assert [(each.seat.id, each.dissents) for each in seen.seats] == [("probation", False), ("police", True)]
    told = words_to(partner)[-1]
    assert (told, case.reference in told) == (
        f"Your referral {referral.reference} was decided. Read what became of it.",
        False,
    )
    with as_person(partner):
        own = own_referral(partner, referral.key)
    assert own is not None
    assert own.outcome_words.startswith("Your referral was decided. Agencies will meet about it.")


def test_a_view_that_was_given_stands(coordinator: User, case: Case) -> None:
    referral = matched(a_partner(), coordinator, case)
    spo, sergeant = asked_both(referral, coordinator)
    viewed(referral, spo, Outcome.LEVEL_2)
    viewed(referral, spo, Outcome.LEVEL_2)
    with pytest.raises(NotDecided, match="it stands"):
        viewed(referral, spo, Outcome.LEVEL_3)
    with as_person(sergeant), pytest.raises(NotDecided, match="not asked to screen"):
        give_view(by=sergeant, screener=referral.screeners.get(person=spo), view=Outcome.LEVEL_3, reasons="x")
    with as_person(coordinator), pytest.raises(NotDecided, match="has given a view in this seat"):
        ask_to_screen(by=coordinator, referral=referral, seat="probation", person=an_spo())


def test_somebody_away_is_replaced_and_what_was_asked_stays(coordinator: User, case: Case) -> None:
    referral = matched(a_partner(), coordinator, case)
    asked_both(referral, coordinator)
    with as_person(coordinator):
        ask_to_screen(by=coordinator, referral=referral, seat="probation", person=an_spo())
    assert referral.screeners.filter(seat="probation").count() == 2
    assert referral.screeners.sitting().filter(seat="probation").count() == 1


def test_the_second_coordinator_hears_that_it_is_decided_and_nothing_is_lost(coordinator: User, case: Case) -> None:
    referral = ready(case, coordinator, a_partner())
    decide(coordinator, referral)
    decide(coordinator, referral)
    with pytest.raises(DecidedMeanwhile, match="has decided this referral already: Level 2"):
        decide(a_coordinator(), referral, Outcome.LEVEL_3)
    assert Standing.objects.get(case=case).mappa_level == 2


def test_without_a_case_it_can_only_be_closed(coordinator: User) -> None:
    referral = sent(a_partner())
    with pytest.raises(NotDecided, match="Match the referral to a case first"):
        decide(coordinator, referral)
    assert decide(coordinator, referral, Outcome.NOT_MAPPA).is_decided


def test_category_3_at_level_1_is_refused_and_nothing_is_decided(coordinator: User, case: Case) -> None:
    referral = ready(case, coordinator, a_partner())
    with pytest.raises(NotDecided, match="Category 3"):
        decide(coordinator, referral, Outcome.LEVEL_1, category=3)
    referral.refresh_from_db()
    assert not referral.is_decided


def test_a_decision_after_its_day_shows_as_late(coordinator: User, case: Case) -> None:
    referral = ready(case, coordinator, a_partner())
    Referral.objects.filter(pk=referral.pk).update(sent_at=timezone.now() - timedelta(days=60), due_on=ago(46))
    decide(coordinator, referral)
    with as_person(coordinator):
        seen = screening(coordinator, referral.key)
    assert seen is not None
    assert (seen.late, seen.referral.was_late) == (True, True)


def test_a_case_of_another_area_is_not_matched(coordinator: User) -> None:
    referral = sent(a_partner())
    other = make_case(make_area("eastmarch", "B"))
    with as_person(coordinator), pytest.raises(NotDecided, match="another area"):
        match_referral(by=coordinator, referral=referral, case=other)


def test_only_a_coordinator_matches_asks_and_decides(coordinator: User, case: Case) -> None:
    referral, manager = sent(a_partner()), a_sergeant()
    for doing in (
        lambda: match_referral(by=manager, referral=referral, case=case),
        lambda: ask_for_more(by=manager, referral=referral, words="x"),
        lambda: ask_to_screen(by=manager, referral=referral, seat="police", person=manager),
        lambda: decide_referral(by=manager, referral=referral, outcome=Outcome.NOT_MAPPA, reasons="x"),
    ):
        with pytest.raises(NotAllowed):
            doing()


def test_a_restricted_case_is_referred_only_where_a_coordinator_is_named_for_it() -> None:
    officer = make_person(Role.POLICE_OFFICER)
    case = make_case(restricted_contact=make_person(Role.LINE_MANAGER), police_officer=officer)
    a_coordinator()
    with pytest.raises(NotReferred, match="no MAPPA coordinator is named"):
        sent(officer, case)


def test_what_is_said_of_victims_is_kept_apart() -> None:
    partner = a_partner()
    a_coordinator()
    referral = sent(partner, said=replace(SAID, victims=True, victim_words="She lives nearby."))
    assert VictimPart.objects.get(referral=referral).text == "She lives nearby."
