"""A line manager's path in a real browser: the unit at a glance, a review with an action, a late start, marks."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.caseload import Record, ago
from tests.e2e.conftest import NARROW, OpenDesk
from tests.e2e.desk import Desk
from tests.e2e.test_accessibility import faults
from tests.support.server import Server

SPO, CASE_MANAGER = "n.manager.probation", "n.probation1"
PAGES = (
    "",
    "countersign/?what=oasys",
    "not-reviewed/",
    "management-reviews/",
    "late-starts/",
    "late-starts/list/?outcome=missing",
    "changes/?days=90",
    "quality/",
)


def day(days: int) -> str:
    return ago(days).isoformat()


FACTS: list[Record] = [
    {"kind": "order_started", "on": day(400), "order": "community_order"},
    {"kind": "harm_level_set", "on": day(390), "level": "very_high"},
    {"kind": "isp_completed", "on": day(300)},
]


@pytest.fixture(scope="module", autouse=True)
def cases(server: Server, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Three cases of the first case manager that have been at very high risk of harm for a long time."""
    lines: list[Record] = [
        {"format": "openmappa-caseload/1", "source": "oversight-tests", "made_on": ago(0).isoformat()}
    ]
    for number in ("1", "2", "3"):
        person = {"given_names": "Sample", "family_name": f"Overcase-{number}", "born_on": "1971-05-03"}
        lines.append(
            {
                "case": f"OVERSEE-{number}",
                "area": "northshire",
                "force": "A",
                "person": {**person, "aliases": [], "sex": "male", "ethnicity": "white_british"},
                "staff": {"case_manager": CASE_MANAGER, "police_officer": "n.police1"},
                "facts": FACTS,
            }
        )
    file = Path(tmp_path_factory.mktemp("oversight"), "caseload.jsonl")
    file.write_text("\n".join(json.dumps(line) for line in lines) + "\n", encoding="utf-8")
    server.manage("import_caseload", str(file))


def review(desk: Desk, base: str) -> None:
    desk.page.goto(f"{base}management-reviews/")
    desk.follow("Record a review")
    desk.page.get_by_label("Supervision plan", exact=True).check()
    desk.page.get_by_label("More frequent contact").check()
    desk.page.get_by_label("Why?").fill("He has moved near a school.")
    desk.page.get_by_label("What is to be done?").first.fill("Ring the school.")
    owner = desk.page.get_by_label("Who does it?").first
    owner.select_option(index=1)
    due = desk.page.get_by_role("group", name="By when?").first
    for box, value in (("Day", ago(-7).day), ("Month", ago(-7).month), ("Year", ago(-7).year)):
        due.get_by_label(box, exact=True).fill(str(value))
    desk.press("Save the review")


def test_a_manager_sees_the_unit_at_a_glance_reviews_a_case_and_its_action_is_completed(open_desk: OpenDesk) -> None:
    desk = open_desk(SPO)
    desk.page.goto("/")
    desk.follow("My unit")
    expect(desk.heading).to_have_text("My unit")
    desk.page.goto("/my-unit/not-reviewed/")
    expect(desk.page.get_by_role("row").filter(has_text="OVERSEE-1")).to_contain_text("Very high")
    base = desk.open_case("OVERSEE-1")
    expect(desk.page.get_by_role("main")).to_contain_text("No line manager has recorded a review of this case.")
    desk.page.goto(f"{base}management-reviews/add/")
    desk.press("Save the review")
    expect(desk.errors).to_be_visible()
    assert desk.errors.get_by_role("link").all_inner_texts() == [
        "Select what you looked at",
        "Select what your review came to",
        "Say why",
    ]
    review(desk, base)
    expect(desk.page.get_by_role("alert")).to_contain_text("The management review was recorded")
    main = desk.page.get_by_role("main")
    expect(main).to_contain_text("More frequent contact")
    expect(main).to_contain_text("He has moved near a school.")
    assert faults(desk.page) == []
    desk.follow("It is done")
    desk.page.get_by_label("How was it done, and where can that be seen?").fill("Rang the head teacher.")
    desk.press("It is done")
    expect(main).to_contain_text("Rang the head teacher.")
    desk.page.goto(base)
    expect(main).to_contain_text("more frequent contact")


def test_a_case_manager_says_why_a_start_was_late_and_the_manager_reads_it(open_desk: OpenDesk) -> None:
    officer, manager = open_desk(CASE_MANAGER), open_desk(SPO)
    base = officer.open_case("OVERSEE-2")
    officer.page.goto(f"{base}duties/")
    officer.follow("Say why it was late")
    expect(officer.heading).to_have_text("Why it was late")
    officer.choose("Why was it late?", "The case was allocated late")
    officer.press("Save the reason")
    expect(officer.page.get_by_role("main")).to_contain_text("Why it was late: the case was allocated late")
    assert faults(officer.page) == []
    manager.page.goto("/my-unit/late-starts/")
    expect(manager.heading).to_have_text("Late starts")


def test_a_manager_marks_a_plan_criterion_by_criterion_without_javascript(open_desk: OpenDesk) -> None:
    desk = open_desk(SPO, scripts=False, viewport=NARROW)
    base = desk.open_case("OVERSEE-3")
    desk.page.goto(f"{base}management-reviews/")
    desk.follow("Mark the quality of work")
    desk.follow("Mark it")
    for criterion in ("On time, complete, and drawing on others", "SMART objectives"):
        desk.choose(criterion, "Sufficient")
    desk.choose("What the plan says", "Poor")
    desk.press("Save the marks")
    expect(desk.errors).to_be_visible()
    assert desk.errors.get_by_role("link").all_inner_texts() == ["Say why “What the plan says” is poor"]
    desk.page.locator("#id_comment-plan_content").fill("It says nothing of the victim.")
    desk.press("Save the marks")
    expect(desk.heading).to_contain_text("Marks of quality")
    expect(desk.page.get_by_role("main")).to_contain_text("It says nothing of the victim.")
    marks = desk.path
    desk.page.goto("/my-unit/quality/")
    expect(desk.page.get_by_role("row").filter(has_text="OVERSEE-3").first).to_be_visible()
    assert open_desk(CASE_MANAGER).page.goto(marks).status == 403  # type: ignore[union-attr]


def test_every_page_of_a_unit_gives_axe_nothing_to_find_wide_and_narrow(open_desk: OpenDesk) -> None:
    desk = open_desk(SPO)
    for page in PAGES:
        desk.page.goto(f"/my-unit/{page}")
        assert faults(desk.page) == [], page
    base = desk.open_case("OVERSEE-2")
    for page in ("management-reviews/", "management-reviews/add/", "quality/", "duties/", ""):
        desk.page.goto(base + page)
        assert faults(desk.page) == [], page
    desk.page.goto(f"{base}quality/")
    desk.follow("Mark it")
    desk.press("Save the marks")
    assert faults(desk.page) == []
