// Checks a proof of inclusion here, in this browser: nothing is asked of the office for it.
//
// C2SP tlog-proof: the entry is hashed as a leaf, climbed to the root by the proof's hashes
// (RFC 9162, section 2.1.3.2), and the root compared with the checkpoint's, whose signatures are
// checked with the keys given. Browsers know Ed25519 and ECDSA; a post-quantum signature is named
// as not checked. Indexes are BigInt, because a tree may be larger than 32 bits count.
"use strict";

const FORMAT = "c2sp.org/tlog-proof@v1";
const ED25519 = 1;
const ECDSA = 2;
const DASH = "\u2014 ";

class Unproved extends Error {}

const utf8 = (text) => new TextEncoder().encode(text);

const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));

const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);

const sha256 = async (...parts) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));

const unbase64 = (text, what) => {
  let raw;
  try {
    raw = atob(text);
  } catch {
    throw new Unproved(`${what} is not base64`);
  }
  if (btoa(raw) !== text) throw new Unproved(`${what} is not base64 as it is written once`);
  return Uint8Array.from(raw, (letter) => letter.charCodeAt(0));
};

const hash = (text) => {
  const found = unbase64(text, "a hash");
  if (found.length !== 32) throw new Unproved("a hash does not have 32 bytes");
  return found;
};

const whole = (text, what) => {
  if (!/^(0|[1-9][0-9]{0,15})$/.test(text)) throw new Unproved(`${what} is no number`);
  return BigInt(text);
};

const readProof = (text) => {
  const gap = text.indexOf("\n\n");
  const lines = text.slice(0, gap).split("\n");
  if (gap < 0 || lines.shift() !== FORMAT) throw new Unproved(`the first line is not ${FORMAT}`);
  if (lines[0]?.startsWith("extra ")) lines.shift();
  const index = lines.shift() || "";
  if (!index.startsWith("index ")) throw new Unproved("the proof does not say which entry it is about");
  return {
    index: whole(index.slice("index ".length), "the index"),
    hashes: lines.map(hash),
    note: text.slice(gap + 2),
  };
};

const readNote = (note) => {
  const gap = note.lastIndexOf("\n\n");
  if (gap < 0) throw new Unproved("the checkpoint has no signatures");
  const text = note.slice(0, gap + 1);
  const [origin, size, root] = text.split("\n");
  const signatures = note
    .slice(gap + 2)
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => {
      const [name, encoded] = line.slice(DASH.length).split(" ");
      if (!line.startsWith(DASH) || !encoded) throw new Unproved("a signature line is malformed");
      const raw = unbase64(encoded, "a signature");
      return { name, id: raw.slice(0, 4), raw: raw.slice(4) };
    });
  return { text, origin, size: whole(size || "", "the size"), root: hash(root || ""), signatures };
};

const climbed = async (entry, index, size, hashes) => {
  if (index >= size) throw new Unproved("the log of this checkpoint has no such entry");
  let [at, last] = [index, size - 1n];
  let found = await sha256([0], utf8(entry));
  for (const sibling of hashes) {
    if (last === 0n) throw new Unproved("the path is too long");
    if (at % 2n === 1n || at === last) {
      found = await sha256([1], sibling, found);
      while (at % 2n === 0n && at !== 0n) [at, last] = [at / 2n, last / 2n];
    } else {
      found = await sha256([1], found, sibling);
    }
    [at, last] = [at / 2n, last / 2n];
  }
  if (last !== 0n) throw new Unproved("the path is too short");
  return found;
};

const readKey = async (line) => {
  const [name, id, ...rest] = line.split("+");
  const raw = unbase64(rest.join("+"), "a key");
  const [type, material] = [raw[0], raw.slice(1)];
  const digest =
    type === ECDSA ? await sha256(material) : await sha256(utf8(name), [10, type], material);
  const hex = [...digest.slice(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  if (hex !== id) throw new Unproved("a key's id is not its own");
  return { name, id: digest.slice(0, 4), type, material };
};

// ECDSA signatures are DER in notes (RFC 3279, section 2.2.3); browsers want two numbers in a row.
const numbersOf = (der) => {
  const number = (at) => {
    if (der[at] !== 2) throw new Unproved("a signature is no pair of numbers");
    const bytes = [...der.slice(at + 2, at + 2 + der[at + 1])];
    while (bytes.length > 32 && bytes[0] === 0) bytes.shift();
    if (bytes.length > 32) throw new Unproved("a signature is no pair of numbers");
    return [...Array(32 - bytes.length).fill(0), ...bytes];
  };
  return Uint8Array.from([...number(2), ...number(4 + der[3])]);
};

// Returns true, false, or undefined where this browser does not know the algorithm.
const isSigned = async (key, text, signature) => {
  const { subtle } = crypto;
  try {
    if (key.type === ED25519) {
      const own = await subtle.importKey("raw", key.material, "Ed25519", false, ["verify"]);
      return await subtle.verify("Ed25519", own, signature, utf8(text));
    }
    if (key.type === ECDSA) {
      const kind = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
      const own = await subtle.importKey("spki", key.material, kind, false, ["verify"]);
      return await subtle.verify(kind, own, numbersOf(signature), utf8(text));
    }
  } catch (error) {
    if (error.name !== "NotSupportedError") throw error;
  }
  return undefined;
};

const checkSignatures = async (note, keys, say) => {
  const unchecked = [];
  let signed = 0;
  for (const key of keys) {
    const own = note.signatures.find(({ name, id }) => name === key.name && same(id, key.id));
    if (!own) throw new Unproved(`the key ${key.name} has not signed this checkpoint`);
    const found = await isSigned(key, note.text, own.raw);
    if (found === false) throw new Unproved(`the signature of ${key.name} is false`);
    if (found === undefined) unchecked.push(key.name);
    else if (key.name === note.origin) signed += 1;
  }
  if (!signed) throw new Unproved("no signature by a key of the log could be checked here");
  say(`${signed} signature of the log ${note.origin} on the checkpoint is true.`);
  if (unchecked.length) {
    say("A post-quantum signature stands there too; browsers cannot check it, the command can.");
  }
};

const proveTo = async (entry, proofText, keyText, say) => {
  if (!crypto.subtle) throw new Unproved("this browser checks over https only; use the command");
  const proof = readProof(proofText);
  const note = readNote(proof.note);
  const root = await climbed(entry, proof.index, note.size, proof.hashes);
  if (!same(root, note.root)) throw new Unproved("the path does not lead from this entry to the root");
  say(`Entry ${proof.index} leads to the root of the checkpoint in ${proof.hashes.length} steps.`);
  const lines = keyText.split("\n").map((line) => line.trim()).filter(Boolean);
  await checkSignatures(note, await Promise.all(lines.map(readKey)), say);
};

const form = document.getElementById("proof");
const told = document.getElementById("proved");

const tell = (tone, words, steps) => {
  const list = document.createElement("ul");
  for (const step of steps) list.append(Object.assign(document.createElement("li"), { textContent: step }));
  const verdict = Object.assign(document.createElement("strong"), { textContent: words });
  const line = document.createElement("p");
  line.append(verdict);
  told.className = `alert ${tone}`;
  told.replaceChildren(line, list);
  told.hidden = false;
};

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const steps = [];
  const { entry, proof, keys } = form.elements;
  try {
    await proveTo(entry.value, proof.value, keys.value, (words) => steps.push(words));
    tell("success", "Proved: the log holds exactly this entry.", steps);
  } catch (error) {
    const why = error instanceof Unproved ? error.message : "what was given cannot be read";
    tell("error", `Not proved: ${why}.`, steps);
  }
});
form.querySelector("button").hidden = false;
for (const note of document.querySelectorAll("[data-without-script]")) note.hidden = true;
