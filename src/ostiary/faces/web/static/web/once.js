// A page that answers a form asks to be sent again when somebody comes back to it or loads it anew. Its place in the
// history is put in order: what stands there is asked for, and never sent. Without script the browser asks first.
"use strict";

history.replaceState(null, "", location.href);
document.addEventListener("DOMContentLoaded", () => {
  const next = document.getElementById("next");
  if (next instanceof HTMLAnchorElement) {
    history.replaceState(null, "", next.href);
  }
});
