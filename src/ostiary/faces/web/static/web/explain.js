// Explains each rule while the form is filled. It asks the office what the law makes of the form as
// it stands, a moment after somebody has typed or left a field, one question at a time, and says so
// beside the fields that were filled. Nothing is stored by it; without script there is the button.
"use strict";

const SIGNED_OUT = "You are signed out. Press the button: what you have typed is kept.";
const PAUSE = 600; // milliseconds after the last key

const form = document.querySelector("form[data-explained]");
const stands = document.getElementById("stands");
const touched = new Set();
let timer = 0;
let asking = false;
let again = false;

const made = (name, words, kind = "") =>
  Object.assign(document.createElement(name), { textContent: words, className: kind });

const sentence = (words) => {
  const text = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.?!]$/.test(text) ? text : `${text}.`;
};

const rulesOf = (asks) =>
  asks.map(({ citation, rule }) => {
    const line = document.createElement("li");
    line.append(`${rule.replace(/`/g, "")} `, made("span", citation, "quiet"));
    return line;
  });

const placeOf = (field, box) => {
  const found = box.querySelector(".says");
  if (found) return found;
  const place = made("div", "", "says");
  place.id = `${field.name}-says`;
  place.setAttribute("aria-live", "polite");
  (box.querySelector(".boxes") || field).after(place);
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby")} ${place.id}`);
  return place;
};

// What is said in full at another field that was filled leads there, once.
const linesOf = (faults) => {
  const led = new Set();
  const lines = [];
  for (const { finding, cure, said_at: at, label } of faults) {
    if (led.has(at)) continue;
    const line = made("span", touched.has(at) ? "The same as at " : `${sentence(finding)} `, "fault");
    if (touched.has(at)) {
      led.add(at);
      line.append(Object.assign(made("a", label), { href: `#${at}` }), ".");
    } else line.append(made("span", sentence(cure), "cure"));
    lines.push(line);
  }
  return lines;
};

// The law is asked only once the whole row can be read; until then nothing is said to be met.
const sayBeside = (field, { asks, faults }, isAsked) => {
  const box = field.closest(".field");
  for (const old of box.querySelectorAll(":scope > .fault")) old.remove();
  const lines = linesOf(faults);
  if (isAsked && !lines.length && asks.length && field.value) {
    lines.push(made("span", "What is asked of this is met.", "met"));
  }
  const place = placeOf(field, box);
  const words = lines.map((line) => line.textContent).join(" ");
  if (place.textContent !== words) place.replaceChildren(...lines);
  box.classList.toggle("wrong", faults.length > 0);
  if (faults.length) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
};

const sayWhole = ({ status, unmet, fault }) => {
  let words = "Some fields cannot be read yet.";
  if (fault) words = sentence(fault);
  else if (status === "accepted") words = "As it stands the law lets this request through.";
  else if (status) words = `As it stands it would be ${status}: ${unmet} rule${unmet === 1 ? " is" : "s are"} not met.`;
  if (stands.textContent !== words) stands.textContent = words;
};

const show = (said) => {
  for (const [name, about] of Object.entries(said.fields)) {
    const found = form.elements[name];
    const field = found instanceof RadioNodeList ? found[0] : found;
    if (!field) continue;
    field.closest(".field").querySelector(".asks ul")?.replaceChildren(...rulesOf(about.asks));
    if (touched.has(name)) sayBeside(field, about, Boolean(said.status));
  }
  sayWhole(said);
};

const ask = async () => {
  if (asking) {
    again = true;
    return;
  }
  asking = true;
  try {
    const answer = await fetch(form.dataset.explained, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      redirect: "error",
    });
    if (answer.ok) show(await answer.json());
    else if (answer.status === 403) stands.textContent = SIGNED_OUT;
  } catch {
    stands.textContent = "The office cannot be asked now. Press the button to check.";
  }
  asking = false;
  if (again) {
    again = false;
    ask();
  }
};

const later = (event) => {
  if (!event.target.name) return;
  touched.add(event.target.name);
  clearTimeout(timer);
  timer = setTimeout(ask, event.type === "change" ? 0 : PAUSE);
};

form.addEventListener("input", later);
form.addEventListener("change", later);
