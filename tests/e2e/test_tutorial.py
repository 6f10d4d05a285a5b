"""The tutorial, step by step, as a stranger would follow it.

With OPENMAPPA_SCREENSHOTS=docs/images its pictures are taken as well, on a full demonstration.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenDesk
from tests.e2e.desk import Desk
from tests.e2e.pictures import IMAGES, MOST_BYTES, TUTORIALS, picture

TUTORIAL = TUTORIALS / "an-officers-day.md"


def choose_standard(desk: Desk, title: str) -> None:
    desk.page.wait_for_load_state()  # the script that opens the filters on a wide screen has run
    if not desk.page.get_by_label("Standard").is_visible():
        desk.page.locator("summary", has_text="Filters").click()
    desk.page.get_by_label("Standard").select_option(label=title)
    desk.page.get_by_role("button", name="Apply filters").last.click()


@pytest.fixture
def police(open_desk: OpenDesk) -> Desk:
    """Step 1: signed in as the tutorial says."""
    desk = open_desk("n.police1", fresh=True)
    expect(desk.heading).to_have_text("My worklist")
    picture(desk.page, "worklist")
    return desk


def test_steps_2_and_3_read_why_a_visit_is_due_and_record_one(police: Desk) -> None:
    page = police.page
    choose_standard(police, "Unannounced police home visit")
    page.locator(".om-duty__what a", has_text="Unannounced police home visit").first.click()
    expect(police.heading).to_have_text("Duties")
    duty = page.locator(".om-duty:target")
    expect(duty.get_by_text("Table 1").first).to_be_visible()
    picture(page, "duty-why", around=":target")
    police.follow("Front sheet")
    expect(police.heading).to_have_text("Front sheet")
    picture(page, "front-sheet")
    police.follow("Record a home visit")
    page.locator("label", has_text=re.compile(r"^\s*Today")).click()
    police.choose("Outcome", "Seen")
    page.get_by_label("What was observed?").fill("Lives alone. Nothing has changed since the last visit.")
    police.choose("Was there anything of concern?", "No")
    police.choose("Is there intelligence to submit?", "No")
    picture(page, "record-visit")
    police.choose("Was the visit announced?", "Unannounced")
    police.choose("Was it a joint visit by police and probation?", "No")
    police.press("Save visit")
    expect(police.heading).to_have_text("What this changed")
    expect(page.get_by_role("main")).to_contain_text("Met by this")
    expect(page.get_by_role("main")).to_contain_text("Started by this")
    picture(page, "what-changed")


def test_steps_4_and_5_score_an_rm2000_and_have_it_countersigned(police: Desk, open_desk: OpenDesk) -> None:
    page = police.page
    choose_standard(police, "RM2000 after registration")
    page.get_by_role("link", name="Record it").first.click()
    expect(police.heading).to_have_text("Score an RM2000")
    for question, answer in {
        "Age at commencement of risk": "30",
        "Sexual appearances": "2",
        "Criminal appearances": "2",
    }.items():
        page.get_by_label(question).fill(answer)
    police.choose("Has there been a male victim of a sexual offence?", "Yes")
    police.choose("Has a victim of a sexual offence been a stranger?", "Yes")
    police.choose("Is he single?", "No")
    police.choose("Has there been a non-contact sexual offence?", "No")
    expect(page.get_by_role("main")).to_contain_text("so the category is high")
    picture(page, "score-rm2000", around="#points")
    page.locator("label", has_text=re.compile(r"^\s*Today")).click()
    police.press("Save score")
    expect(page.get_by_role("main")).to_contain_text("RM2000 countersignature")
    reference = page.locator(".om-case").inner_text()
    found = re.search(r"[A-Z]+-\d+", reference)
    assert found
    manager = open_desk("n.manager.police", fresh=True)
    manager.open_case(found.group(0))
    manager.follow("RM2000")
    manager.follow("Countersign the RM2000")
    expect(manager.page.get_by_role("main")).to_contain_text("How this score was reached")
    manager.press("Countersign")
    expect(manager.page.get_by_role("main")).to_contain_text("RM2000 countersignature")


def test_step_6_find_somebody_by_a_misspelled_name(police: Desk) -> None:
    name = police.page.locator("main h3 a, .om-case-group a").first.inner_text()
    first, *others = name.split()
    misspelled = " ".join([*others, first[:3] + first[4:]])
    police.find(misspelled)
    picture(police.page, "find")
    expect(police.page.get_by_role("main")).to_contain_text(name)
    assert police.path == "/find/"


def test_step_7_take_a_mistake_back(police: Desk) -> None:
    page = police.page
    choose_standard(police, "Unannounced police home visit")
    page.get_by_role("link", name="Record it").first.click()
    page.locator("label", has_text=re.compile(r"^\s*Today")).click()
    police.choose("Outcome", "Not seen")
    police.choose("Was the visit announced?", "Unannounced")
    police.choose("Was it a joint visit by police and probation?", "No")
    police.press("Save visit")
    police.follow("Go to the case")
    police.follow("Timeline")
    page.get_by_role("link", name="This is a mistake").first.click()
    page.get_by_label("Why is this a mistake?").fill("Entered on the wrong case.")
    police.press("Void this entry")
    police.page.goto(re.sub(r"(/cases/[^/]+/).*", r"\1timeline/", page.url))
    expect(page.get_by_role("main")).to_contain_text("Entered on the wrong case.")
    expect(page.get_by_role("main")).to_contain_text("Voided")


def test_every_word_that_the_tutorial_says_to_look_for_is_on_a_page(police: Desk, open_desk: OpenDesk) -> None:
    page, manager = police.page, open_desk("n.manager.police")
    seen: list[str] = [page.content()]
    case = police.open_case("VISIT-10")
    for part in ("", "duties/", "timeline/", "visits/", "visits/record/", "assessments/", "assessments/rm2000/score/"):
        page.goto(case + part)
        seen.append(page.content())
    page.goto(f"{police.open_case('EMPTY-01')}assessments/")
    seen.append(page.content())
    page.goto(f"{case}record/incident/")
    page.get_by_label("Today,").check()
    police.press("Save")
    seen.append(page.content())
    page.goto(f"{case}record/")
    seen.append(page.content())
    police.page.goto(f"{case}timeline/")
    seen.append(page.content())
    police.follow("This is a mistake")
    seen.append(page.content())
    for part in ("assessments/", "assessments/rm2000/countersign/"):
        manager.page.goto(manager.open_case("SIGN-01") + part)
        seen.append(manager.page.content())
    shown = " ".join(re.sub(r"<[^>]+>", " ", text) for text in seen).casefold()
    words = re.findall(r"\*\*(.+?)\*\*", " ".join(TUTORIAL.read_text(encoding="utf-8").split()))
    assert len(words) >= 20
    assert [word for word in words if word.strip(".").casefold() not in " ".join(shown.split())] == []


def test_every_picture_of_the_tutorials_is_there_and_small_enough_to_read_over_a_slow_line() -> None:
    said = " ".join(file.read_text(encoding="utf-8") for file in TUTORIALS.glob("*.md"))
    names = re.findall(r"\.\./images/([a-z0-9-]+\.png)", said)
    assert sorted(names) == sorted(file.name for file in IMAGES.glob("*.png"))
    assert [name for name in names if (IMAGES / name).stat().st_size >= MOST_BYTES] == []
