"""Moving: what is taken away holds at the very next request, what gives more waits, and two at once are noticed."""

import pytest
from django.urls import reverse

from openmappa.accounts.models import Cover, Managing, User
from openmappa.audit.models import Event
from openmappa.core.access import Rank, Role
from openmappa.people.errors import ChangedMeanwhile, NotChanged
from openmappa.people.queries.history import version_of
from openmappa.people.services.limits import NotYours
from openmappa.people.services.posts import Post, confirm, move_person
from tests.people.cast import REASON, Cast, answers, last_entry, look, make_cast, opened, page_of, post, send
from tests.timeline.build import ago, make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def test_who_is_moved_to_another_unit_is_refused_the_old_units_cases_at_the_next_request(cast: Cast) -> None:
    case = make_case(cast.area, police_unit=cast.unit)
    browser = opened(cast.officer)
    front_sheet = reverse("timeline:front_sheet", kwargs={"key": case.key})
    assert browser.get(front_sheet).status_code == 200
    moved = send(cast.administrator, "move", cast.officer.pk, **answers(cast.officer, unit=str(cast.other_unit.pk)))
    assert moved["Location"].endswith("?done=moved")
    assert browser.get(front_sheet).status_code == 404


def test_who_becomes_an_officer_again_no_longer_opens_what_a_line_manager_does(cast: Cast) -> None:
    browser = opened(cast.manager)
    assert browser.get(reverse("people:list")).status_code == 200
    form = answers(cast.manager, role="police_officer", rank="constable")
    assert send(cast.administrator, "move", cast.manager.pk, **form).status_code == 302
    assert browser.get(reverse("people:list")).status_code == 403


def test_what_gives_more_waits_and_until_then_they_keep_what_they_have(cast: Cast) -> None:
    browser = opened(cast.officer)
    form = answers(cast.officer, role="line_manager", rank="sergeant")
    assert send(cast.administrator, "move", cast.officer.pk, **form)["Location"].endswith("?done=asked")
    assert browser.get(reverse("people:list")).status_code == 403
    entry = last_entry(cast.officer)
    page = page_of(look(cast.manager, "decide", entry.pk))
    assert "Police officer" in page
    assert "Countersign an RM2000" in page
    confirm(by=cast.manager, entry=entry, version=version_of(cast.officer))
    assert browser.get(reverse("people:list")).status_code == 200


def test_a_second_change_waits_for_the_decision_on_the_first(cast: Cast) -> None:
    for _ in range(2):
        form = answers(cast.officer, role="line_manager", rank="sergeant")
        answer = send(cast.administrator, "move", cast.officer.pk, **form)
    assert "waits for a second person. Have that decided first" in page_of(answer)


def test_a_new_name_needs_nobody_else(cast: Cast) -> None:
    send(cast.administrator, "move", cast.officer.pk, **answers(cast.officer, full_name="Officer Sample Married"))
    cast.officer.refresh_from_db()
    assert cast.officer.full_name == "Officer Sample Married"
    assert last_entry(cast.officer).changes == [
        ("Name", last_entry(cast.officer).name_before, "Officer Sample Married")
    ]


def test_a_form_that_changes_nothing_is_refused(cast: Cast) -> None:
    answer = send(cast.administrator, "move", cast.officer.pk, **answers(cast.officer))
    assert "Nothing here is different from what they have" in page_of(answer)


def test_nobody_changes_their_own_role_nor_somebodys_of_another_agency(cast: Cast) -> None:
    own = Post.of(cast.administrator)
    with pytest.raises(NotYours, match="Nobody changes their own access"):
        move_person(by=cast.administrator, person=cast.administrator, post=own, reason=REASON, version=0)
    with pytest.raises(NotYours, match="belongs to another agency"):
        move_person(by=cast.administrator, person=cast.partner, post=own, reason=REASON, version=0)
    assert look(cast.administrator, "move", cast.administrator.pk).status_code == 403
    assert look(cast.administrator, "move", cast.partner.pk).status_code == 404


def test_two_administrators_at_once_see_what_the_other_did_and_nothing_is_lost(cast: Cast) -> None:
    stale = answers(cast.officer, rank="sergeant")
    send(cast.second, "move", cast.officer.pk, **answers(cast.officer, unit=str(cast.other_unit.pk)))
    page = page_of(send(cast.administrator, "move", cast.officer.pk, **stale))
    assert "This person’s access has changed since you opened this page" in page
    assert f"{cast.second.full_name} moved: unit from “Unit 1” to “Unit 2”" in page
    assert '<option value="sergeant" selected' in page
    assert 'name="accept_version" value="1"' in page
    cast.officer.refresh_from_db()
    assert (cast.officer.rank, cast.officer.unit) == ("constable", cast.other_unit)
    accepted = send(cast.administrator, "move", cast.officer.pk, **(stale | {"accept_version": "1"}))
    assert accepted.status_code == 302
    cast.officer.refresh_from_db()
    assert (cast.officer.rank, cast.officer.unit) == ("sergeant", cast.unit)


def test_the_service_refuses_a_version_that_is_not_the_present_one(cast: Cast) -> None:
    with pytest.raises(ChangedMeanwhile):
        move_person(by=cast.administrator, person=cast.officer, post=post(cast.unit), reason=REASON, version=3)


def test_cover_that_was_arranged_for_the_old_post_ends_with_it(cast: Cast) -> None:
    days = {"from_on": ago(1), "until_on": ago(-9), "reason": "Leave", "arranged_by": cast.manager}
    theirs = Cover.objects.create(absent=cast.officer, covering=cast.colleague, **days)
    given = Cover.objects.create(absent=cast.colleague, covering=cast.officer, **days)
    other = Cover.objects.create(absent=cast.colleague, covering=cast.manager, **days)
    send(cast.administrator, "move", cast.officer.pk, **answers(cast.officer, unit=str(cast.other_unit.pk)))
    ended = {cover.pk: cover.ended_on is not None for cover in Cover.objects.all()}
    assert ended == {theirs.pk: True, given.pk: True, other.pk: False}


def test_a_new_rank_alone_ends_no_cover(cast: Cast) -> None:
    days = {"from_on": ago(1), "until_on": ago(-9), "reason": "Leave", "arranged_by": cast.manager}
    cover = Cover.objects.create(absent=cast.officer, covering=cast.colleague, **days)
    send(cast.administrator, "move", cast.officer.pk, **answers(cast.officer, rank="sergeant"))
    cover.refresh_from_db()
    assert cover.ended_on is None


def test_who_is_no_longer_a_line_manager_manages_no_further_unit(cast: Cast) -> None:
    Managing.objects.create(manager=cast.manager, unit=cast.other_unit)
    send(cast.administrator, "move", cast.manager.pk, **answers(cast.manager, role="police_officer"))
    assert not Managing.objects.exists()


def test_somebody_without_access_is_not_moved(cast: Cast) -> None:
    User.objects.filter(pk=cast.officer.pk).update(is_active=False)
    with pytest.raises(NotChanged, match="Let them come back instead"):
        move_person(by=cast.administrator, person=cast.officer, post=post(cast.unit), reason=REASON, version=0)


def test_a_coordinator_without_a_unit_belongs_to_an_area(cast: Cast) -> None:
    form = answers(cast.coordinator, rank="none", unit="")
    assert "Choose an area: a MAPPA coordinator" in page_of(
        send(cast.administrator, "move", cast.coordinator.pk, **form)
    )
    assert (
        send(cast.administrator, "move", cast.coordinator.pk, **(form | {"area": str(cast.area.pk)})).status_code == 302
    )


def test_the_log_has_what_was_before_and_after(cast: Cast) -> None:
    send(cast.administrator, "move", cast.officer.pk, **answers(cast.officer, unit=str(cast.other_unit.pk)))
    event = Event.objects.get(verb="move person")
    assert (event.operation, event.by_id, event.about["person"]) == ("access", cast.administrator.pk, cast.officer.pk)
    assert (event.about["before"]["unit"], event.about["after"]["unit"]) == (cast.unit.code, cast.other_unit.code)
    assert event.about["reason"] == REASON


def test_a_line_manager_who_is_promoted_to_sign_needs_a_second_person(cast: Cast) -> None:
    User.objects.filter(pk=cast.other_manager.pk).update(rank=Rank.CONSTABLE)
    cast.other_manager.refresh_from_db()
    wanted = post(cast.other_unit, Role.LINE_MANAGER, name=cast.other_manager.full_name, rank=Rank.SERGEANT)
    entry = move_person(by=cast.administrator, person=cast.other_manager, post=wanted, reason=REASON, version=0)
    assert entry.is_waiting
