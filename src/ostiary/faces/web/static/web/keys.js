// Single keys for those who decide many cases: each stands on a link of the page as data-key. They
// are listed on the page and can be switched off (WCAG 2.1.4); everything works without them.
"use strict";

const KEPT = "ostiary-single-keys";
const list = document.getElementById("shortcuts");
const choice = document.getElementById("shortcuts-on");

const areOn = () => localStorage.getItem(KEPT) !== "off";

const isTyping = (element) =>
  element.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName);

const goTo = (selector) => {
  const place = document.querySelector(selector);
  const first = place.querySelector("button:not([disabled]), a[href], summary");
  place.scrollIntoView({ block: "nearest" });
  (first || place).focus();
};

const showList = () => {
  list.open = !list.open;
  list.querySelector("summary").focus();
};

if (list && choice) {
  choice.checked = areOn();
  choice.addEventListener("change", () => {
    localStorage.setItem(KEPT, choice.checked ? "on" : "off");
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (!areOn() || isTyping(event.target)) return;
    if (event.key === "?") {
      showList();
    } else {
      const link = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
      if (!link) return;
      if (link.dataset.focus) goTo(link.dataset.focus);
      else link.click();
    }
    event.preventDefault();
  });
}
