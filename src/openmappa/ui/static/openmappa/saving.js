// Forms that save themselves one by one (data-saves), each with a line that says what is saved. Work without, too.
// What is not saved yet stands in this page alone, never in the browser's storage: it would stay on a shared computer.
const TYPING = 1500; // milliseconds after the last key
const CHOOSING = 150; // after a choice
const AT_LATEST = 10000; // while somebody goes on typing
const AGAIN = [2000, 5000, 10000, 20000]; // after a connection was lost

const forms = [...document.querySelectorAll("form[data-saves]")].map(savesItself);
const all = document.querySelector("[data-saves-all]");

function savesItself(form) {
  const line = { form, changes: 0, saved: 0, since: 0, timer: 0, failed: 0, underWay: false, torn: false, refused: false };
  form.addEventListener("input", (event) => {
    if (line.changes === line.saved) line.since = Date.now();
    line.changes += 1;
    line.refused = false;
    tell(line, "");
    summary();
    soon(line, ["radio", "checkbox"].includes(event.target.type) ? CHOOSING : TYPING);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (line.torn) return;
    if (line.changes === line.saved) line.changes += 1;
    clearTimeout(line.timer);
    save(line);
  });
  return line;
}

const waiting = () => forms.filter((line) => line.changes !== line.saved).length;
const tell = (line, words, late = false) => {
  const place = line.form.querySelector("[data-state]");
  if (place.textContent !== words) place.textContent = words;
  line.form.classList.toggle("om-saves--late", late);
};
const summary = () => {
  if (!all) return;
  const left = waiting(), lost = forms.some((line) => line.failed);
  const many = left === 1 ? "1 answer is" : `${left} answers are`;
  const refused = forms.filter((line) => line.refused && line.changes !== line.saved).length;
  const wrong = `Not saved: ${refused === 1 ? "1 answer" : `${refused} answers`}. What is wrong stands beside the button.`;
  const words = lost && left ? `Not saved: the connection is lost. ${many} still here, and this page goes on trying.` : refused ? wrong : left ? "Saving …" : "Everything is saved.";
  if (all.textContent !== words) all.textContent = words;
  all.classList.toggle("om-saves-all--late", Boolean((lost && left) || refused));
};
const soon = (line, wait) => {
  clearTimeout(line.timer);
  line.timer = setTimeout(() => save(line), Math.max(0, Math.min(wait, line.since + AT_LATEST - Date.now())));
};

async function save(line) {
  if (line.underWay || line.torn || line.changes === line.saved) return;
  line.underWay = true;
  const sending = line.changes;
  const turn = line.form.querySelector("[name=turn]");
  turn.value = Number(turn.value) + 1;
  try {
    const answer = await fetch(line.form.action, {
      method: "POST", body: new FormData(line.form), credentials: "same-origin",
      headers: { "X-Requested-With": "fetch", Accept: "application/json" },
    });
    line.refused = !answer.ok || answer.redirected;
    if (answer.redirected || answer.status === 403 || answer.status === 404) {
      tell(line, "Not saved: you are signed out, or the case is not yours any more. Keep this page, sign in in another window, then press the button.", true);
      return;
    }
    const said = await answer.json();
    line.failed = 0;
    const wrong = Object.values(said.problems ?? {}).flat();
    if (answer.status === 409) choose(line, said);
    else if (answer.status === 422) tell(line, `Not saved: ${wrong.join(" ")}`, true);
    else if (!answer.ok) throw new Error(answer.statusText);
    else {
      line.saved = sending;
      line.since = Date.now();
      line.form.querySelector("[name=revision]").value = said.revision;
      tell(line, wrong.length ? `Saved at ${said.saved}, except: ${wrong.join(" ")}` : `Saved at ${said.saved}`, wrong.length > 0);
      line.form.dispatchEvent(new CustomEvent("saved", { detail: said }));
    }
  } catch {
    tell(line, "Not saved yet", true);
    line.timer = setTimeout(() => save(line), AGAIN[Math.min(line.failed, AGAIN.length - 1)]);
    line.failed += 1;
  } finally {
    line.underWay = false;
    summary();
    if (!line.failed && !line.torn && line.changes !== sending) soon(line, TYPING);
  }
}

// Saved in another window since: both are there, and whoever is here chooses.
function choose(line, said) {
  line.torn = true;
  const panel = line.form.querySelector("[data-choice]");
  const box = document.createElement("div");
  box.className = "om-saves__choice";
  box.setAttribute("role", "alert");
  const told = document.createElement("p");
  told.textContent = `This was saved at ${said.at} in another window. There it says:`;
  const list = document.createElement("ul");
  said.says.filter(Boolean).forEach((text) => list.append(Object.assign(document.createElement("li"), { textContent: text })));
  const take = () => { line.form.querySelector("[name=revision]").value = said.revision; line.torn = line.refused = false; panel.replaceChildren(); };
  const mine = button("Keep what is here", () => { take(); line.changes += 1; save(line); });
  const theirs = button("Take what was saved", () => { fill(line.form, said.theirs); take(); line.saved = line.changes; tell(line, "What was saved is kept"); summary(); });
  box.append(told, list, mine, theirs);
  panel.replaceChildren(box);
  tell(line, "Not saved: choose which one stands", true);
}
const button = (text, press) => {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "govuk-button govuk-button--secondary", textContent: text });
  made.addEventListener("click", press);
  return made;
};
const fill = (form, values) => Object.entries(values).forEach(([name, value]) => {
  form.querySelectorAll(`[name="${name}"]`).forEach((box) => {
    if (box.type === "radio") box.checked = box.value === value;
    else if (box.type === "checkbox") box.checked = Boolean(value);
    else box.value = value;
  });
});

summary();
window.addEventListener("online", () => forms.forEach((line) => save(line)));
document.addEventListener("visibilitychange", () => { if (document.hidden) forms.forEach((line) => save(line)); });
window.addEventListener("beforeunload", (event) => { if (waiting()) event.preventDefault(); });
