"""Writing, signing and judging an OASys through the services: what is refused, what moves, what is sent twice."""

import uuid
from datetime import timedelta

import pytest

from openmappa.accounts.errors import NotAllowed
from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Rank, Role
from openmappa.notes.models import Note
from openmappa.notices.models import Notice
from openmappa.oasys.errors import DraftExists, NotADraft, NotComplete, NotKept, OwnWork, SavedMeanwhile
from openmappa.oasys.models import Oasys, OasysSection
from openmappa.oasys.queries.oasys import grounds_for_plans, latest_signed, waiting_for_countersignature, written
from openmappa.oasys.services.drafting import abandon_draft, save_section, start_oasys
from openmappa.oasys.services.judging import countersign_oasys, return_oasys
from openmappa.oasys.services.signing import ReadBefore, Signature, correct_oasys, revision_of, sign_oasys
from openmappa.timeline.errors import ChangedMeanwhile, Impossible, NotRecorded
from openmappa.timeline.models import Duty, Fact, Standing
from openmappa.timeline.services import void_fact
from tests.oasys.answers import RULES, answers_to, fill
from tests.oasys.build import case_manager, line_manager
from tests.timeline.build import ago, make_area, make_case, make_person, today, write

pytestmark = pytest.mark.django_db

HOME = {"item_3_3": 2, "item_3_3_evidence": "Sleeps on a friend's sofa, he says (3 May)."}


@pytest.fixture
def author() -> User:
    return case_manager()


@pytest.fixture
def manager() -> User:
    return line_manager()


@pytest.fixture
def case(author: User) -> Case:
    case = make_case(case_manager=author)
    write(case, "registered", ago(20))
    write(case, "order_started", ago(10), order="community_order")
    return case


def signed(case: Case, author: User, level: str = "medium", *, on: int = 0, **answers: object) -> Oasys:
    draft = fill(start_oasys(by=author, case=case, stage="start"), author, level=level, **answers)  # type: ignore[arg-type]
    sign(draft, author, on=on)
    return Oasys.objects.get(pk=draft.pk)


def sign(draft: Oasys, by: User, *, on: int = 0, voids_earlier: bool = False, submission: uuid.UUID | None = None):
    at = Signature(ago(on), revision_of(written(draft)), voids_earlier)
    return sign_oasys(by=by, oasys=draft, signature=at, submission=submission)


def test_signing_records_the_stage_and_the_highest_level_and_meets_the_duty(author: User, case: Case) -> None:
    row = signed(case, author, "high")
    fact = Fact.objects.get(case=case, kind="oasys_completed")
    assert (row.fact, fact.on, fact.details) == (fact, today(), {"stage": "start", "harm": "high"})
    assert (row.signed_by, row.harm_level, row.needs_countersignature) == (author, "high", True)
    assert Standing.objects.get(case=case).harm_level == "high"
    assert Duty.objects.get(case=case, standard="oasys-start").met_on == today()


def test_a_blank_one_is_refused_with_everything_that_is_missing(author: User, case: Case) -> None:
    draft = start_oasys(by=author, case=case, stage="start")
    with pytest.raises(NotComplete) as refused:
        sign(draft, author)
    assert len(refused.value.missing) == len(written(draft).missing) > 100
    assert Fact.objects.filter(kind="oasys_completed").count() == 0


def test_a_score_above_nought_without_evidence_is_the_one_thing_missing(author: User, case: Case) -> None:
    draft = fill(start_oasys(by=author, case=case, stage="start"), author)
    row = OasysSection.objects.get(oasys=draft, section="accommodation")
    answers = row.answers | {"item_3_3": 2}
    save_section(by=author, oasys=draft, section="accommodation", answers=answers, revision=row.revision)
    with pytest.raises(NotComplete) as refused:
        sign(draft, author)
    assert [(one.section, one.item) for one in refused.value.missing] == [("accommodation", "item_3_3")]
    save_section(by=author, oasys=draft, section="accommodation", answers=answers | HOME, revision=row.revision + 1)
    assert sign(draft, author).replayed is False


def test_the_form_sent_twice_signs_once(author: User, case: Case) -> None:
    draft, token = fill(start_oasys(by=author, case=case, stage="start"), author), uuid.uuid4()
    first, again = (sign(draft, author, submission=token) for _ in range(2))
    assert (again.fact, again.replayed) == (first.fact, True)
    with pytest.raises(NotADraft):
        sign(draft, author, submission=uuid.uuid4())
    assert Fact.objects.filter(kind="oasys_completed").count() == 1


def test_a_section_saved_after_the_page_was_opened_has_to_be_read_before_signing(author: User, case: Case) -> None:
    draft = fill(start_oasys(by=author, case=case, stage="start"), author)
    seen = Signature(today(), revision_of(written(draft)) - 1)
    with pytest.raises(ReadBefore):
        sign_oasys(by=author, oasys=draft, signature=seen)


def test_a_day_that_has_not_come_and_a_case_that_moved_on_are_refused(author: User, case: Case) -> None:
    draft = fill(start_oasys(by=author, case=case, stage="start"), author)
    revision = revision_of(written(draft))
    with pytest.raises(Impossible):
        sign_oasys(by=author, oasys=draft, signature=Signature(today() + timedelta(days=1), revision))
    case.refresh_from_db()
    write(case, "significant_incident", ago(1))
    with pytest.raises(ChangedMeanwhile):
        sign_oasys(by=author, oasys=draft, signature=Signature(today(), revision), version=case.version)
    draft.refresh_from_db()
    assert draft.is_draft


def test_there_is_one_draft_at_a_time_and_the_form_sent_twice_starts_one(author: User, case: Case) -> None:
    token = uuid.uuid4()
    first, again = (start_oasys(by=author, case=case, stage="start", submission=token) for _ in range(2))
    assert first == again
    with pytest.raises(DraftExists, match="has a draft on this case already"):
        start_oasys(by=case_manager(), case=case, stage="review")


def test_a_copied_one_has_every_answer_to_be_confirmed(author: User, case: Case) -> None:
    signed(case, author, accommodation=HOME, on=3)
    draft = start_oasys(by=author, case=case, stage="review", copy_last=True)
    row = OasysSection.objects.get(oasys=draft, section="accommodation")
    asked = {item.name for item in RULES.section("accommodation").items}
    assert (set(row.unconfirmed), row.answers["item_3_3"]) == (asked, 2)
    assert len(written(draft).missing) == sum(len(each.unconfirmed) for each in draft.sections.all())
    changed = row.answers | {"item_3_3": 0}
    saved = save_section(
        by=author, oasys=draft, section="accommodation", answers=changed, confirmed={"item_3_4"}, revision=row.revision
    )
    assert set(saved.unconfirmed) == asked - {"item_3_3", "item_3_4"}
    with pytest.raises(NotComplete):
        sign(draft, author)


def test_without_a_signed_one_there_is_nothing_to_copy(author: User, case: Case) -> None:
    with pytest.raises(NotRecorded, match="There is no signed OASys"):
        start_oasys(by=author, case=case, stage="start", copy_last=True)


def test_two_people_never_overwrite_each_other(author: User, case: Case) -> None:
    draft, other = start_oasys(by=author, case=case, stage="start"), case_manager()
    args = {"oasys": draft, "section": "accommodation", "revision": 0}
    save_section(by=author, answers={"item_3_3": 2}, page=uuid.uuid4(), **args)
    with pytest.raises(SavedMeanwhile) as refused:
        save_section(by=other, answers={"item_3_3": 0}, page=uuid.uuid4(), **args)
    assert (refused.value.row.saved_by, refused.value.row.answers) == (author, {"item_3_3": 2})
    saved = save_section(by=other, answers={"item_3_3": 0}, page=uuid.uuid4(), **(args | {"revision": 1}))
    assert (saved.revision, saved.answers, saved.saved_by) == (2, {"item_3_3": 0}, other)


def test_two_windows_of_one_person_do_not_overwrite_each_other_either(author: User, case: Case) -> None:
    draft = start_oasys(by=author, case=case, stage="start")
    args = {"by": author, "oasys": draft, "section": "accommodation", "revision": 0}
    save_section(answers={"item_3_3": 2}, page=uuid.uuid4(), **args)
    with pytest.raises(SavedMeanwhile):
        save_section(answers={"item_3_3": 0}, page=uuid.uuid4(), **args)


def test_a_page_whose_answer_got_lost_on_the_line_saves_again(author: User, case: Case) -> None:
    draft, page = start_oasys(by=author, case=case, stage="start"), uuid.uuid4()
    args = {"by": author, "oasys": draft, "section": "accommodation", "page": page, "revision": 0}
    first = save_section(answers={"item_3_3": 2}, **args)
    same = save_section(answers={"item_3_3": 2}, **args)
    more = save_section(answers={"item_3_3": 2, "item_3_4": 1}, **args)
    assert (first.revision, same.revision, more.revision) == (1, 1, 2)


def test_what_a_page_sent_first_and_arrives_last_overwrites_nothing(author: User, case: Case) -> None:
    draft, page = start_oasys(by=author, case=case, stage="start"), uuid.uuid4()
    args = {"by": author, "oasys": draft, "section": "accommodation", "page": page, "revision": 0}
    save_section(answers={"item_3_3": 2, "item_3_4": 1}, turn=2, **args)
    with pytest.raises(SavedMeanwhile):
        save_section(answers={"item_3_3": 2}, turn=1, **args)
    assert OasysSection.objects.get().answers == {"item_3_3": 2, "item_3_4": 1}


def test_answers_that_cannot_be_are_refused_by_name(author: User, case: Case) -> None:
    draft = start_oasys(by=author, case=case, stage="start")
    with pytest.raises(NotKept) as refused:
        save_section(
            by=author, oasys=draft, section="accommodation", answers={"item_3_3": 7, "nonsense": 1}, revision=0
        )
    assert sorted(refused.value.problems) == ["item_3_3", "nonsense"]
    assert OasysSection.objects.count() == 0


def test_nothing_is_saved_in_a_signed_or_abandoned_one(author: User, case: Case) -> None:
    row = signed(case, author)
    with pytest.raises(NotADraft, match="has been signed"):
        save_section(by=author, oasys=row, section="accommodation", answers=HOME, revision=1)
    draft = start_oasys(by=author, case=case, stage="review")
    abandon_draft(by=author, oasys=draft, reason="The wrong case.")
    with pytest.raises(NotADraft, match="abandoned"):
        save_section(by=author, oasys=draft, section="accommodation", answers=HOME, revision=0)
    assert abandon_draft(by=author, oasys=draft, reason="Again").abandon_reason == "The wrong case."
    with pytest.raises(NotADraft):
        abandon_draft(by=author, oasys=row, reason="No")
    with pytest.raises(NotRecorded, match="Say why"):
        abandon_draft(by=author, oasys=start_oasys(by=author, case=case, stage="end"), reason=" ")


def test_a_line_manager_countersigns_once_and_author_and_timeline_hear_of_it(
    author: User, manager: User, case: Case
) -> None:
    row = signed(case, author, "very_high")
    assert list(waiting_for_countersignature(manager)) == [row]
    assert list(waiting_for_countersignature(author)) == []
    for _ in range(2):
        countersign_oasys(by=manager, oasys=row, comment="Agreed.")
    row.refresh_from_db()
    assert (row.countersigned_by, row.countersign_comment) == (manager, "Agreed.")
    assert list(waiting_for_countersignature(manager)) == []
    assert Note.objects.get(case=case).text.endswith("countersigned.")
    assert Notice.objects.get(to=author).kind == "oasys_countersigned"
    with pytest.raises(NotRecorded, match="has countersigned this OASys already"):
        countersign_oasys(by=line_manager(), oasys=row)
    with pytest.raises(NotRecorded, match="countersigned"):
        return_oasys(by=manager, oasys=row, comment="No")


def test_nobody_countersigns_or_returns_their_own(manager: User, case: Case) -> None:
    row = signed(case, manager, "high")
    assert list(waiting_for_countersignature(manager)) == []
    with pytest.raises(OwnWork):
        countersign_oasys(by=manager, oasys=row)
    with pytest.raises(OwnWork):
        return_oasys(by=manager, oasys=row, comment="Mine")


def test_rank_and_role_are_needed_and_a_draft_is_not_countersigned(author: User, manager: User, case: Case) -> None:
    draft = start_oasys(by=author, case=case, stage="start")
    with pytest.raises(NotRecorded, match="not signed yet"):
        countersign_oasys(by=manager, oasys=draft)
    sign(fill(draft, author, level="high"), author)
    with pytest.raises(NotRecorded, match="senior probation officer"):
        countersign_oasys(by=make_person(Role.LINE_MANAGER, rank=Rank.PROBATION_OFFICER), oasys=draft)
    with pytest.raises(NotAllowed):
        countersign_oasys(by=case_manager(), oasys=draft)
    for role in (Role.POLICE_OFFICER, Role.MAPPA_COORDINATOR, Role.VICTIM_CONTACT_OFFICER):
        with pytest.raises(NotAllowed):
            start_oasys(by=make_person(role), case=case, stage="review")


def test_a_returned_one_stands_until_its_new_version_is_signed(author: User, manager: User, case: Case) -> None:
    row = signed(case, author, "high", accommodation=HOME)
    return_oasys(by=manager, oasys=row, comment="Say why high and not very high.")
    assert list(waiting_for_countersignature(manager)) == []
    assert latest_signed(case) == row
    new = correct_oasys(by=author, oasys=row)
    assert correct_oasys(by=author, oasys=row) == new
    assert (new.number, new.replaces, new.stage) == (2, row, "start")
    assert (written(new).answers, written(new).missing) == (written(row).answers, ())
    sign(new, author, voids_earlier=True)
    row.refresh_from_db()
    assert row.fact is not None
    assert (row.fact.is_voided, row.fact.void_reason) == (True, "Corrected by a later version of this OASys.")
    assert [one.pk for one in waiting_for_countersignature(manager)] == [new.pk]
    assert latest_signed(case) == new


def test_a_correction_may_leave_the_earlier_entry_as_it_was(author: User, manager: User, case: Case) -> None:
    row = signed(case, author, "high", on=3)
    new = correct_oasys(by=author, oasys=row)
    sign(new, author)
    row.refresh_from_db()
    assert row.fact is not None
    assert not row.fact.is_voided
    assert [one.pk for one in waiting_for_countersignature(manager)] == [new.pk]
    with pytest.raises(NotRecorded, match="later version"):
        correct_oasys(by=author, oasys=row)


def test_of_two_that_were_never_countersigned_the_later_one_waits(author: User, manager: User, case: Case) -> None:
    signed(case, author, "high", on=3)
    later = signed(case, author, "very_high", on=1)
    assert list(waiting_for_countersignature(manager)) == [later]


def test_a_voided_one_is_neither_the_last_nor_waiting_nor_countersigned(
    author: User, manager: User, case: Case
) -> None:
    row = signed(case, author, "high")
    assert row.fact is not None
    void_fact(by=author, fact=row.fact, reason="The wrong person.")
    assert latest_signed(case) is None
    assert list(waiting_for_countersignature(manager)) == []
    with pytest.raises(NotRecorded, match="voided"):
        countersign_oasys(by=manager, oasys=row)


def test_a_decision_against_a_full_analysis_needs_a_countersignature_whatever_the_level(
    author: User, case: Case
) -> None:
    against = {"item_r1_2_3": "current", "full_analysis": False, "reason_against": "Thirty years ago; all is known."}
    row = signed(case, author, "low", harm_screening=against)
    assert (row.harm_level, row.needs_countersignature) == ("low", True)


def test_what_plans_can_be_tied_to_comes_from_the_last_signed_one(author: User, case: Case) -> None:
    assert grounds_for_plans(case) == ()
    signed(case, author, "high", accommodation=HOME)
    assert [(one.key, one.kind.value) for one in grounds_for_plans(case)] == [
        ("need:accommodation", "need"),
        ("harm:children", "harm"),
    ]


def test_somebody_of_another_unit_has_nothing_waiting(author: User, case: Case) -> None:
    signed(case, author, "high")
    stranger = make_person(Role.LINE_MANAGER, area=make_area("eastmarch", "B"), rank=Rank.SERGEANT)
    assert list(waiting_for_countersignature(stranger)) == []
    assert answers_to(RULES.section("accommodation"))["item_3_3"] == 0
