"""Assessing the cases of a sample: dealt out by lot, answered with evidence, blind where two do, settled, counted."""

import uuid
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.assessing.errors import NotAssessed, NotYours, SavedMeanwhile
from openmappa.assessing.models import AnswerWords, Assessment, ConfidentialRemark, GivenAnswer, Resolution
from openmappa.assessing.queries import assessments as reads
from openmappa.assessing.queries.answers import (
    agreements,
    answers_by_question,
    choices_by_question,
    counted,
    differences,
    outcomes,
    overruled,
)
from openmappa.assessing.queries.record import offered_on, record_of
from openmappa.assessing.services.answering import (
    Said,
    Seen,
    give_answer,
    missing,
    remark_apart,
    sign_assessment,
)
from openmappa.assessing.services.dealing import deal_cases, give_case
from openmappa.assessing.services.resolving import agree_to_resolution, resolve_difference
from openmappa.audit.models import Event
from openmappa.core.access import Role
from openmappa.core.inspection.offered import Offer
from openmappa.core.inspection.scores import Answer
from openmappa.core.inspection.sides import Side
from openmappa.core.inspection.twice import Outcome
from openmappa.samples.models import Ground
from openmappa.samples.queries import drawn_of
from openmappa.samples.services.drawing import replace_sampled
from openmappa.samples.services.exercises import end_exercise, let_go, let_work
from openmappa.timeline.models import Fact
from tests.assessing.build import GOOD, LINK, answered, dealt_out, questions_of
from tests.inspections.build import opened
from tests.notes.build import note
from tests.samples.build import drawn, inspector, managed_case, put
from tests.timeline.build import ago, make_person

pytestmark = pytest.mark.django_db


def test_two_who_assess_a_case_see_nothing_of_each_other_until_both_have_signed_and_then_settle_it() -> None:
    scene = dealt_out(size=2)
    exercise, lead, other = scene.exercise, scene.lead, scene.other
    mine = scene.of(lead)[0]
    theirs = next(each for each in scene.of(other) if each.case_key == mine.case_key)
    framework = reads.framework_for(exercise)
    answered(lead, mine)
    with as_person(other):
        case, question = reads.case_of(other, exercise, mine.case_key), questions_of(mine)[0]
        assert (GivenAnswer.objects.count(), AnswerWords.objects.count(), differences(exercise, framework)) == (
            0,
            0,
            [],
        )
        assert reads.answered(exercise)[mine.pk] == len(questions_of(mine))  # how far it is, and no more
        settle: dict[str, Any] = {"exercise": exercise, "case": case, "case_key": mine.case_key, "question": question}
        with pytest.raises(NotYours), transaction.atomic():
            resolve_difference(by=other, answer="poor", reason="So", **settle)
        row = Resolution(exercise=exercise, case_key=mine.case_key, question="x", answer="poor", resolved_by=other)
        row.resolved_at = timezone.now()
        with pytest.raises(DatabaseError), transaction.atomic():
            row.save()
        stolen = GivenAnswer(assessment=mine, question="x", answer="poor", saved_at=timezone.now())
        with pytest.raises(DatabaseError), transaction.atomic():
            stolen.save()
        with pytest.raises(DatabaseError, match="signed by its inspector"), transaction.atomic():
            Assessment.objects.filter(pk=mine.pk).update(signed_at=None)
    answered(other, theirs, {question.code: Said(Answer.POOR, no_evidence=True)})
    with as_person(lead):
        both = GivenAnswer.objects.filter(question=question.code, assessment__case_key=mine.case_key)
        assert sorted(both.values_list("answer", flat=True)) == ["poor", "sufficient"]
        (found,) = differences(exercise, framework)
        assert (found.question, found.is_settled) == (question, False)
        assert answers_by_question(exercise, framework)[question.code][mine.case_key] is Answer.NOT_ANSWERED
        assert [
            agreement.same.n for asked, agreement in agreements(exercise, framework).by_question if asked == question
        ] == [1]
    with as_person(other):
        with pytest.raises(NotAssessed, match="Say why"):
            resolve_difference(by=other, answer="poor", reason=" ", **settle)
        said = resolve_difference(by=other, answer="poor", reason="There is no plan", **settle)
        assert answers_by_question(exercise, framework)[question.code][mine.case_key] is Answer.NOT_ANSWERED
        with pytest.raises(NotAssessed, match="other of the two"):
            agree_to_resolution(by=other, exercise=exercise, case=case, resolution=said)
    with as_person(lead):
        agree_to_resolution(by=lead, exercise=exercise, case=case, resolution=said)
        assert answers_by_question(exercise, framework)[question.code][mine.case_key] is Answer.POOR
        with pytest.raises(NotAssessed, match="settled"):
            resolve_difference(by=lead, answer="excellent", reason="No", **settle)
        agreed = next(code for code in answers_by_question(exercise, framework) if code != question.code)
        with pytest.raises(NotAssessed, match="no difference to settle"):
            resolve_difference(
                by=lead, answer="poor", reason="So", **(settle | {"question": framework.question(agreed)})
            )
        assert outcomes(counted(exercise, framework))[Outcome.RESOLVED] == 1


def test_what_is_answered_counts_once_signed_and_stays_with_the_key_when_the_inspection_has_ended() -> None:
    scene = dealt_out(size=3, percent=0)
    exercise, lead, other = scene.exercise, scene.lead, scene.other
    framework = reads.framework_for(exercise)
    mine, theirs = scene.of(lead)[0], scene.of(other)[0]
    answered(lead, mine)
    answered(other, theirs, sign=False)
    with as_person(lead):
        found = answers_by_question(exercise, framework)
        for_all = found["smart_objectives"]
        assert (for_all[mine.case_key], for_all[theirs.case_key], len(for_all)) == (GOOD.answer, "not_answered", 3)
        assert {*found["pre_release_work"].values()} == {Answer.NOT_APPLICABLE}  # nobody is on licence
        assert choices_by_question(exercise, framework)["offender_informed_of_decisions"][mine.case_key] == "yes"
        assert GivenAnswer.objects.filter(assessment=theirs).count() == 0
        case = reads.case_of(lead, exercise, mine.case_key)
        with pytest.raises(NotAssessed, match="signed"):
            sign_assessment(by=lead, assessment=mine, case=case, questions=[])
        end_exercise(by=lead, exercise=exercise)
        assert answers_by_question(exercise, framework) == found
        assert AnswerWords.objects.count() == 0  # what is said of a case closes with it
    with as_person(other):
        assert GivenAnswer.objects.filter(assessment=mine).exists()
        theirs.refresh_from_db()
        changed = GivenAnswer.objects.get(assessment=theirs, question="smart_objectives")
        changed.answer = "poor"
        with pytest.raises(DatabaseError), transaction.atomic():
            changed.save()
    with as_person(inspector()):
        assert (Assessment.objects.count(), GivenAnswer.objects.count()) == (0, 0)
    with as_person(make_person(Role.MAPPA_COORDINATOR)):
        assert (Assessment.objects.count(), GivenAnswer.objects.count()) == (0, 0)


def test_an_answer_is_saved_by_itself_again_and_again_and_another_window_is_told() -> None:
    scene = dealt_out(size=2, percent=0)
    mine = scene.of(scene.lead)[0]
    with as_person(scene.lead):
        case, question = reads.case_of(scene.lead, scene.exercise, mine.case_key), questions_of(mine)[0]
        page, more = uuid.uuid4(), {"by": scene.lead, "assessment": mine, "case": case, "question": question}

        def save(said: Said, seen: Seen, offer: Offer | None = None) -> GivenAnswer:
            return give_answer(said=said, seen=seen, offer=offer, **more)  # type: ignore[arg-type]

        assert save(Said(Answer.NOT_ANSWERED, passage="Half a sent"), Seen(0, page, 1)).revision == 1
        assert missing([question], reads.answers_in(mine)) == {question.code: "No answer yet"}
        assert save(GOOD, Seen(0, page, 2)).revision == 2  # its answer was lost on the line: the same page sends again
        with pytest.raises(SavedMeanwhile):
            save(GOOD, Seen(1, uuid.uuid4(), 1))
        offer = Offer(Answer.POOR, ("Nothing was done.",))
        assert save(GOOD, Seen(2, page, 3), offer).overrules
        assert "overrule" in missing([question], reads.answers_in(mine))[question.code]
        save(Said(Answer.SUFFICIENT, ["fact:1"], overruled_because="It was, on paper"), Seen(3, page, 4), offer)
        assert missing([question], reads.answers_in(mine)) == {}
        for wrong, sentence in (
            (Said("yes"), "Select an answer"),
            (Said(Answer.POOR, passage="x", no_evidence=True), "that there was none"),
        ):
            with pytest.raises(NotAssessed, match=sentence):
                save(wrong, Seen(4, page, 5))
        with pytest.raises(NotAssessed, match="No answer yet"):
            sign_assessment(by=scene.lead, assessment=mine, case=case, questions=questions_of(mine))
        remark_apart(by=scene.lead, assessment=mine, case=case, words="Spoke to the sergeant")
    with as_person(scene.other):
        assert ConfidentialRemark.objects.count() == 0
    said = Event.objects.filter(verb="answer inspection question", case_id=case.pk)
    assert said.count() == 4
    assert "sufficient" not in str(said.values_list("about", flat=True))


def test_the_record_is_as_it_was_known_on_the_day_in_two_columns_with_numbers_that_stay() -> None:
    on, lead = ago(20), inspector()
    case = managed_case(level=2)
    put(case, "mappa_meeting_held", ago(60), level=2)
    put(case, "minutes_filed", ago(55), service="police")
    put(case, "oasys_completed", ago(30), known=ago(5), stage="start")
    mistake = put(case, "home_visit", ago(40), service="police", outcome="seen", announced=False, joint=False)
    officer = make_person(Role.POLICE_OFFICER)
    Fact.objects.filter(pk=mistake.pk).update(voided_at=timezone.now(), voided_by=officer, void_reason="Another case")
    with as_person(officer):
        note(case, by=officer)
    exercise = opened(lead, on=on).exercise
    drawn(lead, exercise, size=1)
    with as_person(lead):
        row = reads.case_of(lead, exercise, next(iter(reads.sampled(exercise).kinds)))  # type: ignore[union-attr]
        record = record_of(lead, row, on)
        assert [each.number for each in record.of_side(Side.POLICE)] == ["5", "4", "1"]
        assert not any("OASys" in each.title for each in record.entries)
        assert [each.number for each in record_of(lead, row, timezone.localdate()).entries][-1] == "N1"
        assert record.read("5, 1 99 5") == ([f"fact:{mistake.pk}", record.entries[0].reference], ["99"])
        assert record.numbers([f"fact:{mistake.pk}"]) == "5"
        found = offered_on(record, row, reads.framework_for(exercise).questions)
        assert found["minutes_on_both_files"].answer == Answer.NOT_SUFFICIENT


def test_dealing_is_the_leads_once_and_a_reserve_is_assessed_by_two_where_its_forerunner_was() -> None:
    scene = dealt_out(size=2, percent=50, listed=8)
    exercise, lead, other = scene.exercise, scene.lead, scene.other
    dealing = reads.dealing_of(exercise)
    assert dealing and len(dealing.twice) == 1 and Assessment.objects.count() == 3
    with as_person(lead):
        with pytest.raises(NotAssessed, match="dealt out"):
            deal_cases(by=lead, exercise=exercise, seed="sun", percent=0, people=[lead], link=LINK)
        replace_sampled(by=lead, drawn=drawn_of(exercise), key=dealing.twice[0], ground=Ground.NO_FILES)  # type: ignore[arg-type]
        there = reads.sampled(exercise)
        assert there and there.twice == {drawn_of(exercise).replacements.get().into_key}  # type: ignore[union-attr]
        (into,) = there.twice
        give: dict[str, Any] = {"by": lead, "exercise": exercise, "case_key": into, "link": LINK}
        given = give_case(place=1, person=other, **give)
        assert given.blind
        with pytest.raises(NotAssessed, match="two different people"):
            give_case(place=2, person=other, **give)
        with pytest.raises(NotAssessed, match="work on this"):
            give_case(place=2, person=inspector(), **give)
        single = next(key for key in there.keys if key not in there.twice)
        has_it = Assessment.objects.standing().get(case_key=single).inspector
        with pytest.raises(NotAssessed, match="One person"):
            give_case(place=2, person=other if has_it == lead else lead, **(give | {"case_key": single}))
        with pytest.raises(NotAssessed, match="not in the sample"):
            give_case(place=1, person=other, **(give | {"case_key": dealing.twice[0]}))
        give_case(place=1, person=lead, **give)
        assert Assessment.objects.standing().get(case_key=into).inspector == lead
    with as_person(other), pytest.raises(NotYours):
        give_case(place=1, person=other, **(give | {"by": other}))
    answered(lead, Assessment.objects.standing().get(case_key=into))
    with as_person(lead), pytest.raises(NotAssessed, match="signed"):
        give_case(place=1, person=other, **give)


def test_overruling_the_record_is_counted_by_question() -> None:
    scene = dealt_out(size=2, percent=0)
    framework = reads.framework_for(scene.exercise)
    offer = Offer(Answer.POOR, ("None was made.",))
    for person, said in ((scene.lead, Said(Answer.POOR, no_evidence=True)), (scene.other, GOOD)):
        (mine,) = scene.of(person)
        with as_person(person):
            case = reads.case_of(person, scene.exercise, mine.case_key)
            question = framework.question("smart_objectives")
            answered(person, mine, sign=False)
            row = GivenAnswer.objects.get(assessment=mine, question=question.code)
            said = Said(said.answer, (), said.passage, said.no_evidence, "It was")
            seen = Seen(row.revision, uuid.uuid4(), 1)
            give_answer(by=person, assessment=mine, case=case, question=question, said=said, offer=offer, seen=seen)
            sign_assessment(by=person, assessment=mine, case=case, questions=questions_of(mine))
    with as_person(scene.lead):
        (found,) = overruled(scene.exercise, framework)
        assert (found.question.code, found.offered, found.overruled) == ("smart_objectives", 2, 1)


def test_who_stops_working_on_it_reads_no_answer_any_more() -> None:
    scene = dealt_out(size=2, percent=0)
    (mine,) = scene.of(scene.other)
    answered(scene.other, mine)
    third = inspector()
    with as_person(scene.lead):
        let_work(by=scene.lead, exercise=scene.exercise, person=third)
        assert GivenAnswer.objects.filter(assessment=mine).exists()
        let_go(by=scene.lead, member=scene.exercise.members.get(person=scene.other))
    with as_person(scene.other):
        assert (Assessment.objects.count(), GivenAnswer.objects.count()) == (0, 0)
    with as_person(third):
        assert GivenAnswer.objects.filter(assessment=mine).exists()
