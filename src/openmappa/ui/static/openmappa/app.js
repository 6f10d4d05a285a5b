// Enhancements only: every page works without this file.
import { createAll, Button, CharacterCount, Checkboxes, ErrorSummary, PasswordInput, SkipLink }
  from "../govuk-frontend.min.js";

const PREVIEW_DELAY = 250; // milliseconds after the last change

for (const component of [Button, CharacterCount, Checkboxes, ErrorSummary, PasswordInput, SkipLink]) {
  createAll(component);
}
document.querySelectorAll(".govuk-radios").forEach(revealByChoice);
takeFocus();
openTarget();
window.addEventListener("hashchange", openTarget);
openWhenWide();
document.querySelectorAll("form[method=post]:not([data-no-guard])").forEach(sendOnce);
document.querySelectorAll("form[data-warn-unsaved]").forEach(warnOfUnsaved);
document.querySelectorAll("form[data-live-preview]").forEach(previewLive);
window.addEventListener("beforeprint", sayWhenPrinted);

// Shows what belongs to the chosen radio. (GOV.UK's own does this too, but with an attribute that radios may not have.)
function revealByChoice(group) {
  const controlling = group.querySelectorAll("[data-aria-controls]");
  const show = () => controlling.forEach((choice) => {
    document.getElementById(choice.dataset.ariaControls)
      ?.classList.toggle("govuk-radios__conditional--hidden", !choice.checked);
  });
  controlling.forEach((choice) => choice.setAttribute("aria-controls", choice.dataset.ariaControls));
  group.addEventListener("change", show);
  window.addEventListener("pageshow", show);
  show();
}

// A message about what has just happened is read first, unless an error summary took the focus already.
function takeFocus() {
  const message = document.querySelector("[data-focus-on-load]");
  if (message && !document.querySelector(".govuk-error-summary")) message.focus();
}

// A link to a duty opens its reasons.
function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target) target.querySelectorAll("details").forEach((reasons) => { reasons.open = true; });
}

// Filters start folded on a small screen and open on a wide one.
function openWhenWide() {
  if (!window.matchMedia("(min-width: 48em)").matches) return;
  document.querySelectorAll("details[data-open-when-wide]").forEach((panel) => { panel.open = true; });
}

// A second press of the button while the first is under way sends nothing. What is hidden by a choice is not sent.
function sendOnce(form) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) { event.preventDefault(); return; }
    sent = true;
    form.querySelectorAll(".govuk-radios__conditional--hidden, .govuk-checkboxes__conditional--hidden")
      .forEach((part) => part.querySelectorAll("input, select, textarea").forEach((input) => { 
        if (!input.disabled) { input.disabled = true; input.dataset.notSent = ""; }
      }));
  });
  window.addEventListener("pageshow", (event) => {
    sent = false;
    if (event.persisted) form.querySelectorAll("[data-not-sent]").forEach((input) => { input.disabled = false; });
  });
}

// The browser asks before a half-filled form is left.
function warnOfUnsaved(form) {
  let changed = Boolean(document.querySelector(".govuk-error-summary, .om-conflict"));
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  form.querySelectorAll(".govuk-button-group a").forEach((link) => {
    link.addEventListener("click", () => { changed = false; });
  });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}

// Posts the form as it stands to data-live-preview and puts the answer into the region; the newest answer wins.
function previewLive(form) {
  const region = document.getElementById(form.dataset.liveRegion);
  if (!region) return;
  let timer = 0;
  let underWay = null;
  const refresh = async () => {
    underWay?.abort();
    underWay = new AbortController();
    try {
      const answer = await fetch(form.dataset.livePreview, {
        method: "POST", body: new FormData(form), credentials: "same-origin",
        headers: { "X-Requested-With": "fetch" }, signal: underWay.signal,
      });
      if (answer.ok && !answer.redirected) region.innerHTML = await answer.text();
    } catch (error) {
      if (error.name !== "AbortError") region.textContent = "";
    }
  };
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(refresh, PREVIEW_DELAY); });
}

// On paper stands when it was printed, beside when the page was read from the record.
function sayWhenPrinted() {
  const place = document.querySelector("[data-printed-at]");
  if (!place) return;
  const at = { dateStyle: "long", timeStyle: "short", timeZone: "Europe/London" };
  place.textContent = ` on ${new Intl.DateTimeFormat("en-GB", at).format(new Date())}`;
}
