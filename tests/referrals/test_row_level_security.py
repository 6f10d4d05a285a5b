"""What raw queries reach: referrals are the referrer's, the screeners', the coordinator's and the case's."""

import pytest

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.core.involvement import InvolvementKind
from openmappa.referrals.models.levels import CategoryConfirmation, LevelDecision
from openmappa.referrals.models.other_meetings import MeetingQuestion, OtherMeeting
from openmappa.referrals.models.referral import MoreAsked, Referral, VictimPart
from openmappa.referrals.models.screening import Screener
from tests.referrals import build
from tests.timeline.build import ago, give, make_area, make_case, make_person, make_unit, write

pytestmark = pytest.mark.django_db

Reached = tuple[int, int, int, int]


def reached(person: User) -> Reached:
    """How many referrals, victim parts, questions and screeners this person's raw queries reach."""
    with as_person(person):
        return (
            Referral.objects.count(),
            VictimPart.objects.count(),
            MoreAsked.objects.count(),
            Screener.objects.count(),
        )


def a_referral(by: User, case: Case | None, screener: User | None = None) -> Referral:
    referral = build.a_referral(by, case)
    build.a_victim_part(referral)
    build.asked(referral, build.a_coordinator())
    if screener is not None:
        build.a_screener(referral, screener)
    return referral


def test_before_it_is_matched_it_is_the_referrers_and_the_areas_coordinators() -> None:
    partner, other_partner = build.a_partner(), build.a_partner()
    a_referral(partner, None)
    assert reached(partner) == (1, 1, 1, 0)
    assert reached(build.a_coordinator()) == (1, 1, 1, 0)
    for person in (
        other_partner,
        build.a_coordinator(area=make_area("eastmarch", "B")),
        build.a_sergeant(),
        make_person(Role.POLICE_OFFICER),
        make_person(Role.VICTIM_CONTACT_OFFICER),
        make_person(Role.SMB_MEMBER),
        make_person(Role.AUDITOR),
    ):
        assert reached(person) == (0, 0, 0, 0), person.role


def test_once_matched_it_is_confidential_on_the_case_and_victims_are_behind_their_wall() -> None:
    case, partner = make_case(), build.a_partner()
    screener = build.a_sergeant(unit=make_unit(make_area(), "police", 2))
    a_referral(partner, case, screener)
    assert reached(screener) == (1, 1, 1, 1)
    assert reached(make_person(Role.POLICE_OFFICER)) == (1, 0, 1, 1)
    assert reached(build.a_sergeant()) == (1, 1, 1, 1)
    assert reached(build.a_coordinator()) == (1, 1, 1, 1)
    assert reached(partner) == (1, 1, 1, 0)
    assert reached(build.a_sergeant(unit=make_unit(make_area(), "police", 3))) == (0, 0, 0, 0)
    assert reached(build.a_coordinator(area=make_area("eastmarch", "B"))) == (0, 0, 0, 0)


def test_an_invited_partner_and_a_victim_contact_officer_reach_nothing_of_a_referral() -> None:
    case = make_case()
    a_referral(make_person(Role.POLICE_OFFICER), case)
    invited, victims = build.a_partner(), make_person(Role.VICTIM_CONTACT_OFFICER)
    give(case, InvolvementKind.INVITED, person=invited)
    give(case, InvolvementKind.VICTIM_CONTACT, person=victims)
    assert reached(invited)[0] == 0
    assert reached(victims)[0] == 0


def test_who_was_replaced_as_a_screener_reaches_it_no_more() -> None:
    outsider = build.a_sergeant(unit=make_unit(make_area(), "police", 2))
    referral = build.a_referral(build.a_partner(), None)
    Referral.objects.filter(pk=referral.pk).update(
        case=make_case(), matched_by=referral.referred_by, matched_at=referral.started_at
    )
    referral.refresh_from_db()
    row = build.a_screener(referral, outsider)
    assert reached(outsider)[0] == 1
    Screener.objects.filter(pk=row.pk).update(replaced_at=row.asked_at, replaced_by=referral.referred_by)
    assert reached(outsider)[0] == 0


def test_a_draft_is_its_writers_alone() -> None:
    partner = build.a_partner()
    build.a_draft(partner)
    assert reached(partner)[0] == 1
    assert reached(build.a_coordinator())[0] == 0


def test_of_a_restricted_case_only_those_named_for_it_reach_it() -> None:
    officer, coordinator = make_person(Role.POLICE_OFFICER), build.a_coordinator()
    case = make_case(restricted_contact=build.a_sergeant())
    build.a_referral(officer, case)
    assert reached(coordinator)[0] == 0
    give(case, InvolvementKind.NAMED, person=coordinator)
    assert reached(coordinator)[0] == 1


def test_decisions_are_read_with_the_record_and_other_meetings_in_confidence() -> None:
    case, coordinator = make_case(), build.a_coordinator()
    write(case, "registered", ago(9))
    build.a_decision(case, coordinator)
    build.a_confirmation(case, coordinator)
    build.a_question(build.another_meeting(case, coordinator), coordinator)
    tables = (LevelDecision, CategoryConfirmation, OtherMeeting, MeetingQuestion)

    def counts(person: User) -> list[int]:
        with as_person(person):
            return [table.objects.count() for table in tables]

    partner, victims = build.a_partner(), make_person(Role.VICTIM_CONTACT_OFFICER)
    give(case, InvolvementKind.INVITED, person=partner)
    give(case, InvolvementKind.VICTIM_CONTACT, person=victims)
    assert counts(make_person(Role.POLICE_OFFICER)) == [1, 1, 1, 1]
    assert counts(victims) == [1, 1, 0, 0]
    assert counts(partner) == [0, 0, 0, 0]
    assert counts(build.a_coordinator(area=make_area("eastmarch", "B"))) == [0, 0, 0, 0]
