// The keyboard, claims and images of the review page. Every decision works without it: it only presses what is there.
"use strict";
const one = (selector, within = document) => within.querySelector(selector);
const every = (selector, within = document) => [...within.querySelectorAll(selector)];
const isTyping = (target) => target.closest("input:not([type=checkbox]), select, textarea");

// A form is sent once, however often its key is pressed.
let isSending = false;
document.addEventListener("submit", (event) => {
  if (isSending) { event.preventDefault(); return; }
  isSending = true;
  setTimeout(() => { isSending = false; }, 4000);
});
window.addEventListener("pageshow", () => { isSending = false; });
const go = (link) => { if (link) location.assign(link.href); };

// What was done is told for a while, then gone; `u` undoes it as long as the page is open.
const undo = () => one("form[data-undo]")?.requestSubmit();

/* The queue. */
function queueKeys(event) {
  const rows = every("a[data-row]");
  const at = rows.indexOf(document.activeElement);
  switch (event.key) {
    case "ArrowDown": case "j": rows[Math.min(at + 1, rows.length - 1)]?.focus(); break;
    case "ArrowUp": case "k": rows[Math.max(at - 1, 0)]?.focus(); break;
    case "Enter": if (at < 0 && document.activeElement === document.body) go(rows[0]); else return; break;
    case "n": go(one("a[rel=next]")); break;
    case "p": go(one("a[rel=prev]")); break;
    case "u": undo(); break;
    case "/": one("[data-find]")?.focus(); break;
    case "?": location.assign("/help"); break;
    default: return;
  }
  event.preventDefault();
}

/* One exception. */
const item = one("[data-item]");
const id = item?.dataset.item;
let isDecided = false;

function say(text, isTaken) {
  const state = one("[data-claim-state]");
  state.textContent = text;
  state.toggleAttribute("data-taken", Boolean(isTaken));
  if (isTaken) every("[data-accept] button, .actions button").forEach((button) => { button.disabled = true; });
}

async function claim() {
  const body = new URLSearchParams(new FormData(one("[data-claim-form]")));
  body.set("script", "yes");
  const answer = await fetch(`/exception/${id}/claim`, { method: "POST", body }).catch(() => null);
  if (!answer || isDecided) return;
  if (answer.status === 401) { location.reload(); return; }
  const told = await answer.json().catch(() => ({}));
  if (answer.ok) {
    every("[data-claim]").forEach((field) => { field.value = told.token; });
    say(`Yours until ${told.until}`);
  } else if (told.refusal) {
    say(told.refusal[0].toUpperCase() + told.refusal.slice(1), true);
  }
}

// Who else is at it, every few seconds; a claim of one's own is renewed long before it ends.
async function watch() {
  if (document.hidden) return;
  const answer = await fetch(`/exception/${id}/state`).catch(() => null);
  if (!answer?.ok || isDecided) return;
  const told = await answer.json();
  if (told.closed) say(`Decided: ${told.action} by ${told.by}`, true);
  else if (told.pending) say(`${told.by} decided ${told.action}; it waits for a second person`, true);
  else if (told.claimed_by && !told.mine) say(`Claimed by ${told.claimed_by} until ${told.until}`, true);
}

function release() {
  if (isDecided || !one("[data-claim]")?.value) return;
  const body = new URLSearchParams(new FormData(one("[data-claim-form]")));
  navigator.sendBeacon(`/exception/${id}/release`, body);
}

/* Images: one at a time, larger, smaller, turned. */
const stage = one("[data-stage]");
const images = every("[data-shown]");
let [zoom, turn, shown] = [0, 0, 0];

function draw() {
  stage.className = `stage zoom${zoom} turn${turn}`;
  images.forEach((image, place) => { image.hidden = place !== shown; });
  every("[data-image]").forEach((tab, place) => {
    if (place === shown) tab.setAttribute("aria-current", "true"); else tab.removeAttribute("aria-current");
  });
}
function look(key) {
  if (!stage) return;
  if (key === "in") zoom = Math.min(zoom + 1, 3);
  if (key === "out") zoom = Math.max(zoom - 1, 0);
  if (key === "turn") turn = (turn + 1) % 4;
  if (key === "next") shown = (shown + 1) % images.length;
  draw();
}
function noteSeen() {
  const front = images[0];
  const seen = () => { if (front.naturalWidth > 0) every("[data-seen]").forEach((field) => { field.value = "yes"; }); };
  if (front.complete) seen(); else front.addEventListener("load", seen);
}

/* Accepting: one key, unless something must be looked at first. */
let armed = null;
function accept(place) {
  const form = one(`li[data-candidate="${place}"] form[data-accept]`);
  if (!form || form.querySelector("button").disabled) return;
  const mustSee = images.length > 0 && one("[data-seen]", form).value !== "yes";
  if (form.hasAttribute("data-needs-look") || mustSee) {
    armed = form;
    const told = one(".look", form);
    if (told) told.hidden = false;
    else say("Its image is not shown yet. Press y to accept all the same.");
    return;
  }
  send(form);
}
function acceptAllTheSame() {
  const form = armed ?? one("form[data-look]");
  if (!form) return;
  const looked = one("[data-looked]", form);
  if (looked) looked.value = "yes";
  send(form);
}
function send(form) { isDecided = true; form.requestSubmit(); setTimeout(() => { isDecided = false; }, 4000); }

/* Other decisions. */
function open(details) {
  if (!details) return;
  every(".actions details[open]").forEach((other) => { if (other !== details) other.open = false; });
  details.open = true;
  details.scrollIntoView({ block: "nearest" });
  const kind = one("select[data-likely]", details);
  if (kind && !kind.value) kind.value = kind.dataset.likely;
  (one("input:not([type=hidden]), select", details) ?? one("button", details)).focus();
}

/* The search of the book: what is picked gets all of the money. */
const searchField = one("[data-search-text]");
const found = one("#found");
let [hits, chosen, asked, armedHit] = [[], 0, 0, null];

async function search() {
  const text = searchField.value.trim();
  const mine = ++asked;
  if (!text) { hits = []; list(); return; }
  const answer = await fetch(`/search.json?for=${id}&q=${encodeURIComponent(text)}`).catch(() => null);
  if (!answer?.ok || mine !== asked) return;
  hits = (await answer.json()).accounts;
  chosen = 0;
  armedHit = null;
  list();
}
function list() {
  found.replaceChildren(...hits.map((hit, place) => {
    const row = document.createElement("li");
    row.setAttribute("role", "option");
    row.id = `hit${place}`;
    row.setAttribute("aria-selected", place === chosen);
    const parts = [["b", hit.account], ["span", `${hit.name}, ${hit.address}`], ["span", `due ${hit.due}`],
      ["small", `${hit.posts.join("; ") || hit.status} · found by ${hit.by}`]];
    for (const [tag, text] of parts) row.append(Object.assign(document.createElement(tag), { textContent: text }));
    row.addEventListener("click", () => pick(place));
    return row;
  }));
  found.hidden = hits.length === 0;
  searchField.setAttribute("aria-activedescendant", hits.length ? `hit${chosen}` : "");
}
function pick(place) {
  const hit = hits[place];
  const details = one('.actions details[data-action="post"]');
  if (!hit || !details) return;
  const form = one("form", details);
  one("[name=account]", form).value = hit.account;
  // What would be credit only is shown first; the same key again posts it.
  if (hit.credits && armedHit !== hit.account) {
    armedHit = hit.account;
    say(`Not all of it pays what ${hit.account} owes. Enter again posts it all the same.`);
    return;
  }
  send(form);
}
async function searchKeys(event) {
  if (event.key === "Enter") {
    event.preventDefault();
    await waiting;
    pick(chosen);
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    chosen = Math.max(0, Math.min(hits.length - 1, chosen + (event.key === "ArrowDown" ? 1 : -1)));
    armedHit = null;
    list();
  }
}
let waiting = Promise.resolve();

function itemKeys(event) {
  const key = event.key;
  const focus = document.activeElement;
  if (key === "Enter" && focus !== document.body && focus.id !== "main") return;
  if ((key === " " || key.startsWith("Arrow")) && focus !== document.body) {
    if (focus.matches(".actions summary") && key.startsWith("Arrow")) {
      const all = every(".actions summary");
      all[Math.max(0, Math.min(all.length - 1, all.indexOf(focus) + (key === "ArrowDown" ? 1 : -1)))]?.focus();
      event.preventDefault();
    }
    return;
  }
  if (key === "a" || key === "Enter") accept(1);
  else if (/^[1-9]$/.test(key)) accept(Number(key));
  else if (key === "y") acceptAllTheSame();
  else if (key === "/") searchField?.focus();
  else if (key === "n") go(one("a[data-next]"));
  else if (key === "p") go(one("a[data-previous]"));
  else if (key === "x") one(".actions summary")?.focus();
  else if (key === "u") undo();
  else if (key === "i") look("next");
  else if (key === "+" || key === "=") look("in");
  else if (key === "-") look("out");
  else if (key === "r") look("turn");
  else if (key === "?") location.assign("/help");
  else if (key === "d" || key === "s" || key === "w") open(one(`.actions details[data-key="${key}"]`));
  else return;
  event.preventDefault();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    if (isTyping(event.target) || document.activeElement.closest("details")) {
      document.activeElement.blur();
      every(".actions details[open]").forEach((details) => { details.open = false; });
    } else go(one("a[data-back]"));
    return;
  }
  if (isTyping(event.target)) return;
  if (item) itemKeys(event); else queueKeys(event);
});

if (item) {
  if (item.hasAttribute("data-claimable")) {
    claim();
    setInterval(claim, 120000);
  }
  setInterval(watch, 4000);
  window.addEventListener("pagehide", release);
  document.addEventListener("submit", (event) => { if (event.target.closest("[data-item]") && !event.target.matches("[role=search]")) isDecided = true; });
  every("[data-yes]").forEach((button) => button.addEventListener("click", () => { armed = button.closest("form"); acceptAllTheSame(); }));
  every("[data-accept]").forEach((form) => form.addEventListener("submit", (event) => {
    const looked = one("[data-looked]", form).value === "yes";
    if (!looked && form.hasAttribute("data-needs-look")) { event.preventDefault(); armed = form; one(".look", form).hidden = false; isSending = false; isDecided = false; }
  }));
  every("[data-image]").forEach((tab, place) => tab.addEventListener("click", (event) => { event.preventDefault(); shown = place; draw(); }));
  every("[data-zoom]").forEach((button) => button.addEventListener("click", () => look(button.dataset.zoom)));
  every(".actions details").forEach((details) => details.addEventListener("toggle", () => {
    if (!details.open) return;
    const kind = one("select[data-likely]", details);
    if (kind && !kind.value) kind.value = kind.dataset.likely;
  }));
  if (images.length) noteSeen();
  searchField?.addEventListener("input", () => { waiting = search(); });
  searchField?.addEventListener("keydown", searchKeys);
}
