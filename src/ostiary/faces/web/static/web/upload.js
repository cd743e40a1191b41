// Says that a file is on its way. Without script the page does the same; only nothing is said meanwhile.
"use strict";

const form = document.querySelector("form[enctype]");
const told = document.getElementById("sending");
const mends = new Set(["xlsx", "csv"]);

form.addEventListener("submit", (event) => {
  const what = event.submitter ? event.submitter.value : "send";
  const [file] = form.elements.file.files;
  const size = file ? ` (${Math.max(1, Math.round(file.size / 1000)).toLocaleString("en")} kB)` : "";
  told.textContent = mends.has(what)
    ? `The file${size} is being checked; the browser saves the rows to mend when they are ready.`
    : `The file${size} is being sent and read. This page shows by itself what came of it.`;
});

// whoever comes back finds the form, and not that a file is on its way
window.addEventListener("pageshow", () => {
  told.textContent = "";
});
