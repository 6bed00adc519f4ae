// Asks the browser for a passkey where a form needs one; the form then goes its way like any other.
"use strict";
{
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));
  const written = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const named = (list) => list?.map((each) => ({ ...each, id: bytes(each.id) }));

  // What the server wrote as text, as the browser wants it.
  function read(options) {
    const read = { ...options, challenge: bytes(options.challenge) };
    if (options.user) read.user = { ...options.user, id: bytes(options.user.id) };
    if (options.excludeCredentials) read.excludeCredentials = named(options.excludeCredentials);
    if (options.allowCredentials) read.allowCredentials = named(options.allowCredentials);
    return read;
  }

  // What the browser answered, as text.
  function write(credential) {
    const names = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
    const parts = names.filter((name) => credential.response[name]).map((name) => [name, written(credential.response[name])]);
    return { id: credential.id, rawId: written(credential.rawId), type: credential.type, response: Object.fromEntries(parts) };
  }

  function fail(form, sentence) {
    const place = form.querySelector("[data-failed]");
    place.querySelector("span").textContent = sentence || place.dataset.failed;
    place.hidden = false;
  }

  async function ask(form) {
    const step = form.elements.step?.value;
    const asked = await fetch(form.dataset.options, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(step ? { step } : {}),
    });
    const reply = await asked.json();
    if (!asked.ok) return fail(form, reply.error);
    const publicKey = read(reply.data.options);
    const isNew = form.dataset.passkey === "create";
    const credential = await (isNew ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey }));
    form.elements.state.value = reply.data.state;
    form.elements.credential.value = JSON.stringify(write(credential));
    form.submit();
  }

  const hasPasskeys = window.isSecureContext && "PublicKeyCredential" in window;
  document.querySelectorAll(hasPasskeys ? "[data-passkey]" : "[data-no-passkeys]").forEach((each) => (each.hidden = false));
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-passkey]");
    if (!form) return;
    event.preventDefault();
    form.querySelector("[data-failed]").hidden = true;
    const button = form.querySelector("button");
    button.disabled = true;
    // Whoever turns back, or has no passkey here, is told so in one sentence; the browser does not say which.
    ask(form).catch(() => fail(form)).finally(() => (button.disabled = false));
  });
}
