"""Recording a civil order from its application to its end, its breach, and what was a mistake."""

import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection

from openmappa.accounts.acting import as_person
from openmappa.accounts.errors import NotAllowed
from openmappa.accounts.models import User
from openmappa.audit.models import Change
from openmappa.core.access import Role
from openmappa.core.involvement import InvolvementKind
from openmappa.core.orders.breach import BreachDays
from openmappa.core.orders.life import Step
from openmappa.notes.models import Note
from openmappa.notices.models import Notice
from openmappa.orders.errors import ChangedSince, NotRecorded
from openmappa.orders.models.breach import OrderBreach
from openmappa.orders.models.order import CivilOrder, OrderStep
from openmappa.orders.services.breaches import Breach, follow_breach, record_breach, set_breach_aside
from openmappa.orders.services.recording import (
    Entry,
    record_order,
    record_step,
    set_last_step_aside,
    set_order_aside,
)
from tests.orders.build import a_recall_row, applied, breached, followed, made, ordered, shown_to
from tests.timeline.build import ago, give, make_area, make_case, make_person, today

pytestmark = pytest.mark.django_db


def officer() -> User:
    return make_person(Role.POLICE_OFFICER)


def test_an_order_goes_from_its_application_to_its_discharge() -> None:
    by = officer()
    order = ordered(by, make_case(police_officer=by), applied())
    until = today() + timedelta(days=1)
    steps = [
        Entry(Step.INTERIM, ago(110), court="Sampleton", until_on=until, lines="Not to enter Sample Park."),
        made(ago(90)),
        Entry(Step.VARIED, ago(50), lines="Not to use the internet."),
        Entry(Step.DISCHARGED, ago(5), words="No longer needed."),
    ]
    stood = ["Applied for"]
    for each in steps:
        followed(by, order, each)
        stood.append(shown_to(by, order).stands)
    assert stood == ["Applied for", "Interim order in force", "In force", "In force", "Discharged"]
    assert [row.step for row in order.steps.all()] == ["applied", "interim", "made", "varied", "discharged"]
    texts = "\n".join(Note.objects.order_by("pk").values_list("text", flat=True))
    assert "Sexual Harm Prevention Order (SHPO): applied for" in texts and "– Not to enter Sample Park." in texts


def test_empty_lines_are_dropped_and_the_others_kept_in_order() -> None:
    by = officer()
    order = ordered(by, make_case(police_officer=by), made(lines="  First   line. \n\n Second. \r\n"))
    state = shown_to(by, order).state
    assert state is not None and state.lines == ("First line.", "Second.")


@pytest.mark.parametrize(
    ("kind", "entry", "field"),
    [
        ("king", made(), "kind"),
        ("shpo", made(lines=" "), "lines"),
        ("shpo", made(lines="x" * 301), "lines"),
        ("shpo", made(open_ended=False), "until_on"),
        ("shpo", made(open_ended=False, until_on=ago(-30)), "until_on"),
        ("sopo", made(), "on"),
        ("shpo", applied(applicant=" "), "applicant"),
        ("shpo", applied(ago(-1)), "on"),
        ("sex_offender_order", made(date(1903, 1, 1)), "on"),
        ("shpo", Entry(Step.REFUSED, ago(3)), ""),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_written(kind: str, entry: Entry, field: str) -> None:
    by = officer()
    case = make_case(police_officer=by)
    with as_person(by), pytest.raises(NotRecorded) as refused:
        record_order(by=by, case=case, kind=kind, entry=entry)
    assert list(refused.value.problems) == [field]
    assert (CivilOrder.objects.count(), OrderStep.objects.count(), Note.objects.count()) == (0, 0, 0)


def test_a_day_before_the_person_was_born_is_refused() -> None:
    by = officer()
    case = make_case(police_officer=by)
    case.person.born_on = date(2005, 1, 1)
    case.person.save()
    with as_person(by), pytest.raises(NotRecorded) as refused:
        record_order(by=by, case=case, kind="sopo", entry=made(date(2004, 12, 1)))
    assert refused.value.problems == {"on": "The day must not be before the person was born"}


def test_the_same_form_sent_again_is_answered_alike_and_with_other_answers_refused() -> None:
    by = officer()
    case, key, later = make_case(police_officer=by), uuid.uuid4(), uuid.uuid4()
    with as_person(by):
        order = record_order(by=by, case=case, kind="shpo", entry=applied(), submission=key)
        assert record_order(by=by, case=case, kind="shpo", entry=applied(), submission=key) == order
        for kind, entry in (("sro", applied()), ("shpo", applied(ago(121)))):
            with pytest.raises(NotRecorded):
                record_order(by=by, case=case, kind=kind, entry=entry, submission=key)
        step = record_step(by=by, order=order, entry=made(), submission=later)
        assert record_step(by=by, order=order, entry=made(), version=0, submission=later) == step
        other = record_order(by=by, case=case, kind="shpo", entry=applied())
        with pytest.raises(NotRecorded):
            record_step(by=by, order=other, entry=made(), submission=later)
    assert (CivilOrder.objects.count(), OrderStep.objects.count()) == (2, 3)


def test_a_stale_page_is_refused_and_says_so() -> None:
    by = officer()
    order = ordered(by, make_case(police_officer=by), applied())
    followed(by, order, made())
    with as_person(by), pytest.raises(ChangedSince):
        record_step(by=by, order=order, entry=Entry(Step.DISCHARGED, ago(1)), version=0)
    with as_person(by), pytest.raises(ChangedSince):
        set_order_aside(by=by, order=order, reason="A mistake", version=0)


def test_those_who_must_know_are_told_and_not_who_recorded_it() -> None:
    police, probation = officer(), make_person(Role.CASE_MANAGER)
    case = make_case(police_officer=police, case_manager=probation)
    order = ordered(police, case)
    breached(police, order)
    told = list(Notice.objects.filter(kind="civil_order").values_list("to", "words").order_by("pk"))
    assert {who for who, _ in told} == {probation.pk}
    assert [words.split(": ", 1)[1] for _, words in told] == [
        "Sexual Harm Prevention Order (SHPO): order made.",
        "a breach of the Sexual Harm Prevention Order (SHPO) was recorded.",
    ]


def test_a_breach_is_followed_to_its_end_and_its_history_is_kept() -> None:
    by = officer()
    order = ordered(by, make_case(police_officer=by))
    breach = breached(by, order)
    assert len(shown_to(by, order).open_breaches) == 1
    days = replace(breach.days, charged_on=ago(5), convicted_on=ago(1))
    with as_person(by):
        done = follow_breach(by=by, breach=breach, now=Breach(days, breach.what, "A fine."), version=0)
        with pytest.raises(ChangedSince):
            follow_breach(by=by, breach=breach, now=Breach(days, breach.what), version=0)
    assert (done.days.words, done.outcome, shown_to(by, order).open_breaches) == ("Convicted", "A fine.", [])
    was = Change.objects.filter(in_table="orders_orderbreach", row_id=breach.pk, operation="update").last()
    assert was is not None and {"charged_on", "convicted_on"} <= set(was.columns)


def test_a_breach_on_a_day_without_the_order_and_one_without_words_are_refused() -> None:
    by = officer()
    order = ordered(by, make_case(police_officer=by))
    for breach, field in (
        (Breach(BreachDays(ago(101), ago(1)), "Seen."), "on"),
        (Breach(BreachDays(ago(3), ago(1)), " "), "what"),
    ):
        with as_person(by), pytest.raises(NotRecorded) as refused:
            record_breach(by=by, order=order, breach=breach)
        assert list(refused.value.problems) == [field]
    assert not OrderBreach.objects.exists()


def test_the_same_breach_sent_again_is_answered_alike() -> None:
    by, key = officer(), uuid.uuid4()
    order = ordered(by, make_case(police_officer=by))
    breach = Breach(BreachDays(ago(3), ago(2)), "Seen in Sample Park.")
    with as_person(by):
        first = record_breach(by=by, order=order, breach=breach, submission=key)
        assert record_breach(by=by, order=order, breach=breach, submission=key) == first
        with pytest.raises(NotRecorded):
            record_breach(by=by, order=order, breach=replace(breach, what="Another."), submission=key)
    assert OrderBreach.objects.count() == 1


def test_the_last_step_is_set_aside_with_its_reason_and_the_order_stands_as_before() -> None:
    by = officer()
    order = ordered(by, make_case(police_officer=by), applied())
    followed(by, order, made())
    with as_person(by):
        with pytest.raises(NotRecorded):
            set_last_step_aside(by=by, order=order, reason=" ")
        step = set_last_step_aside(by=by, order=order, reason="The wrong day")
    assert (step.set_aside_by, step.set_aside_reason, shown_to(by, order).stands) == (
        by,
        "The wrong day",
        "Applied for",
    )
    followed(by, order, made(ago(99)))
    assert shown_to(by, order).stands == "In force"


def test_the_first_step_is_not_set_aside_alone_nor_what_a_breach_rests_on() -> None:
    by = officer()
    case = make_case(police_officer=by)
    alone, order = ordered(by, case), ordered(by, case, applied())
    followed(by, order, made())
    breach = breached(by, order)
    with as_person(by):
        with pytest.raises(NotRecorded, match="all that is recorded"):
            set_last_step_aside(by=by, order=alone, reason="A mistake")
        for aside in (set_last_step_aside, set_order_aside):
            with pytest.raises(NotRecorded, match="Set the breach aside first"):
                aside(by=by, order=order, reason="A mistake")
        set_breach_aside(by=by, breach=breach, reason="Somebody else")
        set_order_aside(by=by, order=order, reason="Another case")
        for again in (
            lambda: set_breach_aside(by=by, breach=breach, reason="Again"),
            lambda: set_order_aside(by=by, order=order, reason="Again"),
        ):
            with pytest.raises(NotRecorded, match="set aside meanwhile"):
                again()
    found = shown_to(by, order)
    assert (found.stands, found.can_follow, found.in_force) == ("Recorded in error", (), False)


def test_only_a_line_manager_sets_aside_what_somebody_else_recorded() -> None:
    by, other = officer(), officer()
    order = ordered(by, make_case(police_officer=by))
    with as_person(other), pytest.raises(NotAllowed):
        set_order_aside(by=other, order=order, reason="A mistake")
    manager = make_person(Role.LINE_MANAGER)
    with as_person(manager):
        assert set_order_aside(by=manager, order=order, reason="A mistake").set_aside_by == manager


@pytest.mark.parametrize("role", [Role.VICTIM_CONTACT_OFFICER, Role.INSPECTOR, Role.AUDITOR, Role.PARTNER_MEMBER])
def test_who_does_not_manage_the_case_records_no_order(role: Role) -> None:
    case, who = make_case(), make_person(role)
    with pytest.raises(NotAllowed):
        record_order(by=who, case=case, kind="shpo", entry=made())


def seen_in_sql(user: User, table: str) -> int:
    with as_person(user), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int((cursor.fetchone() or (0,))[0])


def test_the_database_shows_orders_to_those_who_read_the_record_of_the_case_alone() -> None:
    by = officer()
    case = make_case(police_officer=by)
    breached(by, ordered(by, case))
    a_recall_row(case, by)
    partner, elsewhere = (
        make_person(Role.PARTNER_MEMBER, kind="partner"),
        make_person(Role.MAPPA_COORDINATOR, area=make_area("eastmarch", "B")),
    )
    give(case, InvolvementKind.INVITED, person=partner)
    assert seen_in_sql(partner, "cases_case") == 1, "there is something that could leak"
    for table in ("orders_civilorder", "orders_orderstep", "orders_orderbreach", "orders_recall"):
        assert [seen_in_sql(each, table) for each in (by, partner, elsewhere)] == [1, 0, 0]


def test_an_order_that_ends_within_three_months_ends_soon() -> None:
    by = officer()
    case = make_case(police_officer=by)
    entry = made(date(2022, 1, 10), open_ended=False, until_on=today() + timedelta(days=60))
    if entry.until_on is not None and entry.until_on < date(2027, 1, 9):
        entry = replace(entry, on=date(2020, 1, 10))
    assert shown_to(by, ordered(by, case, entry)).ends_soon
    assert not shown_to(by, ordered(by, case)).ends_soon
