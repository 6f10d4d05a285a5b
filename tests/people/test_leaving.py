"""Leaving: nothing opens at the next request, in no session; cases are handed over; coming back takes two people."""

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.urls import reverse

from openmappa.accounts.models import Cover, Managing, User
from openmappa.audit.models import Event
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.notices.models import Notice
from openmappa.people.errors import NotChanged
from openmappa.people.models import Posting, SetUpCode
from openmappa.people.queries.history import version_of
from openmappa.people.services.codes import make_code, set_up
from openmappa.people.services.limits import NotYours
from openmappa.people.services.posts import end_access, move_person
from tests.people.cast import REASON, Cast, answers, last_entry, look, make_cast, opened, page_of, post, send
from tests.timeline.build import ago, make_case, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def leave(cast: Cast, person: User) -> None:
    end_access(by=cast.administrator, person=person, reason=REASON, version=version_of(person))
    person.refresh_from_db()


def test_every_open_session_is_refused_at_its_next_request(cast: Cast) -> None:
    case = make_case(cast.area, police_unit=cast.unit)
    browsers = [opened(cast.officer), opened(cast.officer)]
    path = reverse("timeline:front_sheet", kwargs={"key": case.key})
    assert [browser.get(path).status_code for browser in browsers] == [200, 200]
    form = {"reason": "Left the force", "version": "0"}
    assert send(cast.administrator, "leave", cast.officer.pk, **form)["Location"].endswith("?done=left")
    for browser in browsers:
        answer = browser.get(path)
        assert (answer.status_code, answer["Location"]) == (302, f"{reverse(settings.LOGIN_URL)}?next={path}")
    assert [
        each for each in Session.objects.all() if each.get_decoded().get("_auth_user_id") == str(cast.officer.pk)
    ] == []


def test_only_their_own_sessions_end(cast: Cast) -> None:
    browser = opened(cast.colleague)
    opened(cast.officer)
    leave(cast, cast.officer)
    assert browser.get("/you/").status_code == 200


def test_password_and_code_are_worth_nothing_any_more(cast: Cast) -> None:
    code = make_code(by=cast.manager, person=cast.officer)
    leave(cast, cast.officer)
    assert (cast.officer.is_active, cast.officer.has_usable_password()) == (False, False)
    assert not SetUpCode.objects.exists()
    with pytest.raises(NotChanged):
        set_up(username=cast.officer.username, code=code, password="three-random-words-here")


def test_the_line_manager_may_end_access_alone_since_it_takes_away(cast: Cast) -> None:
    assert send(cast.manager, "leave", cast.officer.pk, reason="Tonight", version="0").status_code == 302
    cast.officer.refresh_from_db()
    assert not cast.officer.is_active


@pytest.mark.parametrize("who", ["other_manager", "colleague", "coordinator", "partner_administrator"])
def test_nobody_else_may(cast: Cast, who: str) -> None:
    assert send(getattr(cast, who), "leave", cast.officer.pk, reason="No", version="0").status_code in (403, 404)
    cast.officer.refresh_from_db()
    assert cast.officer.is_active


def test_nobody_ends_their_own_access(cast: Cast) -> None:
    with pytest.raises(NotYours, match="Nobody decides about their own access"):
        end_access(by=cast.administrator, person=cast.administrator, reason=REASON, version=0)


def test_what_they_gave_others_ends_and_cover_for_them_goes_on(cast: Cast) -> None:
    days = {"from_on": ago(1), "until_on": ago(-9), "reason": "Leave", "arranged_by": cast.manager}
    given = Cover.objects.create(absent=cast.officer, covering=cast.manager, **days)
    theirs = Cover.objects.create(absent=cast.manager, covering=cast.colleague, **days)
    Managing.objects.create(manager=cast.manager, unit=cast.other_unit)
    leave(cast, cast.manager)
    given.refresh_from_db()
    theirs.refresh_from_db()
    assert (given.ended_by, theirs.ended_on, Managing.objects.count()) == (cast.administrator, None, 0)


def test_a_change_that_waits_is_withdrawn(cast: Cast) -> None:
    wanted = post(cast.unit, Role.LINE_MANAGER, name=cast.officer.full_name)
    entry = move_person(by=cast.administrator, person=cast.officer, post=wanted, reason=REASON, version=0)
    leave(cast, cast.officer)
    entry.refresh_from_db()
    assert entry.state == Posting.State.WITHDRAWN


def test_somebody_without_access_cannot_leave_again(cast: Cast) -> None:
    leave(cast, cast.officer)
    with pytest.raises(NotChanged, match="has no access already"):
        leave(cast, cast.officer)


def test_the_line_manager_is_told_and_hands_the_cases_over(cast: Cast) -> None:
    held = [make_case(cast.area, police_unit=cast.unit, police_officer=cast.officer) for _ in range(3)]
    leave(cast, cast.officer)
    told = Notice.objects.get(to=cast.manager, words__contains="has left")
    assert told.link == reverse("people:person", args=[cast.officer.pk])
    page = page_of(look(cast.manager, "hand_over", cast.officer.pk))
    assert [case.reference in page for case in held] == [True] * 3
    some = {"which": "some", "cases": str(held[0].key), "to": str(cast.colleague.pk), "reason": "Left"}
    assert send(cast.manager, "hand_over", cast.officer.pk, **some).status_code == 302
    assert Case.objects.filter(police_officer=cast.colleague).get() == held[0]
    rest = {"which": "all", "to": str(cast.colleague.pk), "reason": "Left"}
    assert send(cast.manager, "hand_over", cast.officer.pk, **rest).status_code == 302
    assert Case.objects.filter(police_officer=cast.colleague).count() == 3
    assert Event.objects.filter(verb="assign case").count() == 3
    assert Notice.objects.filter(to=cast.colleague, link=reverse("cases:mine")).count() == 2
    assert "No case is left to hand over" in page_of(look(cast.manager, "hand_over", cast.officer.pk))


def test_cases_go_to_nobody_outside_the_unit_and_not_to_nobody(cast: Cast) -> None:
    make_case(cast.area, police_unit=cast.unit, police_officer=cast.officer)
    outsider = {"which": "all", "to": str(cast.coordinator.pk), "reason": "Left"}
    assert "Select who takes them over" in page_of(send(cast.manager, "hand_over", cast.officer.pk, **outsider))
    none = {"which": "some", "to": str(cast.colleague.pk), "reason": "Left"}
    assert "Tick at least one case" in page_of(send(cast.manager, "hand_over", cast.officer.pk, **none))
    assert Case.objects.get().police_officer == cast.officer


def test_a_case_that_the_reader_may_not_open_is_neither_listed_nor_handed_over(cast: Cast) -> None:
    restricted = make_case(
        cast.area, police_unit=cast.unit, police_officer=cast.officer, restricted_contact=cast.colleague
    )
    assert restricted.reference not in page_of(look(cast.manager, "hand_over", cast.officer.pk))
    form = {"which": "some", "cases": str(restricted.key), "to": str(cast.colleague.pk), "reason": "Left"}
    assert send(cast.manager, "hand_over", cast.officer.pk, **form).status_code == 200
    assert Case.objects.get().police_officer == cast.officer


def test_the_coordinator_hands_over_to_another_unit_of_the_agency_and_a_line_manager_does_not(cast: Cast) -> None:
    make_case(cast.area, police_unit=cast.unit, police_officer=cast.officer)
    form = {"which": "all", "to": str(cast.other_manager.pk), "reason": "A smaller unit"}
    assert send(cast.manager, "hand_over", cast.officer.pk, **form).status_code == 200
    assert Case.objects.get().police_officer == cast.officer
    assert send(cast.coordinator, "hand_over", cast.officer.pk, **form).status_code == 302
    assert (Case.objects.get().police_officer, Case.objects.get().police_unit) == (cast.other_manager, cast.other_unit)


def test_an_administrator_sees_no_case_here_and_another_line_manager_no_person(cast: Cast) -> None:
    make_case(cast.area, police_unit=cast.unit, police_officer=cast.officer)
    assert look(cast.administrator, "hand_over", cast.officer.pk).status_code == 403
    assert look(cast.other_manager, "hand_over", cast.officer.pk).status_code == 404
    assert look(cast.coordinator, "hand_over", cast.officer.pk).status_code == 200


def test_coming_back_needs_two_people_and_a_new_code(cast: Cast) -> None:
    leave(cast, cast.officer)
    form = answers(cast.officer)
    assert send(cast.administrator, "come_back", cast.officer.pk, **form)["Location"].endswith("?done=asked")
    cast.officer.refresh_from_db()
    assert not cast.officer.is_active
    entry = last_entry(cast.officer)
    form = {"decision": "confirm", "version": str(version_of(cast.officer))}
    assert send(cast.manager, "decide", entry.pk, **form).status_code == 302
    cast.officer.refresh_from_db()
    assert (cast.officer.is_active, cast.officer.has_usable_password()) == (True, False)
    assert signed_in(cast.officer).get("/you/").status_code == 200
    with pytest.raises(NotChanged, match="You asked for this access"):
        make_code(by=cast.administrator, person=cast.officer)


def test_who_has_access_cannot_come_back(cast: Cast) -> None:
    page = page_of(send(cast.administrator, "come_back", cast.officer.pk, **answers(cast.officer)))
    assert "has access already" in page


def test_the_log_says_who_ended_it_and_how_many_sessions(cast: Cast) -> None:
    opened(cast.officer)
    leave(cast, cast.officer)
    event = Event.objects.get(verb="end access")
    assert (event.by_id, event.about["after"], event.about["sessions"]) == (cast.administrator.pk, None, 1)
    assert (event.about["before"]["role"], event.about["reason"]) == ("police_officer", REASON)
