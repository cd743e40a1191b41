// Asks the browser for a passkey and puts its answer into the form. Nothing else is done by script.
"use strict";

const bytes = (text) => {
  const plain = text.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(plain), (letter) => letter.charCodeAt(0));
};

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const answered = (credential) => {
  const response = { clientDataJSON: text(credential.response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: {},
  });
};

const create = (form) => {
  const options = JSON.parse(form.dataset.options);
  options.challenge = bytes(options.challenge);
  options.user.id = bytes(options.user.id);
  for (const one of options.excludeCredentials || []) one.id = bytes(one.id);
  return navigator.credentials.create({ publicKey: options });
};

const get = (form, button) => {
  const challenge = (button && button.dataset.challenge) || form.dataset.challenge;
  const own = (form.dataset.credentials || "").split(" ").filter(Boolean);
  return navigator.credentials.get({
    publicKey: {
      challenge: bytes(challenge),
      rpId: form.dataset.party,
      userVerification: "required",
      allowCredentials: own.map((id) => ({ type: "public-key", id: bytes(id) })),
    },
  });
};

const say = (words) => {
  const place = document.getElementById("passkey-fault");
  place.textContent = words;
  place.hidden = false;
  place.scrollIntoView({ block: "center" });
};

for (const note of document.querySelectorAll("[data-without-script]")) note.hidden = true;

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", async (event) => {
    if (form.elements.passkey.value) return;
    event.preventDefault();
    const button = event.submitter;
    try {
      const ask = form.dataset.passkey === "create" ? create : get;
      form.elements.passkey.value = answered(await ask(form, button));
      form.requestSubmit(button);
    } catch (error) {
      say(
        error.name === "NotAllowedError"
          ? "The passkey was not used: the request was cancelled or took too long. Try again."
          : "The browser could not use a passkey here. Nothing was sent."
      );
    }
  });
}
