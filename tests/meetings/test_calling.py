"""Calling a sitting: on one case or several, who is invited by itself, what stands in its way."""

import uuid
from datetime import timedelta

import pytest

from openmappa.accounts.errors import NotAllowed
from openmappa.audit.models import Event
from openmappa.cases.models import Case, Involvement
from openmappa.core.access import Role
from openmappa.core.involvement import InvolvementKind
from openmappa.meetings.errors import Clashes, NotCalled, SittingChanged
from openmappa.meetings.models.invitee import Invitee
from openmappa.meetings.models.sitting import Meeting, Sitting
from openmappa.meetings.services.calling import ToList, list_case, take_off_case
from openmappa.meetings.services.changing import cancel_sitting, move_sitting, name_people
from openmappa.meetings.words import InviteeKind
from openmappa.notices.models import Notice
from tests.meetings.build import a_coordinator, a_partner, an_agency, an_entry, called, done, elsewhere, soon
from tests.timeline.build import ago, give, make_area, make_case, make_person, write

pytestmark = pytest.mark.django_db


def names(meeting: Meeting) -> set[str]:
    return set(Invitee.objects.filter(meeting=meeting, withdrawn_at__isnull=True).values_list("name", flat=True))


def test_a_sitting_on_two_cases_gives_each_half_an_hour_one_after_the_other() -> None:
    by, first, second = a_coordinator(), make_case(), make_case()
    sitting = called(by, first, second)
    rows = [(row.case, row.number, row.starts_at, row.minutes) for row in sitting.meetings.order_by("number")]
    half = timedelta(minutes=30)
    assert rows == [(first, 1, soon(), 30), (second, 2, soon() + half, 30)]
    assert (sitting.starts_at, sitting.ends_at, sitting.version) == (soon(), soon() + 2 * half, 0)
    assert Event.objects.filter(verb="call sitting", case_ids=sorted([first.pk, second.pk])).count() == 1


def test_a_level_3_sitting_gives_a_case_an_hour() -> None:
    sitting = called(a_coordinator(), make_case(), level=3)
    assert sitting.ends_at - sitting.starts_at == timedelta(hours=1)


def test_core_members_of_the_level_and_the_cases_own_people_are_invited_by_themselves() -> None:
    officer, manager = elsewhere(Role.POLICE_OFFICER, "police"), elsewhere(Role.CASE_MANAGER, "probation")
    case = make_case(police_officer=officer, case_manager=manager)
    an_entry(post="Core at both", holder="Ann Both", core_at_2=True, core_at_3=True)
    an_entry(post="Core at 3", holder="Thea Three", core_at_3=True)
    an_entry(post="For some", holder="Sam Some")
    by = a_coordinator()
    at_two, at_three = called(by, case), called(by, case, level=3, starts_at=soon(9), despite_clashes=True)
    people = {by.full_name, officer.full_name, manager.full_name, "Ann Both"}
    assert names(at_two.meetings.get()) == people
    assert names(at_three.meetings.get()) == people | {"Thea Three"}


def test_a_post_whose_holder_has_left_is_not_invited() -> None:
    gone = a_partner()
    an_entry(agency=gone.agency, person=gone, holder="", core_at_2=True)
    gone.is_active = False
    gone.save()
    by = a_coordinator()
    assert names(called(by, make_case()).meetings.get()) == {by.full_name}


def test_a_post_chosen_for_one_case_is_invited_to_that_alone() -> None:
    by, first, second, entry = a_coordinator(), make_case(), make_case(), an_entry()
    sitting = called(by, first, cases=[ToList(first, "x", entries=[entry]), ToList(second, "x")])
    assert [names(row) - {by.full_name} for row in sitting.meetings.order_by("number")] == [{"Harriet Sample"}, set()]


def test_the_child_protection_unit_is_invited_where_somebody_says_why_there_is_a_risk_to_a_child() -> None:
    by, case = a_coordinator(), make_case()
    an_entry(post="Child protection unit", kind=InviteeKind.CHILD_PROTECTION, holder="Chris Unit", email="c@u.example")
    quiet = called(by, case).meetings.get()
    told = called(
        by,
        case,
        cases=[ToList(case, "x", child_why="A new partner has two sons")],
        starts_at=soon(9),
        despite_clashes=True,
    ).meetings.get()
    assert (quiet.concerns_child, "Chris Unit" in names(quiet)) == (False, False)
    assert (told.child_why, names(told)) == ("A new partner has two sons", {by.full_name, "Chris Unit"})


def test_the_victim_contact_officer_named_for_the_case_is_invited_and_otherwise_the_directorys() -> None:
    by, case, other = a_coordinator(), make_case(), make_case()
    named = elsewhere(Role.VICTIM_CONTACT_OFFICER, "probation")
    give(case, InvolvementKind.VICTIM_CONTACT, person=named)
    an_entry(post="Victim contact unit", kind=InviteeKind.VICTIM_CONTACT, holder="Vi Unit")
    write(other, "victim_contact_eligible", ago(3))
    first, second = called(by, case, other).meetings.order_by("number")
    assert (first.concerns_victim, second.concerns_victim) == (True, True)
    assert (names(first), names(second)) == ({by.full_name, named.full_name}, {by.full_name, "Vi Unit"})


def test_the_same_form_sent_twice_calls_one_sitting() -> None:
    by, case, token = a_coordinator(), make_case(), uuid.uuid4()
    first, second = (called(by, case, submission=token) for _ in range(2))
    assert (first, Sitting.objects.count(), Meeting.objects.count()) == (second, 1, 1)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"cases": []}, "Choose at least one case."),
        ({"place": ""}, "Write where it takes place, or the link to join it."),
        ({"minute_taker": "partner"}, "cannot take minutes: that takes somebody of police or probation."),
        ({"chair": "partner"}, "cannot chair: that takes a line manager or the MAPPA coordinator."),
    ],
)
def test_what_is_refused_says_what_to_do(changed: dict[str, object], words: str) -> None:
    changed = {name: a_partner() if value == "partner" else value for name, value in changed.items()}
    with pytest.raises(NotCalled, match=words):
        called(a_coordinator(), make_case(), **changed)
    assert Sitting.objects.count() == 0


def test_a_case_of_another_area_is_refused() -> None:
    case = make_case(make_area("eastmarch", "B"))
    with pytest.raises(NotCalled, match="belongs to Eastmarch: its own coordinator calls a meeting about it"):
        called(a_coordinator(), case, area=make_area())


@pytest.mark.parametrize("role", [Role.POLICE_OFFICER, Role.CASE_MANAGER, Role.PARTNER_MEMBER, Role.AUDITOR])
def test_who_may_not_call_meetings_is_refused(role: Role) -> None:
    with pytest.raises(NotAllowed):
        called(make_person(role), make_case(), chair=a_coordinator())


def test_a_room_a_chair_and_a_case_that_are_taken_are_said_and_can_be_accepted() -> None:
    by, case = a_coordinator(), make_case()
    called(by, case, room="Room 1")
    with pytest.raises(Clashes) as found:
        called(by, case, room="room 1", place="civic hall")
    room, chair, listed = found.value.sentences
    assert room.startswith("room 1, civic hall, is taken from ")
    assert chair.startswith(f"{by.full_name} chairs another sitting from ")
    assert listed.startswith(f"Case {case.reference} is on the list of another sitting already: Level 2, ")
    assert called(by, case, room="Room 1", despite_clashes=True).meetings.count() == 1


def test_a_sitting_that_begins_when_another_ends_clashes_with_nothing() -> None:
    by = a_coordinator()
    called(by, make_case(), room="Room 1")
    assert called(by, make_case(), room="Room 1", starts_at=soon() + timedelta(minutes=30)).pk


def test_a_case_added_comes_last_and_the_sitting_ends_later() -> None:
    by, case = a_coordinator(), make_case()
    sitting = called(by, make_case())
    meeting = done(by, list_case, sitting=sitting, case=case, why="An incident", minutes=45, version=0)
    sitting.refresh_from_db()
    assert (meeting.number, meeting.starts_at, sitting.version) == (2, soon() + timedelta(minutes=30), 1)
    assert sitting.ends_at == soon() + timedelta(minutes=75)
    with pytest.raises(NotCalled, match=f"Case {case.reference} is on the list of this sitting already."):
        done(by, list_case, sitting=sitting, case=case, why="Again")


def test_a_stale_page_is_noticed() -> None:
    by, sitting = a_coordinator(), called(a_coordinator(), make_case())
    done(by, list_case, sitting=sitting, case=make_case(), why="x")
    with pytest.raises(SittingChanged):
        done(by, list_case, sitting=sitting, case=make_case(), why="x", version=0)
    with pytest.raises(SittingChanged):
        done(by, cancel_sitting, sitting=sitting, reason="x", version=0)
    assert Meeting.objects.filter(taken_off_at__isnull=True).count() == 2


def test_a_case_taken_off_closes_itself_to_those_invited_and_tells_them() -> None:
    by, partner, case = a_coordinator(), a_partner(), make_case()
    an_entry(agency=partner.agency, person=partner, holder="", core_at_2=True)
    sitting = called(by, case, make_case())
    assert Case.objects.visible_to(partner).count() == 2
    done(by, take_off_case, meeting=sitting.meetings.get(case=case), reason="Recalled to prison")
    assert Case.objects.visible_to(partner).filter(pk=case.pk).count() == 0
    assert Notice.objects.filter(to=partner, words__startswith=f"Case {case.reference} was taken off").count() == 1
    with pytest.raises(NotCalled, match="taken off the list before"):
        done(by, take_off_case, meeting=sitting.meetings.get(case=case), reason="Again")


def test_a_move_tells_everybody_asks_anew_and_lengthens_what_is_open() -> None:
    by, partner = a_coordinator(), a_partner()
    an_entry(agency=partner.agency, person=partner, holder="", core_at_2=True)
    sitting = called(by, make_case())
    moved = done(by, move_sitting, sitting=sitting, starts_at=soon(14), place="Town Hall", version=0)
    row = Invitee.objects.get(person=partner)
    assert (moved.starts_at, row.meeting.starts_at, moved.version) == (soon(14), soon(14), 1)
    assert row.involvement is not None
    assert (row.reply, row.involvement.until_at) == ("", moved.ends_at + timedelta(days=21))
    given = Involvement.objects.filter(person=partner)
    assert sorted(one.ended_at is None for one in given) == [False, True]
    assert Notice.objects.filter(
        to=partner, words__contains="has moved: ", words__endswith="Say again whether you come."
    )


def test_a_cancelled_sitting_opens_nothing_any_more_and_says_why() -> None:
    by, partner = a_coordinator(), a_partner()
    an_entry(agency=partner.agency, person=partner, holder="", core_at_2=True)
    sitting = done(by, cancel_sitting, sitting=called(by, make_case()), reason="Snow")
    row = Meeting.objects.get()
    assert (sitting.is_cancelled, row.taken_off_reason) == (True, "The sitting was cancelled: Snow")
    assert Case.objects.visible_to(partner).count() == 0
    assert Notice.objects.filter(to=partner, words__startswith="Cancelled: a Level 2 MAPPA meeting").count() == 1
    with pytest.raises(NotCalled, match="This sitting was cancelled"):
        done(by, move_sitting, sitting=sitting, starts_at=soon(20), place="Hall")


def test_another_chair_is_invited_to_every_case() -> None:
    by, other = a_coordinator(), elsewhere(Role.LINE_MANAGER, "probation")
    sitting = done(by, name_people, sitting=called(by, make_case(), make_case()), chair=other, minute_taker=None)
    assert Invitee.objects.filter(person=other, post="Chair").count() == 2
    assert (sitting.chair, Case.objects.visible_to(other).count()) == (other, 2)


def test_an_agency_without_a_sign_in_can_be_core_too() -> None:
    an_entry(agency=an_agency("Health"), post="Psychiatrist", email="psychiatrist@health.example", core_at_2=True)
    meeting = called(a_coordinator(), make_case()).meetings.get()
    row = Invitee.objects.get(meeting=meeting, post="Psychiatrist")
    assert (row.person, row.involvement, row.email) == (None, None, "psychiatrist@health.example")
