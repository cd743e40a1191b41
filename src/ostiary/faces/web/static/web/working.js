// Says that a long step is under way. Without script the page does the same; only nothing is said meanwhile.
"use strict";

for (const form of document.querySelectorAll("form[data-working]")) {
  const told = document.getElementById("working");
  form.addEventListener("submit", (event) => {
    const file = event.submitter && event.submitter.value === "csv";
    told.textContent = file ? "It is being worked on; the browser saves the file when it is ready." : form.dataset.working;
  });
}
