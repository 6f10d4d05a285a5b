"""A recall from licence: asked for, decided, returned and released with the facts of custody, never a second truth."""

import uuid

import pytest

from openmappa.accounts.acting import as_person
from openmappa.accounts.errors import NotAllowed
from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.core.orders.recall import Decision, RecallStands
from openmappa.notices.models import Notice
from openmappa.orders.errors import ChangedSince, NotRecorded
from openmappa.orders.models.recall import Recall
from openmappa.orders.queries.recalls import open_recall, releases_that_may_be, returns_that_may_be
from openmappa.orders.services.recalls import (
    Request,
    decide_recall,
    record_recall,
    record_release,
    record_return,
    set_recall_aside,
)
from openmappa.timeline.models import Fact
from openmappa.timeline.services import void_fact
from tests.timeline.build import ago, make_case, make_person, today, write

pytestmark = pytest.mark.django_db
REQUEST = Request(ago(20), "Sample Officer, Sampleshire Probation", "behaviour", "Seen near a school.")


def scene() -> tuple[User, Case]:
    """A case manager and their case, on licence."""
    by = make_person(Role.CASE_MANAGER)
    case = make_case(case_manager=by, police_officer=make_person(Role.POLICE_OFFICER))
    write(case, "order_started", ago(100), order="licence")
    return by, case


def asked(by: User, case: Case) -> Recall:
    with as_person(by):
        return record_recall(by=by, case=case, request=REQUEST)


def revoked(by: User, case: Case) -> Recall:
    row = asked(by, case)
    with as_person(by):
        return decide_recall(by=by, recall=row, decision=Decision.REVOKED, on=ago(18))


def stands(row: Recall) -> RecallStands:
    return Recall.objects.get(pk=row.pk).days.stands


def test_a_recall_goes_to_custody_and_out_again_and_writes_each_fact_once() -> None:
    by, case = scene()
    row = revoked(by, case)
    assert stands(row) is RecallStands.AT_LARGE
    with as_person(by):
        record_return(by=by, recall=row, on=ago(10))
        assert stands(row) is RecallStands.RETURNED
        record_release(by=by, recall=row, on=ago(2))
    assert stands(row) is RecallStands.RELEASED
    facts = Fact.objects.filter(case=case).order_by("pk").values_list("kind", "on")
    assert list(facts) == [("order_started", ago(100)), ("custody_started", ago(10)), ("custody_ended", ago(2))]
    told = Notice.objects.filter(kind="civil_order", to=case.police_officer).order_by("pk")
    assert [one.words.split(": ", 1)[1] for one in told] == [
        "a recall to custody was asked for.",
        "recall: the licence was revoked.",
        "recall: returned to custody.",
        "recall: released again.",
    ]


def test_an_entry_of_custody_that_is_there_is_used_and_none_is_made() -> None:
    by, case = scene()
    row = revoked(by, case)
    fact = write(case, "custody_started", ago(9))
    with as_person(by):
        assert [each.pk for each in returns_that_may_be(row)] == [fact.pk]
        record_return(by=by, recall=row, fact_id=fact.pk)
    out = write(case, "custody_ended", ago(3))
    with as_person(by):
        assert [each.pk for each in releases_that_may_be(Recall.objects.get(pk=row.pk))] == [out.pk]
        record_release(by=by, recall=row, on=ago(3))
    found = Recall.objects.get(pk=row.pk)
    assert (found.returned_id, found.released_id, Fact.objects.filter(case=case).count()) == (fact.pk, out.pk, 3)


def test_custody_that_ran_when_recall_was_asked_for_may_be_the_return_and_an_earlier_stretch_not() -> None:
    by, case = scene()
    write(case, "custody_started", ago(60))
    write(case, "custody_ended", ago(50))
    running = write(case, "custody_started", ago(25))
    row = revoked(by, case)
    assert [each.pk for each in returns_that_may_be(row)] == [running.pk]


def test_a_fact_that_is_voided_counts_here_no_more_either() -> None:
    by, case = scene()
    row = revoked(by, case)
    with as_person(by):
        record_return(by=by, recall=row, on=ago(10))
        void_fact(by=by, fact=Fact.objects.get(case=case, kind="custody_started"), reason="Somebody else")
        assert stands(row) is RecallStands.AT_LARGE
        record_return(by=by, recall=row, on=ago(9))
    assert stands(row) is RecallStands.RETURNED


def test_what_cannot_be_is_refused_and_nothing_is_written() -> None:
    by, case = scene()
    other = make_case(case_manager=by)
    with as_person(by):
        for of, request, fields in (
            (other, REQUEST, ["asked_on"]),
            (case, Request(ago(20), " ", "king", " "), ["reason", "asked_for_by", "words"]),
        ):
            with pytest.raises(NotRecorded) as refused:
                record_recall(by=by, case=of, request=request)
            assert list(refused.value.problems) == fields
        assert not Recall.objects.exists()
        row = record_recall(by=by, case=case, request=REQUEST)
        with pytest.raises(NotRecorded, match="not ended yet"):
            record_recall(by=by, case=case, request=REQUEST)
        with pytest.raises(NotRecorded, match="no return"):
            record_return(by=by, recall=row, on=ago(1))
        with pytest.raises(NotRecorded, match="before the request"):
            decide_recall(by=by, recall=row, decision=Decision.REVOKED, on=ago(21))
        decide_recall(by=by, recall=row, decision=Decision.REVOKED, on=ago(18))
        for given, words in (
            ({"on": ago(21)}, "before the request"),
            ({}, "Enter the day"),
            ({"fact_id": 0}, "voided or used"),
            ({"on": ago(-1)}, "future|today"),
        ):
            with pytest.raises(NotRecorded, match=words):
                record_return(by=by, recall=row, **given)
        with pytest.raises(NotRecorded, match="no release"):
            record_release(by=by, recall=row, on=ago(1))
        record_return(by=by, recall=row, on=ago(5))
        with pytest.raises(NotRecorded, match="before the return"):
            record_release(by=by, recall=row, on=ago(6))


def test_a_recall_that_was_refused_is_over_and_another_can_be_asked_for() -> None:
    by, case = scene()
    row = asked(by, case)
    assert open_recall(case) == row
    with as_person(by):
        decide_recall(by=by, recall=row, decision=Decision.REFUSED, on=today())
    assert (stands(row), open_recall(case)) == (RecallStands.REFUSED, None)
    asked(by, case)


def test_the_same_form_is_answered_alike_and_a_stale_page_refused() -> None:
    by, case = scene()
    key = uuid.uuid4()
    with as_person(by):
        row = record_recall(by=by, case=case, request=REQUEST, submission=key)
        assert record_recall(by=by, case=case, request=REQUEST, submission=key) == row
        with pytest.raises(NotRecorded, match="saved before"):
            other = Request(ago(19), "Sample Officer", "behaviour", "Seen.")
            record_recall(by=by, case=case, request=other, submission=key)
        decide_recall(by=by, recall=row, decision=Decision.REVOKED, on=ago(18), version=0)
        with pytest.raises(ChangedSince):
            record_return(by=by, recall=row, on=ago(3), version=0)


def test_a_recall_is_set_aside_with_its_reason_and_the_facts_of_custody_stay() -> None:
    by, case = scene()
    row = revoked(by, case)
    with as_person(by):
        record_return(by=by, recall=row, on=ago(10))
        with pytest.raises(NotRecorded):
            set_recall_aside(by=by, recall=row, reason=" ")
        found = set_recall_aside(by=by, recall=row, reason="Another case")
        with pytest.raises(NotRecorded, match="set aside meanwhile"):
            set_recall_aside(by=by, recall=row, reason="Again")
    assert (found.set_aside_reason, found.returned_id, open_recall(case)) == ("Another case", None, None)
    assert Fact.objects.standing().filter(case=case, kind="custody_started").count() == 1


def test_only_a_line_manager_sets_aside_what_somebody_else_recorded() -> None:
    by, case = scene()
    row, police = asked(by, case), make_person(Role.POLICE_OFFICER)
    with as_person(police), pytest.raises(NotAllowed):
        set_recall_aside(by=police, recall=row, reason="A mistake")
    manager = make_person(Role.LINE_MANAGER)
    with as_person(manager):
        assert set_recall_aside(by=manager, recall=row, reason="A mistake").set_aside_by == manager
