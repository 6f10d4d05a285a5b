// Warns before the session ends, keeps it while somebody works here, and covers the page once it has ended. What was
// typed stays on the page: whoever signs in again, in another tab and as the same person, goes on with it.
// The server decides (signin/middleware.py); this only asks and tells.

const SECOND = 1000;
const WARN_SECONDS = 120; // before the end; a third of the time where that is less
const TELL_SECONDS = 60; // at most so often does work on the page tell the server that somebody is there

const dialog = document.getElementById("om-stay");
if (dialog && typeof dialog.showModal === "function") watch(dialog);

function watch(dialog) {
  const part = (name) => dialog.querySelector(`[data-stay-${name}]`);
  const { person, ask } = dialog.dataset;
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("openmappa-stay") : null;
  let idleAt = 0;
  let leftAt = 0;
  let working = false;
  let over = false;
  let asking = false;
  let toldAt = Date.now();

  const until = () => Math.min(idleAt, leftAt);
  const holds = (idle, left) => {
    idleAt = Date.now() + idle * SECOND;
    leftAt = Date.now() + left * SECOND;
  };
  holds(Number(dialog.dataset.idle), Number(dialog.dataset.left));
  const warnAt = Math.min(WARN_SECONDS, Number(dialog.dataset.idle) / 3) * SECOND;

  tabs?.addEventListener("message", ({ data }) => {
    if (data.person !== person || over) return;
    ({ idleAt, leftAt } = data);
    if (until() - Date.now() > warnAt) dialog.close();
  });
  const tellTabs = () => tabs?.postMessage({ person, idleAt, leftAt });
  tellTabs();

  for (const sign of ["input", "keydown", "pointerdown", "scroll"]) {
    document.addEventListener(sign, () => { if (!dialog.open) working = true; }, { passive: true, capture: true });
  }
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  part("on").addEventListener("click", stay);
  part("back").addEventListener("click", goOn);
  setInterval(look, SECOND);

  function look() {
    if (over || asking) return;
    const left = until() - Date.now();
    if (left <= 0) { check(); return; }
    if (working && !dialog.open && Date.now() - toldAt >= TELL_SECONDS * SECOND) { stay(); return; }
    if (left <= warnAt) warn(left);
    else if (dialog.open) dialog.close();
  }

  // The server's answer: the session as it stands, or null where nobody, or somebody else, is signed in.
  async function asked() {
    asking = true;
    try {
      const answer = await fetch(ask, { method: "POST", credentials: "same-origin", headers: { "X-Requested-With": "fetch" } });
      if (!answer.ok) return null;
      return await answer.json();
    } catch {
      return undefined;
    } finally {
      asking = false;
    }
  }

  async function stay() {
    working = false;
    toldAt = Date.now();
    const session = await asked();
    if (session === undefined) return;
    if (String(session?.person) !== person) { end(); return; }
    holds(session.idle, session.left);
    tellTabs();
    if (until() - Date.now() > warnAt) dialog.close();
  }

  // Time is up as this page counts; another tab may have kept the session all the same.
  async function check() {
    const session = await asked();
    if (session && String(session.person) === person) {
      holds(session.idle, session.left);
      dialog.close();
    } else end();
  }

  function warn(left) {
    const byAge = leftAt <= idleAt;
    const minutes = Math.ceil(left / SECOND / 60);
    const when = left <= 60 * SECOND ? "in less than a minute" : `in ${minutes} minutes`;
    say(byAge
      ? `You have been signed in for as long as is allowed at a stretch, and will be signed out ${when}. Save what you are doing.`
      : `Nothing has been done here for a while. You will be signed out ${when}. What you typed stays on this page.`);
    part("on").hidden = byAge;
    if (!dialog.open) { dialog.showModal(); part("title").focus(); }
  }

  function end() {
    over = true;
    dialog.classList.add("om-stay--over");
    part("title").textContent = "You have been signed out";
    say("What you typed is still on this page, covered. Sign in again in a new tab, then come back here to go on.");
    part("warning").hidden = true;
    part("over").hidden = false;
    if (!dialog.open) dialog.showModal();
    part("title").focus();
  }

  async function goOn() {
    const session = await asked() ?? { person: null };
    if (session.person === null) { say("You are not signed in yet. Sign in again in a new tab, then come back here."); return; }
    if (String(session.person) !== person) { say("Somebody else is signed in now, so this page stays covered. Close it."); return; }
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((input) => { input.value = session.token; });
    over = false;
    holds(session.idle, session.left);
    dialog.classList.remove("om-stay--over");
    part("title").textContent = "You will be signed out soon";
    part("warning").hidden = false;
    part("over").hidden = true;
    dialog.close();
  }

  function say(words) {
    if (part("text").textContent !== words) part("text").textContent = words;
  }
}
