"""A list of the cases of a day, a sample drawn from it, and what opens to whom by it."""

import json
from hashlib import sha256

import pytest
from django.db import DatabaseError, transaction

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Rank, Role
from openmappa.core.inspection.sample import Rules, is_true
from openmappa.core.inspection.traits import Strata, Whom
from openmappa.core.involvement import InvolvementKind
from openmappa.core.standards.state import state
from openmappa.samples.errors import NotDrawn
from openmappa.samples.models import CaseList, DrawnSample, Exercise, Ground, ListedCase, SampledCase
from openmappa.samples.queries import (
    draw_of,
    drawn_again,
    drawn_of,
    frame_of,
    kinds_in,
    sample_of,
    sampled_cases,
    traits_in,
)
from openmappa.samples.services.drawing import draw_cases, list_cases, name_as_joint_work, replace_sampled
from openmappa.samples.services.exercises import begin_exercise, end_exercise, let_go, let_work
from openmappa.timeline.queries.facts import core_facts
from tests.samples.build import (
    SEED,
    begun,
    drawn,
    inspector,
    listed,
    managed_case,
    managed_cases,
    put,
    seen_by,
)
from tests.timeline.build import ago, make_area, make_case, make_person

pytestmark = pytest.mark.django_db


def traits_of(case_list: CaseList, case: Case) -> dict[str, str] | None:
    """The traits under which a case stands on a list."""
    key = sha256(json.dumps([str(case.key), case_list.exercise.on.isoformat()], separators=(",", ":")).encode())
    row = ListedCase.objects.filter(case_list=case_list, key=key.hexdigest()[:12]).first()
    return row and row.traits


def test_the_list_has_each_case_as_it_was_known_on_the_day() -> None:
    on = ago(20)
    then = managed_case(level=2, sex="female")
    put(then, "harm_level_set", ago(95), level="medium")
    put(then, "order_started", ago(60), order="licence")
    put(then, "oasys_completed", ago(50), stage="start", harm="high")
    put(then, "harm_level_set", ago(30), level="low")
    put(then, "mappa_level_set", ago(10), level=3, category=1)  # after the day
    put(then, "harm_level_set", ago(25), known=ago(5), level="very_high")  # not known yet
    closed, unknown, elsewhere = managed_case(), make_case(), managed_case(make_area("eastmarch", "B"))
    put(closed, "case_closed", ago(40))
    put(unknown, "registered", ago(30), known=ago(3))
    ended = managed_case()
    put(ended, "registration_ended", ago(21))
    who = inspector()
    found = listed(who, begun(who, on=on))
    assert found.size == 1
    assert traits_of(found, then) == {
        "ethnicity": "white_british",
        "sex": "female",
        "mappa": "yes",
        "level": "2",
        "licence": "yes",
        "high_harm": "no",
        "high_harm_at_start": "yes",
        "child_protection": "no",
    }
    assert [traits_of(found, case) for case in (closed, unknown, elsewhere, ended)] == [None] * 4
    known = state(core_facts(then).facts, on, on)
    assert (known.harm, known.mappa_level, known.order, known.supervised) == ("low", 2, "licence", True)
    with as_person(who):
        frame = frame_of(found)
    assert (frame.on, frame.digest, frame.sizes) == (on, found.digest, {"Northshire": 1})


def test_whom_the_list_is_of_and_what_is_drawn_apart() -> None:
    supervised, at_level_1, at_level_3 = make_case(), managed_case(level=1), managed_case(level=3)
    put(supervised, "order_started", ago(60), order="community_order")
    who = inspector()
    exercise = begun(who)
    sizes = {whom: listed(who, exercise, whom).size for whom in Whom}
    assert sizes == {Whom.MANAGED: 3, Whom.SUPERVISED: 1, Whom.REGISTERED: 2, Whom.MAPPA: 2}
    with as_person(who):
        assert frame_of(listed(who, exercise, strata=Strata.LEVEL)).sizes == {"Level 1": 1, "Level 3": 1, "No level": 1}
    assert at_level_1.pk != at_level_3.pk


def test_a_drawn_sample_is_drawn_again_by_anybody_and_opens_to_who_works_on_it_alone() -> None:
    cases = managed_cases(15)
    who, other, apart = inspector(), inspector(), inspector()
    exercise = begun(who)
    sample = drawn(who, exercise, size=4, represent=("mappa",))
    with as_person(who):
        let_work(by=who, exercise=exercise, person=other)
        made, frame = draw_of(sample), frame_of(sample.case_list)
        assert is_true(frame, made)
        assert drawn_again(sample).is_true
        there = {row.case_id for row in sampled_cases(sample)}
        assert [kind.on_licence for kind in kinds_in(sample).values()] == [False] * 4
        assert {traits["mappa"] for traits in traits_in(sample).values()} == {"yes", "no"}
    assert len(there) == 4
    assert seen_by(who, cases) == seen_by(other, cases) == there
    assert seen_by(apart, cases) == set()
    with as_person(apart):
        assert (ListedCase.objects.count(), SampledCase.objects.count(), drawn_of(exercise)) == (0, 0, None)
    with as_person(make_person(Role.MAPPA_COORDINATOR)):
        assert drawn_again(sample).is_true  # the area may draw again
    with as_person(make_person(Role.MAPPA_COORDINATOR, area=make_area("eastmarch", "B"))):
        assert (ListedCase.objects.count(), drawn_of(exercise)) == (0, None)


def test_a_replaced_case_closes_and_its_reserve_opens() -> None:
    cases = managed_cases(9)
    who = inspector()
    sample = drawn(who, begun(who), size=3)
    before = seen_by(who, cases)
    with as_person(who):
        key = sampled_cases(sample)[0].key
        gone = SampledCase.objects.get(sample=sample, key=key).case_id
        replace_sampled(by=who, drawn=sample, key=key, ground=Ground.LINKED, words="Chaired a meeting on it")
        members = sample_of(sample).members()
        assert key not in members
        assert {row.key for row in sampled_cases(sample)} == set(members)
    after = seen_by(who, cases)
    assert (len(before), len(after)) == (3, 3)
    assert before - after == {gone}
    with as_person(who), pytest.raises(NotDrawn, match="not in the sample"):
        replace_sampled(by=who, drawn=sample, key=key, ground=Ground.LINKED)
    with as_person(who), pytest.raises(NotDrawn, match="Say why"):
        replace_sampled(by=who, drawn=sample, key=next(iter(members)), ground=Ground.OTHER)


def test_leaving_or_ending_closes_what_was_given_and_nothing_that_was_given_otherwise() -> None:
    cases = managed_cases(6)
    who, other = inspector(), inspector()
    first, second = begun(who), begun(who)
    for exercise in (first, second):
        with as_person(who):
            member = let_work(by=who, exercise=exercise, person=other)
    drawn(who, first, size=6)
    drawn(who, second, size=2)
    with as_person(who):
        let_go(by=who, member=member)
    assert (len(seen_by(who, cases)), len(seen_by(other, cases))) == (6, 6)
    with as_person(who):
        end_exercise(by=who, exercise=first)
        with pytest.raises(NotDrawn, match="has ended"):
            let_work(by=who, exercise=first, person=inspector())
    assert (len(seen_by(who, cases)), len(seen_by(other, cases))) == (2, 0)
    with as_person(who):
        assert drawn_again(first.drawn).is_true
        lead = second.members.get(leads=True)
        with pytest.raises(NotDrawn, match="Nobody would be left"):
            let_go(by=who, member=lead)


def test_joint_work_is_named_for_one_area_up_to_six_and_goes_with_a_case() -> None:
    managed_cases(12)
    who, coordinator = inspector(), make_person(Role.MAPPA_COORDINATOR)
    sample = drawn(who, begun(who), size=10)
    keys = sorted(draw_of(sample).keys)
    with as_person(coordinator):
        name_as_joint_work(by=coordinator, drawn=sample, stratum="Northshire", keys=keys[:3])
        name_as_joint_work(by=coordinator, drawn=sample, stratum="Northshire", keys=keys[1:4])
        assert sample_of(sample).joint == frozenset(keys[1:4])
        with pytest.raises(NotDrawn, match="up to 6"):
            name_as_joint_work(by=coordinator, drawn=sample, stratum="Northshire", keys=keys[:7])
    with as_person(who):
        replace_sampled(by=who, drawn=sample, key=keys[1], ground=Ground.NO_FILES)
        assert sample_of(sample).joint == frozenset(keys[2:4])


def test_an_area_draws_from_its_own_cases_and_a_board_member_opens_them_as_an_audit() -> None:
    cases = managed_cases(4)
    manager = make_person(Role.LINE_MANAGER, rank=Rank.SERGEANT, area=make_area("eastmarch", "B"))
    with as_person(manager), transaction.atomic():
        exercise = begin_exercise(by=manager, purpose=InvolvementKind.INSPECTION, on=ago(1), areas=[make_area()])
        with pytest.raises(DatabaseError, match="not to be made by"), transaction.atomic():
            list_cases(by=manager, exercise=exercise, whom=Whom.MANAGED)
    member, coordinator = make_person(Role.SMB_MEMBER), make_person(Role.MAPPA_COORDINATOR)
    own = begun(coordinator, purpose=InvolvementKind.AUDIT)
    with as_person(coordinator):
        let_work(by=coordinator, exercise=own, person=member)
        with pytest.raises(NotDrawn, match="cannot be given"):
            let_work(by=coordinator, exercise=own, person=make_person(Role.POLICE_OFFICER))
    drawn(coordinator, own, size=2)
    assert len(seen_by(member, cases)) == 2


def test_a_list_and_a_draw_are_made_once_and_say_what_they_lack() -> None:
    who = inspector()
    exercise = begun(who)
    with as_person(who):
        with pytest.raises(NotDrawn, match="No such case"), transaction.atomic():
            list_cases(by=who, exercise=exercise, whom=Whom.MANAGED)
        with pytest.raises(NotDrawn, match="no list"):
            draw(who, exercise)
    managed_cases(3)
    listed(who, exercise)
    with as_person(who):
        with pytest.raises(NotDrawn, match="Enter the seed"):
            draw(who, exercise, seed=" ")
        with pytest.raises(NotDrawn, match="4 cases cannot be drawn from 3"):
            draw(who, exercise)
    drawn(who, exercise, size=2)
    with as_person(who):
        for deed in (lambda: draw(who, exercise), lambda: list_cases(by=who, exercise=exercise, whom=Whom.MANAGED)):
            with pytest.raises(NotDrawn, match="is drawn"):
                deed()
    with pytest.raises(NotDrawn, match="today or in the past"):
        begun(who, on=ago(-1))


def draw(who: User, exercise: Exercise, seed: str = SEED) -> DrawnSample:
    return draw_cases(by=who, exercise=exercise, seed=seed, seed_from="A letter", rules=Rules(4))
