// On a tablet that is handed over: tells every other tab of this browser, so that no page of a case stays open there.
// A page that the browser kept and shows again is asked for anew.

const start = document.body.dataset.handedOver;
if (start && "BroadcastChannel" in window) new BroadcastChannel("openmappa-handed").postMessage(start);
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
