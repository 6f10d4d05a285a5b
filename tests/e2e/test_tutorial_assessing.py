"""The tutorial's second part, step by step, as a stranger would follow it: one case from sentence to signed plans.

With OPENMAPPA_SCREENSHOTS=docs/images its pictures are taken as well, on a full demonstration.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenDesk
from tests.e2e.desk import PASSWORD
from tests.e2e.oasys import answer_by_keyboard
from tests.e2e.pictures import TUTORIALS, picture
from tests.e2e.stranger import Stranger, bold_words, never_seen

TUTORIAL = TUTORIALS / "assessing-a-new-case.md"
CASE = "NSH-NEW1"
CASE_MANAGER, POLICE = "n.probation1", "n.police1"
SPO, SERGEANT = "n.manager.probation", "n.manager.police"
DIFFERENT: Mapping[str, Mapping[str, str]] = {
    "Offending information": {"item_1_3": "1", "item_1_7": "40", "item_1_8": "40"},
    "Analysis of offences": {"item_2_2_4": "yes"},
    "Lifestyle and associates": {"item_7_2": "2"},
    "Likelihood of reconviction": {"age_at_first_sanction": "40", "offence_group": "sexual_child"},
    "Risk of serious harm: screening": {"item_r1_2_3": "current", "full_analysis": "yes"},
    "Risk of serious harm: levels": {"children_community": "high"},
}
"""The table of step 3: the answers that are not the mildest, by section."""
PLAN = {"what": "Applies for a flat at three housing offices", "measure": "Copies of three applications are on file"}
CLUB = {
    "what": "Attends the job club every Tuesday for 12 weeks",
    "measure": "The register shows 10 of 12 Tuesdays",
    "plain_words": "You go to the job club on Tuesdays.",
}
ADVICE = {"what": "Housing advice", "provider": "The housing centre", "why_now": "His tenancy ends first."}
PROGRAMME = {
    "what": "Accredited programme",
    "provider": "Probation",
    "why_now": "It needs a settled home.",
    "plain_words": "You join the group.",
}
LIAISON = {
    "who": "The case manager",
    "with_whom": "The police officer",
    "how_often": "Every Monday by telephone",
    "about": "Visits and what was seen.",
}
CONTROLS = {
    "other_agencies": "Housing centre: a flat away from the school.",
    "existing_controls": "Conditions of the order; registration.",
    "contact": "Tuesdays at the office; a joint home visit every month.",
}
KEYS = ("Tab", "↓", "space bar")


class Assessor(Stranger):
    """Somebody who answers the questions of an OASys, and finds what waits for a countersignature."""

    def put(self, answers: Mapping[str, str]) -> None:
        """Answer questions of an OASys, by their names: a box, a row or a list."""
        for name, value in answers.items():
            self.page.locator(f'[name="{name}"]').first.wait_for()
            row = self.page.locator(f'input[type=radio][name="{name}"][value="{value}"]')
            lists = self.page.locator(f'select[name="{name}"]')
            if row.count():
                row.check()
            elif lists.count():
                lists.select_option(value)
            else:
                self.page.locator(f'[name="{name}"]').fill(value)

    def last_of(self, kind: str) -> None:
        """On a line manager's page: open the newest of what waits of a kind of work on the case."""
        self.page.goto("/")
        self.follow("My unit")
        self.follow("All that waits")
        self.follow(kind)
        numbers = self.page.locator(".govuk-pagination__item a")
        if numbers.count():
            numbers.last.click()
        row = self.page.get_by_role("row").filter(has_text=CASE).last
        self.look()
        row.get_by_role("link", name="Read and countersign").click()


SitDown = Callable[[str], Assessor]


@pytest.fixture
def seen() -> list[str]:
    """The words of every page that was seen."""
    return []


@pytest.fixture
def sit_down(open_desk: OpenDesk, seen: list[str]) -> SitDown:
    """Sign in as somebody, each in a browser of their own."""
    people: dict[str, Assessor] = {}

    def someone(username: str) -> Assessor:
        if username not in people:
            desk = open_desk(username, fresh=True)
            people[username] = Assessor(desk.page, username, seen)
            expect(desk.heading).to_have_text("My worklist")
        return people[username]

    return someone


def test_a_stranger_takes_a_case_from_sentence_to_countersigned_plans(sit_down: SitDown, seen: list[str]) -> None:
    find_the_case_and_start(sit_down(CASE_MANAGER))
    answer_one_section_and_the_rest(sit_down(CASE_MANAGER))
    hand_over_the_tablet_and_sign(sit_down(CASE_MANAGER))
    score_an_rm2000(sit_down(POLICE), sit_down(SERGEANT))
    return_it_and_countersign(sit_down(CASE_MANAGER), sit_down(SPO))
    write_the_supervision_plan(sit_down(CASE_MANAGER))
    write_the_risk_management_plan(sit_down(CASE_MANAGER), sit_down(SPO))
    tell_of_a_change(sit_down(CASE_MANAGER), sit_down(POLICE))
    begin_a_review(sit_down(CASE_MANAGER))
    words = bold_words(TUTORIAL)
    assert len(words) >= 100
    assert list(never_seen(words, seen, but=KEYS)) == []


def find_the_case_and_start(manager: Assessor) -> None:
    """Step 1."""
    manager.follow("Find a case")
    manager.open_case(CASE)
    manager.sees("not scored")
    manager.follow("Duties")
    duty = manager.page.locator(".om-duty", has_text="OASys at the start of an order or licence")
    manager.look()
    duty.get_by_role("link", name="Record it").click()
    manager.page.get_by_label("At the start of the order or licence").check()
    manager.press("Start")
    manager.sees("173 things to do before it can be signed")


def answer_one_section_and_the_rest(manager: Assessor) -> None:
    """Steps 2 and 3."""
    page = manager.page
    manager.follow("Accommodation")
    manager.put({"item_3_3": "0", "item_3_4": "0", "item_3_5": "2"})
    expect(page.locator("#so-far")).to_contain_text("Accommodation is a criminogenic need")
    manager.press("Save and stop")
    manager.sees("4 to do")
    manager.follow("What is missing")
    manager.look()
    page.get_by_role("link", name="3.5 Whether the home will last: write what stands behind").click()
    manager.put({"item_3_5_evidence": "His tenancy ends in four weeks: letter from the landlord."})
    assert answer_by_keyboard(page) == 3
    expect(page.locator("#so-far")).to_contain_text("This section is complete")
    picture(page, "oasys-section", around="[name=item_3_98]")
    manager.press("Save and stop")
    manager.follow("Back to OASys")
    manager.follow("Go on with the draft")
    page.locator(".govuk-task-list__link").first.click()
    for _ in range(30):
        manager.put(DIFFERENT.get(manager.heading.inner_text(), {}))
        answer_by_keyboard(page)
        if manager.path.endswith("harm-levels/"):
            picture(page, "oasys-levels", around=".om-oasys-levels")
        manager.press(
            "Save and go on" if page.get_by_role("button", name="Save and go on").count() else "Save and finish"
        )
        if manager.heading.inner_text() == "OASys: draft":
            break
    manager.sees("Everything is answered. It can be signed.")


def hand_over_the_tablet_and_sign(manager: Assessor) -> None:
    """Steps 4 and 5."""
    manager.follow("What the offender says")
    manager.follow("Hand over this tablet")
    manager.press("Hand it over now")
    manager.follow("Start")
    manager.page.get_by_role("radio", name="No", exact=True).first.check()
    picture(manager.page, "self-assessment")
    manager.press("Next")
    manager.look()
    manager.page.goto("/find/")
    expect(manager.heading).to_have_text("Give the tablet back")
    manager.follow("For staff: take the tablet back")
    manager.page.locator("input[name=password]").fill(PASSWORD)
    manager.press("Take it back")
    manager.sees("They say it is no problem. You scored 2 points")
    manager.follow("Back to the OASys")
    manager.follow("Read it and sign")
    manager.sees("Lifestyle and associates: 2 of 6 points")
    manager.today()
    manager.press("Sign")
    expect(manager.heading).to_have_text("What comes next")
    manager.look()


def score_an_rm2000(officer: Assessor, sergeant: Assessor) -> None:
    """Step 6."""
    officer.open_case(CASE)
    officer.follow("RM2000")
    officer.follow("Score an RM2000")
    for label, count in {"Age at commencement of risk": "40", "Sexual appearances": "1"}.items():
        officer.page.get_by_label(label).fill(count)
    officer.page.get_by_label("Criminal appearances").fill("1")
    officer.choose("Has there been a male victim of a sexual offence?", "Yes")
    officer.choose("Has a victim of a sexual offence been a stranger?", "No")
    officer.choose("Is he single?", "Yes")
    officer.choose("Has there been a non-contact sexual offence?", "No")
    officer.today()
    officer.press("Save score")
    sergeant.open_case(CASE)
    sergeant.follow("RM2000")
    sergeant.look()
    sergeant.follow("Countersign the RM2000")
    sergeant.press("Countersign")
    sergeant.follow("Go to the case")
    sergeant.sees("RM2000 gives medium, OGRS3 gives low. For a sex offender RM2000 stands")
    sergeant.look()
    picture(sergeant.page, "precedence")


def return_it_and_countersign(manager: Assessor, senior: Assessor) -> None:
    """Step 7."""
    senior.follow("My unit")
    expect(senior.heading).to_have_text("My unit")
    picture(senior.page, "my-unit")
    senior.last_of("OASys")
    senior.page.get_by_label("Return it with comments").check()
    senior.page.get_by_role("textbox", name="Comment").fill("Say what would make it very high.")
    senior.press("Save my decision")
    manager.page.goto("/")
    manager.follow("Notices")
    manager.page.get_by_role("listitem").filter(has_text=CASE).get_by_text("Open").first.click()
    manager.follow("Start the new version")
    manager.press("Start version 2")
    manager.sees("Say what would make it very high.")
    manager.follow("Risk of serious harm: levels")
    manager.put({"children_community_evidence": "Court papers. Very high if he is seen at the school."})
    manager.press("Save and stop")
    manager.follow("Read it and sign")
    manager.today()
    manager.page.get_by_label("It was right at the time").check()
    manager.press("Sign")
    senior.last_of("OASys")
    senior.page.get_by_label("Countersign it").check()
    senior.press("Save my decision")
    senior.sees("Countersigned by Senior Sampleton")


def write_the_supervision_plan(manager: Assessor) -> None:
    """Step 8."""
    page = manager.page
    manager.open_case(CASE)
    manager.follow("Plans")
    manager.press("Start the supervision plan")
    manager.follow("Objectives")
    objective(manager, {**PLAN, "what": "Addresses his housing issues", "plain_words": "You apply for three flats."}, 8)
    page.get_by_label("Criminogenic need: Accommodation").check()
    expect(page.locator("#smart")).to_contain_text("Not quite there yet")
    manager.press("Save")
    expect(manager.errors).to_contain_text("does not say what is done about it")
    picture(page, "objective-refused")
    manager.fill(PLAN)
    manager.press("Save")
    objective(manager, CLUB, 13)
    page.get_by_label("Criminogenic need: Lifestyle and associates").check()
    manager.press("Save")
    manager.follow("Say why not yet")
    manager.fill({"why_not_yet": "The group starts in March."})
    manager.press("Save")
    manager.follow("Back to the steps")
    interventions(manager)
    the_offenders_part(manager)
    manager.fill({"community": "A sister in town.", "contact": "Tuesdays at 10, at the office."})
    manager.press("Save and go on")
    liaison_and_victims(manager, {"victim_issues": "The victim contact unit was told."})
    manager.follow("Check and sign")
    manager.sees("It cannot be signed yet")
    manager.follow("Go to the offender’s part, and diversity")
    manager.fill({"diversity": "Asked at the first appointment: reads well, no disability."})
    manager.press("Save and go on")
    manager.follow("Back to the steps")
    sign(manager)
    manager.follow("Go to the case")
    manager.follow("Plans")
    manager.follow("Initial supervision plan completed, version 1")
    manager.sees("0 of 2 done, 2 open")
    picture(page, "plan-at-a-glance")
    manager.follow("Copy for the offender")
    with page.expect_download() as copied:
        manager.press("Make the copy (PDF)")
    assert copied.value.suggested_filename == "plan-for-the-offender-version-1.pdf"


def objective(manager: Assessor, words: Mapping[str, str], weeks: int) -> None:
    manager.follow("Add an objective")
    manager.fill(words)
    manager.another_day("By when?", in_weeks(weeks))
    manager.page.get_by_label("The offender", exact=True).check()


def interventions(manager: Assessor) -> None:
    manager.follow("Interventions in sequence")
    for words, first, weeks in ((ADVICE, "Nothing", 1), (PROGRAMME, "1. Housing advice", 9)):
        manager.follow("Add an intervention")
        manager.page.get_by_label("Constructive: works on why they offend").check()
        manager.fill(words)
        manager.page.get_by_label("What has to come first?").select_option(label=first)
        manager.another_day("When does it start?", in_weeks(weeks))
        manager.press("Save")
    manager.follow("Back to the steps")


def the_offenders_part(manager: Assessor) -> None:
    manager.follow("The offender’s part, and diversity")
    manager.another_day("When was the plan shared with the offender?", date.today())
    manager.choose("Do they agree with it?", "Yes")
    manager.fill({"own_words": "I want to keep my flat.", "diversity": "N/A", "adapted": "Large print."})
    manager.press("Save and go on")
    expect(manager.heading).to_have_text("Community and contact")


def liaison_and_victims(manager: Assessor, victims: Mapping[str, str]) -> None:
    """From the step of liaison to the list of steps."""
    manager.follow("Add who talks to whom")
    manager.fill(LIAISON)
    manager.press("Save")
    manager.follow("Back to the steps")
    manager.follow("Victims and what the offender must not know")
    manager.fill(victims)
    manager.press("Save and go on")


def sign(manager: Assessor) -> None:
    manager.follow("Check and sign")
    manager.today()
    manager.press("Sign")
    manager.sees("met on time")


def write_the_risk_management_plan(manager: Assessor, senior: Assessor) -> None:
    """Step 9."""
    manager.follow("Back to the plan")
    manager.follow("All plans")
    manager.press("Start the risk management plan")
    manager.follow("Agencies, controls and contact")
    manager.fill(CONTROLS)
    manager.press("Save and go on")
    manager.follow("Add an action")
    manager.fill({"what": "Tell the head teacher whom to ring"})
    the_police_officer(manager)
    manager.another_day("By when?", in_weeks(1))
    manager.press("Save")
    manager.follow("Back to the steps")
    manager.follow("If the plan fails")
    manager.follow("Add what is done if it fails")
    manager.fill({"trigger": "Seen near the school, or an appointment missed."})
    manager.fill({"what": "The police officer visits the same day."})
    the_police_officer(manager)
    manager.press("Save")
    manager.follow("Back to the steps")
    manager.follow("Who talks to whom")
    liaison_and_victims(manager, {"victim_safety": "The school knows whom to ring."})
    sign(manager)
    for _ in range(2):
        senior.last_of("Plans")
        senior.page.get_by_label("Countersign it").check()
        senior.press("Save the decision")
        senior.sees("Countersigned by Senior Sampleton")


def the_police_officer(manager: Assessor) -> None:
    manager.page.get_by_label("Somebody who works on this case").check()
    person = manager.page.locator("[name=owner] option", has_text="police officer of this case")
    manager.page.locator("[name=owner]").select_option(value=person.get_attribute("value"))


def tell_of_a_change(manager: Assessor, officer: Assessor) -> None:
    """Step 10."""
    manager.open_case(CASE)
    manager.follow("Record something else")
    manager.follow("Set risk of harm")
    manager.choose("Risk of harm", "Very high")
    manager.today()
    manager.press("Save")
    officer.page.goto("/")
    officer.look()
    officer.page.locator(".om-told li", has_text=CASE).get_by_role("link", name="Read and acknowledge").click()
    officer.page.get_by_label("What did you do about it?").fill("Brought the next visit forward to tonight.")
    officer.look()
    officer.page.get_by_role("button", name="I know about this").click()
    officer.follow("Back to the front sheet")
    officer.follow("All changes of levels, and who knew when")
    officer.sees("Coordinator Sampleton: not yet")
    officer.look()
    picture(officer.page, "levels-over-time", around="main table caption")


def begin_a_review(manager: Assessor) -> None:
    """Step 11."""
    manager.open_case(CASE)
    manager.follow("OASys")
    manager.follow("Start an OASys")
    manager.page.get_by_label("After a significant incident").check()
    manager.page.get_by_label("The answers of the last one, each to be confirmed").check()
    manager.press("Start")
    manager.follow("Accommodation")
    manager.put({"item_3_5": "0"})
    manager.press("Save and stop")
    manager.follow("What changed since the last one")
    manager.sees("Need gone")
    manager.follow("Back to the OASys")
    manager.follow("Abandon this draft")
    manager.page.get_by_label("Why is this draft abandoned?").fill("Only tried.")
    manager.press("Abandon it")
    manager.follow("Start an OASys")


def in_weeks(weeks: int) -> date:
    return date.today() + timedelta(weeks=weeks)
