"""The pages of orders and recalls: what is seen first, what a form says, and as many queries for many as for one."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.orders.models.breach import OrderBreach
from openmappa.orders.models.order import CivilOrder
from openmappa.orders.models.recall import Recall
from tests.orders.build import applied, breached, made, ordered
from tests.timeline.build import ago, make_case, make_person, signed_in, write

pytestmark = pytest.mark.django_db


def address(case: Case, name: str = "list", **more: Any) -> str:
    return reverse(f"orders:{name}", kwargs={"key": case.key, **more})


def day(name: str, days: int) -> dict[str, str]:
    on = ago(days)
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


def scene() -> tuple[User, Case]:
    by = make_person(Role.POLICE_OFFICER)
    return by, make_case(police_officer=by)


def page(by: User, path: str) -> str:
    return signed_in(by).get(path).content.decode()


def test_the_front_sheet_shows_what_is_prohibited_before_everything_else() -> None:
    by, case = scene()
    breached(by, ordered(by, case))
    ordered(by, case, applied())
    said = page(by, reverse("timeline:front_sheet", kwargs={"key": case.key}))
    assert said.index("Not to enter Sample Park.") < said.index("Record a home visit")
    assert "Breach on" in said and said.count("Sexual Harm Prevention Order (SHPO)</h2>") == 1, "not the application"


def test_a_print_of_the_case_has_the_orders_in_force() -> None:
    by, case = scene()
    ordered(by, case)
    manager = make_person(Role.LINE_MANAGER)
    path = reverse("timeline:export", kwargs={"key": case.key})
    sent = {"as_what": "print", "include": ["open"], "recipient": "A court", "purpose": "A hearing"}
    said = signed_in(manager).post(path, sent).content.decode()
    assert "Civil orders in force" in said and "Not to enter Sample Park." in said


def test_an_order_is_recorded_by_its_form_once_however_often_it_is_sent() -> None:
    by, case = scene()
    sent = {
        "kind": "shpo",
        **day("on", 30),
        "court": "Sampleton",
        "lasts": "further_order",
        "lines": "Not to use the internet.",
        "words": "",
        "submission": "0a5be5b0-3b1c-4c39-9a4c-0f4bb1a7d001",
    }
    for _ in range(2):
        answer = signed_in(by).post(address(case, "record", step="made"), sent)
        assert (answer.status_code, answer["Location"]) == (302, f"{address(case)}?saved=order")
    assert CivilOrder.objects.count() == 1
    assert "Not to use the internet." in page(by, f"{address(case)}?saved=order")


def test_a_form_keeps_what_was_typed_and_says_what_is_wrong_at_its_field() -> None:
    by, case = scene()
    sent = {"kind": "sopo", **day("on", 30), "lasts": "day", "lines": "Not to use the internet."}
    said = signed_in(by).post(address(case, "record", step="made"), sent).content.decode()
    assert "This order could be applied for until 7 March 2015" in said and "Not to use the internet." in said
    sent |= {"lasts": "further_order", **day("until_on", 1)}
    said = signed_in(by).post(address(case, "record", step="made"), sent).content.decode()
    assert "or leave the last day empty" in said
    assert not CivilOrder.objects.exists()


def test_a_step_a_breach_and_a_mistake_go_through_their_forms() -> None:
    by, case = scene()
    order = ordered(by, case, applied())
    browser = signed_in(by)
    form = {**day("on", 60), "lasts": "further_order", "lines": "One.\nTwo.", "version": "0"}
    assert browser.post(address(case, "step", order=order.key, step="made"), form).status_code == 302
    stale = browser.post(address(case, "step", order=order.key, step="varied"), {**form, "version": "0"})
    assert "Somebody else has changed this" in stale.content.decode()
    breach = {**day("on", 5), "what": "Seen there.", **day("reported_on", 4)}
    assert browser.post(address(case, "breach", order=order.key), breach).status_code == 302
    row = OrderBreach.objects.get()
    more = {**breach, **day("charged_on", 3), **day("convicted_on", 1), "outcome": "A fine.", "version": "0"}
    assert browser.post(address(case, "change_breach", breach=row.key), more).status_code == 302
    said = page(by, address(case))
    assert "Convicted" in said and "A fine." in said
    aside = {"reason": "Another person"}
    assert browser.post(address(case, "set_aside_breach", breach=row.key), aside).status_code == 302
    last = {"reason": "The wrong day", "what": "step"}
    assert browser.post(address(case, "set_aside", order=order.key), last).status_code == 302
    assert browser.post(address(case, "set_aside", order=order.key), aside).status_code == 302
    assert page(by, address(case)).count("Recorded in error") == 3


def test_steps_that_are_none_and_orders_of_another_case_are_not_found() -> None:
    by, case = scene()
    order = ordered(by, make_case(police_officer=by))
    browser = signed_in(by)
    for path in (
        address(case, "record", step="king"),
        address(case, "record", step="varied"),
        address(case, "step", order=order.key, step="varied"),
        address(case, "change_breach", breach=order.key),
        address(case, "decide_recall", recall=order.key),
    ):
        assert browser.get(path).status_code == 404


def test_a_recall_goes_through_its_forms_and_the_front_sheet_says_that_somebody_is_at_large() -> None:
    by, case = scene()
    write(case, "order_started", ago(100), order="licence")
    browser = signed_in(by)
    asked = {**day("asked_on", 9), "asked_for_by": "S Officer", "reason": "behaviour", "words": "Seen there."}
    assert browser.post(address(case, "record_recall"), asked).status_code == 302
    row = Recall.objects.get()
    decided = {"decision": "revoked", **day("decided_on", 8), "version": "0"}
    assert browser.post(address(case, "decide_recall", recall=row.key), decided).status_code == 302
    assert "Unlawfully at large" in page(by, reverse("timeline:front_sheet", kwargs={"key": case.key}))
    fact = write(case, "custody_started", ago(5))
    path = address(case, "return_recall", recall=row.key)
    assert "Taken into custody" in page(by, path)
    assert "Enter the day" in browser.post(path, {"fact": "new", "version": "1"}).content.decode()
    assert browser.post(path, {"fact": str(fact.pk), "version": "1"}).status_code == 302
    out = {**day("on", 1), "version": "2"}
    assert browser.post(address(case, "release_recall", recall=row.key), out).status_code == 302
    assert "Released again" in page(by, address(case))
    assert browser.post(address(case, "set_aside_recall", recall=row.key), {"reason": "No"}).status_code == 302


def test_a_page_of_many_orders_asks_as_often_as_one_of_one() -> None:
    by, case = scene()
    other = make_case(police_officer=by)
    breached(by, ordered(by, case))
    for number in range(8):
        breached(by, ordered(by, other, made(ago(90 + number))), days=5)
    browser = signed_in(by)
    for each in (case, other):
        browser.get(address(each))
    counts = []
    for each in (case, other):
        with CaptureQueriesContext(connection) as found:
            browser.get(address(each))
        counts.append(len(found))
    assert counts[0] == counts[1]
