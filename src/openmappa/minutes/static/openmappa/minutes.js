// The page of a meeting while it runs: each line saves itself, and what others save appears. Works without, too.
// What is not saved yet stands in this page alone, never in the browser's storage: it would stay on a shared computer.
const TYPING = 1500; // milliseconds after the last key
const AT_LATEST = 10000; // while somebody goes on typing
const AGAIN = [2000, 5000, 10000, 20000]; // after a connection was lost
const NEWS = 4000;

const run = document.querySelector("[data-run]");
if (run) follows(run);

function follows(run) {
  const state = run.querySelector("[data-run-state]");
  const lines = new Map(); // by key: what is known of each line
  const pristine = new Map(); // blank lines as they came, to make more of them
  let version = Number(run.dataset.version), stopped = false, leaving = false, lost = false;

  const say = (words, late = false) => {
    if (state.textContent !== words) state.textContent = words;
    state.classList.toggle("om-run-state--late", late);
  };
  const waiting = () => [...lines.values()].filter((line) => line.changes !== line.saved).length;
  const summary = () => {
    const left = waiting();
    if (lost && left) say(`Not saved: the connection is lost. ${left === 1 ? "1 line is" : `${left} lines are`} still here, and this page goes on trying.`, true);
    else if (lost) say("The connection is lost. This page goes on trying.", true);
    else say(left ? "Saving …" : "Everything is saved.");
  };
  const stop = (words) => { stopped = true; say(words, true); };
  const gone = () => { // no more access: nothing of the case stays on the screen
    stopped = leaving = true;
    document.querySelector("main").innerHTML = "<h1 class=\"govuk-heading-l\" tabindex=\"-1\">You no longer have access to this meeting</h1><p>Nothing more is saved or shown here. The MAPPA coordinator can say why.</p>";
    document.querySelector("main h1").focus();
  };
  const token = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64; bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };

  function takesPart(form) {
    const line = { form, key: form.dataset.line, changes: 0, saved: 0, since: 0, timer: 0, failed: 0, underWay: false, torn: false };
    lines.set(line.key, line);
    if ("blank" in form.dataset) pristine.set(line.key, form.outerHTML);
    form.addEventListener("input", () => {
      if (line.changes === line.saved) line.since = Date.now();
      line.changes += 1;
      tell(line, "");
      summary();
      soon(line, TYPING);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (event.submitter?.name === "remove") return remove(line);
      line.torn = false;
      if (line.changes === line.saved) line.changes += 1;
      save(line);
    });
  }

  const tell = (line, words, late = false) => {
    line.form.querySelector("[data-state]").textContent = words;
    line.form.classList.toggle("om-line--late", late);
  };
  const soon = (line, wait) => {
    clearTimeout(line.timer);
    line.timer = setTimeout(() => save(line), Math.max(0, Math.min(wait, line.since + AT_LATEST - Date.now())));
  };
  const send = (form, more = {}) => {
    const body = new FormData(form);
    Object.entries(more).forEach(([name, value]) => body.set(name, value));
    return fetch(form.action, { method: "POST", body, credentials: "same-origin", headers: { "X-Requested-With": "fetch", Accept: "application/json" } });
  };

  async function save(line) {
    if (stopped || line.underWay || line.torn || line.changes === line.saved) return;
    line.underWay = true;
    const sending = line.changes;
    const turn = line.form.querySelector("[name=turn]");
    turn.value = Number(turn.value) + 1;
    try {
      const answer = await send(line.form);
      if (refused(answer)) return;
      if (answer.status === 409) { choose(line, await answer.json()); return; }
      const said = await answer.json();
      lost = false;
      line.failed = 0;
      if (answer.status === 422) {
        tell(line, said.refused ?? Object.values(said.problems).flat().join(" "), true);
        return;
      }
      if (!answer.ok) throw new Error(answer.statusText);
      line.saved = sending;
      line.since = Date.now();
      line.form.querySelector("[name=revision]").value = said.revision;
      const wrong = Object.values(said.problems ?? {}).flat();
      tell(line, wrong.length ? `Saved at ${said.saved}, except: ${wrong.join(" ")}` : `Saved at ${said.saved}`, wrong.length > 0);
      settle(line);
    } catch {
      lost = true;
      tell(line, "Not saved yet", true);
      line.timer = setTimeout(() => save(line), AGAIN[Math.min(line.failed, AGAIN.length - 1)]);
      line.failed += 1;
    } finally {
      line.underWay = false;
      if (!stopped) {
        summary();
        if (!line.failed && !line.torn && line.changes !== sending) soon(line, TYPING);
      }
    }
  }

  async function remove(line) {
    try {
      const answer = await send(line.form, { remove: "1" });
      if (refused(answer)) return;
      if (answer.status === 409) { choose(line, await answer.json()); return; }
      if (!answer.ok) throw new Error(answer.statusText);
      lines.delete(line.key);
      line.form.remove();
      summary();
    } catch {
      tell(line, "Not removed: the connection is lost. Press the button again.", true);
    }
  }

  function refused(answer) {
    if (answer.status === 404) { gone(); return true; }
    if (answer.redirected || answer.status === 403) {
      stop("Not saved: you are signed out. Keep this page, sign in in another window, then press a button here.");
      stopped = false;
      lost = true;
      return true;
    }
    return false;
  }

  // A blank line that was saved joins the others of its item, and another blank one takes its place.
  function settle(line) {
    const { form } = line;
    if (!("blank" in form.dataset)) return;
    const html = pristine.get(line.key);
    const blanks = form.closest("[data-blanks]");
    const active = form.contains(document.activeElement) ? document.activeElement : null;
    delete form.dataset.blank;
    form.querySelector("[data-save]").textContent = "Save this line";
    run.querySelector(`[data-item="${form.querySelector("[name=item]").value}"] [data-lines]`).append(form);
    if (active) active.focus();
    const key = token();
    const page = html.match(/name="page"[^>]*value="([^"]+)"/)?.[1];
    const again = html.replaceAll(line.key, key);
    blanks.insertAdjacentHTML("beforeend", page ? again.replaceAll(page, token()) : again);
    takesPart(blanks.querySelector("form"));
    const folded = form.closest("details");
    if (folded) folded.open = true;
    counts();
  }

  // Somebody else saved the same line: both texts are there, and whoever is here chooses.
  function choose(line, said) {
    line.torn = true;
    const panel = line.form.querySelector("[data-choice]");
    const box = document.createElement("div");
    box.className = "om-line__choice";
    box.setAttribute("role", "alert");
    const told = document.createElement("p");
    told.textContent = `${said.by} saved this line at ${said.at}, after you began. Theirs says:`;
    const list = document.createElement("ul");
    Object.values(said.theirs).filter(Boolean).forEach((text) => {
      const one = document.createElement("li");
      one.textContent = text;
      list.append(one);
    });
    const mine = button("Keep mine", () => { take(said.revision); line.changes += 1; save(line); });
    const theirs = button("Take theirs", () => { fill(line, said.theirs); take(said.revision); line.saved = line.changes; tell(line, "Theirs is kept"); summary(); });
    const take = (revision) => { line.form.querySelector("[name=revision]").value = revision; line.torn = false; panel.replaceChildren(); };
    box.append(told, list, mine, theirs);
    panel.replaceChildren(box);
    tell(line, "Not saved: choose which text stands", true);
  }
  const button = (text, press) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "govuk-button govuk-button--secondary";
    made.textContent = text;
    made.addEventListener("click", press);
    return made;
  };
  const fill = (line, values) => Object.entries(values).forEach(([name, value]) => {
    const box = line.form.querySelector(`[name="${name}"]`);
    if (box && box.value !== value) box.value = value;
  });

  // How many lines each part has, in the list of parts.
  const counts = () => run.querySelectorAll("[data-count]").forEach((place) => {
    const many = run.querySelectorAll(`[data-item="${place.dataset.count}"] [data-lines] form`).length;
    place.textContent = many ? `${many} line${many === 1 ? "" : "s"}` : "";
  });

  function told(one) {
    const line = lines.get(one.key);
    if (line) {
      const known = Number(line.form.querySelector("[name=revision]").value);
      if (line.changes !== line.saved || line.underWay || known >= one.revision) return;
      if (one.removed) { lines.delete(one.key); line.form.remove(); return; }
      fill(line, one.values);
      line.form.querySelector("[name=revision]").value = one.revision;
      const by = line.form.querySelector("[data-by]");
      if (by) by.textContent = one.by;
      tell(line, one.by ? `${one.by} saved this at ${one.at}` : "Saved by somebody else");
    } else if (!one.removed) {
      const place = run.querySelector(`[data-item="${one.item}"] [data-lines]`);
      if (!place) return;
      place.insertAdjacentHTML("beforeend", one.html);
      takesPart(place.lastElementChild);
    }
  }

  async function news() {
    if (!stopped && !document.hidden) {
      try {
        const answer = await fetch(`${run.dataset.run}?since=${version}`, { credentials: "same-origin", headers: { "X-Requested-With": "fetch", Accept: "application/json" } });
        if (!refused(answer)) {
          if (!answer.ok) throw new Error(answer.statusText);
          const said = await answer.json();
          const was = lost;
          lost = false;
          said.lines.forEach(told);
          if (said.conclusion) told({ ...said.conclusion, key: "conclusion", values: said.conclusion, removed: false, by: "", at: "" });
          for (const name of ["missing", "actions", "chairs"]) if (name in said) run.querySelector(`[data-region="${name}"]`).innerHTML = said[name];
          version = Math.max(version, said.version);
          counts();
          if (said.closed) stop("This meeting was closed. Open the page again to go to its minutes.");
          else { summary(); if (was) lines.forEach((line) => { if (line.changes !== line.saved) soon(line, 0); }); }
        }
      } catch {
        lost = true;
        summary();
      }
    }
    setTimeout(news, NEWS);
  }

  run.querySelectorAll("form[data-line]").forEach(takesPart);
  summary();
  setTimeout(news, NEWS);
  window.addEventListener("online", () => lines.forEach((line) => save(line)));
  document.addEventListener("visibilitychange", () => { if (document.hidden) lines.forEach((line) => save(line)); });
  window.addEventListener("beforeunload", (event) => { if (!leaving && waiting()) event.preventDefault(); });
}
