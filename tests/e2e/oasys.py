"""Writing an OASys in a browser: what its tests and the tutorial's have in common."""

from playwright.sync_api import Page, expect

from tests.e2e.desk import Desk

ANSWER_ALL = """() => {
  const form = document.querySelector("form[data-oasys]");
  const groups = new Set([...form.querySelectorAll("input[type=radio]")].map((one) => one.name));
  for (const name of groups) {
    const choices = [...form.querySelectorAll(`input[name="${name}"]`)];
    const mild = choices.find((one) => ["0", "no", "never", "low", "nothing"].includes(one.value)) ?? choices[0];
    if (!choices.some((one) => one.checked)) mild.click();
  }
  const number = (name) => ({ age_at_conviction: 40, age_at_first_sanction: 30, age_at_risk_date: 41 })[name] ?? 12;
  form.querySelectorAll("select").forEach((one) => { one.selectedIndex = 1; });
  form.querySelectorAll("input[inputmode=numeric]").forEach((one) => { one.value ||= number(one.name); });
  form.querySelectorAll("textarea").forEach((one) => { one.value ||= "Seen on the home visit, 3 May."; });
  form.dispatchEvent(new Event("change"));
}"""
"""Answers whatever a section's page still asks: no problem, no, never, and a line of evidence."""
FOCUSED = """() => {
  const at = document.activeElement, row = at.closest(".om-oasys-item");
  if (at.tagName === "BUTTON") return "button";
  if (!row) return "beside";
  const first = row.querySelector("label").innerText.trim();
  if (at.type === "radio") {
    if (row.querySelector("input[type=radio]:checked")) return "answered";
    return ["Yes", "Something to take account of"].includes(first) ? "second" : "first";
  }
  if (at.value || row.innerText.includes("(optional)")) return "answered";
  return at.tagName === "TEXTAREA" ? "words" : "number";
}"""
"""What has the focus, and how the tutorial answers it."""


def start(desk: Desk, reference: str) -> str:
    """Start an OASys on a case; the start of the addresses of its pages."""
    desk.page.goto(f"{desk.open_case(reference)}oasys/start/")
    desk.page.get_by_label("At the start of the order or licence").check()
    desk.press("Start")
    expect(desk.heading).to_have_text("OASys: draft")
    return desk.path


def answer_by_keyboard(page: Page) -> int:
    """Answer what a section's page still asks with Tab, space bar and arrow, as the tutorial says; how many answers."""
    page.locator("form[data-oasys]").evaluate(
        "form => form.querySelector('input:not([type=hidden]), textarea').focus()"
    )
    answers = 0
    while (kind := page.evaluate(FOCUSED)) != "button":
        answers += kind in ("first", "second", "number", "words")
        if kind in ("first", "second"):
            page.keyboard.press("Space" if kind == "first" else "ArrowDown")
        elif kind in ("number", "words"):
            page.keyboard.insert_text("0" if kind == "number" else "Court papers.")
        page.keyboard.press("Tab")
    return answers
