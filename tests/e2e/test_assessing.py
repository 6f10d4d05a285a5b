"""Two inspectors in two browsers: one case assessed blind, on a bad line, signed, and settled where they differ."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import NARROW, OpenDesk
from tests.e2e.desk import Desk
from tests.e2e.test_accessibility import faults
from tests.support.server import Server

MADE = """
from datetime import timedelta
from django.utils import timezone
from openmappa.accounts.acting import as_person
from openmappa.accounts.models import Area, User
from openmappa.core.inspection.sample import Rules
from openmappa.core.inspection.traits import Whom
from openmappa.inspections.models import Kind
from openmappa.inspections.queries.frameworks import shipped
from openmappa.inspections.services.inspecting import open_inspection
from openmappa.samples.services.drawing import draw_cases, list_cases
from openmappa.samples.services.exercises import let_work
lead, other = (User.objects.get(username=name) for name in ("inspector", "n.coordinator"))
with as_person(lead):
    on = timezone.localdate() - timedelta(days=1)
    exercise = open_inspection(by=lead, kind=Kind.JOINT, title="A test", purpose="To test", framework=shipped(),
        areas=[other.area], on=on).exercise
    let_work(by=lead, exercise=exercise, person=other)
    list_cases(by=lead, exercise=exercise, whom=Whom.MANAGED)
    draw_cases(by=lead, exercise=exercise, seed="rain", seed_from="A test", rules=Rules(2))
    print(f"MADE {exercise.key}")
"""
ANSWERED = """
from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.assessing.models import Assessment, GivenAnswer
from openmappa.assessing.queries.assessments import case_of, criteria_for, framework_for, kind_of_case
from openmappa.assessing.services.answering import Said, Seen, give_answer
user = User.objects.get(username="{username}")
with as_person(user):
    row = Assessment.objects.select_related("exercise").get(key="{key}")
    case = case_of(user, row.exercise, row.case_key)
    done = set(GivenAnswer.objects.filter(assessment=row).values_list("question", flat=True))
    kind = kind_of_case(row.exercise, row.case_key)
    for _, questions in criteria_for(framework_for(row.exercise), kind):
        for question in questions:
            if question.code not in done:
                said = Said(question.answers[-1], no_evidence=True)
                give_answer(by=user, assessment=row, case=case, question=question, said=said, offer=None, seen=Seen())
"""


DEALT = """
from openmappa.accounts.acting import as_job
from openmappa.assessing.models import Assessment
with as_job("test"):
    rows = list(Assessment.objects.filter(exercise__key="{exercise}").select_related("inspector"))
    for row in rows:
        if row.case_key == rows[0].case_key:
            print("DEALT", row.inspector.username, row.key, row.case_key)
"""


def assess(desk: Desk, server: Server, address: str, answer: str) -> None:
    """Answer the question on objectives, part of it on a bad line; the rest is answered behind the page; then sign."""
    page = desk.page
    page.goto(address)
    assert faults(page) == []
    desk.follow("Supervision plans and their reviews")
    form = page.locator("#smart_objectives")
    form.get_by_label(answer, exact=True).check()
    expect(form.locator("[data-state]")).to_contain_text("Saved at")
    page.context.set_offline(True)
    form.get_by_label("Passage, and where it stands").fill(f"What {desk.username} read")
    expect(page.locator("[data-saves-all]")).to_contain_text("1 answer is still here")
    page.context.set_offline(False)
    expect(page.locator("[data-saves-all]")).to_have_text("Everything is saved.")
    assert faults(page) == []
    desk.complaints = [one for one in desk.complaints if "ERR_INTERNET_DISCONNECTED" not in one]
    key = address.rstrip("/").rsplit("/", 1)[-1]
    server.manage("shell", "-c", ANSWERED.format(username=desk.username, key=key))
    page.goto(address)
    desk.follow("Sign the assessment")
    assert faults(page) == []
    desk.press("Sign the assessment")
    expect(page.get_by_role("main")).to_contain_text("The assessment is signed")


def fits(page: Page) -> bool:
    page.set_viewport_size({"width": NARROW["width"], "height": NARROW["height"]})  # looking for faults made it wider
    return bool(page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"])


def test_two_inspectors_assess_a_case_blind_sign_it_and_settle_where_they_differ(
    server: Server, open_desk: OpenDesk
) -> None:
    made = re.search(r"MADE (\S+)", server.manage("shell", "-c", MADE))
    assert made
    here = f"/inspections/{made.group(1)}/assessing/"
    lead, other = open_desk("inspector"), open_desk("n.coordinator", viewport=NARROW)
    lead.page.goto(here)
    lead.follow("Deal the cases out")
    assert faults(lead.page) == []
    lead.page.get_by_label("Seed").fill("rain")
    lead.page.get_by_label("Share of cases").fill("100")
    lead.press("Deal the cases out")
    expect(lead.page.get_by_role("main")).to_contain_text("The cases are dealt out")
    assert faults(lead.page) == []
    dealt = re.findall(r"DEALT (\S+) (\S+) (\S+)", server.manage("shell", "-c", DEALT.format(exercise=made.group(1))))
    of = {username: f"{here}{key}/" for username, key, _ in dealt}
    assess(lead, server, of["inspector"], "Sufficient")
    other.page.goto(f"{of['inspector']}criteria/plans/")
    expect(other.page.get_by_role("main")).to_contain_text("No answer that you may see")
    expect(other.page.get_by_role("main")).not_to_contain_text("What inspector read")
    assert fits(other.page)
    assess(other, server, of["n.coordinator"], "Poor")
    assert fits(other.page)
    other.page.goto(f"{here}cases/{dealt[0][2]}/differences/")
    section = other.page.locator("#smart_objectives")
    expect(section).to_contain_text("What inspector read")
    assert faults(other.page) == []
    section.get_by_label("Poor", exact=True).check()
    section.get_by_label("Why").fill("Nobody can tell when they are reached")
    section.get_by_role("button", name="Propose this").click()
    expect(other.page.locator("#smart_objectives")).to_contain_text("Proposed by")
    assert fits(other.page)
    lead.page.goto(other.path)
    lead.page.locator("#smart_objectives").get_by_role("button", name="Agree to this").click()
    expect(lead.page.locator("#smart_objectives")).to_contain_text("Settled by")
    lead.page.goto(f"{here}agreement/")
    expect(lead.page.get_by_role("main")).to_contain_text("The same answer in 0 of 1 cases")
    assert faults(lead.page) == []
