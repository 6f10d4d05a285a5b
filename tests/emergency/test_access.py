"""Opening a case in an emergency: what it opens, for how long, who is told, and how misses are limited."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.errors import NotAllowed
from openmappa.accounts.models import Managing, User
from openmappa.audit.models import Event
from openmappa.cases.models import Case, Involvement, held, reach_of
from openmappa.core.access import Role
from openmappa.core.compartments import Compartment
from openmappa.core.involvement import InvolvementKind
from openmappa.emergency.errors import NoMatch, NotOpened, NotReviewed, SeveralMatch, TooManyMisses
from openmappa.emergency.models import BreakGlass, Emergency, Miss
from openmappa.emergency.queries import MISSES_AN_HOUR, waiting_for
from openmappa.emergency.services import end_emergency_access, open_in_emergency
from openmappa.notices.models import Notice
from openmappa.timeline.models import Fact
from tests.emergency.scene import REASON, Scene, a_case, a_scene, opened
from tests.timeline.build import give, make_area, make_person, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return a_scene()


def ask(by: User, number: str) -> BreakGlass | None:
    """Ask as a page does: what is refused is caught within the request, so that what was written down stays."""
    with as_person(by):
        try:
            return open_in_emergency(by=by, number=number, kind=Emergency.LIFE, reason=REASON).access
        except NotOpened as problem:
            refused = problem
    raise refused


def words_for(user: User) -> list[str]:
    return list(Notice.objects.filter(to=user).values_list("words", flat=True))


def test_the_case_opens_at_once_in_pages_and_in_the_database_and_for_eight_hours(scene: Scene) -> None:
    with as_person(scene.stranger):
        assert not Case.objects.exists()
        asked = open_in_emergency(by=scene.stranger, number=scene.case.reference, kind=Emergency.CHILD, reason=REASON)
        assert Case.objects.visible_to(scene.stranger).get() == scene.case == Case.objects.get()
        assert Fact.objects.count() == 1
    access = asked.access
    assert access is not None
    assert (
        access.until_at - access.from_at == timedelta(hours=8) == timedelta(hours=settings.OPENMAPPA_BREAK_GLASS_HOURS)
    )
    assert (access.reference, access.kind, access.reason) == (scene.case.reference, "child", REASON)
    assert (access.involvement.kind, access.involvement.person) == (InvolvementKind.BREAK_GLASS, scene.stranger)


def test_it_opens_that_case_and_no_other(scene: Scene) -> None:
    other = a_case()
    opened(scene.stranger, scene.case)
    with as_person(scene.stranger):
        assert list(Case.objects.values_list("pk", flat=True)) == [scene.case.pk]
        assert not Case.objects.visible_to(scene.stranger).filter(pk=other.pk).exists()


def test_when_its_time_is_over_the_case_is_closed_by_itself(scene: Scene) -> None:
    access = opened(scene.stranger, scene.case)
    past = timezone.now() - timedelta(hours=9)
    Involvement.objects.filter(pk=access.involvement_id).update(from_at=past, until_at=past + timedelta(hours=8))
    with as_person(scene.stranger):
        assert not Case.objects.exists()
        assert not Case.objects.visible_to(scene.stranger).exists()
        assert BreakGlass.objects.get().reference == scene.case.reference


def test_those_who_answer_for_the_case_are_told_at_once_by_reference_and_nobody_else(scene: Scene) -> None:
    second = make_person(Role.LINE_MANAGER, unit=make_unit(scene.case.area, "police", 9))
    Managing.objects.create(manager=second, unit=make_unit(scene.case.area, "probation"))
    make_person(Role.LINE_MANAGER, unit=make_unit(scene.case.area, "police", 8))
    access = opened(scene.stranger, scene.case)
    told = Notice.objects.filter(kind="emergency")
    assert {notice.to for notice in told} == {scene.manager, scene.coordinator, second}
    for notice in told:
        assert notice.words.startswith(
            f"Case {scene.case.reference} was opened in an emergency by a police officer of "
        )
        assert "Testcase" not in notice.words
        assert scene.stranger.full_name not in notice.words
        assert notice.link == f"/emergency-access/{access.pk}/"


def test_it_stands_in_the_log_with_who_what_and_what_kind_and_without_what_was_typed(scene: Scene) -> None:
    access = opened(scene.stranger, scene.case)
    event = Event.objects.get(verb="open in an emergency")
    assert (event.by_id, event.case_id, event.operation) == (scene.stranger.pk, scene.case.pk, "access")
    assert (event.about["break_glass"], event.about["kind"]) == (access.pk, "life")


def test_two_presses_of_one_button_are_one_access(scene: Scene) -> None:
    first, again = ask(scene.stranger, scene.case.reference), ask(scene.stranger, scene.case.reference)
    assert first == again
    assert (BreakGlass.objects.count(), Notice.objects.filter(kind="emergency").count()) == (1, 2)


def test_somebody_who_is_involved_needs_no_emergency(scene: Scene) -> None:
    with as_person(scene.manager):
        asked = open_in_emergency(by=scene.manager, number=scene.case.reference, kind=Emergency.LIFE, reason=REASON)
    assert (asked.case, asked.access, BreakGlass.objects.count()) == (scene.case, None, 0)


@pytest.mark.parametrize(
    "role", [Role.PARTNER_MEMBER, Role.SMB_MEMBER, Role.INSPECTOR, Role.ADMINISTRATOR, Role.AUDITOR]
)
def test_other_roles_have_no_emergency_access(scene: Scene, role: Role) -> None:
    with pytest.raises(NotAllowed):
        ask(make_person(role, area=make_area("eastmarch", "B")), scene.case.reference)
    assert not BreakGlass.objects.exists()


@pytest.mark.parametrize(
    "role",
    [Role.POLICE_OFFICER, Role.CASE_MANAGER, Role.LINE_MANAGER, Role.MAPPA_COORDINATOR, Role.VICTIM_CONTACT_OFFICER],
)
@pytest.mark.parametrize("is_restricted", [False, True])
def test_nobody_reaches_what_is_kept_about_victims_or_intelligence(
    scene: Scene, role: Role, is_restricted: bool
) -> None:
    if is_restricted:
        restrict(scene)
    person = make_person(role, area=make_area("eastmarch", "B"))
    opened(person, scene.case)
    case = Case.objects.get(pk=scene.case.pk)
    with as_person(person):
        reach = reach_of(person)
        assert not any(reach.opens(held(case), each) for each in (Compartment.VICTIM, Compartment.INTELLIGENCE))
        assert reach.opens(held(case), Compartment.OPEN)
        assert opens_in_the_database(case) == {each for each in Compartment if reach.opens(held(case), each)}


def test_a_line_manager_kept_from_a_restricted_case_gets_no_more_by_an_emergency_than_anybody(scene: Scene) -> None:
    restrict(scene)
    opened(scene.manager, scene.case)
    with as_person(scene.manager):
        case = Case.objects.get(pk=scene.case.pk)
        assert opens_in_the_database(case) == {Compartment.OPEN, Compartment.CONFIDENTIAL}
        reach = reach_of(scene.manager)
        assert not reach.opens(held(case), Compartment.VICTIM)


def restrict(scene: Scene) -> User:
    """Restrict the case to one other line manager."""
    keeper = make_person(Role.LINE_MANAGER, unit=make_unit(scene.case.area, "police"))
    give(scene.case, InvolvementKind.NAMED, person=keeper)
    Case.objects.filter(pk=scene.case.pk).update(
        restricted=True, restricted_contact=keeper, restricted_reason="A colleague's relative."
    )
    return keeper


def opens_in_the_database(case: Case) -> set[Compartment]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT each FROM unnest(%s::text[]) each WHERE access_opens(each, %s)",
            [[each.value for each in Compartment], case.pk],
        )
        return {Compartment(name) for (name,) in cursor.fetchall()}


def test_of_a_restricted_case_only_those_named_are_told_and_judge(scene: Scene) -> None:
    keeper = restrict(scene)
    opened(scene.stranger, scene.case)
    assert {notice.to for notice in Notice.objects.filter(kind="emergency")} == {keeper}
    with as_person(scene.manager):
        assert waiting_for(scene.manager) == 0
    with as_person(keeper):
        assert waiting_for(keeper) == 1


def test_a_miss_is_written_down_without_what_was_typed_and_counts(scene: Scene) -> None:
    with pytest.raises(NoMatch) as refused:
        ask(scene.stranger, "TST-99999")
    assert Miss.objects.count() == 1
    assert "You can try 4 more times within the hour" in str(refused.value)
    event = Event.objects.get(outcome="refused")
    assert (event.by_id, event.about) == (scene.stranger.pk, {"looked_by": "number", "fitting": 0, "looked": True})


def miss(by: User, times: int) -> None:
    for _ in range(times):
        with pytest.raises((NoMatch, TooManyMisses)):
            ask(by, "TST-99999")


def test_after_five_misses_nothing_is_looked_for_and_the_line_manager_is_told_once(scene: Scene) -> None:
    miss(scene.stranger, MISSES_AN_HOUR - 1)
    assert not Notice.objects.exists()
    with pytest.raises(TooManyMisses):
        ask(scene.stranger, "TST-99999")
    for _ in range(2):
        with pytest.raises(TooManyMisses) as refused:
            ask(scene.stranger, scene.case.reference)
        assert "You can try again from" in str(refused.value)
    assert (BreakGlass.objects.count(), Miss.objects.count()) == (0, MISSES_AN_HOUR)
    assert [notice.to for notice in Notice.objects.all()] == [scene.strangers_manager]
    assert "no case fitted" in words_for(scene.strangers_manager)[0]
    assert Event.objects.filter(outcome="refused").count() == MISSES_AN_HOUR + 2


def test_an_hour_after_the_first_of_five_misses_one_may_try_again(scene: Scene) -> None:
    miss(scene.stranger, MISSES_AN_HOUR)
    Miss.objects.update(at=timezone.now() - timedelta(minutes=61))
    assert ask(scene.stranger, scene.case.reference) is not None


def test_the_misses_of_one_are_not_counted_against_another(scene: Scene) -> None:
    miss(scene.stranger, MISSES_AN_HOUR)
    assert ask(make_person(Role.POLICE_OFFICER, area=scene.stranger.area), scene.case.reference) is not None


def test_where_two_fit_none_is_opened_and_it_is_no_miss(scene: Scene) -> None:
    twin = a_case()
    twin.person.crn = scene.case.person.crn
    twin.person.save()
    with pytest.raises(SeveralMatch):
        ask(scene.stranger, twin.person.crn)
    assert (BreakGlass.objects.count(), Miss.objects.count()) == (0, 0)
    assert Event.objects.filter(outcome="refused").count() == 1


def test_giving_it_back_closes_the_case_at_once_and_twice_is_once(scene: Scene) -> None:
    access = opened(scene.stranger, scene.case)
    for _ in range(2):
        with as_person(scene.stranger):
            end_emergency_access(by=scene.stranger, access=BreakGlass.objects.get(pk=access.pk))
            assert not Case.objects.exists()
    access.refresh_from_db()
    assert (access.is_open, access.ended_early, access.involvement.ended_by) == (False, True, scene.stranger)
    assert Event.objects.filter(verb="end involvement").count() == 1


def test_a_reviewer_ends_it_at_once_and_its_holder_is_told(scene: Scene) -> None:
    access = opened(scene.stranger, scene.case)
    with as_person(scene.coordinator):
        end_emergency_access(by=scene.coordinator, access=BreakGlass.objects.get(pk=access.pk))
    with as_person(scene.stranger):
        assert not Case.objects.exists()
    assert f"Your emergency access to case {scene.case.reference} was ended" in words_for(scene.stranger)[0]


def test_nobody_else_ends_it(scene: Scene) -> None:
    access = opened(scene.stranger, scene.case)
    colleague = make_person(Role.POLICE_OFFICER, unit=make_unit(scene.case.area, "police"))
    for person in (scene.strangers_manager, colleague):
        with as_person(person), pytest.raises(NotReviewed):
            end_emergency_access(by=person, access=access)
    assert BreakGlass.objects.get().is_open


def test_the_database_shows_it_to_its_holder_and_to_those_who_see_the_case(scene: Scene) -> None:
    opened(scene.stranger, scene.case)
    for person, expected in ((scene.stranger, 1), (scene.coordinator, 1), (scene.strangers_manager, 0), (None, 0)):
        with as_person(person):
            assert BreakGlass.objects.count() == expected
            assert Miss.objects.count() == 0


def test_the_database_refuses_emergency_access_given_to_somebody_else(scene: Scene) -> None:
    now = timezone.now()
    with as_person(scene.strangers_manager), pytest.raises(DatabaseError), transaction.atomic():
        Involvement.objects.create(
            case_id=scene.case.pk,
            kind=InvolvementKind.BREAK_GLASS,
            person=scene.stranger,
            from_at=now,
            until_at=now + timedelta(hours=8),
            reason=REASON,
        )
