"""Pages of audits ask the database as often for thirty rows as for one."""

import pytest
from django.test import Client
from django.urls import reverse

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.case_audits.models.audits import CaseAudit
from openmappa.case_audits.services.auditing import close_audit, finish_form
from openmappa.core.access import Role
from tests.case_audits.build import a_feedback_row, an_audited_row, answered, board_member, drawn_audit, each_drawn
from tests.house.test_queries_constant import queries_of
from tests.samples.build import managed_case
from tests.timeline.build import make_person, signed_in

pytestmark = pytest.mark.django_db

MANY = 30


def finished_audit(by: User, size: int) -> CaseAudit:
    audit = drawn_audit(by, size)
    for drawn in each_drawn(by, audit):
        with as_person(by):
            finish_form(by=by, drawn=drawn, said=answered(drawn))
    return audit


def asked(browser: Client, address: str) -> int:
    return queries_of(lambda: browser.get(address))


def page(audit: CaseAudit) -> str:
    return reverse("case_audits:audit", kwargs={"audit": audit.key})


def test_an_audit_of_30_cases_asks_as_often_as_one_of_1() -> None:
    member, officer = board_member(), make_person(Role.POLICE_OFFICER)
    for _ in range(MANY):
        managed_case(level=2, police_officer=officer)
    one, many = finished_audit(member, 1), finished_audit(member, MANY)
    browser = signed_in(member)
    assert asked(browser, page(many)) == asked(browser, page(one))
    for audit in (one, many):
        with as_person(member):
            close_audit(by=member, audit=audit, strengths="Much.", improvements="Some.")
    reader = signed_in(make_person(Role.AUDITOR))
    assert asked(reader, page(many)) == asked(reader, page(one))


def test_the_list_asks_as_often_for_30_audits_and_30_rows_of_feedback_as_for_1() -> None:
    member, officer = board_member(), make_person(Role.POLICE_OFFICER)
    browsers = {"list": signed_in(member), "feedback_list": signed_in(officer)}
    found = []
    for number in (1, MANY - 1):
        for _ in range(number):
            case = managed_case(level=2, police_officer=officer)
            a_feedback_row(an_audited_row(case, make_person(Role.MAPPA_COORDINATOR)), officer)
        found.append({name: asked(who, reverse(f"case_audits:{name}")) for name, who in browsers.items()})
    assert found[0] == found[1]
