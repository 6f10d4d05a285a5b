"""Opening an inspection, who works on it, what is logged and told; versions of frameworks."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from openmappa.accounts.acting import as_person
from openmappa.accounts.errors import NotAllowed
from openmappa.accounts.models import User
from openmappa.audit.models import Event
from openmappa.core.access import Role
from openmappa.core.inspection import framework_editing as editing
from openmappa.core.inspection.framework_changes import Change, changed_questions
from openmappa.inspections.errors import NotInspected, NotSaved, NotTheirs
from openmappa.inspections.models import FrameworkDraft, FrameworkVersion, Inspection, Kind
from openmappa.inspections.queries.frameworks import (
    framework_in,
    framework_of,
    latest_versions,
    may_add_to,
    shipped,
    version_of,
    versions,
)
from openmappa.inspections.queries.inspections import (
    kinds_of_cases,
    may_assess,
    names_joint_work_of,
    people_to_add,
    sample_of,
    sampled_cases,
    works_on,
)
from openmappa.inspections.services.frameworks import discard_draft, save_draft, save_framework_version, start_draft
from openmappa.inspections.services.inspecting import (
    add_member,
    close_inspection,
    make_lead,
    open_inspection,
    publish_inspection,
    remove_member,
)
from openmappa.inspections.services.sampling import name_joint_work, replace_case
from openmappa.notices.models import Notice
from openmappa.samples.models import Ground
from openmappa.samples.queries import drawn_of, members_of
from tests.inspections.build import chief, drawn, inspector, joined, opened
from tests.samples.build import managed_cases, seen_by
from tests.timeline.build import ago, make_area, make_person

pytestmark = pytest.mark.django_db


def told(person: User) -> list[str]:
    return list(Notice.objects.filter(to=person, kind="inspection").values_list("words", flat=True))


def logged(verb: str) -> Event:
    return Event.objects.filter(verb=verb).latest("id")


def test_an_inspection_from_opening_to_closing_opens_its_sample_and_closes_it_again() -> None:
    coordinator, lead, other = make_person(Role.MAPPA_COORDINATOR), inspector(), inspector()
    cases = managed_cases(8)
    row = opened(lead)
    assert (row.framework.code, row.framework.number, framework_of(row).title) == (
        shipped().code,
        1,
        row.framework.title,
    )
    assert told(coordinator) == ["Joint inspection of your area: it is opened."]
    joined(lead, row, other)
    drawn(lead, row, size=3)
    assert told(other)[0].startswith("The cases of an inspection")
    with as_person(other):
        assert [row.key for row in sampled_cases(row)] == sorted((sample_of(row) or pytest.fail()).members())
        assert {kind.high_harm for kind in kinds_of_cases(row).values()} == {False}
        assert may_assess(other, row)
        assert [one.key for one in Inspection.objects.visible_to(other)] == [row.key]
    there = seen_by(other, cases)
    assert len(there) == 3
    assert set(logged("draw inspection sample").case_ids) == there
    with as_person(lead):
        member = members_of(row.exercise).get(person=other)
        make_lead(by=lead, inspection=row, member=member)
        remove_member(by=lead, inspection=row, member=members_of(row.exercise).get(person=lead))
    assert seen_by(lead, cases) == set()
    with as_person(other):
        publish_inspection(by=other, inspection=row)
        with pytest.raises(NotInspected, match="published already"):
            publish_inspection(by=other, inspection=row)
        close_inspection(by=other, inspection=row)
        assert not may_assess(other, row)
        with pytest.raises(NotTheirs):
            add_member(by=other, inspection=row, person=lead)
    assert seen_by(other, cases) == set()
    assert logged("close inspection").about == {"inspection": str(row.key)}


def test_an_area_inspects_itself_and_no_other_and_nobody_of_it_opens_a_joint_one() -> None:
    managed_cases(4)
    manager, officer = make_person(Role.LINE_MANAGER), make_person(Role.POLICE_OFFICER)
    other = make_area("eastmarch", "B")
    row = opened(manager)
    member = joined(manager, row, make_person(Role.SMB_MEMBER))
    with as_person(manager):
        people = list(people_to_add(row))
        assert officer not in people and member not in people
        with pytest.raises(NotInspected, match="cannot be added"):
            add_member(by=manager, inspection=row, person=officer)
    for by, kind, areas in ((manager, Kind.OWN, [other]), (manager, Kind.JOINT, [manager.area])):
        with as_person(by), pytest.raises(NotTheirs):
            opened_as(by, kind, areas)
    with as_person(officer), pytest.raises(NotAllowed):
        opened_as(officer, Kind.OWN, [officer.area])
    with as_person(manager), pytest.raises(NotInspected, match="what this inspection is"):
        opened_as(manager, Kind.OWN, [manager.area], title=" ")
    drawn(manager, row, size=2)
    with as_person(member):
        assert [case.case.area for case in sampled_cases(row)] == [make_area()] * 2


def opened_as(by: User, kind: Kind, areas: list[object], title: str = "One") -> Inspection:
    said = {"title": title, "purpose": "To see", "framework": shipped(), "on": ago(1)}
    return open_inspection(by=by, kind=kind, areas=areas, **said)  # type: ignore[arg-type]


def test_joint_work_is_named_by_the_coordinator_or_a_chief_officer_of_the_area_alone() -> None:
    managed_cases(6)
    lead = inspector()
    row = opened(lead)
    sample = drawn(lead, row, size=3)
    [first, *_] = sorted(sample_keys(lead, row))
    for person, may in (
        (make_person(Role.MAPPA_COORDINATOR), True),
        (chief(), True),
        (make_person(Role.LINE_MANAGER), False),
        (lead, False),
        (chief(make_area("eastmarch", "B")), False),
    ):
        with as_person(person):
            assert bool(names_joint_work_of(person, row)) is may, person.role
            seen = drawn_of(row.exercise) or sample
            if may:
                name_joint_work(by=person, inspection=row, drawn=seen, keys=[first])
            else:
                with pytest.raises((NotTheirs, NotAllowed)):
                    name_joint_work(by=person, inspection=row, drawn=seen, keys=[first])
    with as_person(lead):
        replace_case(by=lead, inspection=row, drawn=sample, key=first, ground=Ground.LIVE)
        assert works_on(lead, row)
    assert logged("replace inspected case").about["ground"] == "live"


def sample_keys(who: User, row: Inspection) -> list[str]:
    with as_person(who):
        found = sample_of(row)
    return list(found.members()) if found else []


def test_a_version_is_saved_beside_the_one_before_and_neither_is_ever_changed() -> None:
    lead, manager = inspector(), make_person(Role.LINE_MANAGER)
    ours = shipped()
    framework = framework_in(ours)
    question = framework.questions[0]
    other = replace(question, text="Is there one strategy, and do staff know it?")
    changed = editing.with_question(
        framework, editing.criterion_of(framework, question.code).code, other, instead_of=question.code
    )
    with as_person(lead):
        second = save_framework_version(by=lead, framework=changed, note="Plainer", based_on=ours)
        assert (second.number, second.based_on.number if second.based_on else 0) == (2, 1)
        [difference] = changed_questions(framework_in(version_of(ours.code, 1)), framework_in(second))
        assert difference.changes == (Change.WORDS,)
        assert [each.number for each in versions()] == [2, 1]
        assert [each.number for each in latest_versions()] == [2]
        with pytest.raises(NotSaved, match="Nothing is different"):
            save_framework_version(by=lead, framework=framework, note="Again", based_on=version_of(ours.code, 1))
        with pytest.raises(NotSaved, match="what is different, and why"):
            save_framework_version(by=lead, framework=changed, note=" ")
    with as_person(manager):
        assert not may_add_to(manager, ours.code)
        with pytest.raises(NotSaved, match="somebody else"):
            save_framework_version(by=manager, framework=changed, note="Ours")
        own = editing.with_name(changed, "northshire", "Northshire asks itself")
        draft = start_draft(by=manager, framework=own, based_on=version_of(ours.code, 1))
        first = save_draft(by=manager, draft=draft, framework=own, note="Shorter")
        assert (first.code, first.number, first.area) == ("northshire", 1, manager.area)
        assert not FrameworkDraft.objects.exists()
        discard_draft(by=manager, draft=start_draft(by=manager, framework=own))
        assert not FrameworkDraft.objects.exists()
    with as_person(lead):
        assert not may_add_to(lead, "northshire") and may_add_to(lead, "quite_new")
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            FrameworkVersion.objects.filter(pk=first.pk).update(text="")
