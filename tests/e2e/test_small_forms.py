"""The small forms: each records one thing, and shows what it changed. And taking a mistake back."""

from dataclasses import dataclass, field
from datetime import date

import pytest
from playwright.sync_api import expect

from openmappa.core.dates import add_months
from openmappa.ui.formats import day
from tests.e2e.caseload import ago
from tests.e2e.conftest import OpenDesk
from tests.e2e.desk import Desk


@dataclass(frozen=True)
class Step:
    """A form: who opens it, on which case, what its link says, the answers, the day, and what the page then says."""

    reference: str
    who: str
    link: str
    question: str
    says: str
    on: date = field(default_factory=date.today)
    answers: tuple[tuple[str, str], ...] = ()
    ends: tuple[str, date] | None = None


STEPS = [
    Step(
        "FORMS-01",
        "n.probation1",
        "Set risk of harm",
        "Date it was set",
        "Risk of harm: High (was: not set)",
        answers=(("Risk of harm", "High"),),
    ),
    Step(
        "FORMS-03",
        "n.police1",
        "Record an annual notification",
        "Date the person notified",
        "Annual notification to the police: met",
        on=ago(2),
    ),
    Step(
        "FORMS-04",
        "n.police1",
        "Note a significant incident",
        "Date of the incident",
        "OASys after a significant incident: due on",
        on=ago(1),
    ),
    Step("FORMS-05", "n.probation1", "End the order or licence", "Date it ended", "Order or licence: None", on=ago(1)),
    Step(
        "FORMS-06",
        "n.probation1",
        "Record custody",
        "Date taken into custody",
        "Unannounced police home visit: it was due on",
        on=ago(3),
    ),
    Step(
        "FORMS-07",
        "n.manager.police",
        "Set the visit interval",
        "Date it was decided",
        "Own visit interval: Every 2 months (was: none)",
        answers=(("How often should the police visit?", "An interval for this case"),),
    ),
]


def choose_day(desk: Desk, question: str, on: date) -> None:
    """Choose today, or fill in the three boxes."""
    if on == date.today():
        desk.page.get_by_role("group", name=question).get_by_label("Today,").check()
    else:
        desk.another_day(question, on)


def go_to_form(desk: Desk, reference: str, link: str) -> None:
    """From the case to the menu of what can be recorded, and on to one form."""
    desk.open_case(reference)
    desk.follow("Record something else")
    expect(desk.heading).to_have_text("Record something")
    desk.follow(link)
    expect(desk.heading).to_have_text(link)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.link)
def test_each_form_records_one_thing_and_says_what_it_changed(open_desk: OpenDesk, step: Step) -> None:
    desk = open_desk(step.who)
    go_to_form(desk, step.reference, step.link)
    for question, chosen in step.answers:
        desk.page.get_by_role("group", name=question, exact=True).get_by_label(chosen).first.check()
    if step.link == "Set the visit interval":
        desk.page.get_by_label("Months between visits").fill("2")
    choose_day(desk, step.question, step.on)
    desk.press("Save")
    expect(desk.heading).to_have_text("What this changed")
    expect(desk.page.get_by_role("main")).to_contain_text(step.says)
    desk.follow("Go to the case")
    desk.follow("Timeline")
    expect(desk.page.locator(".om-timeline__item").first).to_contain_text(day(step.on))


def test_an_order_begins_and_brings_its_duties(open_desk: OpenDesk) -> None:
    desk = open_desk("n.probation1")
    go_to_form(desk, "FORMS-08", "End the order or licence")
    choose_day(desk, "Date it ended", ago(3))
    desk.press("Save")
    desk.follow("Record something else")
    desk.follow("Start an order or licence")
    desk.page.get_by_label("Licence", exact=True).check()
    choose_day(desk, "Date it started", date.today())
    desk.another_day("Date it ends", add_months(date.today(), 18))
    desk.press("Save")
    main = desk.page.get_by_role("main")
    expect(main).to_contain_text("Initial supervision plan: due on")
    expect(main).to_contain_text("OASys at the start of an order or licence: due on")


def test_custody_then_release(open_desk: OpenDesk) -> None:
    desk = open_desk("n.police1")
    go_to_form(desk, "FORMS-09", "Record custody")
    choose_day(desk, "Date taken into custody", ago(20))
    desk.press("Save")
    expect(desk.page.get_by_role("main")).to_contain_text("Custody: In custody")
    desk.follow("Record something else")
    desk.follow("Record a release")
    choose_day(desk, "Date of release", ago(1))
    desk.press("Save")
    expect(desk.page.get_by_role("main")).to_contain_text("Unannounced police home visit: due on")
    desk.follow("Go to the case")
    expect(desk.page.get_by_role("region", name="Custody")).to_contain_text("In the community")


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_a_mistake_is_voided_with_a_reason_and_stays_struck_through(open_desk: OpenDesk, scripts: bool) -> None:
    desk = open_desk("n.police1", scripts=scripts)
    reference = "FORMS-10" if scripts else "FORMS-11"
    go_to_form(desk, reference, "Note a significant incident")
    choose_day(desk, "Date of the incident", ago(1))
    desk.press("Save")
    desk.follow("This is a mistake")
    expect(desk.heading).to_have_text("Void a mistake")
    expect(desk.page.get_by_role("main")).to_contain_text("OASys after a significant incident")
    desk.press("Void this entry")
    expect(desk.errors).to_contain_text("Say why this is a mistake")
    desk.page.get_by_label("Why is this a mistake?").fill("It happened to somebody else.")
    desk.press("Void this entry")
    expect(desk.heading).to_have_text("What voiding this changed")
    desk.follow("Go to the case")
    desk.follow("Timeline")
    entry = desk.page.locator(".om-timeline__item--voided")
    expect(entry.locator("s")).to_have_text("Significant incident")
    expect(entry).to_contain_text("Voided by Officer One Sampleton")
    expect(entry).to_contain_text("It happened to somebody else.")


def test_somebody_elses_entry_is_not_offered_to_an_officer_but_to_their_manager(open_desk: OpenDesk) -> None:
    officer, sergeant = open_desk("n.police1"), open_desk("n.manager.police")
    base = officer.open_case("FORMS-12")
    for desk, expected in ((officer, 0), (sergeant, 1)):
        desk.page.goto(f"{base}timeline/")
        assert (desk.page.get_by_text("This is a mistake").count() > 0) is bool(expected)


def test_a_day_in_the_future_or_before_birth_is_refused_and_what_was_chosen_is_kept(open_desk: OpenDesk) -> None:
    desk = open_desk("n.probation1")
    go_to_form(desk, "FORMS-12", "Set risk of harm")
    desk.choose("Risk of harm", "Very high")
    desk.another_day("Date it was set", date(1970, 1, 1))
    desk.press("Save")
    expect(desk.errors).to_be_focused()
    desk.another_day("Date it was set", ago(-1))
    desk.press("Save")
    expect(desk.errors).to_contain_text("Date it was set must be today or in the past")
    expect(desk.page.get_by_role("group", name="Risk of harm").get_by_label("Very high")).to_be_checked()


def test_two_people_set_different_levels_and_the_second_decides_knowing_the_first(open_desk: OpenDesk) -> None:
    first, second = open_desk("n.probation1"), open_desk("n.manager.probation")
    for desk, level in ((first, "High"), (second, "Medium")):
        go_to_form(desk, "FORMS-13", "Set risk of harm")
        desk.choose("Risk of harm", level)
    first.press("Save")
    expect(first.heading).to_have_text("What this changed")
    second.press("Save")
    panel = second.page.locator(".om-conflict")
    expect(panel).to_contain_text("Caseworker One Sampleton recorded")
    panel.get_by_role("link", name="Cancel").click()
    expect(second.page.get_by_role("region", name="Risk of harm", exact=True)).to_contain_text("High")
