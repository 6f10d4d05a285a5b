"""A finding from its draft to the published report, what an area says of it, and what becomes of a recommendation."""

import pytest
from django.urls import reverse

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.audit.models import Event
from openmappa.core.access import Role
from openmappa.findings.errors import NotTheirs, NotWritten
from openmappa.findings.models import Finding, Outcome, ReportVersion
from openmappa.findings.queries.reading import reports
from openmappa.findings.queries.results import benchmark_sets
from openmappa.findings.services.feedback import answer_remark, remark_on, send_feedback
from openmappa.findings.services.publishing import follow_up, publish_report, what_stands_in_the_way
from openmappa.findings.services.writing import agree_finding, change_finding, take_away_finding, write_finding
from openmappa.notices.models import Notice
from openmappa.samples.models import Exercise
from openmappa.samples.services.exercises import let_work
from tests.findings.build import agreed, fed_back, inspected, published, recommended, remarked, said
from tests.samples.build import drawn, inspector, managed_cases
from tests.timeline.build import ago, make_area, make_person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> User:
    return inspector()


@pytest.fixture
def exercise(lead: User) -> Exercise:
    return inspected(lead)


def refusal(error: NotWritten) -> dict[str, str]:
    return error.problems


def test_a_finding_cites_questions_of_its_criterion_and_cases_of_the_sample_by_key_alone(
    lead: User, exercise: Exercise
) -> None:
    managed_cases(6)
    key = drawn(lead, exercise, 4).groups[0]["drawn"][0]
    with as_person(lead):
        with pytest.raises(NotWritten) as refused:
            write_finding(by=lead, exercise=exercise, said=said(cases=["Testcase"], questions=["nothing"], text=" "))
        row = write_finding(by=lead, exercise=exercise, said=said(cases=[key, key]))
    assert sorted(refusal(refused.value)) == ["cases", "questions", "text"]
    assert row.cases == [key]
    page = signed_in(lead).get(reverse("findings:list", kwargs={"inspection": exercise.key})).content.decode()
    assert (key in page, "Testcase" in page) == (True, False)
    look = Event.objects.filter(by_id=lead.pk, verb="read list").last()
    assert look is not None
    assert len(look.case_ids) == 1


def test_only_whoever_leads_agrees_and_what_is_changed_is_a_draft_again(lead: User, exercise: Exercise) -> None:
    member = inspector()
    with as_person(lead):
        let_work(by=lead, exercise=exercise, person=member)
    row = agreed(lead, exercise)
    with as_person(member):
        with pytest.raises(NotWritten):
            take_away_finding(by=member, finding=row)
        changed = change_finding(by=member, finding=row, said=said(text="Most were made."), seen=row.version)
        with pytest.raises(NotTheirs):
            agree_finding(by=member, finding=changed)
        with pytest.raises(NotWritten) as stale:
            change_finding(by=member, finding=row, said=said(text="None was."), seen=row.version)
        assert (changed.is_agreed, list(refusal(stale.value))) == (False, [""])
        take_away_finding(by=member, finding=changed)
    with as_person(lead):
        assert Finding.objects.count() == 0
    verbs = ["write finding", "agree finding", "change finding", "take finding away"]
    assert list(Event.objects.filter(verb__in=verbs).order_by("pk").values_list("verb", flat=True)) == verbs


def test_an_area_remarks_until_the_day_and_an_accepted_remark_changes_the_finding(
    lead: User, exercise: Exercise
) -> None:
    area, coordinator = make_area(), make_person(Role.MAPPA_COORDINATOR)
    with as_person(lead), pytest.raises(NotWritten) as nothing:
        send_feedback(by=lead, exercise=exercise, area=area, due_on=ago(0))
    assert sorted(refusal(nothing.value)) == ["area", "due_on"]
    row = fed_back(lead, exercise, area)
    whole = agreed(lead, exercise)
    with as_person(coordinator), pytest.raises(NotTheirs):
        remark_on(by=coordinator, finding=whole, words="Not on us.")
    remarked(coordinator, row)
    words = ["An inspection has sent your area", "An area has remarked on a finding."]
    assert [Notice.objects.filter(words__startswith=each).count() for each in words] == [1, 1]
    with as_person(lead):
        assert what_stands_in_the_way(exercise) == ["Remarks of areas that are not answered: 1."]
        with pytest.raises(NotWritten) as same:
            answer_remark(by=lead, finding=row, accepted=True, answer="You are right.", text=row.text)
        assert list(refusal(same.value)) == ["text"]
        answer_remark(by=lead, finding=row, accepted=True, answer="You are right.", text="All were made.")
        row.refresh_from_db()
        assert (row.text, row.is_agreed) == ("All were made.", True)
    page = signed_in(coordinator).get(reverse("findings:received", kwargs={"inspection": exercise.key}))
    assert ("Accepted, and changed" in page.content.decode(), "All were made." in page.content.decode()) == (True, True)
    with as_person(coordinator), pytest.raises(NotWritten):
        remark_on(by=coordinator, finding=row, words="And another thing.")


def test_what_is_published_never_changes_and_a_correction_is_the_next_version(lead: User, exercise: Exercise) -> None:
    area = make_area()
    with as_person(lead), pytest.raises(NotWritten) as early:
        publish_report(by=lead, exercise=exercise)
    assert refusal(early.value) == {"": "No finding is agreed."}
    row = fed_back(lead, exercise, area)
    first = published(lead, exercise)
    with as_person(lead):
        changed = change_finding(by=lead, finding=row, said=said(area, text="Most were made."), seen=row.version)
        agree_finding(by=lead, finding=changed)
        with pytest.raises(NotWritten) as unsaid:
            publish_report(by=lead, exercise=exercise)
    assert list(refusal(unsaid.value)) == ["corrects"]
    second = published(lead, exercise, "The count of visits.")
    reader = make_person(Role.SMB_MEMBER, kind="partner", area=make_area("southdale", "C"))
    shown = {
        number: signed_in(reader)
        .get(reverse("findings:published", kwargs={"inspection": exercise.key, "number": number}))
        .content.decode()
        for number in (1, 2)
    }
    assert (first.number, second.number) == (1, 2)
    assert ["half of them were made" in shown[1], "This version was corrected" in shown[1]] == [True, True]
    assert ["Most were made." in shown[2], "The count of visits." in shown[2]] == [True, True]
    assert [each.number for each in reports()] == [2]
    pdf = signed_in(reader).get(reverse("findings:pdf", kwargs={"inspection": exercise.key, "number": 2}))
    assert (pdf["Content-Type"], pdf.content[:5], b"pdfuaid" in pdf.content) == ("application/pdf", b"%PDF-", True)
    with as_person(lead), pytest.raises(Exception, match="permission denied"):
        ReportVersion.objects.filter(number=1).update(title="Another")


def test_years_later_the_owner_says_what_became_of_it_beside_the_live_figure(lead: User, exercise: Exercise) -> None:
    area, coordinator = make_area(), make_person(Role.MAPPA_COORDINATOR)
    agreed(lead, exercise)
    row = recommended(lead, exercise, area, "oasys-start")
    published(lead, exercise)
    with as_person(coordinator):
        follow_up(by=coordinator, recommendation=row, on=ago(1), outcome=Outcome.DONE, words="Every visit is made.")
        with pytest.raises(NotWritten) as ahead:
            follow_up(by=coordinator, recommendation=row, on=ago(-1), outcome=Outcome.DONE, words=" ")
    assert sorted(refusal(ahead.value)) == ["on", "words"]
    address = reverse("findings:recommendation", kwargs={"recommendation": row.key})
    page = signed_in(coordinator).get(address).content.decode()
    assert ("Every visit is made." in page, "As it stands today" in page, str(coordinator) in page) == (True,) * 3
    other = inspected(inspector())
    assert [each.title for each in benchmark_sets(other)][2:] == [ReportVersion.objects.get().title]
