"""Judging emergency access: by whoever answers for the case, once, never by whoever had it, with words."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.errors import NotAllowed
from openmappa.accounts.models import Cover, User
from openmappa.audit.models import Event
from openmappa.audit.services import log
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.core.involvement import InvolvementKind
from openmappa.emergency.errors import NotReviewed
from openmappa.emergency.models import BreakGlass, Outcome
from openmappa.emergency.queries import looked_at, review_queue, waiting_for
from openmappa.emergency.services import judge
from openmappa.notices.models import Notice
from tests.emergency.scene import Scene, a_case, a_scene, opened
from tests.timeline.build import ago, give, make_area, make_person, make_unit

pytestmark = pytest.mark.django_db

WORDS = "He was in custody that night."


@pytest.fixture
def scene() -> Scene:
    return a_scene()


@pytest.fixture
def access(scene: Scene) -> BreakGlass:
    return opened(scene.stranger, scene.case)


def judged(by: User, access: BreakGlass, outcome: Outcome = Outcome.JUSTIFIED, words: str = WORDS) -> BreakGlass:
    with as_person(by):
        return judge(by=by, access=access, outcome=outcome, words=words)


def count_for(user: User) -> int:
    with as_person(user):
        return waiting_for(user)


def test_it_waits_for_those_who_answer_for_the_case_until_somebody_judged_it(scene: Scene, access: BreakGlass) -> None:
    assert (count_for(scene.manager), count_for(scene.coordinator)) == (1, 1)
    judged(scene.manager, access)
    assert (count_for(scene.manager), count_for(scene.coordinator)) == (0, 0)
    row = BreakGlass.objects.get()
    assert (row.judged_by, row.outcome, row.words) == (scene.manager, "justified", WORDS)


def test_it_waits_for_nobody_else(scene: Scene, access: BreakGlass) -> None:
    officer = make_person(Role.POLICE_OFFICER, unit=make_unit(scene.case.area, "police"))
    elsewhere = make_person(Role.LINE_MANAGER, unit=make_unit(scene.case.area, "police", 2))
    auditor = make_person(Role.AUDITOR, area=scene.case.area)
    for person in (scene.stranger, scene.strangers_manager, officer, elsewhere, auditor):
        assert count_for(person) == 0


def test_a_line_manager_who_covers_for_another_reviews_in_their_place(scene: Scene, access: BreakGlass) -> None:
    other = make_person(Role.LINE_MANAGER, unit=make_unit(scene.case.area, "police", 2))
    Cover.objects.create(
        absent=scene.manager,
        covering=other,
        from_on=ago(1),
        until_on=ago(-1),
        reason="Leave",
        arranged_by=scene.manager,
    )
    assert count_for(other) == 1


def test_a_line_manager_who_was_only_given_the_case_judges_nothing(scene: Scene, access: BreakGlass) -> None:
    invited = make_person(Role.LINE_MANAGER, area=make_area("westmarch", "C"))
    give(scene.case, InvolvementKind.INVITED, person=invited)
    in_an_emergency = scene.strangers_manager
    opened(in_an_emergency, scene.case)
    for person in (invited, in_an_emergency):
        assert count_for(person) == 0
        with pytest.raises(NotReviewed):
            judged(person, access)


def test_nobody_judges_their_own_access(scene: Scene) -> None:
    """A line manager kept from a restricted case of their own unit opens it in an emergency."""
    keeper = make_person(Role.LINE_MANAGER, unit=make_unit(scene.case.area, "police"))
    give(scene.case, InvolvementKind.NAMED, person=keeper)
    Case.objects.filter(pk=scene.case.pk).update(
        restricted=True, restricted_contact=keeper, restricted_reason="A colleague's relative."
    )
    own = opened(scene.manager, scene.case)
    assert (count_for(scene.manager), count_for(keeper)) == (0, 1)
    with pytest.raises(NotReviewed):
        judged(scene.manager, own)
    with pytest.raises(DatabaseError), transaction.atomic():
        BreakGlass.objects.filter(pk=own.pk).update(
            judged_by=scene.manager, judged_at=timezone.now(), outcome="justified", words=WORDS
        )


def test_roles_without_the_right_are_refused(scene: Scene, access: BreakGlass) -> None:
    with pytest.raises(NotAllowed):
        judged(make_person(Role.POLICE_OFFICER, unit=make_unit(scene.case.area, "police")), access)


def test_it_is_judged_once(scene: Scene, access: BreakGlass) -> None:
    judged(scene.manager, access)
    with pytest.raises(NotReviewed, match="Somebody else has judged this meanwhile"):
        judged(scene.coordinator, access, Outcome.NOT_JUSTIFIED)
    assert BreakGlass.objects.get().outcome == "justified"


def test_whoever_had_it_is_told_what_was_thought_and_the_log_has_it(scene: Scene, access: BreakGlass) -> None:
    judged(scene.coordinator, access, Outcome.SHOULD_BE_INVOLVED)
    notice = Notice.objects.get(kind="emergency_judged")
    assert (notice.to, notice.words) == (
        scene.stranger,
        f"Your emergency access to case {scene.case.reference} was judged: "
        "justified, but they should have been involved already.",
    )
    event = Event.objects.get(verb="judge emergency access")
    assert (event.by_id, event.case_id, event.about["outcome"]) == (
        scene.coordinator.pk,
        scene.case.pk,
        "should_be_involved",
    )
    assert not Notice.objects.filter(kind="emergency_not_justified").exists()


def test_what_was_not_justified_ends_and_is_told_to_the_line_manager_and_the_auditor(
    scene: Scene, access: BreakGlass
) -> None:
    auditor = make_person(Role.AUDITOR, area=scene.stranger.area)
    make_person(Role.AUDITOR, area=scene.case.area)
    judged(scene.manager, access, Outcome.NOT_JUSTIFIED, "He is their neighbour.")
    assert {notice.to for notice in Notice.objects.filter(kind="emergency_not_justified")} == {
        scene.strangers_manager,
        auditor,
    }
    with as_person(scene.stranger):
        assert not Case.objects.exists()
    assert "neighbour" not in " ".join(Notice.objects.values_list("words", flat=True))


def test_the_queue_has_the_oldest_first_and_then_what_was_judged(scene: Scene, access: BreakGlass) -> None:
    second = opened(make_person(Role.CASE_MANAGER, area=scene.stranger.area), scene.case)
    third = opened(scene.strangers_manager, scene.case)
    judged(scene.manager, second)
    with as_person(scene.coordinator):
        assert review_queue(scene.coordinator) == ([access, third], [second])


def test_what_was_looked_at_is_that_case_by_that_person_in_that_time(scene: Scene, access: BreakGlass) -> None:
    other = a_case()
    with as_person(scene.stranger):
        log(by=scene.stranger, verb="read timeline", case_id=scene.case.pk, operation="consultation")
        log(by=scene.stranger, verb="read list", case_ids=[scene.case.pk, other.pk], operation="consultation")
        log(by=scene.stranger, verb="read another", case_id=other.pk, operation="consultation")
    with as_person(scene.manager):
        log(by=scene.manager, verb="read by the manager", case_id=scene.case.pk, operation="consultation")
        verbs = [event.verb for event in looked_at(access)]
    assert verbs == ["open in an emergency", "read timeline", "read list"]


def test_what_was_looked_at_is_for_reviewers_only(scene: Scene, access: BreakGlass) -> None:
    officer = make_person(Role.POLICE_OFFICER, unit=make_unit(scene.case.area, "police"))
    for person in (scene.stranger, scene.strangers_manager, officer, None):
        with as_person(person):
            assert looked_at(access) == []
    with as_person(scene.coordinator):
        assert looked_at(access) != []


def test_what_was_looked_at_stops_where_the_access_stopped(scene: Scene, access: BreakGlass) -> None:
    earlier = timezone.now() - timedelta(hours=1)
    access.involvement.from_at, access.involvement.ended_at = earlier - timedelta(hours=1), earlier
    access.involvement.save()
    BreakGlass.objects.filter(pk=access.pk).update(from_at=earlier - timedelta(hours=1))
    with as_person(scene.manager):
        assert looked_at(access) == []
