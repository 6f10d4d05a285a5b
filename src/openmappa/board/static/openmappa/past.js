// While a past day is worked out: looks how far it is, and says when it is done. Without scripts a link looks again.
const EVERY = 5000;
const progress = document.getElementById("past-progress");

async function look() {
  try {
    const answer = await fetch(window.location.href, { headers: { "X-Requested-With": "fetch" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById("past-progress");
    if (answer.ok && !now) {
      progress.textContent = progress.dataset.ready;
      return;
    }
    if (answer.ok && now.textContent !== progress.textContent) progress.replaceChildren(...now.childNodes);
  } catch {
    // a bad line: the next look may get through
  }
  setTimeout(look, EVERY);
}

if (progress) setTimeout(look, EVERY);
