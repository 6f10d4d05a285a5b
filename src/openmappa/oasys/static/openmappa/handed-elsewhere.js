// When the tablet is handed over in another tab, this tab leaves its page at once, and nothing of it stays behind.

const leave = (start) => { document.body.replaceChildren(); location.replace(start); };
if ("BroadcastChannel" in window) {
  new BroadcastChannel("openmappa-handed").addEventListener("message", ({ data }) => {
    if (typeof data === "string" && data.startsWith("/")) leave(data);
  });
}
addEventListener("pageshow", (event) => { if (event.persisted) { document.body.replaceChildren(); location.reload(); } });
