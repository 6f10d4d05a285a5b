// The page of an OASys section: shows what an answer calls for, and saves while somebody types. Works without, too.
const TYPING = 3000; // milliseconds after the last key
const CHOOSING = 600; // after a choice
const AT_LATEST = 20000; // while somebody goes on typing
const AGAIN = [5000, 10000, 20000, 30000]; // after a connection was lost

const form = document.querySelector("form[data-oasys]");
if (form) {
  dependents(form);
  savesItself(form);
}

// Questions that another answer leads to, and the words behind an answer, are there when they are wanted.
function dependents(form) {
  const chosen = (name) => form.querySelector(`[name="${name}"]:checked`)?.value
    ?? form.querySelector(`select[name="${name}"]`)?.value ?? "";
  const show = () => {
    form.querySelectorAll("[data-asked-item]").forEach((part) => {
      part.hidden = !part.dataset.askedAt.split(" ").includes(chosen(part.dataset.askedItem));
      part.querySelector(".om-oasys-only")?.remove();
    });
    form.querySelectorAll("[data-words-for]").forEach((part) => {
      const wanted = part.dataset.wordsAt.split(" ").includes(chosen(part.dataset.wordsFor));
      part.hidden = !wanted && !part.querySelector("textarea").value;
    });
  };
  form.addEventListener("change", show);
  window.addEventListener("pageshow", show);
  show();
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (target) { target.scrollIntoView({ block: "center" }); target.focus({ preventScroll: true }); }
}

function savesItself(form) {
  const line = form.querySelector("[data-saved]");
  const score = document.getElementById("so-far");
  let timer = 0, since = 0, changes = 0, saved = 0, failed = 0, underWay = false, stopped = false, leaving = false;

  const say = (words, late = false) => {
    if (line.textContent !== words) line.textContent = words;
    line.classList.toggle("om-oasys-saved--late", late);
  };
  const soon = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(save, Math.max(0, Math.min(wait, since + AT_LATEST - Date.now())));
  };
  const changed = (event) => {
    if (stopped || event.target.name?.startsWith("theirs_")) return;
    if (changes === saved) since = Date.now();
    changes += 1;
    soon(event.target.type === "radio" || event.target.type === "checkbox" ? CHOOSING : TYPING);
  };
  const turn = form.querySelector("[name=turn]");
  const next = () => { if (turn) turn.value = Number(turn.value) + 1; };
  const stop = (words) => { stopped = true; say(words, true); };

  async function save() {
    if (stopped || underWay || changes === saved) return;
    underWay = true;
    const sending = changes;
    next();
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST", body: new FormData(form), credentials: "same-origin",
        headers: { "X-Requested-With": "fetch", Accept: "application/json" },
      });
      if (answer.redirected || answer.status === 403) {
        stop("Not saved: you are signed out. Keep this page, sign in in another window, then press a button here.");
      } else if (answer.status === 409) {
        const said = await answer.json();
        stop(said.refused ?? `Not saved: ${said.by} saved this section at ${said.at}, after you opened it. Press a button to compare and choose.`);
      } else if (!answer.ok) {
        throw new Error(answer.statusText);
      } else {
        await took(await answer.json(), sending);
      }
    } catch {
      const wait = AGAIN[Math.min(failed, AGAIN.length - 1)];
      failed += 1;
      say("Not saved: the connection is lost. What you typed is still here, and this page goes on trying.", true);
      timer = setTimeout(save, wait);
    } finally {
      underWay = false;
      if (!stopped && !failed && changes !== saved) soon(TYPING);
    }
  }

  async function took(said, sending) {
    failed = 0;
    saved = sending;
    since = Date.now();
    form.querySelector("[name=revision]").value = said.revision;
    score.innerHTML = said.html;
    const wrong = Object.values(said.problems).flat();
    if (wrong.length) say(`Saved at ${said.saved}, except: ${wrong.join(" ")}`, true);
    else say(said.saved ? `Saved at ${said.saved}` : "Nothing to save yet");
  }

  form.addEventListener("input", changed);
  form.addEventListener("submit", () => { clearTimeout(timer); next(); leaving = stopped = true; });
  window.addEventListener("online", save);
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) stopped = leaving = false; });
  window.addEventListener("beforeunload", (event) => { if (!leaving && (changes !== saved || underWay)) event.preventDefault(); });
}
