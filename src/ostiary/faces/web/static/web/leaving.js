// Says two minutes before an idle session ends that it does, and lets it go on (WCAG 2.2.1).
"use strict";

{
  const note = document.getElementById("leaving");
  const stay = note.querySelector("button");
  const wait = (Number(note.dataset.minutes) - 2) * 60 * 1000;
  const warn = () => {
    note.hidden = false;
    stay.focus();
  };
  let timer = setTimeout(warn, wait);
  stay.addEventListener("click", () => {
    new Image().src = `${note.dataset.address}?${Date.now()}`; // a page of ours may call nothing else
    note.hidden = true;
    clearTimeout(timer);
    timer = setTimeout(warn, wait);
  });
}
