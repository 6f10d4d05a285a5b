// Passkeys: asks the server what to sign, has the browser make or use a passkey, and sends the form with its answer.
// A form says which by data-passkey="create" or "get", and where to ask by data-options.

const BROKEN_OFF = "That was broken off, or this device has no passkey for this service. Nothing has changed.";
const KNOWN_ALREADY = "This device holds a passkey of yours for this service already.";
const NOT_NOW = "The service did not answer as expected. Load the page again and try once more.";

if (window.PublicKeyCredential) {
  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    form.hidden = false;
    form.addEventListener("submit", (event) => { event.preventDefault(); run(form); });
  });
  document.querySelectorAll("[data-without-passkeys]").forEach((words) => { words.hidden = true; });
}

async function run(form) {
  const said = form.querySelector("[data-said]");
  said.textContent = "";
  try {
    const answer = await fetch(form.dataset.options, {
      method: "POST", body: new FormData(form), credentials: "same-origin", headers: { "X-Requested-With": "fetch" },
    });
    if (!answer.ok || answer.redirected) { said.textContent = NOT_NOW; return; }
    const { publicKey } = await answer.json();
    const credential = form.dataset.passkey === "create"
      ? await navigator.credentials.create({ publicKey: toMake(publicKey) })
      : await navigator.credentials.get({ publicKey: toUse(publicKey) });
    form.querySelector("[data-credential]").value = JSON.stringify(told(credential));
    form.submit();
  } catch (error) {
    said.textContent = error.name === "InvalidStateError" ? KNOWN_ALREADY : error.name === "SyntaxError" ? NOT_NOW : BROKEN_OFF;
  }
}

function toMake(options) {
  return {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: described(options.excludeCredentials),
  };
}

function toUse(options) {
  return { ...options, challenge: bytes(options.challenge), allowCredentials: described(options.allowCredentials) };
}

function described(credentials) {
  return (credentials ?? []).map((each) => ({ ...each, id: bytes(each.id) }));
}

// What the browser answered, in the JSON form that WebAuthn (level 3) lays down.
function told(credential) {
  const { response } = credential;
  const answer = { clientDataJSON: text(response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[part]) answer[part] = text(response[part]);
  }
  if (response.getTransports) answer.transports = response.getTransports();
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: answer,
  };
}

function bytes(base64url) {
  const base64 = base64url.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
