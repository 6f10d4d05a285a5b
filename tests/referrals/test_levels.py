"""Deciding on a level: who, on what basis, what is kept, who is told."""

import uuid

import pytest

from openmappa.accounts.acting import as_person
from openmappa.accounts.errors import NotAllowed
from openmappa.accounts.models import User
from openmappa.audit.models import Event
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.core.involvement import InvolvementKind
from openmappa.notices.models import Notice
from openmappa.referrals.errors import NotDecided
from openmappa.referrals.models.levels import LevelDecision
from openmappa.referrals.queries.levels import level_3_cases, level_history
from openmappa.referrals.services.levels import decide_level
from openmappa.timeline.errors import ChangedMeanwhile
from openmappa.timeline.models import ChangeNotice, Fact, Standing
from tests.referrals.build import a_coordinator, a_partner, a_sergeant
from tests.timeline.build import ago, give, make_case, make_person, today, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    case = make_case(police_officer=make_person(Role.POLICE_OFFICER), case_manager=make_person(Role.CASE_MANAGER))
    write(case, "registered", ago(100))
    return case


def decided(by: User, case: Case, level: int = 2, category: int = 1, **more: object) -> LevelDecision:
    plain = {"on": today(), "reasons": "Agencies have to meet.", "meeting": None}
    with as_person(by):
        return decide_level(by=by, case=case, level=level, category=category, **(plain | more))  # type: ignore[arg-type]


def told(kind: str = "mappa_level") -> dict[str, str]:
    return {row.to.role: row.words for row in Notice.objects.filter(kind=kind).select_related("to")}


def test_the_coordinators_decision_sets_the_level_with_reasons_and_leaves_one_event_of_its_own(case: Case) -> None:
    coordinator = a_coordinator()
    decision = decided(coordinator, case)
    assert decision.fact is not None
    assert decision.fact.details == {"level": 2, "category": 1}
    assert (decision.basis, decision.level_before, decision.decided_by) == ("coordinator", None, coordinator)
    assert Standing.objects.get(case=case).mappa_level == 2
    assert Event.objects.filter(case_id=case.pk, verb="decide level").count() == 1


def test_a_line_manager_decides_by_a_meeting_and_by_nothing_else(case: Case) -> None:
    manager = a_sergeant()
    with pytest.raises(NotDecided, match="Refer the case to MAPPA"):
        decided(manager, case)
    assert not Fact.objects.filter(case=case, kind="mappa_level_set").exists()
    meeting = uuid.uuid4()
    decision = decided(manager, case, meeting=meeting)
    assert (decision.basis, decision.meeting) == ("meeting", meeting)


@pytest.mark.parametrize("role", [Role.POLICE_OFFICER, Role.CASE_MANAGER])
def test_officers_and_case_managers_decide_on_no_level(case: Case, role: Role) -> None:
    with pytest.raises(NotAllowed):
        decided(make_person(role), case, meeting=uuid.uuid4())


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"category": 3, "level": 1}, "Category 3 is for Level 2 or Level 3 only"),
        ({"reasons": " "}, "Give the reasons"),
    ],
)
def test_category_3_is_not_for_level_1_and_reasons_are_needed(case: Case, more: dict[str, object], said: str) -> None:
    with pytest.raises(NotDecided, match=said):
        decided(a_coordinator(), case, **more)  # type: ignore[arg-type]
    assert not LevelDecision.objects.exists()


def test_a_level_that_is_kept_is_a_decision_without_a_fact(case: Case) -> None:
    coordinator = a_coordinator()
    decided(coordinator, case)
    kept = decided(coordinator, case, reasons="Nothing has changed.")
    assert (kept.keeps, kept.level_before) == (True, 2)
    assert Fact.objects.filter(case=case, kind="mappa_level_set").count() == 1
    assert [line.step.value for line in level_history(case)] == ["kept", "first"]


def test_of_a_first_level_2_those_involved_hear_by_a_plain_notice_and_no_duty(case: Case) -> None:
    decided(a_coordinator(), case)
    assert set(told()) == {"police_officer", "case_manager"}
    assert f"Case {case.reference} is now managed by agencies together" in told()["case_manager"]
    assert not ChangeNotice.objects.filter(case=case).exists()


def test_a_first_level_1_tells_nobody(case: Case) -> None:
    decided(a_coordinator(), case, level=1)
    assert told() == {}


def test_a_change_is_told_as_any_other_and_to_an_invited_partner_by_reference_alone(case: Case) -> None:
    partner = a_partner()
    give(case, InvolvementKind.INVITED, person=partner)
    coordinator = a_coordinator()
    decided(coordinator, case)
    decided(coordinator, case, level=3)
    changed = ChangeNotice.objects.get(case=case)
    assert (changed.before, changed.after) == ("2", "3")
    theirs = Notice.objects.filter(to=partner)
    assert theirs.count() == 2
    assert {row.words for row in theirs} == {
        f"The MAPPA level of case {case.reference}, which you are invited to, was decided."
    }


def test_the_same_form_sent_twice_is_one_decision(case: Case) -> None:
    coordinator, token = a_coordinator(), uuid.uuid4()
    first, second = (decided(coordinator, case, submission=token) for _ in range(2))
    assert first == second
    assert LevelDecision.objects.count() == 1
    with pytest.raises(NotDecided, match="sent before with other answers"):
        decided(coordinator, case, level=3, submission=token)


def test_a_stale_page_is_noticed(case: Case) -> None:
    case.refresh_from_db()
    seen = case.version
    write(case, "significant_incident", ago(1))
    with pytest.raises(ChangedMeanwhile):
        decided(a_coordinator(), case, version=seen)
    assert not LevelDecision.objects.exists()


def test_what_an_import_brought_stands_in_the_history_too(case: Case) -> None:
    Fact.objects.create(
        case=case, kind="mappa_level_set", on=ago(50), details={"level": 1, "category": 1}, recorded_on=ago(50)
    )
    decided(a_coordinator(), case)
    lines = level_history(case)
    assert [(line.level, line.step.value, line.decision is None) for line in lines] == [
        (2, "raised", False),
        (1, "first", True),
    ]


def test_the_cases_at_level_3_are_those_of_the_area_that_one_sees(case: Case) -> None:
    coordinator = a_coordinator()
    decided(coordinator, case, level=3)
    with as_person(coordinator):
        assert list(level_3_cases(coordinator, case.area)) == [case]
    stranger = a_partner()
    with as_person(stranger):
        assert list(level_3_cases(stranger, case.area)) == []
